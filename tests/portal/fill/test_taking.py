"""From posted forms to raw answers, and rows in and out (R35)."""

from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.load import load, read_lists
from engine.model import Item
from engine.source import Source
from portal.fill.rows import add_row, remove_row
from portal.fill.taking import joined, padded, readable, row_paths, take
from portal.web.posted import Posted

DEFINITION = """
procedure: probe
version: 1.0.0
title: Probe
law_as_of: 2026-01-01
authority: {name: A, street: B 1, postcode: "12345", town: C, email: a@b.example, phone: "+49 30 1",
  ags: "00000000", dvdv_key: "x:1"}
service: {who: alle}
sign_in: none
retention: {drafts: P30D, submissions: P90D, uploads: P90D}
recipients: {amt: {text: Das Amt, receives: [xoev, dms]}}
purposes:
  zweck:
    {text: Zum Entscheiden, legal_basis: § 1, recipients: [amt], retention: drafts, by_hand: true}
pages:
  - page: eins
    title: Eins
    purpose: zweck
    fields:
      - {field: name, type: text, label: Name}
      - {field: tag, type: date, label: Tag}
      - {field: ja_nein, type: yes_no, label: Ja oder nein}
      - {field: mehrere, type: choices, label: Mehrere, options: {a: A, b: B}}
      - {field: adresse, type: address, label: Adresse}
      - {field: intern, type: text, label: Intern, internal: true}
      - group: kinder
        label: Kinder
        repeat: {min: 1, max: 3, item: "{vorname}"}
        fields:
          - {field: vorname, type: text, label: Vorname}
          - group: schulen
            label: Schulen
            repeat: {min: 0, max: 2, item: "{ort}"}
            fields:
              - {field: ort, type: text, label: Ort}
"""


def items() -> tuple[Item, ...]:
    """The items of the probe's page."""
    lists, _ = read_lists([])
    procedure, found = load(Source("probe.yaml", DEFINITION), lists)
    assert procedure is not None, found
    return procedure.pages[0].items


ITEMS = items()


def posted(*pairs: tuple[str, str]) -> Posted:
    """A form."""
    return Posted(pairs)


def test_every_kind_of_answer_is_taken_as_it_was_typed() -> None:
    """Parts stay parts, several stay several, and nothing is corrected."""
    form = posted(
        ("name", " Ä "), ("tag.day", "31"), ("tag.month", "2"), ("tag.year", "19x0"),
        ("ja_nein", "ja"), ("mehrere", "a"), ("mehrere", "b"),
        ("adresse.strasse", "Weg"), ("adresse.plz", ""),
    )  # fmt: skip
    asked = {"name", "tag", "ja_nein", "mehrere", "adresse"}

    assert {
        "name": " Ä ",
        "tag": {"day": "31", "month": "2", "year": "19x0"},
        "ja_nein": "ja",
        "mehrere": ["a", "b"],
        "adresse": {"strasse": "Weg"},
    } == take(ITEMS, {}, form, asked)


def test_an_asked_question_without_answer_forgets_the_old_one() -> None:
    """Radios and ticks send nothing when they are empty; being asked is what counts."""
    before = {"ja_nein": "ja", "name": "A"}

    assert {"name": "A"} == take(ITEMS, before, posted(), {"ja_nein"})


def test_r35_questions_that_were_not_asked_keep_their_answers() -> None:
    """A value for a question that is not among the asked ones is not taken."""
    form = posted(("name", "neu"), ("intern", "neu"), ("fremd", "neu"), ("kinder[0].vorname", "X"))

    assert {"name": "alt"} == take(ITEMS, {"name": "alt"}, form, {"intern", "fremd"})


NAMES = ("name", "intern", "tag", "kinder", "fremd", "kinder[0]", "kinder[7].vorname", "adresse.x")


