"""Fixes are applied exactly where they belong."""

from engine import apply_fixes, diagnose
from engine.diagnostics import Diagnostic, Fix
from engine.source import Position, Source, Span
from tests.diagnostics.fragments import shared_lists
from tests.engine.load.procedures import with_fields

NAME = "x.yaml"


def _fix(line: int, start: int, end: int, text: str, name: str = NAME) -> Diagnostic:
    span = Span(name, Position(line, start), Position(line, end))
    return Diagnostic("empty-file", span, fix=Fix(span, text))


def test_only_the_characters_of_the_span_change() -> None:
    """Lines, comments and umlauts around stay as they are."""
    source = Source(NAME, "ä: öö  # ü\r\nb: cc\n")

    assert "ä: xyz  # ü\r\nb: \n" == apply_fixes(source, [_fix(2, 4, 6, ""), _fix(1, 4, 6, "xyz")])


def test_of_two_that_overlap_the_first_counts() -> None:
    """The second run offers the other one again."""
    source = Source(NAME, "abcdef")

    assert "aXdef" == apply_fixes(source, [_fix(1, 3, 5, "Y"), _fix(1, 2, 4, "X")])


def test_the_same_fix_twice_is_applied_once() -> None:
    """Two checks may see the same mistake."""
    assert "xb" == apply_fixes(Source(NAME, "ab"), [_fix(1, 1, 2, "x"), _fix(1, 1, 2, "x")])


def test_fixes_of_other_files_are_left_alone() -> None:
    """A shared list is another file."""
    assert "ab" == apply_fixes(Source(NAME, "ab"), [_fix(1, 1, 2, "x", "other.yaml")])


def test_a_file_is_mended_step_by_step() -> None:
    """After the fixes only what needs a person is left."""
    text = with_fields(
        "- {field: Straße, type: textt, label: Straße, requird: true}",
        "- field: alter",
        "  type: integr",
        "  label: Alter: in Jahren",
        '  show_if: strasze = "x"',
        "- {field: b, type: text, label: B, required: ja}",
    )
    source = Source(NAME, text)
    for _ in range(3):
        found = diagnose(source, shared_lists())
        source = Source(NAME, apply_fixes(source, found))

    assert () == diagnose(source, shared_lists())
    assert "field: strasse, type: text, label: Straße, required: true" in source.text
    assert 'label: "Alter: in Jahren"' in source.text
    assert 'show_if: strasse = "x"' in source.text
