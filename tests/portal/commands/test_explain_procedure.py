"""`vordruck explain ID`: rules in words, why a case came out so, why a field is shown."""

import json
from pathlib import Path

import pytest

from tests.portal.commands.terminal import vordruck

TODAY = ("--today", "2026-11-23")
LATE = {"hauptwohnung": True, "einzug_am": "2027-01-01", "stellplatz": "kein"}


def test_every_decision_is_a_table_to_be_read() -> None:
    """Rules, conditions, results and paragraphs, as Markdown."""
    said = vordruck("explain", "musterprozess", *TODAY)

    assert (0, "") == (said.code, said.err)
    assert "### ergebnis\n" in said.out
    assert "| E03 | schon_eingezogen trifft nicht zu | „spaeter“ | § 45 Abs. 1b StVO |" in said.out


def test_every_decision_is_data_as_well() -> None:
    """For programs."""
    data = vordruck("explain", "musterprozess", "--format", "json", "--language", "en").data

    assert {"schon_eingezogen", "fruehester_tag", "erfuellt", "ergebnis"} == {
        one["decision"] for one in data["decisions"]
    }


def test_a_case_of_the_definition_is_explained_on_its_own_day() -> None:
    """Result, day, deciding rule, what is fulfilled, and what would change it."""
    said = vordruck("explain", "musterprozess", "--case", "MP-02")
    lines = said.out.splitlines()

    assert 0 == said.code
    assert "Ergebnis: Sie können bald einen Ausweis bekommen (spaeter)" == lines[0]
    assert "Frühestens am 01.01.2027" == lines[1]
    assert "  - E03: Der Ausweis gilt erst ab dem Einzug. (§ 45 Abs. 1b StVO)" in lines
    assert (
        "  - V02: Sie haben keinen eigenen Stellplatz. (Satzung über Parkausweise (erfunden))"
        in lines
    )
    assert "      [trifft zu] schon_eingezogen trifft nicht zu" in lines
    assert any("01.01.2027 warten" in one for one in lines)


@pytest.mark.parametrize("language", ["de", "en"])
def test_answers_of_a_file_or_a_pipe_are_explained_alike(tmp_path: Path, language: str) -> None:
    """The same answers, the same words."""
    path = tmp_path / "answers.json"
    path.write_text(json.dumps(LATE), "utf-8")
    command = ("explain", "musterprozess", "--language", language, *TODAY, "--case")

    case, file = vordruck(*command, "MP-02"), vordruck(*command, str(path))
    pipe = vordruck(*command, "-", given=json.dumps(LATE))

    assert case.out == file.out == pipe.out
    assert 0 == file.code == pipe.code


def test_another_day_has_another_result() -> None:
    """--today counts more than the day of the case."""
    said = vordruck("explain", "musterprozess", "--case", "MP-02", "--today", "2027-01-01")

    assert "(moeglich)" in said.out.splitlines()[0]
    assert "  Ein besseres Ergebnis gibt es nicht." in said.out.splitlines()


def test_a_result_as_data_holds_what_the_words_hold() -> None:
    """Outcome, rules, chain and changes."""
    data = vordruck("explain", "musterprozess", "--case", "MP-02", "--format", "json").data

    assert ("spaeter", "2027-01-01") == (data["outcome"], data["earliest"])
    assert ["E03"] == [one["rule"] for one in data["rules"]]
    assert ["V01", "V02"] == [one["rule"] for one in data["fulfilled"]]
    assert [] == data["beside"]
    assert "ergebnis" == data["chain"][0]["decision"]
    assert [True] * len(data["changes"]) == [one["better"] for one in data["changes"]]
    assert {"question": None, "before": "2026-11-23", "after": "2027-01-01"} in [
        change for one in data["changes"] for change in one["changes"]
    ]


def test_answers_that_cannot_be_read_are_named_and_the_rest_explained() -> None:
    """A finding; nothing typed reaches the terminal as it is."""
    given = json.dumps({**LATE, "einzug_am": "morgen", "fremd\x1b[2J": 1})
    said = vordruck("explain", "musterprozess", "--case", "-", *TODAY, given=given)

    assert 1 == said.code
    assert "einzug_am: " in said.err
    assert "Danach wird nicht gefragt." in said.err
    assert "\x1b" not in said.err + said.out
    assert said.out.startswith("Ergebnis: ")


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("einzug_am", "»Seit wann oder ab wann wohnen Sie dort?« wird gefragt."),
        ("fahrzeuge[0].kennzeichen", "»Kennzeichen« wird gefragt."),
        ("person", "Die Seite »Angaben zur Person« wird gezeigt."),
        ("ausweis_kopie", "Die Unterlage »Personalausweis oder Pass« wird verlangt."),
        ("merkzeichen", "»Welche Merkzeichen stehen im Ausweis?« wird nicht gefragt."),
    ],
)
def test_a_part_of_the_form_says_why_it_is_as_it_is(name: str, told: str) -> None:
    """Question, row, page, document."""
    given = json.dumps(
        {**LATE, "schwerbehindert": False, "fahrzeuge": [{"kennzeichen": "MU-AB 1"}]}
    )
    said = vordruck("explain", "musterprozess", "--field", name, "--case", "-", given=given)

    assert 0 == said.code
    assert told == said.out.splitlines()[0]


def test_without_answers_a_field_tells_what_it_hangs_on() -> None:
    """Nothing is answered yet, so its condition is open or does not hold."""
    data = vordruck("explain", "musterprozess", "--field", "merkzeichen", "--format", "json").data
    (condition,) = data["conditions"]

    assert ("show_if", False) == (condition["of"], condition["truth"])
    assert {"schwerbehindert": "keine Angabe"} == condition["reads"]


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("--field", "merkzeichn"), "Meinten Sie »merkzeichen«?"),
        (("--case", "MP-20"), "Meinten Sie »MP-02«?"),
        (("--case", "fehlt.json"), "fehlt.json"),
        (("--case", "MP-02", "--today", "31.12.2026"), "ist kein Datum"),
        (("--field", "x\x1b[2J"), "ist weder Feld noch Seite noch Unterlage"),
    ],
)
def test_what_is_not_there_is_refused_with_what_was_meant(
    words: tuple[str, ...], told: str
) -> None:
    """Wrong use; nothing on standard output."""
    said = vordruck("explain", "musterprozess", *words)

    assert (2, "") == (said.code, said.out)
    assert told in said.err
    assert "\x1b" not in said.err


def test_answers_cannot_move_the_cursor(tmp_path: Path) -> None:
    """A report writes values; what would clear the screen is spelt out."""
    said = vordruck(
        "explain", "musterprozess", "--field", "email", "--case", "-",
        given=json.dumps({"familienname": "\x1b[2J\u202eabc"}),
    )  # fmt: skip

    assert "\x1b" not in said.out
    assert "\u202e" not in said.out
