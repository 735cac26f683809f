"""Zuständigkeitsklärung between Ausländerbehörden (XAusländer 26.11: 010101, 010102).

The standard knows no message for "yes": who is competent asks for the file (010201).
"""

from dataclasses import dataclass

from outputs.aktenversendung.messages import CompetenceAnswer, CompetenceQuestion, Message, Request
from outputs.aktenversendung.messages import Office as Author
from outputs.aktenversendung.person import is_same
from outputs.aktenversendung.reading import read_message
from portal.storage import transfers
from portal.storage.transfers import Change, Transfer
from portal.transfer import abh, outgoing
from portal.transfer.desk import Desk, TransferError, case_of
from portal.transfer.states import Direction, Event, State, Way, after


@dataclass(frozen=True, slots=True)
class Residence:
    """Where the person lives now, as the other office may look it up."""

    street: str
    house_number: str
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
    known = [
        one
        for one in transfers.listing(desk.store, submission_id)
        if (one.direction, one.way, one.office) == (Direction.OUT, Way.COMPETENCE, name)
    ]
    if any(one.state in transfers.OPEN for one in known):
        raise TransferError("under-way")
    process = case.process(f"{Way.COMPETENCE}/{name}/{len(known)}")
    body = CompetenceQuestion(
        abh.person_in(case, azr), abh.number_of(case),
        lives.street, lives.house_number, lives.postcode, lives.town,
    )  # fmt: skip
    made = abh.Writer(desk, case, name, process).write(body, "question", message_id=process)
    opening = outgoing.opening(case, Way.COMPETENCE, name, process, State.ASKED, by)

    def step(change: Change) -> Transfer | None:
        return change.open(opening)

    return outgoing.queue(desk, case, name, process, [made], by, step)


def deny(
    desk: Desk, question: Transfer, by: str, *, reason: str = "", own: Author | None = None,
    our_number: str = "",
) -> Transfer:  # fmt: skip
    """We are not competent (010102); without a reason: the person does not live here."""
    asked = abh.request_of(desk, question)
    state = after(
        Direction(question.direction), Way(question.way), State(question.state), Event.DECLINE
    )
    is_theirs = question.direction == Direction.IN and question.way == Way.COMPETENCE
    if state is None or not is_theirs or not isinstance(asked.body, CompetenceQuestion):
        raise TransferError("not-now")
    # The standard wants a sign of ours; without a file there is that of the question itself.
    sign = our_number or question.id[:12]
    body = CompetenceAnswer(asked.body.person, asked.body.our_number, sign, reason)
    return abh.reply(desk, question, asked, body, state, by, own)


def settle(desk: Desk, office: str, request: Message, by: str) -> None:
    """Whom we had asked wants the file of this person: that is the yes."""
    if not isinstance(request.body, Request):
        return
    for one in transfers.listing(desk.store, states=(State.ASKED, State.DECLINED)):
        if (one.direction, one.way, one.office) != (Direction.OUT, Way.COMPETENCE, office):
            continue
        body = read_message(abh.asked_by_us(desk, one), None).body
        if isinstance(body, CompetenceQuestion) and is_same(body.person, request.body.person):
            with transfers.changing(desk.store) as change:
                change.move(one, State.ACCEPTED, by)
