"""Whatever stands in a file, there are diagnostics and never an exception."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from engine import Diagnostic, apply_fixes, diagnose, prepare, source_from_bytes
from engine.source import Position, Source
from engine.texts.report import as_json, as_lines, as_text
from tests.diagnostics.fragments import shared_lists
from tests.timing import within

BLUEPRINT = Path(__file__).resolve().parents[3] / "definitions" / "musterprozess.yaml"
TEXT = BLUEPRINT.read_text("utf-8")
LINES = TEXT.split("\n")
SNIPPETS = (
    "", " ", "  ", ":", ": ", "- ", "\n", "'", '"', "[", "]", "{", "}", "#", " #", "*", "&a ",
    "!t ", "|", ">", "%", "@", "`", ",", "?", "? ", "---", "...", "null", "~", "true", "0", "-1",
    "1e999", ".nan", "a.b.c", "{a}", "{{", "$each", "$when", "setting.x", "stichtag", "some x in",
    "if a then", "((((", "fields", "ä", "日", "\u0301", "P5Y", "2026-02-30", "1..3", "-5..2",
    "99999999999999999999",
)  # fmt: skip
SHARED = shared_lists()
MANY = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def _told(source: Source) -> tuple[Diagnostic, ...]:
    """Compile, report in all forms, fix: everything that is done with a file."""
    _, found = prepare(source, SHARED)
    assert as_text(found, [source]) or not found
    assert len(as_json(found)) == as_lines(found).count("\n")
    apply_fixes(source, found)
    lines = source.text.split("\n")
    for one in found:
        for place in (one.span, *(note.span for note in one.related)):
            assert Position(1, 1) <= place.start <= place.end
            if place.file == source.name:
                assert place.end.line <= len(lines) + 1
    return found


@given(st.binary(max_size=300))
@MANY
def test_any_bytes_are_answered(data: bytes) -> None:
    """A file of another program, a picture, half a download."""
    source, found = source_from_bytes("x.yaml", data)
    if source is None:
        assert found
    else:
        assert _told(source)


@given(st.text(max_size=300))
@MANY
def test_any_text_is_answered(text: str) -> None:
    """No text of this length is a procedure by chance."""
    assert _told(Source("x.yaml", text))


@given(
    st.lists(
        st.tuples(st.integers(0, len(TEXT) - 1), st.integers(0, 40), st.sampled_from(SNIPPETS)),
        min_size=1,
        max_size=6,
    )
)
@MANY
def test_a_definition_with_random_slips_is_answered(
    slips: list[tuple[int, int, str]],
) -> None:
    """Characters missing, doubled, replaced by what means something to YAML or to rules."""
    text = TEXT
    for start, length, snippet in slips:
        text = text[:start] + snippet + text[start + length :]

    _told(Source("musterprozess.yaml", text))


@given(
    st.lists(
        st.tuples(st.sampled_from(range(len(LINES))), st.sampled_from(range(len(LINES)))),
        min_size=1,
        max_size=8,
    ),
    st.integers(-4, 4),
)
@MANY
def test_a_definition_with_moved_lines_is_answered(
    moves: list[tuple[int, int]], indent: int
) -> None:
    """Blocks at the wrong place, one indentation off."""
    lines = list(LINES)
    for source, target in moves:
        line = lines.pop(source)
        lines.insert(target, " " * max(indent, 0) + line[max(-indent, 0) :])

    _told(Source("musterprozess.yaml", "\n".join(lines)))


@given(st.data())
@MANY
def test_a_definition_with_exchanged_values_is_answered(data: st.DataObject) -> None:
    """Every value may be of every shape: text where a list belongs, a list where a text does."""
    at = data.draw(st.sampled_from([n for n, line in enumerate(LINES) if ": " in line]))
    value = data.draw(
        st.sampled_from(
            (
                "[]",
                "{}",
                "[a, [b]]",
                "{a: {b: c}}",
                "''",
                "~",
                "1",
                "-",
                "x: y",
                "[{a: b}]",
                "'{x}'",
            )
        )
    )
    key = LINES[at].split(": ", 1)[0]

    _told(
        Source("musterprozess.yaml", "\n".join([*LINES[:at], f"{key}: {value}", *LINES[at + 1 :]]))
    )


@pytest.mark.parametrize("at", range(0, len(LINES), 7))
def test_a_definition_cut_off_is_answered(at: int) -> None:
    """Half a file, as an editor saves it."""
    _told(Source("musterprozess.yaml", "\n".join(LINES[:at])))


def test_a_file_full_of_mistakes_stays_quick_and_short() -> None:
    """Beyond some hundred mistakes nobody counts, and no neighbours are looked for."""
    lines = [f"  - {{page: p{n}, titel: T, feilds: [], zzz: 1}}" for n in range(4_000)]

    found = diagnose(Source("x.yaml", "procedure: x\npages:\n" + "\n".join(lines)), SHARED)

    assert 300 <= len(found) <= 700


def test_a_thousand_wrong_names_among_two_thousand_stay_quick() -> None:
    """Looking for neighbours is bounded like everything else."""
    lines = [
        f'      - {{field: name_{n}, type: text, label: L{n}, show_if: "nmae_{n} = nmea_{n}"}}'
        for n in range(1_990)
    ]
    head = "procedure: x\npages:\n  - page: p\n    title: T\n    fields:\n"
    with within(4):
        found = diagnose(Source("x.yaml", head + "\n".join(lines)), SHARED)

        assert "unknown-name" in {one.code for one in found}
