"""The blocks of a procedure besides its pages."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from engine.model import Duration
from engine.model_outputs import (
    MapAddress,
    MapChoose,
    MapCode,
    MapDocument,
    MapEach,
    MapList,
    MapPartial,
    MapTree,
    MapValue,
)
from tests.engine.load.procedures import HEAD, lists_of, loaded, mistakes, with_fields

PAGE = with_fields("- {field: a, type: text, label: A}")


def test_settings_hold_from_their_day() -> None:
    """Law has dates: the value in force depends on the day, whatever their order in the file."""
    text = PAGE + (
        "settings:\n"
        "  gebuehr:\n"
        "    - {value: 36, valid_from: 2027-01-01, source: Satzung}\n"
        "    - {value: 30, valid_from: 2026-01-01, source: Satzung}\n"
    )

    (setting,) = loaded(text).settings

    assert [None, Decimal(30), Decimal(36)] == [
        setting.on(date(year, 6, 1)) for year in (2025, 2026, 2027)
    ]


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("P5Y", Duration(60, 0)),
        ("P1Y6M", Duration(18, 0)),
        ("P30D", Duration(0, 30)),
        ("13.90", Decimal("13.90")),
        ("-2", Decimal(-2)),
        ("true", True),
        ("2026-01-01", date(2026, 1, 1)),
        ('["121", "122"]', ("121", "122")),
        ("Pauschale", "Pauschale"),
        ('"42"', "42"),
        ('"true"', "true"),
    ],
)
def test_a_setting_is_what_it_looks_like(written: str, value: object) -> None:
    """Quotes make a text of anything."""
    text = PAGE + f"settings:\n  s: {{value: {written}, source: Gesetz}}\n"

    assert value == loaded(text).settings[0].values[0].value


def test_retention_has_defaults_and_is_kept_in_days() -> None:
    """Nobody can delete after a month of unknown length."""
    kept = loaded(PAGE + "retention: {drafts: P7D}\n").retention

    assert {
        "drafts": timedelta(days=7),
        "submissions": timedelta(days=90),
        "uploads": timedelta(days=90),
    } == kept


def test_documents_have_bounds_and_formats() -> None:
    """What is left out has the usual value."""
    text = PAGE + "documents:\n  - {document: d, title: D, files: 0..3, formats: [pdf]}\n"

    (document,) = loaded(text).documents

    assert (0, 3, ("pdf",), 10) == (
        document.min_files,
        document.max_files,
        document.formats,
        document.max_megabytes,
    )


def test_a_mapping_keeps_order_and_instructions() -> None:
    """Elements in message order; `$` says what an element is made of."""
    text = (
        PAGE
        + """\
outputs:
  xoev:
    standard: s
    version: "1"
    message: m
    map:
      zuletzt: a
      codes: {$code: "05", $list: l, $version: "2"}
      code: {$code_of: a, $table: {x: "1"}}
      jedes: {$each: a, $limit: 2, name: item}
      wahl: {$choose: [{$when: a = "x", name: a}, {$value: a}]}
      wenn: {$when: a = "x", $code: "1"}
      datum: {$partial: a}
      ort: {$address: {strasse: a, ort: a}}
      zwei: [a, {name: a}]
      datei: {$document: [summary, "*"], inhalt: document.content}
      leer: {}
