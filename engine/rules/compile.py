"""Checked rules → callables, for the places that run one now and then."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from engine.rules import runtime
from engine.rules.emit import emit, emit_cell
from engine.rules.scope import Typed


def compile_expression(typed: Typed) -> Callable[[Mapping[str, object]], object]:
    """The rule as a function of the names it reads; a missing name is null."""
    return _function("env", emit(typed, from_environment))


def compile_cell(typed: Typed) -> Callable[[object, Mapping[str, object]], bool]:
    """The cell as a function of its column's value and the names it reads."""
    accepts = _function("_c, env", emit_cell(typed, "_c", from_environment))
    return lambda value, env: bool(accepts(value, env))


def from_environment(name: str) -> str:
    """Python for a name of an environment that a function is called with."""
    if "." in name:
        return f"rt.fetch(env, {name!r})"
    return f"env.get({name!r})"


def compile_lines(parameters: str, lines: Iterable[str]) -> Callable[..., Any]:
    """Generated statements as a function."""
    body = "".join(f"    {line}\n" for line in lines)
    source = compile(f"def made({parameters}):\n{body}", "<rule>", "exec")
    space: dict[str, Any] = {"__builtins__": {}, "rt": runtime, "tuple": tuple}
    exec(source, space)  # noqa: S102
    made: Callable[..., Any] = space["made"]
    return made


def _function(parameters: str, code: str) -> Callable[..., Any]:
    """Generated source becomes code only here and above; it sees `rt` and nothing else."""
    source = compile(f"lambda {parameters}: {code}", "<rule>", "eval")
    made: Callable[..., Any] = eval(source, {"__builtins__": {}, "rt": runtime})  # noqa: S307
    return made
