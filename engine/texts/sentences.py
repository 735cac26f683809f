"""A diagnostic in words: headline, label, and hints in the order in which they help."""

from collections.abc import Mapping
from dataclasses import dataclass

from engine.diagnostics import Diagnostic, Note
from engine.texts.catalogue import Catalogue, fill, places

_WORDS = ("type:", "shape:")


@dataclass(frozen=True, slots=True)
class Words:
    """What is said about one diagnostic."""

    headline: str
    label: str
    hints: tuple[str, ...]


def words(diagnostic: Diagnostic, catalogue: Catalogue) -> Words:
    """The sentences of a diagnostic.

    Values such as `type:date` or `shape:list` are words that are translated themselves.
    A line of `:help` that needs a value the diagnostic does not have is left out.
    """
    code, values = diagnostic.code, _translated(diagnostic.values, catalogue)
    headline = fill(catalogue.get(f"{code}:headline") or code, values)
    label = fill(catalogue.get(f"{code}:label") or "", values)
    hints = list(_nearest(diagnostic, catalogue, values))
    hints += _lines(catalogue.get(f"{code}:why"), values)
    hints += _lines(catalogue.get(f"{code}:help"), values)
    hints += _lines(catalogue.get(f"{code}:note"), values)
    if diagnostic.fix is not None and "nearest" not in values:
        text = on_one_line(diagnostic.fix.text)
        hints.append(fill(catalogue.get("hint.fix") or "", {"text": text}))
    return Words(headline, label, tuple(hint for hint in hints if hint))


def note(one: Note, catalogue: Catalogue) -> str:
    """The sentence at another place that belongs to a diagnostic."""
    return fill(catalogue.get(one.code) or "", _translated(one.values, catalogue))


def on_one_line(text: str) -> str:
    """An author's word without what would break the line or move the cursor (`"\\e[2J"`)."""
    if text.isprintable():
        return text
    return "".join(
        one if one.isprintable() else one.encode("unicode_escape").decode() for one in text
    )


def _nearest(diagnostic: Diagnostic, catalogue: Catalogue, values: Mapping[str, str]) -> list[str]:
    if "nearest" not in values:
        return []
    key = "hint.nearest-fix" if diagnostic.fix is not None else "hint.nearest"
    return [fill(catalogue.get(key) or "", values)]


def _lines(text: str | None, values: Mapping[str, str]) -> list[str]:
    lines = (text or "").splitlines()
    return [fill(line, values) for line in lines if line and places(line) <= values.keys()]


def _translated(values: Mapping[str, str], catalogue: Catalogue) -> dict[str, str]:
    return {
        name: _word(value, catalogue) if value.startswith(_WORDS) else on_one_line(value)
        for name, value in values.items()
    }


def _word(value: str, catalogue: Catalogue) -> str:
    """One word, or several with commas between them."""
    return ", ".join(catalogue.get(one) or one for one in value.split(", "))
