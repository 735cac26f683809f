"""What is wrong with a definition, as data: sentences are made at the edge (engine/texts)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from engine.source import Span


class Severity(StrEnum):
    """An error keeps a procedure from being published; the others do not."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"  # right as it is, if somebody has thought about it


@dataclass(frozen=True, slots=True)
class Note:
    """Another place that belongs to a diagnostic, with its own sentence (`code`)."""

    code: str
    span: Span
    values: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Fix:
    """New text for a span: shown to the author, applied on request."""

    span: Span
    text: str


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One mistake; `values` holds what its sentences may insert, never a finished sentence."""

    code: str
    span: Span
    values: Mapping[str, str] = field(default_factory=dict)
    related: tuple[Note, ...] = ()
    fix: Fix | None = None
    severity: Severity = Severity.ERROR


class Findings:
    """Collects diagnostics; beyond `LIMIT` a file has other problems than its details."""

    LIMIT = 300

    def __init__(self) -> None:
        self._all: list[Diagnostic] = []

    def add(
        self,
        code: str,
        span: Span,
        values: Mapping[str, str] | None = None,
        *,
        related: tuple[Note, ...] = (),
        fix: Fix | None = None,
        severity: Severity = Severity.ERROR,
    ) -> None:
        """Take down one mistake."""
        self.extend((Diagnostic(code, span, values or {}, related, fix, severity),))

    def extend(self, diagnostics: Iterable[Diagnostic]) -> None:
        """Take down what somebody else found."""
        for one in diagnostics:
            if len(self._all) < self.LIMIT:
                self._all.append(one)

    @property
    def are_full(self) -> bool:
        """Whether further mistakes would be dropped: no need to look for neighbours any more."""
        return len(self._all) >= self.LIMIT

    def sorted(self) -> tuple[Diagnostic, ...]:
        """All of them, as they are shown."""
        return in_order(self._all)


def in_order(diagnostics: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
    """Sorted by file, line, column, without exact repetitions."""
    seen: dict[tuple[str, Span, str], Diagnostic] = {}
    for one in diagnostics:
        seen.setdefault((one.code, one.span, str(sorted(one.values.items()))), one)
    return tuple(sorted(seen.values(), key=lambda one: (one.span, one.code)))


def has_errors(diagnostics: Iterable[Diagnostic]) -> bool:
    """Whether any of them keeps the procedure from being published."""
    return any(one.severity is Severity.ERROR for one in diagnostics)
