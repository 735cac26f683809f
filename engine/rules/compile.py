"""Checked rules → callables, for the places that run one now and then."""

from collections.abc import Callable, Mapping
from typing import Any

from engine.rules import runtime
from engine.rules.emit import emit, emit_cell
from engine.rules.scope import Typed


def compile_expression(typed: Typed) -> Callable[[Mapping[str, object]], object]:
    """The rule as a function of the names it reads; a missing name is null."""
    return _function("env", emit(typed, _from_environment))


def compile_cell(typed: Typed) -> Callable[[object, Mapping[str, object]], bool]:
    """The cell as a function of its column's value and the names it reads."""
    accepts = _function("_c, env", emit_cell(typed, "_c", _from_environment))
    return lambda value, env: bool(accepts(value, env))


def _from_environment(name: str) -> str:
    if "." in name:
        return f"rt.fetch(env, {name!r})"
    return f"env.get({name!r})"


def _function(parameters: str, code: str) -> Callable[..., Any]:
    """The one place where generated source becomes code; it sees `rt` and nothing else."""
    source = compile(f"lambda {parameters}: {code}", "<rule>", "eval")
    made: Callable[..., Any] = eval(source, {"__builtins__": {}, "rt": runtime})  # noqa: S307
    return made
