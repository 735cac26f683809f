"""Messages of an authority are read whole, or refused with a code that tells why."""

from contextlib import suppress
from datetime import date, time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from outputs.xoev.reading import LONGEST_TEXT, read_returned
from outputs.xoev.replies import application_id
from outputs.xoev.returned import (
    MESSAGES,
    STATUS_CODES,
    Appointment,
    IntendedRefusal,
    Kind,
    Meeting,
    NotCompetent,
    Place,
    Question,
    ReturnedError,
    Status,
    WithdrawalReply,
)
from tests.outputs.golden import assert_golden
from tests.outputs.plans import PDF, RECEIVED, real_plan
from tests.outputs.standards_folder import needs_standards, schemas
from tests.outputs.xoev.trials import APPLICATION, REFERENCE, trial

XA = "http://www.osci.de/xauslaender2611"
CONTENTS = {
    Kind.QUESTION: Question(
        "Bitte schicken Sie uns eine Kopie Ihres Mietvertrags. (Erfundene Nachricht zum Test)",
        date(2026, 12, 8),
    ),
    Kind.STATUS: Status("01"),
    Kind.APPOINTMENT: Appointment(
        Meeting(
            date(2026, 12, 15),
            time(9, 30),
            time(10, 0),
            Place("Kreishausstraße 1", "12345", "Musterstadt", "Zimmer 204, 2. Stock (erfunden)"),
        ),
        "",
        "Bringen Sie Ihren Pass und die Originale mit. (Erfundene Nachricht zum Test)",
    ),
    Kind.WITHDRAWAL_REPLY: WithdrawalReply(
        "Ihre Rücknahme ist angekommen. Das Verfahren ist beendet. (Erfundene Nachricht zum Test)"
    ),
    Kind.NOT_COMPETENT: NotCompetent(
        "Sie sind umgezogen. Wir sind nicht mehr zuständig. (Erfundene Nachricht zum Test)",
        "Ausländerbehörde Beispielstadt (erfunden)",
    ),
    Kind.REFUSAL: IntendedRefusal(),
}


def changed(kind: Kind, path: str, text: str | None) -> bytes:
    """A message with another text in one element, or without the element."""
    root = etree.fromstring(trial(kind))
    element = root.find(path.replace("xa:", f"{{{XA}}}"))
    assert element is not None
    if text is None:
        parent = element.getparent()
        assert parent is not None
        parent.remove(element)
    else:
        element.text = text
    return etree.tostring(root)


def refused(content: bytes) -> ReturnedError:
    """Why a message is not read, without a schema."""
    with pytest.raises(ReturnedError) as caught:
        read_returned(content, None)
    return caught.value


@pytest.mark.parametrize("kind", list(Kind))
def test_what_an_authority_writes_is_read_whole(kind: Kind) -> None:
    """Content, envelope and attachment; the same with and without a schema."""
    found = read_returned(trial(kind), None)

    assert CONTENTS[kind] == found.content
    assert (kind, REFERENCE) == (found.kind, found.reference)
    assert application_id(REFERENCE, APPLICATION) == found.triggered_by
    assert RECEIVED == found.created_at
    assert real_plan("beschaeftigungserlaubnis").procedure.authority.dvdv_key == found.author.key
    assert [PDF] * (kind is Kind.REFUSAL) == [one.content for one in found.attachments]
    assert found.is_test
    assert not found.is_validated


@pytest.mark.parametrize("kind", list(Kind))
def test_the_sample_messages_are_what_people_can_open(kind: Kind) -> None:
    """One file for each kind."""
    assert_golden(f"xoev/returned/{kind}/message.xml", trial(kind).decode())


@needs_standards
@pytest.mark.parametrize("kind", list(Kind))
def test_the_sample_messages_are_valid(kind: Kind) -> None:
    """The published schema accepts them, and the reader has asked it."""
    assert read_returned(trial(kind), schemas()).is_validated


