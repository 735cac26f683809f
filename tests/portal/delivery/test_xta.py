"""The seam to OSCI and XTA: message and addressing lie side by side, whole, and once."""

import hashlib
import json
from pathlib import Path

import pytest

from outputs.xoev.write import write
from portal.delivery.transports.folder import PICKED_UP
from portal.delivery.transports.transport import RefusedError
from portal.delivery.transports.xta import open_xta
from portal.settings import Target
from tests.outputs.plans import PDF, complete

CASE = "3f0e8a52-0000-4000-8000-000000000001"
KEY, NAME, TYPE = f"{CASE}.fachverfahren", "OZG.Antrag.130101.xml", "application/xml"


def message(procedure: str = "beschaeftigungserlaubnis") -> bytes:
    """A message as the portal writes it."""
    return write(complete(procedure), PDF, None).content


def test_a_client_finds_message_and_addressing(tmp_path: Path) -> None:
    """The address is that of the message's header; its hash says which message it belongs to."""
    content = message()
    told = open_xta("fachverfahren", Target(folder=tmp_path), tmp_path).send(
        KEY, NAME, TYPE, content
    )

    assert (told.size, told.sha256) == (len(content), hashlib.sha256(content).hexdigest())
    assert sorted(one.name for one in tmp_path.iterdir()) == [
        f"{CASE}_{NAME}",
        f"{CASE}_{NAME}.adresse.json",
    ]
    address = json.loads((tmp_path / f"{CASE}_{NAME}.adresse.json").read_text("utf-8"))
    assert address["message_type"] == "130101"
    assert (address["standard"], address["version"]) == ("XAusländer", "26.11")
    assert address["reader"]["directory"] == "DVDV"
    assert address["reader"]["key"]
    assert address["sha256"] == told.sha256
    assert address["message_id"] in content.decode()


@pytest.mark.parametrize(
    "procedure", ["beschaeftigungserlaubnis", "verpflichtungserklaerung", "einbuergerung"]
)
def test_every_message_of_the_procedures_can_be_addressed(tmp_path: Path, procedure: str) -> None:
    """Each carries a reader with the key of a directory."""
    open_xta("fachverfahren", Target(folder=tmp_path), tmp_path).send(
        KEY, NAME, TYPE, message(procedure)
    )
    assert len(list(tmp_path.glob("*.adresse.json"))) == 1


def test_r15_twice_is_once_even_after_the_client_took_it(tmp_path: Path) -> None:
    """A lost acknowledgement leads to no second message."""
    xta = open_xta("fachverfahren", Target(folder=tmp_path), tmp_path)
    xta.send(KEY, NAME, TYPE, message())
    (tmp_path / PICKED_UP).mkdir()
    for file in tmp_path.glob("*.*"):
        file.rename(tmp_path / PICKED_UP / file.name)

    xta.send(KEY, NAME, TYPE, message())

    assert [one.name for one in tmp_path.iterdir()] == [PICKED_UP]


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"%PDF", "message-unreadable"),
        (b"<a/>", "header-missing"),
        (b"<a><nachrichtenkopf.g2g/></a>", "header-incomplete"),
        (b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>', "message-unreadable"),
    ],
)
def test_what_names_no_reader_is_refused(tmp_path: Path, content: bytes, code: str) -> None:
    """For a person to look at; nothing lies in the folder."""
    with pytest.raises(RefusedError, match=code):
        open_xta("fachverfahren", Target(folder=tmp_path), tmp_path).send(KEY, NAME, TYPE, content)
    assert list(tmp_path.iterdir()) == []
