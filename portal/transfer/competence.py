"""Zuständigkeitsklärung between Ausländerbehörden (XAusländer 26.11: 010101, 010102).

The standard knows no message for "yes": who is competent asks for the file (010201).
"""

from dataclasses import dataclass, field

from outputs.aktenversendung.messages import (
    Body,
    CompetenceAnswer,
    CompetenceQuestion,
    Person,
    Request,
)
from outputs.aktenversendung.messages import Office as Author
from outputs.aktenversendung.person import is_same
from outputs.aktenversendung.reading import read_message
from portal.storage import transfers
from portal.storage.refusals import DamagedError
from portal.storage.transfers import Transfer
from portal.transfer import abh, outgoing
from portal.transfer.desk import Desk, TransferError, case_of
from portal.transfer.states import Direction, Event, State, Way


@dataclass(frozen=True, slots=True)
class Residence:
    """Where the person lives now, as the other office may look it up."""

    street: str = field(repr=False)
    house_number: str = field(repr=False)
    postcode: str
    town: str


def ask(
    desk: Desk, submission_id: str, office: str, by: str, azr: str, lives: Residence
) -> Transfer:
    """The person lives with you: are you competent (010101)?"""
    case, name = case_of(desk, submission_id), desk.office_id(office)
    desk.office(office)
    if not (lives.postcode and lives.town):
        raise TransferError("no-residence")
    process = outgoing.new_process(desk, case, Way.COMPETENCE, name)
    body = CompetenceQuestion(
        abh.person_in(case, azr), abh.number_of(case),
        lives.street, lives.house_number, lives.postcode, lives.town,
    )  # fmt: skip
    made = abh.Writer(desk, case, name, process).write(body, "question", message_id=process)
    opening = outgoing.opening(case, Way.COMPETENCE, name, process, State.ASKED, by)
    return outgoing.begin(desk, case, opening, [made])


def deny(
    desk: Desk, question: Transfer, by: str, *, reason: str = "", own: Author | None = None
) -> Transfer:
    """We are not competent (010102); without a reason: the person does not live here."""
    asked = abh.request_of(desk, question)
    state = outgoing.next_state(question, Event.DECLINE, Direction.IN, Way.COMPETENCE)
    if not isinstance(asked.body, CompetenceQuestion):
        raise TransferError("not-asked")
    # The standard wants a sign of ours; without a file here it is that of the question.
    sign = question.id[:12]
    body = CompetenceAnswer(asked.body.person, asked.body.our_number, sign, reason)
    return abh.reply(desk, question, asked, body, state, by, own)


def answered(desk: Desk, office: str, body: Body) -> list[Transfer]:
    """Our questions that an office says yes to: it wants the file of this person."""
    if not isinstance(body, Request):
        return []
    return [
        one
        for one in transfers.listing(desk.store, states=(State.ASKED, State.DECLINED))
        if (one.direction, one.way, one.office) == (Direction.OUT, Way.COMPETENCE, office)
        and _is_about(desk, one, body.person)
    ]


def _is_about(desk: Desk, question: Transfer, person: Person) -> bool:
    try:
        body = read_message(abh.asked_by_us(desk, question), None).body
    except (TransferError, DamagedError):  # it cannot be read any more: a person has to see
        return False
    return isinstance(body, CompetenceQuestion) and is_same(body.person, person)
