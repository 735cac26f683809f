"""Answers and withdrawals: valid, the same every time, and what they carry arrives."""

import base64
import io
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree
from PIL import Image

from engine.fields.din91379 import characters, sequences
from engine.model_outputs import XoevOutput
from outputs.xoev.reading import read_returned
from outputs.xoev.replies import (
    ANSWER,
    WITHDRAWAL,
    Reply,
    ReplyFile,
    can_reply,
    reply_id,
    write_answer,
    write_withdrawal,
)
from outputs.xoev.returned import Kind
from tests.outputs.golden import assert_golden
from tests.outputs.plans import JPG, PDF, RECEIVED, real_plan
from tests.outputs.standards_folder import needs_standards, schemas
from tests.outputs.xoev.trials import REFERENCE, trial

SPEAKS_XAUSLAENDER = ("beschaeftigungserlaubnis", "verpflichtungserklaerung")
NS = {"xa": "http://www.osci.de/xauslaender2611"}
# What DIN 91379 allows in a text.
LETTERS = st.lists(st.sampled_from(sorted(characters("C") | sequences())), max_size=300).map(
    "".join
)


def output_of(name: str) -> XoevOutput:
    """What a definition declares."""
    found = real_plan(name).procedure.outputs.xoev
    assert found is not None
    return found


def reply(name: str = "beschaeftigungserlaubnis") -> Reply:
    """An answer with a text and a file."""
    asked = read_returned(trial(Kind.QUESTION), None)
    return Reply(
        authority=real_plan(name).procedure.authority,
        reference=REFERENCE,
        number=1,
        submitted_at=RECEIVED,
        answers=asked.message_id,
        text="Hier ist der Mietvertrag.",
        files=(ReplyFile("Mietvertrag (neu).pdf", "application/pdf", PDF),),
    )


def withdrawal(name: str = "beschaeftigungserlaubnis") -> Reply:
    """Nothing but the case."""
    return replace(reply(name), answers="", text="", files=(), number=2)


def png() -> bytes:
    """A picture in a format that the standard has no code for."""
    written = io.BytesIO()
    Image.new("RGBA", (3, 2), (200, 10, 10, 128)).save(written, "PNG")
    return written.getvalue()


def test_the_answer_is_what_people_can_open() -> None:
    """130103 with a document."""
    made = write_answer(reply(), output_of("beschaeftigungserlaubnis"), None)
    assert_golden("xoev/replies/answer/expected.xml", made.content.decode())


def test_the_withdrawal_is_what_people_can_open() -> None:
    """130111 says nothing but which application."""
    made = write_withdrawal(withdrawal(), output_of("beschaeftigungserlaubnis"), None)
    assert_golden("xoev/replies/withdrawal/expected.xml", made.content.decode())


@needs_standards
@pytest.mark.parametrize("name", SPEAKS_XAUSLAENDER)
def test_both_are_valid(name: str) -> None:
    """Of each procedure that speaks XAusländer."""
    output = output_of(name)

    assert () == write_answer(reply(name), output, schemas()).problems
    assert () == write_withdrawal(withdrawal(name), output, schemas()).problems


@needs_standards
@settings(max_examples=60, deadline=None)
@given(
    text=LETTERS,
    files=st.lists(
        st.sampled_from(
            [
                ("a.pdf", "application/pdf", PDF),
                ("b.JPG", "image/jpeg", JPG),
                ("c", "image/png", b""),
            ]
        ),
        max_size=4,
    ),
    number=st.integers(1, 99),
)
def test_r42_whatever_is_answered_is_valid(
    text: str, files: list[tuple[str, str, bytes]], number: int
) -> None:
    """Any text of the allowed letters, any files, none of both included."""
    made = replace(
        reply(),
        text=text,
        number=number,
        files=tuple(ReplyFile(name, kind, content or png()) for name, kind, content in files),
    )

    assert () == write_answer(made, output_of("beschaeftigungserlaubnis"), schemas()).problems


def test_an_answer_names_the_message_that_it_answers() -> None:
    """The authority finds its own question by this id."""
    root = etree.fromstring(
        write_answer(reply(), output_of("beschaeftigungserlaubnis"), None).content
    )

    assert reply().answers == root.findtext("xa:ausloeserUUID", namespaces=NS)
    assert REFERENCE == root.findtext("xa:antragsidentifikation", namespaces=NS)
    assert "true" == root.findtext("xa:rueckkanalVorhanden", namespaces=NS)
    assert reply_id(REFERENCE, f"xoev/{ANSWER}", 1) == root.findtext(".//nachrichtenUUID")


def test_a_png_arrives_as_a_jpeg_and_a_pdf_as_it_is() -> None:
    """The standard has codes for PDF and JPG only."""
    files = (ReplyFile("foto.png", "image/png", png()), ReplyFile("a.pdf", "application/pdf", PDF))
    made = write_answer(replace(reply(), files=files), output_of("beschaeftigungserlaubnis"), None)
    root = etree.fromstring(made.content)
    held = [base64.b64decode(one.text or "") for one in root.iterfind(".//xa:dokument", NS)]

    assert held[0].startswith(b"\xff\xd8\xff")
    assert PDF == held[1]
    assert ["foto.jpg", "a.pdf"] == [one.text for one in root.iterfind(".//xa:dateiname", NS)]


def test_the_same_reply_is_the_same_bytes_and_another_number_another_message() -> None:
    """R21: what is repeated is not sent twice; two answers are two messages."""
    output = output_of("beschaeftigungserlaubnis")
    first, again = write_answer(reply(), output, None), write_answer(reply(), output, None)
    other = write_answer(replace(reply(), number=2), output, None)

    assert first == again
    assert first.name != other.name
    assert ("130103-1", "130103-2") == (first.output, other.output)
    assert "130111-2" == write_withdrawal(withdrawal(), output, None).output


def test_only_a_standard_with_these_messages_can_be_answered_in() -> None:
    """The own format of the naturalisation has none; neither has a procedure without a message."""
    found = [can_reply(output_of(name)) for name in (*SPEAKS_XAUSLAENDER, "einbuergerung")]

    assert [True, True, False] == found
    assert not can_reply(None)
    assert WITHDRAWAL.endswith("130111")
