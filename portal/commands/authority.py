"""What `reply` and `inbox` do."""

from pathlib import Path
from typing import NoReturn

import typer

from engine.model import Authority
from outputs.xoev.replies import WITHDRAWAL, application_id, can_reply, reply_id
from outputs.xoev.returned import STATUS_CODES, Kind
from outputs.xoev.simulated import Trial, sample_letter, write_trial
from portal.clock import BERLIN, Clock
from portal.commands.words import FINDINGS, refuse, say
from portal.inbox.folder import PART, IncomingFolder
from portal.inbox.loop import RETURNS, folders_of
from portal.inbox.wiring import library_later
from portal.settings import Settings
from portal.storage import messages, quarantine, replies
from portal.storage.files import make_folder
from portal.storage.opening import open_store
from portal.storage.refusals import UnavailableError, UnsafeStorageError
from portal.storage.replies import ReplyKind
from portal.storage.store import Store


def write_message(reference: str, kind: str, text: str, status: str) -> Path:
    """The message as a file in the incoming folder; where it lies."""
    if status not in STATUS_CODES:
        known = ", ".join(STATUS_CODES)
        refuse(f"--status ist eines von {known}.", f"--status is one of {known}.")
    settings = Settings()
    store = _store(settings)
    try:
        case = messages.match(store, reference.strip().upper())
        plan = library_later(settings, store)(case.digest) if case else None
        output = plan.procedure.outputs.xoev if plan else None
        if case is None or plan is None:
            _fail(
                "Es gibt keinen Antrag mit dieser Nummer. Läuft das Portal mit denselben "
                "Einstellungen (VORDRUCK_DATA)?",
                "There is no application with this number.",
            )
        if output is None or not can_reply(output):
            _fail(
                "Dieses Verfahren spricht keinen Standard, in dem Behörden antworten.",
                "This procedure speaks no standard in which authorities answer.",
            )
        answers = _answered(store, case.submission_id, reference.strip().upper(), output.message)
        made = _trial(store, plan.procedure.authority, reference, kind, answers, text, status)
    finally:
        store.close()
    written = write_trial(made)
    return _put(_folder(settings), written.name, written.content)


def refused_messages() -> list[dict[str, object]]:
    """What waits for a person."""
    store = _store(Settings())
    try:
        return [
            {
                "id": one.id,
                "target": one.target,
                "name": one.name,
                "why": one.code,
                "place": one.place,
                "since": one.received_at.astimezone(BERLIN).isoformat(timespec="seconds"),
            }
            for one in quarantine.waiting(store)
        ]
    finally:
        store.close()


def settle(quarantined: str, by: str, *, again: bool) -> None:
    """A person has looked; `again`: the file comes in once more."""
    settings = Settings()
    store = _store(settings)
    try:
        found = next((one for one in quarantine.waiting(store) if one.id == quarantined), None)
        if found is None:
            _fail("Diese Nachricht wartet nicht.", "No such message waits.")
        if again:
            folder = next(one for one in folders_of(settings) if one.target == found.target)
            if not folder.bring_back(found.name):
                _fail("Die Datei ist nicht mehr da.", "The file is no longer there.")
        quarantine.settle(store, found.id, by)
    finally:
        store.close()
    say("Erledigt und vermerkt.", "Done and put on record.")


def _trial(
    store: Store,
    authority: Authority,
    reference: str,
    kind: str,
    answers: str,
    text: str,
    status: str,
) -> Trial:
    now = store.now().astimezone(BERLIN)
    return Trial(
        kind=Kind(kind),
        authority=authority,
        reference=reference.strip().upper(),
        answers=answers,
        submitted_at=now.replace(microsecond=0),
        pdf=sample_letter(),
        number=int(now.timestamp() * 1000),  # another message each time
        text=text,
        status=status,
    )


def _answered(store: Store, submission_id: str, reference: str, message: str) -> str:
    """The message of ours that it answers: the withdrawal, if there is one."""
    for one in replies.of_case(store, submission_id):
        if one.said.kind is ReplyKind.WITHDRAWAL:
            return reply_id(reference, f"xoev/{WITHDRAWAL}", one.said.number)
    return application_id(reference, message)


def _folder(settings: Settings) -> IncomingFolder:
    return next(one for one in folders_of(settings) if one.target in RETURNS)


def _put(folder: IncomingFolder, name: str, content: bytes) -> Path:
    """Whole or not at all, as every sender should."""
    make_folder(folder.folder)
    part = folder.folder / f"{name}{PART}"
    part.write_bytes(content)
    return part.rename(folder.folder / name)


def _store(settings: Settings) -> Store:
    try:
        return open_store(settings, Clock(settings.today).now)
    except (UnsafeStorageError, UnavailableError) as fault:
        _fail(str(fault), "The database cannot be used.")


def _fail(german: str, english: str) -> NoReturn:
    say(german, english)
    raise typer.Exit(FINDINGS)
