"""What goes out for a case: queued in the outbox in the transaction that moves the transfer."""

from collections.abc import Callable, Sequence

from outputs.application import OutputFile
from outputs.dms.messages import ARCHIVE, COPY, GIVE, OFFER, Envelope, write_package
from portal.storage import appending, transfers
from portal.storage.records import Payload
from portal.storage.transfers import Change, Opening, Transfer, note_of
from portal.transfer.desk import Case, Desk, TransferError
from portal.transfer.states import Direction, Event, State, Way, after

INVALID = "payload-invalid"  # its schema refuses it: a person looks before it is sent
_FORMS = {Way.GIVE: GIVE, Way.COPY: COPY}


def code_of(made: OutputFile) -> str:
    """0401, 010206."""
    return made.name.rpartition(".")[0].rpartition(".")[2]


def queue(
    desk: Desk,
    case: Case,
    office: str,
    process: str,
    files: Sequence[OutputFile],
    by: str,
    step: Callable[[Change], Transfer | None],
    times: int = 1,
) -> Transfer:
    """Keep and queue the messages together with a step of the transfer, or nothing at all."""
    payloads = [
        Payload(
            output=f"{code_of(made)}-{process[:8]}-{times}.{number}",
            name=made.name,
            media_type=made.media_type,
            content=made.content,
            target=desk.target(office),
            fault=INVALID if made.problems else "",
        )
        for number, made in enumerate(files)
    ]
    kept = appending.keep(desk.store, case.submission_id, payloads)
    if kept is None:
        raise TransferError("unknown-case")
    with transfers.changing(desk.store) as change:
        # First, because it locks the case: whoever locks the audit trail before it could wait
        # for somebody who waits for us.
        if not appending.queue(desk.store, change.session, kept, by):
            raise TransferError("unknown-case")
        moved = step(change)
        if moved is None:
            raise TransferError("moved-on")
        for payload, made in zip(payloads, files, strict=True):
            change.note(
                moved,
                note_of("out", payload.output, code_of(made), made.content, keep=False),
            )
    desk.store.bell.ring()
    return moved


def package(desk: Desk, case: Case, way: Way, office: str, process: str) -> OutputFile:
    """0401 or 0101 with the case in it."""
    form = way.value
    return _package(desk, case, _FORMS[way], office, process, form)


def offer(desk: Desk, case: Case, office: str, process: str) -> OutputFile:
    """0501: what the archive may choose from."""
    return _package(desk, case, OFFER, office, process, "")


def handed_to_archive(desk: Desk, case: Case, office: str, process: str) -> OutputFile:
    """0503: the whole case."""
    return _package(desk, case, ARCHIVE, office, process, "")


def opening(case: Case, way: Way, office: str, process: str, state: str, by: str) -> Opening:
    """A transfer of this case that begins."""
    return Opening(
        direction="out",
        way=way.value,
        office=office,
        process=process,
        state=state,
        by=by,
        remind_days=case.remind_days(_declared(way)),
        submission_id=case.submission_id,
    )


def begin(desk: Desk, case: Case, opening: Opening, files: Sequence[OutputFile]) -> Transfer:
    """The first messages of a transfer."""
    return queue(desk, case, opening.office, opening.process, files, opening.by,
                 lambda change: change.open(opening))  # fmt: skip


def new_process(
    desk: Desk, case: Case, way: Way, office: str, direction: Direction = Direction.OUT
) -> str:
    """A new one, unless the same is under way."""
    known = [
        one
        for one in transfers.listing(desk.store, case.submission_id)
        if (one.direction, one.way, one.office) == (direction, way, office)
    ]
    if any(one.state in transfers.OPEN for one in known):
        raise TransferError("under-way")
    what = way.value if direction is Direction.OUT else "ask"
    return case.process(f"{what}/{office}/{len(known)}")


def next_state(
    transfer: Transfer, event: Event, direction: Direction | None = None, way: Way | None = None
) -> State:
    """Where an event leads; "not-now" if it leads nowhere, or this is another kind of transfer."""
    here = Direction(transfer.direction), Way(transfer.way)
    state = after(*here, State(transfer.state), event)
    if state is None or (direction or here[0], way or here[1]) != here:
        raise TransferError("not-now")
    return state


def _declared(way: Way) -> str:
    is_asked = way in (Way.XAUSLAENDER, Way.COMPETENCE)
    return "xauslaender_aktenanforderung" if is_asked else way.value


def _package(
    desk: Desk, case: Case, message: str, office: str, process: str, form: str
) -> OutputFile:
    other = desk.office(office)
    own = case.plan.procedure.authority.name
    envelope = Envelope(process, desk.moment(), own, other.name)
    filing = case.sent(form) if form else case.filing
    return write_package(message, envelope, filing, other.version, desk.schemas)
