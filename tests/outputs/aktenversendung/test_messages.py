"""Messages between Ausländerbehörden: what is written is valid, and read as what was meant."""

from dataclasses import replace
from pathlib import Path

import pytest
from lxml import etree

from outputs.aktenversendung.messages import MESSAGES, Message, Piece, Request
from outputs.aktenversendung.reading import NotAMessage, is_one, read_message
from outputs.aktenversendung.writing import write_message
from tests.outputs.aktenversendung.samples import Varied, header, messages
from tests.outputs.golden import assert_golden
from tests.outputs.standards_folder import folder, needs_standards, schemas

EACH = list(messages())
IDS = [one.code for one in EACH]


def test_there_is_a_sample_of_every_message() -> None:
    """010002, 010101, 010102, 010201, 010202, 010203, 010205, 010206, 010207."""
    assert {type(one.body) for one in EACH} == set(MESSAGES)


@pytest.mark.parametrize("message", EACH, ids=IDS)
def test_messages_that_people_can_open(message: Message) -> None:
    """Kept as files; the same message gives the same bytes."""
    made = write_message(message, None)
    assert_golden(f"aktenversendung/samples/{message.name}.xml", made.content.decode())


@pytest.mark.parametrize("message", EACH, ids=IDS)
def test_what_is_read_is_what_was_written(message: Message) -> None:
    """Header and body, to the last field."""
    assert read_message(write_message(message, None).content, None) == message


@needs_standards
@pytest.mark.parametrize("message", EACH, ids=IDS)
def test_every_message_is_valid(message: Message) -> None:
    """Against the published schema."""
    made = write_message(message, schemas())
    assert made.problems == ()
    assert read_message(made.content, schemas()).is_validated


@needs_standards
def test_four_hundred_different_messages_are_valid_and_survive() -> None:
    """Names, half known birthdays, all answers, all formats."""
    varied = Varied(seed=1)
    seen = set()
    for _ in range(400):
        message = Message(header(from_old=True), varied.body())
        made = write_message(message, schemas())
        assert made.problems == (), message.name
        assert read_message(made.content, None) == message
        seen.add(message.code)
    assert len(seen) == len(MESSAGES)


@needs_standards
def test_messages_of_others_are_read() -> None:
    """Those that were collected with the schemas: not made by us, though by nobody official."""
    found = folder()
    assert found is not None
    place = found / "xauslaender/26.11-abh-abh-subset/samples-selfmade"
    files = sorted(place.glob("ABHABH.*.xml"))
    assert len(files) == len(MESSAGES)
    for file in files:
        message = read_message(file.read_bytes(), schemas())
        assert message.is_validated
        assert message.header.author.name.startswith("Ausländerbehörde")


def _broken(path: str) -> bytes:
    """The request without one element."""
    request = next(one for one in EACH if isinstance(one.body, Request))
    root = etree.fromstring(write_message(request, None).content)
    element = next(one for one in root.iter() if etree.QName(one).localname == path)
    parent = element.getparent()
    assert parent is not None
    parent.remove(element)
    return etree.tostring(root)


@pytest.mark.parametrize(
    "missing",
    ["nachrichtenUUID", "erstellungszeitpunkt", "autor", "azrNummer", "anforderungsgrund",
     "versandbestaetigung", "identifikationPersonABHABH", "aktenzeichenAuftraggebendeABH"],
)  # fmt: skip
def test_without_what_must_be_there_it_is_refused(missing: str) -> None:
    """With a code, and without a schema at hand, too."""
    with pytest.raises(NotAMessage, match=r"^incomplete$"):
        read_message(_broken(missing), None)


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "not-xml"),
        (b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>', "not-xml"),
        (b"<a/>", "unknown-message"),
        (b'<OZG.Antrag.130101 xmlns="http://www.osci.de/xauslaender2611"/>', "unknown-message"),
        (b'<ABHABH.Erinnerung.010002 xmlns="http://www.osci.de/xauslaender2611"/>', "incomplete"),
    ],
)
def test_anything_else_is_refused_with_a_code(content: bytes, code: str) -> None:
    """Nothing of it is quoted."""
    with pytest.raises(NotAMessage) as caught:
        read_message(content, None)
    assert str(caught.value) == code


@needs_standards
def test_what_the_schema_refuses_is_not_taken() -> None:
    """A month 13 in the AZR number."""
    request = next(one for one in EACH if isinstance(one.body, Request))
    assert isinstance(request.body, Request)
    wrong = replace(request.body, person=replace(request.body.person, azr_number="941301000001"))
    content = write_message(replace(request, body=wrong), None).content
    with pytest.raises(NotAMessage, match="invalid"):
        read_message(content, schemas())


def test_a_piece_that_is_no_base64_is_refused() -> None:
    """Rather than half read."""
    piece = next(one for one in EACH if isinstance(one.body, Piece))
    content = write_message(piece, None).content.replace(b">UEsDBA==<", b">UEsD*A==<")
    with pytest.raises(NotAMessage, match="incomplete"):
        read_message(content, None)


def test_is_one_knows_its_own() -> None:
    """So that a folder of mixed messages can be sorted."""
    made = write_message(EACH[0], None).content
    assert is_one(etree.fromstring(made))
    assert not is_one(etree.fromstring("<a/>"))
    assert Path(write_message(EACH[0], None).name).suffix == ".xml"
