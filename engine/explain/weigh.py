"""A condition against answers: which parts of it hold, and the values that made it so."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import TypeAlias

from engine.explain.condition import Condition
from engine.explain.naming import Names, Thing
from engine.explain.speech import Speech
from engine.explain.words import Wording
from engine.model import Computed, Decision, Field, Group
from engine.rules import compile_cell, compile_expression
from engine.rules.scope import Root, Typed
from engine.rules.tree import Both, Call, Choose, Either, Node, walk

Environment: TypeAlias = Mapping[str, object]
_STATES = {True: "true", False: "false", None: "open"}


@dataclass(frozen=True, slots=True)
class Read:
    """A value that a rule looked at: its name, its label, the value and the value in words."""

    name: str
    label: str
    value: object
    shown: str


@dataclass(frozen=True, slots=True)
class Weighed:
    """A condition in words with its truth; `reads` stand at the sentences, not at the leads."""

    text: str
    truth: bool | None
    reads: tuple[Read, ...]
    points: tuple["Weighed", ...] = ()

    def lines(self, speech: Speech) -> Iterator[str]:
        """The sentence with its truth and values, and its points below."""
        yield f"[{speech.t(f'truth.{_STATES[self.truth]}')}] {self.text}" + self._values(speech)
        for point in self.points:
            first, *rest = point.lines(speech)
            yield f"- {first}"
            yield from (f"  {line}" for line in rest)

    def _values(self, speech: Speech) -> str:
        """What the values are now, unless the sentence says it already."""
        if not self.reads:
            return ""
        is_told = all(isinstance(one.value, bool) or one.shown in self.text for one in self.reads)
        if self.truth is True and is_told:
            return ""
        values = "; ".join(
            speech.t("why.read", name=one.label, value=one.shown) for one in self.reads
        )
        return " – " + speech.t("truth.read", values=values)

    def as_json(self) -> dict[str, object]:
        """The same for programs."""
        return {
            "text": self.text,
            "truth": self.truth,
            "reads": {one.name: one.shown for one in self.reads},
            "points": [one.as_json() for one in self.points],
        }


@dataclass(frozen=True, slots=True)
class Values:
    """The values of one place: names, what they are now, and the language to say it in."""

    names: Names
    env: Environment
    speech: Speech

    def read(self, name: str) -> Read | None:
        """A name with its value; settings stand in the sentences themselves."""
        first = name.partition(".")[0]
        if first == "setting":
            return None
        thing = self.names.find(first)
        value = self.env.get(first)
        return Read(first, self._label(first, thing), value, self.shown(value, thing))

    def shown(self, value: object, thing: Thing | None) -> str:
        """A value in words."""
        if isinstance(value, bool) and not isinstance(thing, Field):
            return self.speech.t("value.true" if value else "value.false")
        return self.speech.value(value, thing if isinstance(thing, Field) else None)

    def _label(self, name: str, thing: Thing | None) -> str:
        if name == "stichtag":
            return self.speech.t("stichtag")
        if isinstance(thing, Decision) or thing is None:
            return name
        if isinstance(thing, Computed) and thing.label is None:
            return name
        assert isinstance(thing, Field | Group | Computed)  # noqa: S101 - nothing else is left
        return self.speech.field(thing.label) if thing.label is not None else name

    def reads_below(self, typed: Typed, node: Node) -> tuple[Read, ...]:
        """Everything a part of a rule looks at, in the order of the text."""
        names: dict[str, None] = {}
        for one in walk(node):
            place = typed.findings.places.get(one)
            if isinstance(place, Root):
                names[place.name] = None
        reads = (self.read(name) for name in names)
        return tuple({read.name: read for read in reads if read is not None}.values())


class Weigher:
    """Runs parts of rules; each is compiled once."""

    def __init__(self) -> None:
        self._compiled: dict[Node, Callable[[Environment], object]] = {}

    def weigh(self, typed: Typed, values: Values) -> Weighed:
        """A condition, taken apart."""
        wording = Wording(typed, values.names, values.speech)
        condition = wording.condition(typed.tree, apart=True)
        return self._weighed(condition, typed, values)

    def weigh_cell(self, typed: Typed, column: str, values: Values) -> Weighed | None:
        """A cell; None for one that accepts everything."""
        thing = values.names.find(column)
        label = Wording(typed, values.names, values.speech).label(thing) if thing else column
        text = Wording(typed, values.names, values.speech, (label, thing)).cell(typed.tree)
        if not text:
            return None
        read = values.read(column)
        is_hit = compile_cell(typed)(values.env.get(column), values.env)
        return Weighed(text, is_hit, (read,) if read is not None else ())

    def value(self, typed: Typed, node: Node, env: Environment) -> object:
        """The value of a part of a rule that no loop binds."""
        run = self._compiled.get(node)
        if run is None:
            kind = typed.findings.known[node].type
            part = Typed(node, kind, True, typed.reads, typed.findings, typed.is_foreign)
            run = self._compiled[node] = compile_expression(part)
        return run(env)

    def deciding(self, typed: Typed, node: Node, env: Environment) -> Iterator[Node]:
        """The parts that made a value what it is: of `or` those that hold, of `if` the branch."""
        match node:
            case Choose(condition=condition, then=then, otherwise=otherwise):
                yield from self.deciding(typed, condition, env)
                is_then = self.value(typed, condition, env) is True
                yield from self.deciding(typed, then if is_then else otherwise, env)
            case Either(parts=parts) | Both(parts=parts):
                wanted = isinstance(node, Either)
                made = [one for one in parts if self.value(typed, one, env) is wanted]
                for one in made or parts:
                    yield from self.deciding(typed, one, env)
            case _:
                yield node

    def _weighed(self, condition: Condition, typed: Typed, values: Values) -> Weighed:
        node = condition.node
        truth: bool | None = None
        if node is not None:
            found = self.value(typed, node, values.env)
            truth = found if isinstance(found, bool) else None
        if isinstance(node, Choose):
            return self._branch(node, truth, typed, values)
        if condition.points:
            points = [(one.node, self._weighed(one, typed, values)) for one in condition.points]
            told = tuple(
                one
                for part, one in points
                if not (isinstance(node, Both) and _is_no_news(part, one, points))
            )
            return Weighed(condition.text, truth, (), told)
        reads = values.reads_below(typed, node) if node is not None else ()
        return Weighed(condition.text, truth, reads)

    def _branch(self, node: Choose, truth: bool | None, typed: Typed, values: Values) -> Weighed:
        """Of `if` only what counts now."""
        wording = Wording(typed, values.names, values.speech)
        is_then = self.value(typed, node.condition, values.env) is True
        branch = node.then if is_then else node.otherwise
        points = tuple(
            self._weighed(wording.condition(one, apart=True), typed, values)
            for one in (node.condition, branch)
        )
        return Weighed(
            values.speech.t("points.then" if is_then else "points.else"), truth, (), points
        )


def _is_no_news(part: Node | None, one: Weighed, points: list[tuple[Node | None, Weighed]]) -> bool:
    """That something is answered, beside another sentence with the answer."""
    if not (isinstance(part, Call) and part.function == "angegeben" and one.truth):
        return False
    names = {read.name for read in one.reads}
    return any(names <= _names(other) for _, other in points if other is not one)


def _names(one: Weighed) -> set[str]:
    inner = (name for point in one.points for name in _names(point))
    return {*(read.name for read in one.reads), *inner}
