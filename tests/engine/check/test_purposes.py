"""Data minimisation: what is missing, what points nowhere, where answers must not go (R30, R51)."""

from engine.diagnostics import Severity
from tests.diagnostics.fragments import diagnose
from tests.engine.load.procedures import HEAD

# Twelve defects, and a place for each.
TWELVE = (
    HEAD
    + """\
retention:
  akte: {text: In der Akte}
  nie: {text: Nie}
recipients:
  amt: Das Amt
  kasse: {text: Die Kasse, receives: [xoev]}
  niemand: Niemand
  wer: Irgendwer
purposes:
  eins: {text: A, legal_basis: § 1, recipients: [amt], retention: akte}
  zwei: {text: B, legal_basis: § 2, recipients: [kase], retention: akte, by_hand: true}
  drei: {text: C, legal_basis: § 3, recipients: [kasse], retention: akten, by_hand: true}
  leer: {text: D, legal_basis: § 4, recipients: [kasse], retention: akte}
pages:
  - page: ohne
    title: Ohne
    fields:
      - {field: a, type: text, label: A}
      - {field: b, type: text, label: B}
  - page: teils
    title: Teils
    fields:
      - {field: c, type: text, label: C, purpose: eins}
      - {field: d, type: text, label: D}
      - {field: e, type: text, label: E, purpose: drie}
      - {field: f, type: text, label: F, purpose: zwei}
      - group: g
        label: G
        purpose: drei
        repeat: {min: 0, max: 2}
        fields:
          - {field: h, type: text, label: H}
          - {field: i, type: text, label: I, purpose: eins}
          - {field: j, type: text, label: J, purpose: eins, show_if: angegeben(h)}
outputs:
  xoev:
    standard: x
    version: "1"
    message: x.1
    map: {name: c}
"""
)


def test_r30_twelve_defects_are_twelve_findings() -> None:
    """Each at its own place; a page without any purpose is told once."""
    found = [
        (one.code, one.values["name"], str(one.severity))
        for one in diagnose(TWELVE)
        if one.code != "reader-not-named"
    ]

    assert [
        ("destination-not-named", "c", "error"),
        ("field-without-use", "g[].i", "info"),
        ("field-without-use", "g[].j", "info"),
        ("purpose-missing", "d", "error"),
        ("purpose-missing", "ohne", "error"),
        ("purpose-never-used", "leer", "warning"),
        ("recipient-never-used", "niemand", "warning"),
        ("recipient-never-used", "wer", "warning"),
        ("retention-never-used", "nie", "warning"),
        ("unknown-purpose", "drie", "error"),
        ("unknown-recipient", "kase", "error"),
        ("unknown-retention", "akten", "error"),
    ] == sorted(found)


def test_a_name_that_many_fields_inherit_is_told_once() -> None:
    """Where it was written, not at each of the fields."""
    text = TWELVE.replace("title: Ohne\n", "title: Ohne\n    purpose: ains\n")
    found = [one for one in diagnose(text) if one.values.get("name") == "ains"]

    assert [("unknown-purpose", "eins")] == [(one.code, one.values["nearest"]) for one in found]
    assert "purpose: ains" in text.split("\n")[found[0].span.start.line - 1]


def test_the_innermost_purpose_counts() -> None:
    """That of the field before its group's, that of the group before the page's."""
    text = TWELVE.replace("title: Teils\n", "title: Teils\n    purpose: zwei\n")
    missing = [one.values["name"] for one in diagnose(text) if one.code == "purpose-missing"]

    assert ["ohne"] == missing


def test_the_summary_takes_every_answer_along() -> None:
    """A recipient of the message has to be named at every purpose then."""
    summary = "{$document: summary, d: document.name}"
    whole = TWELVE.replace("map: {name: c}", f"map: {{name: c, s: {summary}}}")
    told = {one.values["purpose"] for one in diagnose(whole) if one.code == "destination-not-named"}

    assert {"eins"} == told


def test_nothing_but_an_error_keeps_a_procedure_back() -> None:
    """Questions that only people read are pointed out, not refused."""
    severities = {one.severity for one in diagnose(TWELVE) if one.code == "field-without-use"}

    assert {Severity.INFO} == severities
