"""What all text-like types share: cleaning, lengths, patterns."""

from typing import TYPE_CHECKING

from engine.fields.characters import clean, clean_latin
from engine.fields.complaint import Complaint
from engine.fields.patterns import matches
from engine.values import Value

if TYPE_CHECKING:
    from engine.model import Field


def read_text(raw: object, field: "Field", *, lines: bool = False) -> str | Complaint | None:
    """The text; None if nothing but blanks was given."""
    longest = min(field.max_length or field.type.max_length, field.type.max_length)
    datatype = field.datatype or field.type.datatype
    text = (
        clean_latin(raw, datatype, lines=lines, longest=longest)
        if datatype
        else clean(raw, lines=lines, longest=longest)
    )
    if isinstance(text, Complaint):
        return text
    if not text:
        return None
    if field.min_length and len(text) < field.min_length:
        return Complaint("too-short", {"min": str(field.min_length), "length": str(len(text))})
    return pattern_complaint(text, field) or text


def pattern_complaint(text: str, field: "Field") -> Complaint | None:
    """`pattern` if the author's pattern does not cover the text."""
    if field.pattern is None or matches(field.pattern, text):
        return None
    return Complaint("pattern", {"example": field.example or ""})


def show_text(value: Value, field: "Field") -> str:
    """As it is."""
    return str(value)