@given(st.lists(st.tuples(st.sampled_from(NAMES), st.text(max_size=5)), max_size=12))
def test_r35_no_post_superset_changes_what_was_not_asked(pairs: list[tuple[str, str]]) -> None:
    """Property: without asked questions and open rows a post changes nothing."""
    before: Mapping[str, object] = {"name": "A", "intern": "B", "kinder": [{"vorname": "C"}]}

    assert before == take(ITEMS, before, posted(*pairs), set())


def test_open_rows_are_taken_and_closed_rows_stay() -> None:
    """Only rows that the page showed open are read; a row that must be there may be new."""
    before = {"kinder": [{"vorname": "A"}, {"vorname": "B"}]}
    form = posted(
        ("_row", "kinder[1]"), ("kinder[1].vorname", "Neu"), ("kinder[0].vorname", "Angriff"),
        ("_row", "kinder[2]"), ("kinder[2].vorname", "Dritte"),
    )  # fmt: skip
    asked = {"kinder[0].vorname", "kinder[1].vorname", "kinder[2].vorname"}

    after = take(ITEMS, before, form, asked)

    assert [{"vorname": "A"}, {"vorname": "Neu"}, {"vorname": "Dritte"}] == after["kinder"]


def test_no_post_makes_more_rows_than_allowed_or_leaves_gaps() -> None:
    """A row beyond the maximum, or far behind the last one, is not taken."""
    rows = [("_row", f"kinder[{number}]") for number in (0, 2, 3, 900)]

    assert [{}] == take(ITEMS, {}, posted(*rows), set())["kinder"]


@pytest.mark.parametrize(
    ("parts", "text"),
    [
        ({"day": "30", "month": "11", "year": "1990"}, "30.11.1990"),
        ({"month": "11", "year": "1990"}, "00.11.1990"),
        ({"year": "1990"}, "00.00.1990"),
        ({"day": "30.11.1990"}, "30.11.1990"),
        ({"year": "1990-11-30"}, "1990-11-30"),
        ({"day": "30"}, "30.00.00"),
    ],
)
def test_a_date_becomes_one_text(parts: Mapping[str, object], text: str) -> None:
    """Unknown parts are 00; a whole date in one box is understood."""
    assert text == joined(parts)


def test_dates_inside_rows_are_readable_too() -> None:
    """The engine gets texts, also from groups."""
    assert {"tag": "01.02.2026", "kinder": [{"vorname": "A"}]} == readable(
        ITEMS, {"tag": {"day": "01", "month": "02", "year": "2026"}, "kinder": [{"vorname": "A"}]}
    )


def test_missing_rows_are_padded_and_named() -> None:
    """A group with a minimum shows that many rows; every row has a path."""
    full = padded(ITEMS, {})

    assert [{}] == full["kinder"]
    assert ["kinder[0]"] == list(row_paths(ITEMS, full))


def test_rows_are_added_and_removed_by_path() -> None:
    """Also in the group inside a group."""
    one = add_row(ITEMS, {"kinder": [{"vorname": "A"}]}, "kinder[0].schulen")
    assert one is not None
    after, path = one

    assert path == "kinder[0].schulen[0]"
    assert {"kinder": [{"vorname": "A", "schulen": [{}]}]} == after
    assert {"kinder": [{"vorname": "A", "schulen": []}]} == remove_row(ITEMS, after, path)


@pytest.mark.parametrize(
    "path",
    ["", "kinder[0]", "name", "kinder.x", "kinder[9].schulen", "../x", "kinder[0].schulen[0].ort"],
)
def test_no_row_is_added_where_there_is_no_group(path: str) -> None:
    """Paths that name nothing change nothing."""
    assert add_row(ITEMS, {"kinder": [{}]}, path) is None


@pytest.mark.parametrize("path", ["", "kinder", "kinder[3]", "name[0]", "kinder[0].x[0]"])
def test_no_row_is_removed_where_there_is_none(path: str) -> None:
    """Paths that name nothing change nothing."""
    assert remove_row(ITEMS, {"kinder": [{}]}, path) is None


def test_a_full_group_takes_no_more_rows() -> None:
    """The maximum of the definition holds."""
    assert add_row(ITEMS, {"kinder": [{}, {}, {}]}, "kinder") is None
