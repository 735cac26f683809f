"""What is not believed: it is put aside with a code, and a person looks."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from outputs.aktenversendung.messages import Message
from outputs.aktenversendung.writing import write_message
from outputs.dms.answers import Outcome, write_outcome, write_receipt
from outputs.dms.messages import ARCHIVE, GIVE, Envelope, write_package
from portal.inbox.folder import REFUSED
from portal.storage import quarantine, transfers
from portal.transfer import giving
from portal.transfer.desk import case_of
from portal.transfer.states import State
from tests.outputs.aktenversendung.samples import messages
from tests.portal.stores import START
from tests.portal.transfer.towns import NEW, OLD, Town, authority, two_towns

UNKNOWN = "0b7c0f3e-2b1d-4c52-9a63-6f5a1de0c111"
SAMPLES = {one.code: one for one in messages()}


def _put(town: Town, name: str, content: bytes) -> list[str]:
    """Into the folder of the other town, and the codes of what was refused."""
    [place] = town.incoming
    place.folder.mkdir(parents=True, exist_ok=True)
    (place.folder / name).write_bytes(content)
    town.work()
    return [one.code for one in quarantine.waiting(town.store)]


def _envelope(process: str, sender: str = NEW) -> Envelope:
    return Envelope(process, START, authority(sender), authority(OLD))


def _xdomea(town: Town, change: Callable[[bytes], bytes] = bytes, sender: str = NEW) -> bytes:
    case = town.submit().submission_id
    filing = case_of(town.desk, case).filing
    return change(write_package(GIVE, _envelope(UNKNOWN, sender), filing, "3.1.0", None).content)


def test_an_answer_to_nothing(folder: Path) -> None:
    """A process that nobody here has begun."""
    with two_towns("sqlite", folder) as (town, _):
        made = write_receipt(GIVE, _envelope(UNKNOWN), "3.1.0", None)
        assert made is not None
        assert _put(town, made.name, made.content) == ["unknown-process"]
        [place] = town.incoming
        assert [one.name for one in (place.folder / REFUSED).iterdir()] == [made.name]


def test_an_archive_that_confirms_what_it_was_not_given(folder: Path) -> None:
    """An import before the hand-over is noted, and moves nothing."""
    with two_towns("sqlite", folder) as (town, _):
        case = town.submit().submission_id
        giving.offer(town.desk, case, NEW.lower(), "registratur")
        process = town.transfer().process
        made = write_outcome(ARCHIVE, _envelope(process), [Outcome(UNKNOWN)], "3.1.0", None)
        assert made is not None
        assert _put(town, made.name, made.content) == []
        assert town.transfer().state == State.OFFERED


def test_a_case_from_somebody_else(folder: Path) -> None:
    """A name that no office of this way has."""
    with two_towns("sqlite", folder) as (town, _):
        content = _xdomea(town, sender=OLD)
        assert _put(town, "fremd.zip", content) == ["foreign-author"]
        assert town.filed() == []


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (lambda content: content[:200], "not-a-package"),
        (lambda content: content.replace(b"%PDF-1.7", b"%PDF-1.8"), "not-a-package"),
    ],
)
def test_a_damaged_case(change: Callable[[bytes], bytes], code: str, folder: Path) -> None:
    """Cut short, or with other bytes than the ZIP says."""
    with two_towns("sqlite", folder) as (town, _):
        assert _put(town, "kaputt.zip", _xdomea(town, change)) == [code]
        assert town.filed() == []


def _from(town_name: str, key: str, message: Message) -> bytes:
    author = replace(message.header.author, key=key, name=authority(town_name))
    changed = replace(message, header=replace(message.header, author=author))
    return write_message(changed, None).content


@pytest.mark.parametrize(
    ("message", "key", "code"),
    [
        ("010201", "abh:00000009", "foreign-author"),
        ("010202", "abh:00000002", "unknown-process"),
        ("010205", "abh:00000002", "unknown-process"),
        ("010206", "abh:00000002", "unknown-process"),
        ("010102", "abh:00000002", "unknown-process"),
        ("010002", "abh:00000002", "unknown-process"),
    ],
)
def test_messages_of_other_offices(message: str, key: str, code: str, folder: Path) -> None:
    """From a key that is not expected here, or about a process nobody knows."""
    with two_towns("sqlite", folder, way="xauslaender") as (town, _):
        content = _from(NEW, key, SAMPLES[message])
        assert _put(town, f"{message}.xml", content) == [code]
        assert transfers.listing(town.store) == []


def test_the_same_request_twice_is_one(folder: Path) -> None:
    """Under another file name."""
    with two_towns("sqlite", folder, way="xauslaender") as (town, _):
        content = _from(NEW, "abh:00000002", SAMPLES["010201"])
        assert _put(town, "1.xml", content) == _put(town, "2.xml", content) == []
        assert town.transfer().state == State.ASKED


def test_what_is_no_message_waits_until_it_is_whole(folder: Path) -> None:
    """Half a file may still be on its way."""
    with two_towns("sqlite", folder) as (town, _):
        assert _put(town, "halb.xml", b"<a") == []
        [place] = town.incoming
        assert (place.folder / "halb.xml").exists()
