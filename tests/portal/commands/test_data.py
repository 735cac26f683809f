"""The list of all data a procedure asks for, and what an authority has to check."""

from pathlib import Path

import pytest

from tests.engine.made import PROCEDURES, real_plan
from tests.portal.commands.terminal import vordruck

PROBE = """\
procedure: probe
version: 2026.1.0
title: Probe
authority: {name: Stadt Beispiel}
retention: {akte: {text: In der Akte ein Jahr, source: to be checked by the authority}}
recipients: {amt: Das Amt}
purposes:
  eins:
    text: Zum Entscheiden
    legal_basis: § 1
    recipients: [amt]
    retention: akte
    source: "§ 1: to be checked by the authority"
settings:
  grenze:
    - {value: 18, source: § 2 BGB}
    - {value: 21, valid_from: 2027-01-01, source: Entwurf – to be checked by the authority}
  frist: {value: P3M, source: to be checked by the authority}
pages:
  - page: p
    title: P
    purpose: eins
    fields:
      - {field: alter, type: integer, label: Alter}
      - {field: hobby, type: text, label: Hobby}
      - {field: tag, type: date, label: Tag, valid_if: tag <= stichtag, message: Zu spät.}
    checks:
      - check: zu_jung
        warn_if: alter < setting.grenze
        message: Zu jung.
        fields: [alter]
"""


@pytest.fixture
def probe(tmp_path: Path) -> str:
    """Give the file of a small procedure."""
    path = tmp_path / "probe.yaml"
    path.write_text(PROBE, "utf-8")
    return str(path)


def test_fields_that_nothing_uses_are_listed(probe: str) -> None:
    """A day that only must not lie in the future is used for nothing."""
    found = vordruck("data", probe, "--format", "json").data

    assert ["hobby", "tag"] == found["unused"]
    assert ["notice"] == found["fields"][0]["used_by"]
    assert {"amt": "Das Amt"} == found["recipients"]
    assert "In der Akte ein Jahr" == found["retention"]["akte"]


def test_check_points_out_what_nothing_uses_without_refusing(probe: str) -> None:
    """A question may be read by people; its author has to say so."""
    said = vordruck("check", probe, "--format", "json")
    hints = {one["code"] for one in said.data["diagnostics"]}
    by_hand = PROBE.replace("    retention: akte\n", "    retention: akte\n    by_hand: true\n")
    Path(probe).write_text(by_hand, "utf-8")

    assert (0, {"field-without-use"}) == (said.code, hints)
    assert {"info"} == {one["severity"] for one in said.data["diagnostics"]}
    assert [] == vordruck("check", probe, "--format", "json").data["diagnostics"]


def test_the_text_names_every_field_in_both_languages(probe: str) -> None:
    """A line each, and the sum of what stands in the summary alone."""
    german, english = vordruck("data", probe).out, vordruck("data", probe, "--language", "en").out

    assert "2 von 3 Feldern" in german
    assert "2 of 3 fields" in english
    for name in ("alter", "hobby", "tag"):
        assert any(line.startswith(name) for line in german.splitlines())


def test_values_to_be_checked_are_listed_with_their_place(probe: str) -> None:
    """Of a setting with several values only the one that nobody has confirmed."""
    found = vordruck("check", probe, "--format", "json").data["unconfirmed"]

    settings = [(one["id"], one["value"], one["valid_from"]) for one in found[:2]]
    assert [("grenze", "21", "2027-01-01"), ("frist", "P3M", None)] == settings
    assert {("purpose", "eins"), ("retention class", "akte")} == {
        (one["kind"], one["id"]) for one in found[2:]
    }
    lines = PROBE.splitlines()
    assert "21" == lines[found[0]["line"] - 1][found[0]["column"] - 1 : found[0]["end_column"] - 1]


@pytest.mark.parametrize("name", PROCEDURES)
def test_every_field_of_a_procedure_is_accounted_for(name: str) -> None:
    """Used by something, or read by people as its purpose says (R51)."""
    found = vordruck("data", name, "--format", "json").data
    paths = [path for path, _ in real_plan(name).procedure.fields()]

    assert paths == [one["field"] for one in found["fields"]]
    for one in found["fields"]:
        assert one["used_by"] or one["by_hand"], one["field"]
        assert one["legal_basis"]
        assert one["recipients"]
        assert set(one["recipients"]) <= set(found["recipients"])
        assert one["retention"] in found["retention"]
