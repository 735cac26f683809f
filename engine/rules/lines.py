"""`vordruck feel`: one record of FEEL from elsewhere in, its value or why it is refused out."""

from collections.abc import Callable, Mapping
from typing import Any

from engine.rules.compile import compile_expression
from engine.rules.foreign import FOREIGN_VALUE, Refused, read_value, type_of, write_value
from engine.rules.foreign_rules import Rules, locate
from engine.rules.foreign_tables import run_of_table
from engine.rules.foreign_types import DeclaredTypes
from engine.rules.runtime import RuleBudgetExceeded
from engine.rules.types import ANY, Type


def answer(record: Mapping[str, Any], language: str = "en") -> dict[str, Any]:
    """`{"value": …}`, or `{"error": {"code", "message", "stage"}}`; stage `check`: never run."""
    try:
        run = _prepared(record, language)
    except Refused as refused:
        return _error(refused.code, refused.message, "check")
    try:
        return {"value": write_value(run())}
    except Refused as refused:
        return _error(refused.code, refused.message, "run")
    except RuleBudgetExceeded as exceeded:
        return _error("budget", f"The rule reached a limit: {exceeded}.", "run")


def _error(code: str, message: str, stage: str) -> dict[str, Any]:
    return {"error": {"code": code, "message": message, "stage": stage}}


def _prepared(record: Mapping[str, Any], language: str) -> Callable[[], Any]:
    """Everything that can be said before running."""
    types = DeclaredTypes(_mapping(record, "types"), locate)
    values, names = _inputs(record, types)
    rules = Rules(names, language)
    wanted = record.get("type")
    if wanted is not None and not isinstance(wanted, str):
        raise Refused("malformed", "»type« is a name.")
    conform = types.conforming(wanted)
    expression, logic = record.get("expression"), record.get("logic")
    if isinstance(expression, str):
        logic = {"kind": "literal", "text": expression}
    if not isinstance(logic, Mapping):
        raise Refused("malformed", "A record has an »expression« or a »logic«.")
    if logic.get("kind") == "decisionTable":
        run = run_of_table(logic, rules, types)
    else:
        run = compile_expression(rules.checked(rules.tree(logic)))
    return lambda: conform(run(values))


def _mapping(record: Mapping[str, Any], key: str) -> Mapping[str, Any]:
    found = record.get(key) or {}
    if not isinstance(found, Mapping):
        raise Refused("malformed", f"»{key}« is an object.")
    return found


def _inputs(
    record: Mapping[str, Any], types: DeclaredTypes
) -> tuple[dict[str, Any], dict[str, Type]]:
    """The values and types of all names; a declared name without a value is null."""
    declared, given = _mapping(record, "input_types"), _mapping(record, "inputs")
    values: dict[str, Any] = {}
    names: dict[str, Type] = {}
    for name in dict.fromkeys([*declared, *given]):
        value = read_value(given[name]) if name in given else None
        kind = types.resolve(declared.get(name))
        if kind == ANY or _holds_foreign(value):
            kind = type_of(value)
        else:
            value = types.conforming(declared[name])(value)
        names[name], values[name] = kind, value
    return values, names


def _holds_foreign(value: Any) -> bool:
    if isinstance(value, Mapping):
        return any(_holds_foreign(one) for one in value.values())
    return value is FOREIGN_VALUE
