"""vordruck transfer, as somebody in the Registratur uses it."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from typer.testing import CliRunner

from portal.cli import app
from portal.commands import transferring
from portal.storage.records import Receipt
from tests.portal.stores import KEY
from tests.portal.stores import folder as folder
from tests.portal.transfer.towns import AZR, OLD, Town, two_towns

OFFICES = {
    "beispielhausen": {"name": "Ausländerbehörde Beispielhausen (erfunden)"},
    "abh": {"name": "Ausländerbehörde Neustadt (erfunden)", "key": "abh:00000002",
            "way": "xauslaender", "street": "Markt", "postcode": "54321", "town": "Neustadt"},
    "stumm": {"name": "Stelle ohne Schlüssel (erfunden)", "way": "xauslaender"},
}  # fmt: skip


@pytest.fixture
def town(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Town]:
    """Musterstadt, whose data folder the settings point to."""
    with two_towns("sqlite", folder) as (old, _):
        monkeypatch.setenv("VORDRUCK_DATA", str(old.settings.data))
        monkeypatch.setenv("VORDRUCK_DATABASE", f"sqlite:///{old.settings.data}/v.sqlite")
        monkeypatch.setenv("VORDRUCK_MASTER_KEY", KEY.hex())
        monkeypatch.setenv("VORDRUCK_OFFICES", json.dumps(OFFICES))
        # Compiling definitions takes longer than all of these tests.
        monkeypatch.setattr(transferring, "library_later", lambda *_: old.desk.pinned)
        yield old


@pytest.fixture
def case(town: Town) -> Receipt:
    """A case of the real procedure."""
    return town.submit()


def _run(*words: str) -> tuple[int, str, str]:
    result = CliRunner().invoke(app, ["transfer", *words, "--by", "Erfundene Person"])
    assert "Traceback" not in result.output
    return result.exit_code, result.stdout, result.stderr


def _rows(*words: str) -> list[dict[str, object]]:
    code, text, said = _run(*words, "--format", "json")
    assert code == 0, said
    found = json.loads(text)
    assert isinstance(found, list)
    return found


def test_a_case_is_sent_looked_at_and_receipted(case: Receipt) -> None:
    """From the first word to the last, by number and by the first signs of the id."""
    [sent] = _rows("send", case.reference, "--to", "beispielhausen", "--no-obstacle")
    assert (sent["state"], sent["case"]) == ("sent", case.reference)
    assert _rows("status", case.reference) == _rows("status")
    start = str(sent["id"])[:8]
    assert [one["message"] for one in _rows("status", start)] == ["0401"]
    [reminded] = _rows("remind", start)
    assert reminded["reminders"] == 1
    [done] = _rows("receipt", start)
    assert (done["state"], done["due"]) == ("accepted", None)
    code, _, said = _run("receipt", start)
    assert (code, "In diesem Stand" in said) == (1, True)


def test_obstacles_are_named_before_anything_leaves(case: Receipt) -> None:
    """The definition's Versandhemmnisse."""
    code, _, said = _run("send", case.reference, "--to", "beispielhausen")
    assert (code, "Versandhemmnis" in said) == (2, True)
    assert _rows("status") == []


@pytest.mark.parametrize(
    ("words", "code", "sentence"),
    [
        (("send", "--to", "abh", "--no-obstacle"), 1, "AZR-Nummer"),
        (("send", "--to", "nirgends", "--no-obstacle"), 1, "VORDRUCK_OFFICES"),
        (("send", "--to", "stumm", "--azr", AZR, "--no-obstacle"), 1, "Schlüssel im DVDV"),
        (("send", "--no-obstacle"), 2, "--to"),
        (("request", "--from", "abh", "--azr", AZR, "--reason", "99"), 2, "--reason nimmt"),
        (("offer",), 1, "nennt ein Archiv"),
        (("clarify", "--to", "abh", "--azr", AZR), 1, "neue Anschrift"),
        (("clarify", "--azr", AZR), 2, "--to"),
    ],
)
def test_what_is_missing_is_said(
    words: tuple[str, ...], code: int, sentence: str, case: Receipt
) -> None:
    """In a sentence, and nothing happens."""
    found, _, said = _run(words[0], case.reference, *words[1:])
    assert (found, sentence in said) == (code, True), said
    assert _rows("status") == []


def test_a_request_and_its_answer(case: Receipt) -> None:
    """Asked once; asked twice it is under way."""
    [asked] = _rows("request", case.reference, "--from", "abh", "--azr", AZR)
    assert (asked["direction"], asked["state"]) == ("in", "asked")
    code, _, said = _run("request", case.reference, "--from", "abh", "--azr", AZR)
    assert (code, "schon unterwegs" in said) == (1, True)
    [ended] = _rows("withdraw", str(asked["id"]))
    assert ended["state"] == "withdrawn"
    assert _rows("read") == []


def test_a_question_of_competence_is_asked_and_reminded_of(case: Receipt) -> None:
    """With the new address; it is not ours to answer."""
    lives = ("--street", "Erfundene Straße", "--house-number", "7a")
    place = ("--postcode", "54321", "--town", "Neustadt")
    [asked] = _rows("clarify", case.reference, "--to", "abh", "--azr", AZR, *lives, *place)
    assert (asked["way"], asked["state"]) == ("zustaendigkeit", "asked")
    [reminded] = _rows("remind", str(asked["id"]))
    assert reminded["reminders"] == 1
    code, _, said = _run("answer", str(asked["id"]), "--not-here")
    assert (code, "mit einer Nachricht gefragt" in said) == (1, True)
    [ended] = _rows("withdraw", str(asked["id"]))
    assert ended["state"] == "withdrawn"


@pytest.mark.parametrize("words", [("status", "nirgends"), ("receipt", "abcdef12"), ("send", "x")])
def test_what_is_not_there_is_said(words: tuple[str, ...], town: Town) -> None:
    """Exit code 1."""
    assert town.name == OLD
    assert _run(*words)[0] == 1
