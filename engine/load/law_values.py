"""Rules that ask for more of the law than `setting.x`: a value on another day, the district.

Both are written out here, so that everything behind the loader (checks, compiled code, proofs,
words, exports) meets only what it knows.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields, replace
from datetime import date
from decimal import Decimal

from engine.model import Duration, Setting, SettingValue
from engine.rules.functions import WRITTEN_OUT
from engine.rules.tree import (
    Argument,
    Call,
    Choose,
    Comparison,
    Flag,
    Listing,
    Name,
    Node,
    Null,
    Number,
    Path,
    Text,
    Tree,
)

(VALUE_ON,) = WRITTEN_OUT
# `authority.district` as rules see it: a setting that no author declares.
DISTRICT = "authority_district"


@dataclass(frozen=True, slots=True)
class LawValues:
    """What the head of the procedure says, once it was read."""

    settings: Mapping[str, Setting]
    has_district: bool

    def written_out(self, tree: Tree, complain: Callable[[Node], None]) -> Tree:
        """The rule with both forms replaced; `complain` hears of a `wert am` without a setting."""
        if self._is_district(tree):
            return self._district(tree)
        if isinstance(tree, Call) and tree.function == VALUE_ON:
            setting = self._setting_asked(tree)
            if setting is None:
                complain(tree)
                return tree
            day = self.written_out(tree.arguments[1].value, complain)
            return _on_day(setting, day, tree)
        return _mapped(tree, lambda node: self.written_out(node, complain))

    def _is_district(self, tree: Tree) -> bool:
        match tree:
            case Path(of=Name(name="authority"), name="district"):
                return self.has_district
            case _:
                return False

    def _district(self, tree: Tree) -> Node:
        assert isinstance(tree, Path)  # noqa: S101 - `_is_district`
        setting = Name(tree.of.start, tree.of.end, "setting")
        return replace(tree, of=setting, name=DISTRICT)

    def _setting_asked(self, call: Call) -> Setting | None:
        arguments = [one.value for one in call.arguments if not one.name]
        if len(arguments) != 2 or len(call.arguments) != 2:
            return None
        match arguments[0]:
            case Path(of=Name(name="setting"), name=name):
                return self.settings.get(name)
            case _:
                return None


def _on_day(setting: Setting, day: Node, call: Call) -> Node:
    """`if day >= date("2027-01-01") then 14.60 else if day < date("2027-01-01") then 13.90 …`.

    Before the first day it is the first value; without a day there is none.
    """
    first, *later = setting.values
    if not later:
        return _literal(first.value, call)
    begin = later[0].valid_from or date.min
    chosen = _choose("<", day, begin, _literal(first.value, call), Null(call.start, call.end))
    for one in later:
        value = _literal(one.value, call)
        chosen = _choose(">=", day, one.valid_from or date.min, value, chosen)
    return chosen


def _choose(operator: str, day: Node, than: date, then: Node, otherwise: Node) -> Node:
    at = then.start, then.end
    condition = Comparison(*at, operator, day, _literal(than, then))
    return Choose(*at, condition, then, otherwise)


def _literal(value: SettingValue, at: Node) -> Node:
    start, end = at.start, at.end
    match value:
        case bool():
            return Flag(start, end, value)
        case Decimal():
            return Number(start, end, value)
        case date():
            return _made("date", value.isoformat(), at)
        case Duration(months=months, days=days):
            return _made("duration", f"P{months}M" if months else f"P{days}D", at)
        case tuple():
            return Listing(start, end, tuple(Text(start, end, one) for one in value))
        case _:
            return Text(start, end, value)


def _made(function: str, text: str, at: Node) -> Call:
    argument = Argument(at.start, at.end, "", Text(at.start, at.end, text))
    return Call(at.start, at.end, function, (argument,), at.end)


def _mapped(node: Node, change: Callable[[Node], Node]) -> Node:
    """The node with what is below it changed; the very same if nothing was."""
    new: dict[str, object] = {}
    for field in fields(node):
        old = getattr(node, field.name)
        made = _changed(old, change)
        if made is not old:
            new[field.name] = made
    return replace(node, **new) if new else node  # type: ignore[arg-type]  # fields of the node


def _changed(value: object, change: Callable[[Node], Node]) -> object:
    if isinstance(value, Node):
        return change(value)
    if isinstance(value, tuple):
        made = tuple(_changed(one, change) for one in value)
        return made if any(a is not b for a, b in zip(made, value, strict=True)) else value
    return value
