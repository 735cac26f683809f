"""Decision tables from elsewhere: their JSON → a checked table."""

from collections.abc import Callable, Mapping
from typing import Any

from engine.rules.compile import compile_expression
from engine.rules.foreign import Refused
from engine.rules.foreign_rules import Rules
from engine.rules.foreign_types import DeclaredTypes
from engine.rules.scope import NOT_CONSTANT, Typed
from engine.rules.table_text import HitPolicy
from engine.rules.tables import Table, TableRule, by_priority, compile_table
from engine.rules.tree import Listing
from engine.rules.types import ANY, FOREIGN, Type

_POLICIES: Mapping[str, HitPolicy | str] = {
    "UNIQUE": HitPolicy.UNIQUE,
    "ANY": HitPolicy.ANY,
    "FIRST": HitPolicy.FIRST,
    "RULE ORDER": HitPolicy.RULE_ORDER,
    "PRIORITY": "P",
    "OUTPUT ORDER": "O",
}
_AGGREGATIONS: Mapping[str | None, HitPolicy] = {
    None: HitPolicy.COLLECT,
    "SUM": HitPolicy.SUM,
    "MIN": HitPolicy.MIN,
    "MAX": HitPolicy.MAX,
    "COUNT": HitPolicy.COUNT,
}


def run_of_table(
    logic: Mapping[str, Any], rules: Rules, types: DeclaredTypes
) -> Callable[[Mapping[str, object]], object]:
    """The table as a function of its inputs."""
    columns = [_mapping(one) for one in _list(logic, "inputs")]
    outputs = [_mapping(one) for one in _list(logic, "outputs")]
    inputs = tuple(rules.rule(one.get("expression")) for one in columns)
    kinds = [_kind(types, one, typed) for one, typed in zip(columns, inputs, strict=True)]
    policy = _policy(logic)
    rows = tuple(_row(_mapping(one), rules, kinds, len(outputs)) for one in _list(logic, "rules"))
    names = tuple(str(one.get("name") or "") for one in outputs)
    default = tuple(rules.rule(one["default"]) if one.get("default") else None for one in outputs)
    if len(outputs) > 1 and policy in _NUMBERS:
        raise Refused("not-in-subset", "Several outputs cannot be added up.")
    if policy is HitPolicy.COUNT and any(default):
        raise Refused("not-in-subset", "A count needs no default: without a hit it is 0.")
    first = HitPolicy.FIRST if isinstance(policy, str) and policy in "PO" else policy
    named = names if len(outputs) > 1 else ("",)
    table = Table(HitPolicy(first), inputs, rows, named, default)
    if policy in ("P", "O"):
        table = by_priority(table, [_values(rules, one) for one in outputs], str(policy))
    return _guarded(table, columns, kinds, types)


_NUMBERS = (HitPolicy.SUM, HitPolicy.MIN, HitPolicy.MAX)


def _guarded(
    table: Table, columns: list[Mapping[str, Any]], kinds: list[Type], types: DeclaredTypes
) -> Callable[[Mapping[str, object]], object]:
    """A value outside the list that a column allows makes the result null."""
    run = compile_table(table)
    tests = [
        (compile_expression(typed), types.accepting(str(column["values"]), kind))
        for column, typed, kind in zip(columns, table.inputs, kinds, strict=True)
        if column.get("values")
    ]

    def guarded(env: Mapping[str, object]) -> object:
        if not all(accepts(value(env)) for value, accepts in tests):
            return None
        return run(env).value

    return guarded


def _kind(types: DeclaredTypes, column: Mapping[str, Any], typed: Typed) -> Type:
    declared = types.resolve(column.get("type"))
    if declared == FOREIGN:
        raise Refused("not-in-subset", "A column has a type that rules do not have.")
    return typed.type if declared == ANY else declared


def _policy(logic: Mapping[str, Any]) -> HitPolicy | str:
    written = logic.get("hitPolicy") or "UNIQUE"
    found = _POLICIES.get(written)
    if written == "COLLECT":
        found = _AGGREGATIONS.get(logic.get("aggregation"))
    if found is None:
        raise Refused("not-in-subset", f"Rules do not have the hit policy »{written}«.")
    return found


def _row(row: Mapping[str, Any], rules: Rules, kinds: list[Type], outputs: int) -> TableRule:
    when, then = _list(row, "when"), _list(row, "then")
    if len(when) != len(kinds) or len(then) != outputs:
        raise Refused("malformed", "A rule has not as many cells as the table has columns.")
    cells = tuple(
        None if text in (None, "", "-") else rules.cell(text, kind)
        for text, kind in zip(when, kinds, strict=True)
    )
    return TableRule(cells, None, tuple(rules.rule(text) for text in then))


def _values(rules: Rules, output: Mapping[str, Any]) -> list[object]:
    """The values of an output, the most important first."""
    written = output.get("values")
    if not written:
        return []
    typed = rules.rule(f"[{written}]")
    if not isinstance(typed.tree, Listing):
        raise Refused("malformed", "The values of an output are a list.")
    constants = [typed.findings.known[one].constant for one in typed.tree.items]
    if NOT_CONSTANT in constants:
        raise Refused("not-in-subset", "The values of an output are literals.")
    return constants


def _list(of: Mapping[str, Any], key: str) -> list[Any]:
    found = of.get(key)
    if not isinstance(found, list):
        raise Refused("malformed", f"A table has a list of »{key}«.")
    return found


def _mapping(found: Any) -> Mapping[str, Any]:
    if not isinstance(found, Mapping):
        raise Refused("malformed", "A part of the table is no object.")
    return found
