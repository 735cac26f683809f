"""R14, R21: what the applicant sends after the application goes out once, and is kept sealed."""

from dataclasses import replace

from sqlmodel import select

from portal.storage import outbox, replies
from portal.storage.case_tables import ReplyRow
from portal.storage.records import Payload
from portal.storage.replies import ReplyKind, Said, next_number, send
from portal.storage.store import Store
from tests.portal.stores import submit

SAID = Said(ReplyKind.ANSWER, 1, None, "Der Vertrag liegt bei.", ("mietvertrag.pdf",))


def payload(number: int, content: bytes = b"<antwort/>") -> Payload:
    """The message to the authority."""
    name = f"130103-{number}"
    return Payload(name, f"{name}.xml", "application/xml", content, "fachverfahren")


def test_the_same_number_is_the_same_reply(store: Store) -> None:
    """A second press, in another tab or later, finds what the first one sent, whatever it says."""
    case = submit(store).submission_id
    first = send(store, case, SAID, payload(1))
    again = send(store, case, replace(SAID, text="Etwas anderes"), payload(1, b"<anders/>"))

    assert first == again
    assert 1 == len(replies.of_case(store, case))
    assert 2 == next_number(store, case)


def test_numbers_are_given_in_order(store: Store) -> None:
    """A form that was not made for this case is not sent; neither is one of a case that is gone."""
    case = submit(store).submission_id

    assert send(store, case, replace(SAID, number=3), payload(3)) is None
    assert send(store, "00000000-0000-4000-8000-000000000000", SAID, payload(1)) is None
    assert send(store, case, SAID, payload(1)) is not None
    assert send(store, case, replace(SAID, number=2), payload(2)) is not None
    assert [2, 1] == [one.said.number for one in replies.of_case(store, case)]


def test_a_reply_is_queued_behind_the_application(store: Store) -> None:
    """With a key of its own at the same target."""
    case = submit(store).submission_id
    send(store, case, SAID, payload(1))
    found = [one for one in outbox.states(store, case) if one.target == "fachverfahren"]

    assert [0, 1] == [one.ordinal for one in found]


def test_what_was_said_is_sealed(store: Store) -> None:
    """Text and names of files are nobody's who only has the database."""
    case = submit(store).submission_id
    send(store, case, SAID, payload(1))
    with store.database.reading() as session:
        row = session.exec(select(ReplyRow)).one()

    assert b"Vertrag" not in row.content
    assert b"mietvertrag" not in row.content
    assert "Vertrag" not in repr(SAID)
