"""A file of ours goes: sent, copied, declined, offered to an archive, reminded of, receipted."""

from portal.storage import transfers
from portal.storage.transfers import Change, Transfer
from portal.transfer import abh, outgoing
from portal.transfer.desk import Desk, TransferError, case_of
from portal.transfer.states import Direction, Event, State, Way


def send(
    desk: Desk, submission_id: str, office: str, by: str, *, copy: bool = False, azr: str = ""
) -> Transfer:
    """The person has moved: give the case away, or send a copy of it."""
    case, other = case_of(desk, submission_id), desk.office(office)
    way = Way.COPY if copy else Way.GIVE if other.way == "xdomea" else Way.XAUSLAENDER
    name = desk.office_id(office)
    process = outgoing.new_process(desk, case, way, name)
    if way is Way.XAUSLAENDER:
        files = abh.file_messages(desk, case, name, process, azr)
    else:
        files = [outgoing.package(desk, case, way, name, process)]
    opening = outgoing.opening(case, way, name, process, State.SENT, by)
    return outgoing.begin(desk, case, opening, files)


def answer_request(desk: Desk, request: Transfer, submission_id: str, by: str) -> Transfer:
    """The file that another Ausländerbehörde has asked for (010205, 010206, 010207, 010203)."""
    outgoing.next_state(request, Event.SEND, Direction.OUT)
    case = case_of(desk, submission_id)
    files = abh.requested_messages(desk, case, request)

    def step(change: Change) -> Transfer | None:
        return change.move(request, State.SENT, by, is_due=True, submission_id=case.submission_id)

    return outgoing.queue(desk, case, request.office, request.process, files, by, step)


def offer(desk: Desk, submission_id: str, archive: str, by: str) -> Transfer:
    """The period is over: may the archive have it? (0501)"""
    case = case_of(desk, submission_id)
    name = desk.office_id(archive)
    if not name:
        raise TransferError("unknown-office")
    process = outgoing.new_process(desk, case, Way.ARCHIVE, name)
    files = [outgoing.offer(desk, case, name, process)]
    return outgoing.begin(
        desk, case, outgoing.opening(case, Way.ARCHIVE, name, process, State.OFFERED, by), files
    )


def hand_to_archive(desk: Desk, wanted: Transfer, by: str) -> Transfer:
    """The archive wants it: 0503."""
    outgoing.next_state(wanted, Event.SEND, Direction.OUT)
    case = case_of(desk, wanted.submission_id or "")
    files = [outgoing.handed_to_archive(desk, case, wanted.office, wanted.process)]

    def step(change: Change) -> Transfer | None:
        return change.move(wanted, State.SENT, by, is_due=True)

    return outgoing.queue(desk, case, wanted.office, wanted.process, files, by, step)


def send_again(desk: Desk, transfer: Transfer, by: str) -> Transfer:
    """The same package once more: the other side has refused it, or has not answered."""
    case = case_of(desk, transfer.submission_id or "")
    way, office, process = Way(transfer.way), transfer.office, transfer.process
    if way is Way.XAUSLAENDER:
        raise TransferError("no-reminder")
    if transfer.state == State.OFFERED:
        made = outgoing.offer(desk, case, office, process)
    elif way is Way.ARCHIVE:
        made = outgoing.handed_to_archive(desk, case, office, process)
    else:
        made = outgoing.package(desk, case, way, office, process)

    def step(change: Change) -> Transfer | None:
        if transfer.state != State.REFUSED:
            return change.remind(transfer, by)
        sent = change.move(transfer, State.SENT, by, is_due=True)
        return None if sent is None else change.remind(sent, by)

    times = 2 + transfer.reminders
    return outgoing.queue(desk, case, office, process, [made], by, step, times)


def record_receipt(desk: Desk, transfer: Transfer, by: str) -> Transfer:
    """A named person knows that the other side has the file: by letter, by XInneres 0020."""
    return move(desk, transfer, Event.IMPORTED, by)


def withdraw(desk: Desk, transfer: Transfer, by: str) -> Transfer:
    """A named person ends it."""
    return move(desk, transfer, Event.WITHDRAW, by)


def move(desk: Desk, transfer: Transfer, event: Event, by: str) -> Transfer:
    """One step that sends nothing."""
    state = outgoing.next_state(transfer, event)
    with transfers.changing(desk.store) as change:
        moved = change.move(transfer, state, by, is_due=state == State.ARRIVED)
    if moved is None:
        raise TransferError("moved-on")
    return moved
