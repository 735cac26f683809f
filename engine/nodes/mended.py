"""A text with its certain mistakes mended, and the way back to what the author wrote."""

from dataclasses import dataclass, field, replace

from engine.diagnostics import Diagnostic, Fix, Note
from engine.source import Position, Source, Span


@dataclass(frozen=True, slots=True)
class Mend:
    """Characters that were put in quotes; `column` counts in the mended text."""

    column: int
    written: str  # what the author wrote
    length: int  # how long it is now

    @property
    def end(self) -> int:
        """The column behind it."""
        return self.column + self.length


@dataclass(slots=True)
class Mended:
    """Mends stay on their line, so only columns of those lines have to be translated."""

    source: Source
    _mends: dict[int, list[Mend]] = field(default_factory=dict)

    @property
    def is_mended(self) -> bool:
        """Whether anything had to be mended; mostly not."""
        return bool(self._mends)

    def apply(self, fix: Fix) -> bool:
        """Mend one more place; False if it touches another mend or more than one line."""
        start, end = fix.span.start, fix.span.end
        line = self._mends.setdefault(start.line, [])
        if start.line != end.line or any(
            start.column < one.end and one.column < end.column for one in line
        ):
            return False
        lines = self.source.text.split("\n")
        text = lines[start.line - 1]
        written = text[start.column - 1 : end.column - 1]
        lines[start.line - 1] = text[: start.column - 1] + fix.text + text[end.column - 1 :]
        self.source = Source(self.source.name, "\n".join(lines))
        longer = len(fix.text) - len(written)
        self._mends[start.line] = [
            replace(one, column=one.column + longer) if one.column > start.column else one
            for one in line
        ]
        self._mends[start.line].append(Mend(start.column, written, len(fix.text)))
        return True

    def mend_at(self, at: Position) -> Mend | None:
        """The mend that begins at a place of the mended text."""
        return next((one for one in self._mends.get(at.line, ()) if one.column == at.column), None)

    def written(self, at: Position) -> Position:
        """Where a place of the mended text stands in the author's."""
        less = 0
        for one in self._mends.get(at.line, ()):
            if at.column >= one.end:
                less += one.length - len(one.written)
            elif at.column > one.column:
                less += min(1, at.column - one.column)
        return Position(at.line, at.column - less)

    def diagnostic(self, one: Diagnostic) -> Diagnostic:
        """The same mistake, in the author's text."""
        if not self._mends:
            return one
        related = tuple(Note(note.code, self._span(note.span), note.values) for note in one.related)
        fix = None if one.fix is None else Fix(self._span(one.fix.span), one.fix.text)
        return Diagnostic(one.code, self._span(one.span), one.values, related, fix, one.severity)

    def _span(self, span: Span) -> Span:
        return Span(span.file, self.written(span.start), self.written(span.end))
