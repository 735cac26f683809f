"""Values of rules in words: names, literals, arithmetic, paths, lists."""

import re
from abc import abstractmethod
from datetime import date

from engine.explain.naming import Names, Thing
from engine.explain.speech import Speech
from engine.model import Computed, DatedValue, Decision, Duration, Field, Group, SettingValue
from engine.rules.durations import Days, Months
from engine.rules.print import print_tree
from engine.rules.scope import NOT_CONSTANT, Local, Root, Typed
from engine.rules.tree import (
    Arithmetic,
    Binding,
    Call,
    Choose,
    Filter,
    Input,
    Interval,
    Listing,
    Loop,
    Name,
    Negation,
    Node,
    Path,
)
from engine.rules.types import DATE, DAYS, MONTHS, NULL, Type, family, plain

_STEPS = {"+": "plus", "-": "minus", "*": "times", "/": "by"}
UNCHECKED = "to be checked by the authority"  # as definitions spell it in `source`
_MANY = 8  # so many values of a setting can still be read


class ValueWords:
    """The part of the words that names values. Dates know two cases: `the day`, `to the day`."""

    def __init__(
        self, typed: Typed, names: Names, speech: Speech, column: tuple[str, Thing | None]
    ) -> None:
        self.typed = typed
        self.names = names
        self.speech = speech
        self._column = column

    @abstractmethod
    def call(self, node: Call, form: str) -> str:
        """A function that gives a value."""

    @abstractmethod
    def inline(self, node: Node) -> str:
        """A condition on one line."""

    def constant(self, node: Node) -> object:
        """The value of a part, if it is known before anybody answers."""
        known = self.typed.findings.known.get(node)
        return NOT_CONSTANT if known is None else known.constant

    def kind(self, node: Node) -> Type:
        """The type of a part; of a cell's tests, which the checker does not visit, null."""
        known = self.typed.findings.known.get(node)
        return NULL if known is None else plain(known.type)

    def family(self, node: Node) -> str:
        """The word for its type in the keys of the texts."""
        kind = self.kind(node)
        return "duration" if kind in (MONTHS, DAYS) else family(kind)

    def field_of(self, node: Node) -> Field | None:
        """The question whose answer a part is."""
        found = self.thing(node)
        return found if isinstance(found, Field) else None

    def thing(self, node: Node) -> Thing | None:
        """The question, group or value that a name or path means."""
        place = self.typed.findings.places.get(node)
        match node:
            case Input():
                return self._column[1]
            case Filter(source=source):
                return self.thing(source)
            case _ if isinstance(place, Root):
                return self._root(place.name)
            case _ if isinstance(place, Local):
                return self._owner(place)
            case Path(of=of, name=name):
                return _inside(self.thing(of), name)
            case Loop(result=result):
                return self.thing(result)
            case Choose(then=then):
                return self.thing(then)
            case _:
                return None

    def _owner(self, place: Local) -> Thing | None:
        """The group whose rows a loop goes through."""
        owner = place.owner
        return self.thing(owner.source) if isinstance(owner, Binding | Filter) else None

    def _root(self, name: str) -> Thing | None:
        first, *rest = name.split(".")
        found = self.names.find(first)
        for part in rest:
            found = _inside(found, part)
        return found

    def value(self, node: Node, form: str = "", field: Field | None = None) -> str:
        """A value in words; `form` is "to" where German needs the dative of a day."""
        constant = self.constant(node)
        if constant is not NOT_CONSTANT:
            return self._literal(constant, form, field)
        place = self.typed.findings.places.get(node)
        if isinstance(place, Root):
            return self._named(place.name, form, field)
        match node:
            case Input():
                return self._column[0]
            case Name() if isinstance(place, Local):
                return self._element(place)
            case Path(of=of, name=name):
                return self._path(node, of, name)
            case Arithmetic():
                return self._arithmetic(node, form)
            case Negation(operand=operand):
                return self.speech.t("value.negated", x=self.part(operand))
            case Call():
                return self.call(node, form)
            case _:
                return self._composed(node, field)

    def _composed(self, node: Node, field: Field | None) -> str:
        t = self.speech.t
        match node:
            case Choose(condition=condition, then=then, otherwise=otherwise):
                return t(
                    "value.choose",
                    condition=self.inline(condition),
                    then=self.value(then, field=field),
                    otherwise=self.value(otherwise, field=field),
                )
            case Listing(items=items):
                return self.speech.joined([self.value(one, field=field) for one in items])
            case Filter(source=source, condition=condition):
                given = {"source": self.value(source), "condition": self.inline(condition)}
                return t("value.filter", **given)
            case Loop(bindings=bindings, result=result):
                sources = self.speech.joined([self.value(one.source) for one in bindings])
                return t("value.loop", result=self.value(result), source=sources)
            case Interval(low=low, high=high):
                return t("value.interval", low=self.value(low), high=self.value(high))
            case _:
                return self.inline(node)

    def part(self, node: Node, form: str = "", field: Field | None = None) -> str:
        """A value inside another one: in brackets if it has parts itself."""
        said = self.value(node, form, field)
        is_property = isinstance(node, Path) and self.thing(node.of) is not self.thing(node) is None
        is_atom = self.constant(node) is not NOT_CONSTANT or (
            isinstance(node, Name | Path | Input | Listing) and not is_property
        )
        return said if is_atom else f"({said})"

    def on(self, node: Node) -> str:
        """A day with its preposition: »am 01.12.2026«."""
        constant = self.constant(node)
        if _is_day(constant):
            return self.speech.t("day.on", x=self.speech.value(constant))
        place = self.typed.findings.places.get(node)
        if isinstance(place, Root) and place.name == "stichtag":
            return self.speech.t("stichtag.on")
        return self.speech.t("day.on_other", x=self.part(node))

    def _literal(self, value: object, form: str, field: Field | None) -> str:
        said = self.speech.value(value, field)
        return self._day(said, form) if _is_day(value) else said

    def _day(self, said: str, form: str) -> str:
        return self.speech.t(f"day.{form}" if form else "day", x=said)

    def _named(self, name: str, form: str, field: Field | None) -> str:
        if name == "stichtag":
            return self.speech.t(f"stichtag.{form}" if form else "stichtag")
        family_name, _, rest = name.partition(".")
        if family_name == "setting" and rest:
            return self._setting(rest, form, field)
        found = self._root(name)
        if found is None:
            around, _, part = name.rpartition(".")
            outer = self._root(around)
            return self._address_part(outer, part) if outer is not None else name
        return self.label(found)

    def label(self, found: Thing) -> str:
        """A question by its label, a value of the author's own by its id."""
        if isinstance(found, Decision):
            return found.id
        if isinstance(found, Computed) and found.label is None:
            return found.id
        assert found.label is not None  # noqa: S101 - questions and groups always have one
        return self.speech.field(found.label)

    def _setting(self, name: str, form: str, field: Field | None) -> str:
        held = self.names.setting(name)
        if held is None:
            return f"setting.{name}"
        value = _for_rules(held.value)
        if isinstance(value, tuple) and len(value) > _MANY:
            shown = ", ".join(self.speech.value(one, field) for one in value[:_MANY])
            more = self.speech.value(len(value) - _MANY)
            said = self.speech.t("setting.many", values=shown, more=more)
        else:
            said = self.speech.value(value, field)
        if _is_day(value):
            said = self._day(said, form)
        return self.speech.t("setting", value=said, source=self._source(held) or name)

    def subject(self, node: Node) -> str:
        """What a sentence is about; a setting by its name, as its value stands beside it."""
        place = self.typed.findings.places.get(node)
        name = place.name if isinstance(place, Root) else ""
        held = self.names.setting(name.removeprefix("setting."))
        if not name.startswith("setting.") or held is None:
            return self.value(node)
        key = "setting.subject" if held.source else "setting.bare"
        given = {"name": name.removeprefix("setting."), "source": self._source(held)}
        return self.speech.t(key, **given)

    def _source(self, held: DatedValue) -> str:
        """Where a value of the law comes from; what is still open is said in the language."""
        source = str(held.source)
        if held.told is not None:
            source = source.replace(held.told.german, self.speech.author(held.told))
        return source.replace(UNCHECKED, self.speech.t("setting.unchecked"))

    def _element(self, place: Local) -> str:
        found = self._owner(place)
        if isinstance(found, Group):
            return self.speech.t("value.row", group=self.label(found))
        return self.speech.t("value.element")

    def _path(self, node: Path, of: Node, name: str) -> str:
        key = f"property.{name}"
        found = self.thing(node)
        if found is not None and isinstance(of, Filter):
            given = {"value": self.label(found), "condition": self.inline(of.condition)}
            return self.speech.t("value.filtered", **given)
        if found is not None:
            return self.label(found)
        outer = self.thing(of)
        if isinstance(outer, Field) and self.kind(of) != DATE:
            return self._address_part(outer, name)
        if self.speech.has(key):
            return self.speech.t(key, x=self.part(of))
        return print_tree(node)

    def _address_part(self, outer: Thing, name: str) -> str:
        key = f"address.{name}"
        part = self.speech.t(key) if self.speech.has(key) else name
        return self.speech.t("value.part", of=self.label(outer), part=part)

    def _arithmetic(self, node: Arithmetic, form: str) -> str:
        """The chain from the left; of a day both cases are kept for the next step."""
        said, said_to = self.part(node.first), self.part(node.first, "to")
        left = self.kind(node.first)
        for sign, operand in node.rest:
            right, outer = self.kind(operand), (said, said_to)
            said = self._step(outer, left, sign, operand, "")
            said_to = self._step(outer, left, sign, operand, "to")
            left = DAYS if left == right == DATE else DATE if DATE in (left, right) else left
        return said_to if form else said

    def _step(self, outer: tuple[str, str], left: Type, sign: str, operand: Node, form: str) -> str:
        right, t = self.kind(operand), self.speech.t
        said, said_to = outer
        if left == DATE and right == DATE:
            return t("date.between", a=said_to, b=self.part(operand, "to"))
        if left == DATE or right == DATE:
            day, span = (
                (said_to, self.part(operand)) if left == DATE else (self.part(operand, "to"), said)
            )
            key = "date.later" if sign == "+" else "date.earlier"
            return t(f"{key}.{form}" if form else key, day=day, duration=span)
        return t(f"value.{_STEPS[sign]}", a=said, b=self.part(operand))

    def capitalised(self, text: str) -> str:
        """With a capital at the start of a sentence, unless an id of the author stands there."""
        word = re.match(r"[^\W\d_]\w*", text)
        if word is None or self.names.find(word[0]) is not None or "." in text.split(" ")[0][:-1]:
            return text
        return text[0].upper() + text[1:]


def _inside(outer: Thing | None, name: str) -> Thing | None:
    if not isinstance(outer, Group):
        return None
    return next(
        (
            one
            for one in outer.items
            if isinstance(one, (Field, Computed, Group)) and one.id == name
        ),
        None,
    )


def _for_rules(value: SettingValue) -> object:
    if isinstance(value, Duration):
        return Months(value.months) if value.months else Days(value.days)
    return value


def _is_day(value: object) -> bool:
    return isinstance(value, date)
