"""The mapping of a message before anyone has answered: which elements are written, and when."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from engine.fields.address import GERMANY
from engine.message.shape import Element, MessageShape, Parts
from engine.model_outputs import (
    MapAddress,
    MapChoose,
    MapCode,
    MapDocument,
    MapEach,
    MapList,
    MapNode,
    MapPartial,
    MapTree,
    MapValue,
)
from engine.model_parts import Expression
from engine.prove.encode import encode, encode_truth
from engine.prove.lists import MANY
from engine.prove.terms import (
    Bool,
    Int,
    bool_var,
    both,
    either,
    if_int,
    less,
    no,
    plus,
    same_word,
    word_var,
)
from engine.prove.values import Items, Nothing, Row, Text, Unknown, Value, is_given, key_of
from engine.prove.world import World
from engine.rules.tree import Arithmetic, Choose, Name, Node, Path
from engine.rules.tree import Call as FunctionCall
from engine.rules.tree import Text as Literal
from engine.source import Span

UPLOADS = "uploads"  # the reason why something about files is unknown
_SUMMARY = ("summary",)
_DOCUMENT = ("title", "name", "format", "content", "number")
_ADDRESS = {"strasse": "strasse", "plz": "postleitzahl", "ort": "wohnort"}
_NEVER_EMPTY = frozenset({"string", "upper case", "lower case"})


@dataclass(frozen=True, slots=True)
class Instance:
    """An element that may be written: when it is come to, its content, and what may be named."""

    reached: Bool
    node: MapNode
    names: Mapping[str, Value]
    is_written: Bool = True  # where it is reached


@dataclass(slots=True)
class Needed:
    """An element that must be there: every way in which it is missing where it is needed."""

    span: Span
    missing: list[Bool] = field(default_factory=list)


class Filled:
    """One mapping against the shape of its message."""

    def __init__(self, world: World, shape: MessageShape, tree: MapTree) -> None:
        self.needed: dict[str, Needed] = {}  # by path
        self.abroad: dict[str, Needed] = {}  # German addresses: when they are none
        self._world = world
        self._shape = shape
        self._outer = _outer(world)
        self._walk("", shape.parts, tree, self._outer, True)

    # --- What must be there ---------------------------------------------------------------------

    def _walk(
        self, path: str, parts: Parts, tree: MapTree, names: Mapping[str, Value], around: Bool
    ) -> None:
        nodes = dict(tree.children)
        for element in parts.elements:
            if element.name not in nodes:
                continue
            here = path + element.name
            found = [self._completed(one) for one in self._instances(nodes[element.name], names)]
            if element.least > 0 and not parts.is_choice:
                span = next(
                    getattr(name, "span", tree.span) for name in nodes if name == element.name
                )
                missing = both(around, _fewer(found, element.least))
                self.needed.setdefault(here, Needed(span)).missing.append(missing)
            for one in found:
                self._inside(here, element, one, around)

    def _inside(self, path: str, element: Element, one: Instance, around: Bool) -> None:
        kind = self._shape.kind(element)
        there = both(around, one.reached, one.is_written)
        if not isinstance(kind, Parts) or there is False:
            return
        if isinstance(one.node, MapTree):
            self._walk(f"{path}/", kind, one.node, one.names, there)
        elif isinstance(one.node, MapAddress):
            foreign = both(there, self._is_abroad(one.node, one.names))
            self.abroad.setdefault(path, Needed(one.node.span)).missing.append(foreign)
            for name, given in self._address(one.node, one.names):
                inner = kind.get(name)
                if inner is not None and inner.least > 0:
                    needed = self.needed.setdefault(f"{path}/{name}", Needed(one.node.span))
                    needed.missing.append(both(there, no(given)))

    def _completed(self, one: Instance) -> Instance:
        written = self._written(one.node, one.names)
        return Instance(one.reached, one.node, one.names, both(one.is_written, written))

    # --- What is written ------------------------------------------------------------------------

    def _instances(
        self, node: MapNode, names: Mapping[str, Value], reached: Bool = True
    ) -> Iterator[Instance]:
        """Every element the node may write."""
        match node:
            case MapChoose(branches=branches):
                for branch in branches:
                    if branch.condition is None:
                        yield from self._instances(branch.content, names, reached)
                        return
                    test = self._truth(branch.condition, names)
                    yield from self._instances(branch.content, names, both(reached, test))
                    reached = both(reached, no(test))
            case MapList(entries=entries):
                for entry in entries:
                    yield from self._instances(entry, names, reached)
            case MapEach():
                yield from self._rows(node, names, reached)
            case MapDocument(documents=documents, content=content):
                there = True if documents == _SUMMARY else bool_var("?uploads", UPLOADS)
                parts = {name: Text(True, word_var(f"document.{name}", None)) for name in _DOCUMENT}
                inner = {**names, "document": Row(True, parts)}
                yield from self._instances(content, inner, both(reached, there))
            case _:
                yield Instance(reached, node, names)

    def _rows(self, node: MapEach, names: Mapping[str, Value], reached: Bool) -> Iterator[Instance]:
        value = self._value(node.over, names)
        if isinstance(value, Nothing):
            return
        if not isinstance(value, Items):
            inner = {**names, "item": Unknown(True, f"item{key_of(value)}", "$each")}
            there = both(is_given(value), bool_var(f"?each{key_of(value)}", "$each"))
            yield from self._instances(node.content, inner, both(reached, there))
            return
        before: list[Bool] = []
        always: Bool = True
        for one in value.items:
            there = both(reached, value.given, one.present, _within(node.limit, before))
            inside = list(self._instances(node.content, {**names, "item": one.value}))
            for each in inside:
                yield Instance(both(there, each.reached), each.node, each.names)
            always = both(always, either(*(self._is_there(each) for each in inside)))
            before.append(one.present)
        if value.more is not False:
            # Rows behind are like those in front: what these always write, they do.
            guess = always is True or bool_var(f"?more{key_of(value)}", MANY)
            there = both(reached, value.given, less(0, value.rest), _within(node.limit, before))
            yield Instance(both(there, guess), MapTree((), node.span), names)

    def _is_there(self, one: Instance) -> Bool:
        return both(one.reached, self._written(one.node, one.names))

    def _written(self, node: MapNode, names: Mapping[str, Value]) -> Bool:
        match node:
            case MapValue(value=rule):
                return self._has_text(rule, names)
            case MapCode(value=None):
                return True
            case MapCode(value=Expression() as rule) | MapPartial(value=rule):
                return is_given(self._value(rule, names))
            case MapAddress():
                return either(*(given for _, given in self._address(node, names)))
            case MapTree(children=children):
                inside = (one for _, child in children for one in self._instances(child, names))
                written = (both(one.reached, self._completed(one).is_written) for one in inside)
                return either(*written) if children else True
            case _:
                return True

    def _has_text(self, rule: Expression, names: Mapping[str, Value]) -> Bool:
        """An empty text leaves the element out, as null does."""
        value = self._value(rule, names)
        given = is_given(value)
        if rule.tree is None or not _may_be_empty(rule.tree):
            return given
        if isinstance(value, Text):
            return both(given, no(same_word(value.word, "")))
        if isinstance(value, Unknown):
            return both(given, no(bool_var(f"?empty{key_of(value)}", value.reason)))
        return given

    def _address(self, node: MapAddress, names: Mapping[str, Value]) -> Iterator[tuple[str, Bool]]:
        """The elements that come from the parts of an address."""
        if node.value is not None:
            whole = self._value(node.value, names)
            parts = whole.parts if isinstance(whole, Row) else {}
            given = is_given(whole)
            known = {name: both(given, is_given(part)) for name, part in parts.items()}
        else:
            known = {name: is_given(self._value(rule, names)) for name, rule in node.parts.items()}
        for name, there in known.items():
            if name != "staat":
                yield _ADDRESS.get(name, name), there

    def _is_abroad(self, node: MapAddress, names: Mapping[str, Value]) -> Bool:
        whole = None if node.value is None else self._value(node.value, names)
        state = whole.parts.get("staat") if isinstance(whole, Row) else None
        if not isinstance(state, Text):
            return False
        return both(state.given, no(same_word(state.word, GERMANY)))

    def _value(self, rule: Expression, names: Mapping[str, Value]) -> Value:
        return encode(self._world.plan.checked.typed[rule], self._lookup(names))

    def _truth(self, rule: Expression, names: Mapping[str, Value]) -> Bool:
        return encode_truth(self._world.plan.checked.typed[rule], self._lookup(names)).is_true

    def _lookup(self, names: Mapping[str, Value]) -> "_Lookup":
        return _Lookup(names, self._world)


@dataclass(frozen=True, slots=True)
class _Lookup:
    """The names of the mapping first, then those of the form."""

    names: Mapping[str, Value]
    world: World

    def __call__(self, name: str) -> Value:
        return self.names[name] if name in self.names else self.world.form.top.find(name)


def _outer(world: World) -> Mapping[str, Value]:
    """What every mapping may name; which text it is does not matter, only that it is there."""
    parts: dict[str, Value] = {"date": world.day}
    for name in ("id", "time"):
        parts[name] = Text(True, word_var(f"submission.{name}", None))
    authority = {
        name: Text(bool(text), text)
        for name in ("name", "street", "postcode", "town", "email", "phone", "ags", "dvdv_key")
        if isinstance(text := getattr(world.plan.procedure.authority, name), str)
    }
    return {"submission": Row(True, parts), "authority": Row(True, authority)}


def _within(limit: int | None, before: list[Bool]) -> Bool:
    """Whether a row is not behind so many others that it is left out."""
    return limit is None or len(before) < limit or less(_count(before), limit)


def _fewer(found: list[Instance], least: int) -> Bool:
    written = [both(one.reached, one.is_written) for one in found]
    return no(either(*written)) if least == 1 else less(_count(written), least)


def _count(conditions: list[Bool]) -> Int:
    return plus(*(if_int(one, 1, 0) for one in conditions))


def _may_be_empty(tree: Node) -> bool:
    """Whether a text can have no character at all; answers never do."""
    match tree:
        case Literal(value=value):
            return not value
        case Name() | Path():
            return False
        case Choose(then=then, otherwise=otherwise):
            return _may_be_empty(then) or _may_be_empty(otherwise)
        case Arithmetic(first=first, rest=rest):
            return all(map(_may_be_empty, (first, *(one for _, one in rest))))
        case FunctionCall(function=function, arguments=arguments) if function in _NEVER_EMPTY:
            return any(_may_be_empty(one.value) for one in arguments)
        case _:
            return True