"""
    )
    output = loaded(text).outputs.xoev
    assert output is not None
    tree = dict(output.tree.children)

    assert ["zuletzt", "codes", "code", "jedes", "wahl", "wenn"] == list(tree)[:6]
    kinds = {name: type(node) for name, node in tree.items()}
    assert {
        "zuletzt": MapValue,
        "codes": MapCode,
        "code": MapCode,
        "jedes": MapEach,
        "wahl": MapChoose,
        "wenn": MapChoose,
        "datum": MapPartial,
        "ort": MapAddress,
        "zwei": MapList,
        "datei": MapDocument,
        "leer": MapTree,
    } == kinds
    choice = tree["wahl"]
    assert isinstance(choice, MapChoose)
    assert [False, True] == [branch.condition is None for branch in choice.branches]
    document = tree["datei"]
    assert isinstance(document, MapDocument)
    assert ("summary", "*") == document.documents


def test_answers_of_a_case_stay_as_written() -> None:
    """A postcode keeps its zero; only the field says what a text means."""
    text = PAGE + (
        "cases:\n"
        "  - case: A\n"
        "    on: 2026-11-23\n"
        "    given: {plz: 01067, ja: true, leer: null, zeilen: [{x: no}]}\n"
        "    expect: {outcome: O1, earliest: null, computed: {alter: 38, plz: 01067}}\n"
        "  - {case: B, based_on: A}\n"
    )

    first, second = loaded(text).cases

    assert {"plz": "01067", "ja": True, "leer": None, "zeilen": [{"x": "no"}]} == first.given
    assert {"alter": Decimal(38), "plz": "01067"} == first.expect["computed"]
    assert first.expect["earliest"] is None
    assert (date(2026, 11, 23), "A") == (second.on, second.based_on)


def test_r28_the_digest_changes_with_the_text_and_with_the_lists_in_use() -> None:
    """Drafts are pinned to what they were begun with (R28), and to nothing they do not use."""
    text = with_fields("- {field: a, type: choice, label: A, options: farben}")

    first = loaded(text, lists_of(farben="{rot: Rot}", tiere="{hund: Hund}"))
    again = loaded(text, lists_of(farben="{rot: Rot}", tiere="{katze: Katze}"))
    other_list = loaded(text, lists_of(farben="{rot: Rot, blau: Blau}"))
    other_text = loaded(text + "# anders\n", lists_of(farben="{rot: Rot}"))

    assert first.digest == again.digest
    assert 3 == len({first.digest, other_list.digest, other_text.digest})


def test_an_own_list_hides_a_shared_one() -> None:
    """Then the shared one does not count for the digest either."""
    text = (
        with_fields("- {field: a, type: choice, label: A, options: farben}")
        + "lists: {farben: {gelb: Gelb}}\n"
    )

    first = loaded(text, lists_of(farben="{rot: Rot}"))

    assert first.lists[0].values == {"gelb"}
    assert first.digest == loaded(text, lists_of(farben="{blau: Blau}")).digest


def test_all_mistakes_come_in_one_run() -> None:
    """An author mends a file once, not twelve times."""
    text = (
        HEAD.replace("version", "versoin")
        + """\
leika: ["123"]
sign_in: perhaps
settings: {x: {value: P3X, source: s}}
documents: [{document: D, title: T, files: many}]
pages:
  - page: seite
    title: Seite
    purpose: zweck
    fields: [{field: a, type: txt, label: A}]
cases: [{case: A, on: gestern}]
"""
    )

    codes = sorted(code for code, _ in mistakes(text))

    assert [
        "missing-key",
        "unknown-field-type",
        "unknown-key",
        "unknown-word",
        "wrong-date",
        "wrong-duration",
        "wrong-file-range",
        "wrong-leika",
        "wrong-name-spelling",
    ] == codes


def test_r26_nothing_but_names_is_evaluated_in_a_template() -> None:
    """R26: no rule, no format, no attribute, no nesting."""
    for inside in ("a + 1", "a.__class__", "a!r", "a:>99", "0", "", "a}{b", "f(x)", "{a"):
        text = PAGE + (
            "outputs:\n  dms: {system: xdomea, version: '3.1.0', aktenplan: '1',"
            f" vorgang: {{title: V}}, akte: {{title: '{{{inside}}}'}}}}\n"
        )

        codes = {code for code, _ in mistakes(text)}

        assert codes <= {"wrong-placeholder"}
        if inside not in ("a.__class__", "a}{b"):
            assert codes == {"wrong-placeholder"}


def test_a_version_nobody_can_write_is_told() -> None:
    """Before the first application comes, and not after it."""
    text = PAGE + (
        "outputs:\n  dms: {system: xdomea, version: '2.2.0', aktenplan: '1', akte: {title: A},"
        " vorgang: {title: V}}\n"
    )

    assert [code for code, _ in mistakes(text)] == ["unknown-word"]
