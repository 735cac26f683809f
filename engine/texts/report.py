"""Reports for people, editors and programs, all from the same diagnostics."""

from collections.abc import Iterable, Mapping, Sequence

from engine.diagnostics import Diagnostic, Severity, in_order
from engine.source import Source
from engine.texts.catalogue import Catalogue, diagnostics, fill
from engine.texts.frame import frame
from engine.texts.sentences import note, words

SHOWN = 20


def as_text(found: Iterable[Diagnostic], sources: Iterable[Source], language: str = "de") -> str:
    """The full form: every place with its line, and hints; at most 20, then a count."""
    catalogue = diagnostics(language)
    ordered = in_order(found)
    lines = {source.name: source.text.split("\n") for source in sources}
    parts = [_full(one, lines, catalogue) for one in ordered[:SHOWN]]
    if len(ordered) > SHOWN:
        more = {"count": str(len(ordered) - SHOWN)}
        parts.append(fill(catalogue.get("report.more") or "", more) + "\n")
    if ordered:
        parts.append(_sum(ordered, catalogue) + "\n")
    return "\n".join(parts)


def as_lines(found: Iterable[Diagnostic], language: str = "de") -> str:
    """One line each: `file:line:column: code: headline`, for editors and CI."""
    catalogue = diagnostics(language)
    return "".join(f"{_line(one, catalogue)}\n" for one in in_order(found))


def as_json(found: Iterable[Diagnostic], language: str = "de") -> list[dict[str, object]]:
    """One object each, for programs."""
    catalogue = diagnostics(language)
    return [_object(one, catalogue) for one in in_order(found)]


def _full(one: Diagnostic, lines: Mapping[str, Sequence[str]], catalogue: Catalogue) -> str:
    said = words(one, catalogue)
    places = [one.span, *(related.span for related in one.related)]
    # All numbers of a report stand in one column.
    width = max(len(str(span.start.line)) for span in places)
    shown = [f"{one.severity}[{one.code}]: {said.headline}"]
    shown += frame(one.span, lines.get(one.span.file), said.label, "^", width)
    for related in one.related:
        label = note(related, catalogue)
        shown += frame(related.span, lines.get(related.span.file), label, "-", width)
    pad = " " * (width + 1)
    shown += [f"{pad}= {hint}" for hint in (*said.hints, _more(one, catalogue))]
    return "\n".join(shown) + "\n"


def _more(one: Diagnostic, catalogue: Catalogue) -> str:
    return fill(catalogue.get("hint.explain") or "", {"code": one.code})


def _line(one: Diagnostic, catalogue: Catalogue) -> str:
    said = words(one, catalogue)
    nearest = said.hints[0] if "nearest" in one.values and said.hints else ""
    if nearest:
        nearest = " " + fill(catalogue.get("hint.nearest") or "", one.values)
    return f"{one.span}: {one.code}: {said.headline}{nearest}"


def _object(one: Diagnostic, catalogue: Catalogue) -> dict[str, object]:
    said = words(one, catalogue)
    return {
        "code": one.code,
        "severity": str(one.severity),
        "file": one.span.file,
        "line": one.span.start.line,
        "column": one.span.start.column,
        "end_line": one.span.end.line,
        "end_column": one.span.end.column,
        "message": said.headline,
        "hints": list(said.hints),
    }


def _sum(ordered: Sequence[Diagnostic], catalogue: Catalogue) -> str:
    errors = sum(one.severity is Severity.ERROR for one in ordered)
    counts = {"errors": str(errors), "warnings": str(len(ordered) - errors)}
    return fill(catalogue.get("report.sum") or "", counts)
