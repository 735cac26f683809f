"""What a mapping fills of its message, and what it leaves empty, for the command line."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from engine import Checked
from engine.message.coverage import Coverage, coverage
from engine.model_outputs import XoevOutput
from engine.source import Span
from outputs.xoev.standards import shape_of


@dataclass(frozen=True, slots=True)
class MessageReport:
    """One mapping that fits its message."""

    procedure: str
    output: XoevOutput
    coverage: Coverage

    def as_json(self) -> dict[str, object]:
        """For programs."""
        return {
            "procedure": self.procedure,
            "standard": self.output.standard,
            "version": self.output.version,
            "message": self.output.message,
            "mapped": len(self.coverage.mapped),
            "unmapped": list(self.coverage.unmapped),
        }

    @property
    def span(self) -> Span:
        """Where the mapping is declared."""
        return self.output.span


def message_reports(checked: Checked | None) -> Iterator[MessageReport]:
    """The one mapping of a procedure without mistakes, if it has one."""
    if checked is None or checked.procedure.outputs.xoev is None:
        return
    output = checked.procedure.outputs.xoev
    shape = shape_of(checked.procedure)
    if shape is not None:
        yield MessageReport(checked.procedure.id, output, coverage(shape, output.tree))


def message_words(
    reports: Sequence[MessageReport], one_line_each: bool, language: str, *, with_names: bool
) -> str:
    """A line per mapping; `with_names` also what it leaves empty, by the element around it."""
    if one_line_each:
        return "".join(_lines(reports)) if with_names else ""
    return "".join(_full(one, language, with_names=with_names) for one in reports)


def _lines(reports: Sequence[MessageReport]) -> Iterator[str]:
    for one in reports:
        yield from (f"{one.span}: unmapped: {path}\n" for path in one.coverage.unmapped)


def _full(one: MessageReport, language: str, *, with_names: bool) -> str:
    mapped, left = len(one.coverage.mapped), len(one.coverage.unmapped)
    name, message = one.procedure, one.output.message
    if language == "en":
        hint = "" if with_names or not left else " (--unmapped names them)"
        line = f"{name}: {mapped} elements of {message} mapped, {left} optional ones not{hint}.\n"
    else:
        hint = "" if with_names or not left else " (--unmapped nennt sie)"
        line = f"{name}: {mapped} Elemente von {message} belegt, {left} freiwillige nicht{hint}.\n"
    if not with_names:
        return line
    groups = one.coverage.by_parent().items()
    return line + "".join(
        f"  {parent or message}: {', '.join(names)}\n" for parent, names in groups
    )