@needs_standards
def test_every_status_of_the_list_is_read() -> None:
    """The codes of ozg.status."""
    for code in STATUS_CODES:
        found = read_returned(trial(Kind.STATUS, status=code), schemas())
        assert Status(code) == found.content


@needs_standards
def test_what_the_schema_does_not_accept_is_refused() -> None:
    """With the line, never with the content."""
    with pytest.raises(ReturnedError) as caught:
        read_returned(changed(Kind.QUESTION, "xa:frage", None), schemas())

    assert "invalid" == caught.value.code
    assert caught.value.place.startswith("line ")


@pytest.mark.parametrize(
    ("kind", "path", "text", "code"),
    [
        (Kind.QUESTION, "xa:frage", None, "incomplete"),
        (Kind.QUESTION, "xa:frage", "x" * (LONGEST_TEXT + 1), "too-long"),
        (Kind.QUESTION, "xa:fristdatum", "08.12.2026", "incomplete"),
        (Kind.QUESTION, "xa:ausloeserUUID", "MU-2026-000123", "incomplete"),
        (Kind.QUESTION, "xa:antragsidentifikation", "", "incomplete"),
        (Kind.QUESTION, ".//nachrichtenUUID", "../../etc/passwd", "incomplete"),
        (Kind.QUESTION, ".//erstellungszeitpunkt", "2026-11-24T10:15:30", "incomplete"),
        (Kind.QUESTION, ".//nachrichtentyp/code", "130104", "incomplete"),
        (Kind.STATUS, "xa:status/code", "99", "incomplete"),
        (Kind.APPOINTMENT, ".//xa:uhrzeitAb", "halb zehn", "incomplete"),
        (Kind.APPOINTMENT, ".//xa:ort", None, "incomplete"),
        (Kind.REFUSAL, "xa:mitteilung", None, "incomplete"),
        (Kind.REFUSAL, ".//xa:dokument", "kein Base64!", "attachment"),
        (Kind.REFUSAL, ".//xa:dokument", "PGh0bWw+PHNjcmlwdD4=", "attachment"),
        (Kind.REFUSAL, ".//xa:dokumententyp/code", "7", "attachment"),
    ],
)
def test_what_cannot_be_shown_is_refused_without_a_schema_too(
    kind: Kind, path: str, text: str | None, code: str
) -> None:
    """A page with a script is no PDF; the complaint never quotes what stood there."""
    fault = refused(changed(kind, path, text))

    assert code == fault.code
    assert not text or text[:40] not in str(fault)


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "not-xml"),
        (b"%PDF-1.7", "not-xml"),
        (b"<a>" * 300, "not-xml"),
        (b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>', "not-xml"),
        (b"<a/>", "unknown-message"),
        (f'<OZG.Antrag.130101 xmlns="{XA}"/>'.encode(), "unknown-message"),
        (b'<OZG.RueckkanalFrage.130102 xmlns="urn:x"/>', "unknown-message"),
        (f'<OZG.RueckkanalFrage.130102 xmlns="{XA}"/>'.encode(), "incomplete"),
    ],
)
def test_r43_other_files_are_refused(content: bytes, code: str) -> None:
    """Broken, hostile, or something else."""
    assert code == refused(content).code


def test_not_competent_without_a_word_says_what_the_standard_says() -> None:
    """An empty element stands for the default of the schema."""
    found = read_returned(changed(Kind.NOT_COMPETENT, "xa:hinweis", ""), None)

    assert isinstance(found.content, NotCompetent)
    assert "weil wir nicht zuständig sind" in found.content.text


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_r43_a_damaged_message_is_read_or_refused_but_never_more(data: st.DataObject) -> None:
    """Bytes cut out, doubled or changed: a message, or a ReturnedError."""
    content = trial(data.draw(st.sampled_from(list(Kind))))
    start = data.draw(st.integers(0, len(content)))
    end = data.draw(st.integers(start, min(len(content), start + 60)))
    damaged = content[:start] + data.draw(st.binary(max_size=20)) + content[end:]
    with suppress(ReturnedError):
        assert read_returned(damaged, None).kind in MESSAGES.values()
