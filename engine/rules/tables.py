"""Decision tables: rules with cells, what follows, and how several hits are put together."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from engine.rules import runtime as rt
from engine.rules.compile import compile_cell, compile_expression
from engine.rules.scope import Typed

Environment = Mapping[str, object]


class HitPolicy(StrEnum):
    """What happens when several rules hit."""

    UNIQUE = "U"  # only one may
    ANY = "A"  # they must agree
    FIRST = "F"
    RULE_ORDER = "R"
    COLLECT = "C"
    SUM = "C+"
    MIN = "C<"
    MAX = "C>"
    COUNT = "C#"


@dataclass(frozen=True, slots=True)
class TableRule:
    """A row: a cell per column (None: any), a condition over all names, and what follows."""

    cells: tuple[Typed | None, ...]
    condition: Typed | None
    outputs: tuple[Typed, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A checked table. One output without a name gives a bare value, else a record of names."""

    hit_policy: HitPolicy
    inputs: tuple[Typed, ...]
    rules: tuple[TableRule, ...]
    output_names: tuple[str, ...] = ("",)
    default: tuple[Typed | None, ...] = ()


@dataclass(frozen=True, slots=True)
class TableResult:
    """The value of a table and the numbers of the rules that hit, from 0."""

    value: object
    hits: tuple[int, ...]


def by_priority(table: Table, priorities: Sequence[Sequence[object]], policy: str) -> Table:
    """P as F and O as R, with the rules sorted: the same meaning, and readable everywhere.

    `priorities` lists the values of each output from the most important to the least.
    """

    def rank(rule: TableRule) -> tuple[int, ...]:
        found = []
        for output, values in zip(rule.outputs, priorities, strict=True):
            constant = output.findings.known[output.tree].constant
            found.append(values.index(constant) if constant in values else len(values))
        return tuple(found)

    order = HitPolicy.FIRST if policy == "P" else HitPolicy.RULE_ORDER
    return replace(table, hit_policy=order, rules=tuple(sorted(table.rules, key=rank)))


def compile_table(table: Table) -> Callable[[Environment], TableResult]:
    """The table as a function of the names it reads."""
    columns = [compile_expression(one) for one in table.inputs]
    rules = [_Rule(rule, table.output_names) for rule in table.rules]
    default = _default(table)
    is_first = table.hit_policy is HitPolicy.FIRST
    put_together = _TOGETHER[table.hit_policy]

    def run(env: Environment) -> TableResult:
        values = [column(env) for column in columns]
        hits: list[int] = []
        for number, rule in enumerate(rules):
            if rule.hits(values, env):
                hits.append(number)
                if is_first:
                    break
        if not hits and default is not None:
            return TableResult(default(env), ())
        return TableResult(put_together([rules[hit].output(env) for hit in hits]), tuple(hits))

    return run


class _Rule:
    def __init__(self, rule: TableRule, names: Sequence[str]) -> None:
        self._cells = [
            (column, compile_cell(cell)) for column, cell in enumerate(rule.cells) if cell
        ]
        self._condition = compile_expression(rule.condition) if rule.condition else None
        self.output = _output(rule.outputs, names)

    def hits(self, values: Sequence[object], env: Environment) -> bool:
        """Whether every cell accepts its column and the condition is true."""
        if not all(accepts(values[column], env) for column, accepts in self._cells):
            return False
        return self._condition is None or self._condition(env) is True


def _output(outputs: Sequence[Typed], names: Sequence[str]) -> Callable[[Environment], object]:
    made = [compile_expression(one) for one in outputs]
    if len(made) == 1 and not names[0]:
        return made[0]
    return lambda env: {name: one(env) for name, one in zip(names, made, strict=True)}


def _default(table: Table) -> Callable[[Environment], object] | None:
    if not table.default or all(one is None for one in table.default):
        return None
    given = [compile_expression(one) if one else None for one in table.default]

    def value(env: Environment) -> object:
        values = [one(env) if one else None for one in given]
        if len(values) == 1 and not table.output_names[0]:
            found = values[0]
        else:
            found = dict(zip(table.output_names, values, strict=True))
        return [found] if table.hit_policy in _LISTS else found

    return value


_LISTS = (HitPolicy.RULE_ORDER, HitPolicy.COLLECT)


def _unique(values: Sequence[Any]) -> object:
    return values[0] if len(values) == 1 else None


def _agreed(values: Sequence[Any]) -> object:
    if not values or any(rt.same(values[0], other) is not True for other in values[1:]):
        return None
    return values[0]


def _first(values: Sequence[Any]) -> object:
    return values[0] if values else None


def _in_order(values: Sequence[Any]) -> object:
    return list(values) or None


_TOGETHER: Mapping[HitPolicy, Callable[[Sequence[Any]], object]] = {
    HitPolicy.UNIQUE: _unique,
    HitPolicy.ANY: _agreed,
    HitPolicy.FIRST: _first,
    HitPolicy.RULE_ORDER: _in_order,
    HitPolicy.COLLECT: list,
    HitPolicy.SUM: rt.total,
    HitPolicy.MIN: rt.smallest,
    HitPolicy.MAX: rt.greatest,
    HitPolicy.COUNT: rt.count,
}
