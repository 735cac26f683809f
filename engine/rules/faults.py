"""What is wrong with a rule while it is read or checked: places are still offsets into its text."""

from collections.abc import Callable, Mapping, Sequence
from typing import TypeAlias

from engine.diagnostics import Diagnostic, Fix, Note, Severity
from engine.source import Span

Locate: TypeAlias = Callable[[int, int], Span]


class Fault(Exception):
    """One mistake at the characters `start` to `end`; ends the reading of this rule."""

    def __init__(
        self,
        code: str,
        start: int,
        end: int,
        values: Mapping[str, str],
        fix: str | None = None,
    ) -> None:
        super().__init__(code)
        self.code = code
        self.start = start
        self.end = end
        self.values = values
        self.fix = fix

    def diagnostic(self, locate: Locate) -> Diagnostic:
        """The same, in the file."""
        return report(self.code, self.start, self.end, self.values, locate, fix=self.fix)


def nearby(names: Sequence[str]) -> dict[str, str]:
    """The value that texts use for "did you mean"; none rather than an empty one."""
    return {"nearest": names[0]} if names else {}


def left_out_values(what: str, instead: str) -> dict[str, str]:
    """What FEEL knows and rules do not, and what to write instead, if there is something."""
    return {"what": what} | ({"instead": instead} if instead else {})


def report(
    code: str,
    start: int,
    end: int,
    values: Mapping[str, str],
    locate: Locate,
    *,
    fix: str | None = None,
    related: tuple[Note, ...] = (),
    severity: Severity = Severity.ERROR,
) -> Diagnostic:
    """A diagnostic for characters of a rule; `fix` is the text that should stand there."""
    span = locate(start, end)
    return Diagnostic(
        code, span, values, related, Fix(span, fix) if fix is not None else None, severity
    )
