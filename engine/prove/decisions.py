"""Decisions of a Quick Check before anyone has answered: which rules hit, and what follows."""

from collections.abc import Mapping
from dataclasses import dataclass

from engine.model import Decision, Expression, TableRule
from engine.prove import lists
from engine.prove.encode import Names, encode, encode_truth
from engine.prove.functions import FUNCTIONS
from engine.prove.terms import Bool, both, either, no
from engine.prove.values import (
    NOTHING,
    Item,
    Items,
    Unknown,
    Value,
    key_of,
    only_if,
    same,
    select,
)
from engine.rules import Typed

_LISTS = ("collect", "rule_order")
_NUMBERS = {"collect_sum": "total", "collect_min": "smallest", "collect_max": "greatest"}


@dataclass(frozen=True, slots=True)
class Decided:
    """A decision: when each of its rules hits by itself, what it then says, and the value."""

    decision: Decision
    parts: tuple[Mapping[str, Bool], ...]  # cells and condition of each rule, as written
    hits: tuple[Bool, ...]
    results: tuple[Value, ...]
    value: Value
    clash: Bool = False  # several rules hit that must not

    def first(self, number: int) -> Bool:
        """The rule hits and none before it."""
        return both(self.hits[number], *(no(one) for one in self.hits[:number]))

    @property
    def none(self) -> Bool:
        """No rule hits."""
        return no(either(*self.hits))


class Decisions:
    """All decisions, those that others read first."""

    def __init__(self, typed: Mapping[Expression, Typed], names: dict[str, Value]) -> None:
        self._typed = typed
        self.names = names
        self.all: dict[str, Decided] = {}

    def add(self, decision: Decision) -> None:
        """One decision, after those that it reads."""
        if decision.value is not None:
            found = Decided(decision, (), (), (), self._value(decision.value))
        else:
            parts = tuple(self._parts(rule) for rule in decision.rules)
            hits = tuple(both(*one.values()) for one in parts)
            results = tuple(self._value(rule.then) for rule in decision.rules)
            clash: Bool = False
            if decision.hit_policy in ("unique", "any"):
                clash = _clash(hits, results, same_is_fine=decision.hit_policy == "any")
            value = only_if(no(clash), self._together(decision, hits, results))
            found = Decided(decision, parts, hits, results, value, clash)
        self.names[decision.id] = found.value
        self.all[decision.id] = found

    @property
    def lookup(self) -> Names:
        """Raises KeyError for names that a plan does not have as such."""
        return self.names.__getitem__

    def _value(self, rule: Expression) -> Value:
        return encode(self._typed[rule], self.lookup)

    def _parts(self, rule: TableRule) -> Mapping[str, Bool]:
        parts = {
            f"{column}: {cell.text}": encode_truth(
                self._typed[cell], self.lookup, self.names[column]
            ).is_true
            for column, cell in rule.cells.items()
        }
        if rule.condition is not None:
            condition = encode_truth(self._typed[rule.condition], self.lookup)
            parts[f"if: {rule.condition.text}"] = condition.is_true
        return parts

    def _together(
        self, decision: Decision, hits: tuple[Bool, ...], results: tuple[Value, ...]
    ) -> Value:
        rest = NOTHING if decision.otherwise is None else self._value(decision.otherwise)
        items = Items(True, tuple(map(Item, hits, results)))
        policy = decision.hit_policy
        if policy == "collect_count":
            return lists.count(items)
        if policy in _LISTS:
            return _listed(items, decision, rest)
        some = either(*hits)
        if policy in _NUMBERS:
            numbered = FUNCTIONS[_NUMBERS[policy]](items)
            return select(some, numbered or _unknown(items), rest)
        value: Value = rest
        for hit, result in reversed(list(zip(hits, results, strict=True))):
            value = select(hit, result, value)
        return value


def _listed(items: Items, decision: Decision, rest: Value) -> Value:
    if decision.otherwise is None:
        return items
    none = no(either(*(one.present for one in items.items)))
    return Items(True, (*items.items, Item(none, rest)))


def _clash(hits: tuple[Bool, ...], results: tuple[Value, ...], *, same_is_fine: bool) -> Bool:
    """Two rules hit (and say different things)."""
    pairs: list[Bool] = []
    for number, one in enumerate(hits):
        for other in range(number):
            differ = no(same(results[number], results[other]).is_true) if same_is_fine else True
            pairs.append(both(one, hits[other], differ))
    return either(*pairs)


def _unknown(items: Items) -> Value:
    return Unknown(True, f"together{key_of(items)}", "sum(…)")
