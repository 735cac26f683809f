"""Reports: the full form is compared with files, the short ones are said here."""

import json
from pathlib import Path

import pytest

from engine.diagnostics import Diagnostic, Fix, Note, Severity
from engine.source import Position, Source, Span
from engine.texts.pages import code_pages
from engine.texts.report import SHOWN, as_json, as_lines, as_text
from tests.diagnostics.fragments import diagnose, examples, wrap
from tests.golden import assert_golden

HERE = Path(__file__).parent
PICTURED = (
    "circular-rule",
    "colon-in-unquoted-text",
    "compare-different-types",
    "duplicate-name",
    "label-repeats",
    "missing-key",
    "unknown-field-type",
    "value-not-in-list",
    "wrong-indentation",
)
NAME = "beispiel.yaml"


def _example(code: str) -> tuple[Source, tuple[Diagnostic, ...]]:
    block = next(one for one in examples(code_pages()[code]) if one.is_error)
    text, _ = wrap(block.text)
    return Source(NAME, text), diagnose(text)


def _span(line: int, start: int, end: int) -> Span:
    return Span(NAME, Position(line, start), Position(line, end))


@pytest.mark.parametrize("language", ["de", "en"])
@pytest.mark.parametrize("code", PICTURED)
def test_the_full_form_is_the_expected_picture(code: str, language: str) -> None:
    """Headline, line, signs under exactly the wrong characters, other places, hints."""
    source, found = _example(code)

    text = as_text(found, [source], language)

    assert_golden(HERE / "reports" / f"{code}.{language}.txt", text)


def test_the_line_form_is_for_editors() -> None:
    """`file:line:column: code: headline`, and the name that was meant."""
    _, found = _example("unknown-field-type")

    assert (
        "beispiel.yaml:7:15: unknown-field-type: Den Feldtyp »integr« gibt es nicht."
        " Meinten Sie »integer«?\n"
    ) == as_lines(found)


def test_the_json_form_has_exactly_the_promised_keys() -> None:
    """Other tools rely on it."""
    _, found = _example("unknown-field-type")

    (one,) = as_json(found, "en")

    assert {
        "code": "unknown-field-type",
        "severity": "error",
        "file": "beispiel.yaml",
        "line": 7,
        "column": 15,
        "end_line": 7,
        "end_column": 21,
        "message": "There is no field type “integr”.",
        "hints": ["Did you mean “integer”?  (vordruck check --fix changes it for you)"],
    } == one
    assert one == json.loads(json.dumps(one))


def test_at_most_twenty_are_shown_and_the_rest_is_counted() -> None:
    """Nobody reads the hundredth message."""
    text = "a: b\n" * 25
    found = [Diagnostic("empty-value", _span(line, 1, 2), {"key": "a"}) for line in range(1, 26)]

    shown = as_text(found, [Source(NAME, text)])

    assert SHOWN == shown.count("error[empty-value]")
    assert "… und 5 weitere." in shown
    assert shown.endswith("Fehler: 25, Warnungen: 0\n")


def test_the_order_is_that_of_the_file_and_nothing_is_said_twice() -> None:
    """Whoever found it first, the first line comes first."""
    late, early = (Diagnostic("empty-file", _span(line, 1, 1)) for line in (9, 2))

    assert [2, 9] == [one["line"] for one in as_json([late, early, late])]


def test_signs_stand_under_the_characters_whatever_their_width() -> None:
    """Combining letters take no column, wide ones take two."""
    line = "a: e\u0301日x"
    found = [Diagnostic("empty-file", _span(1, 7, 8))]

    shown = as_text(found, [Source(NAME, line)]).splitlines()

    before = shown[4].index("^") - len("  | ")
    assert "a: e日x".index("x") + 1 == before


def test_a_very_long_line_is_cut_around_the_place() -> None:
    """A line of a megabyte must not fill the screen."""
    line = "a: " + "x" * 500_000 + "!" + "y" * 500_000
    found = [Diagnostic("empty-file", _span(1, 500_004, 500_005))]

    shown = as_text(found, [Source(NAME, line)]).splitlines()

    assert max(len(one) for one in shown) < 200
    assert shown[3][shown[4].index("^")] == "!"


def test_no_character_of_the_file_can_move_the_cursor() -> None:
    """Escape sequences and direction marks come out as replacement characters."""
    found = [Diagnostic("empty-file", _span(1, 1, 2))]

    shown = as_text(found, [Source(NAME, "a: \x1b[2J \u202e x\tz")])

    assert "\x1b" not in shown
    assert "\u202e" not in shown
    assert "\t" not in shown


def test_a_value_with_braces_is_not_filled_again() -> None:
    """An author's own word is put in once and never looked at again."""
    found = [Diagnostic("unknown-key", _span(1, 1, 2), {"key": "{allowed}", "allowed": "SECRET"})]

    (one,) = as_json(found, "en")

    assert one["message"] == "There is no key “{allowed}” here."


def test_places_in_a_file_that_is_not_at_hand_are_named_all_the_same() -> None:
    """A shared list may be at fault while only the procedure's text was handed in."""
    note = Note("duplicate-name:first", Span("staaten.yaml", Position(3, 1), Position(3, 4)))
    one = Diagnostic("duplicate-name", _span(1, 1, 2), {"name": "x"}, (note,))

    shown = as_text([one], [Source(NAME, "x: 1")])

    assert "--> staaten.yaml:3:1" in shown


def test_a_warning_says_so() -> None:
    """It does not keep a procedure from being published."""
    one = Diagnostic("label-repeats", _span(1, 1, 2), {"label": "x"}, severity=Severity.WARNING)

    assert as_text([one], []).startswith("warning[label-repeats]")
    assert as_json([one])[0]["severity"] == "warning"


def test_a_fix_that_is_no_name_is_offered_too() -> None:
    """The author learns that the machine can do it."""
    span = _span(1, 1, 2)
    one = Diagnostic("tab-as-indentation", span, fix=Fix(span, "  "))

    assert "vordruck check --fix ändert das für Sie." in as_text([one], [])
