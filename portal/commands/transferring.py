"""What `vordruck transfer` does."""

import getpass
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import NoReturn

import typer

from outputs.aktenversendung.messages import OBSTACLES, REASONS, Office
from portal.clock import Clock
from portal.commands.transfer_words import SENTENCES
from portal.commands.words import FINDINGS, refuse, say, shown
from portal.delivery.transports import UnknownTransportError
from portal.inbox.loop import office_folders_of
from portal.inbox.wiring import library_later, schemas_of
from portal.library import Library
from portal.operators.words import moment
from portal.settings import Settings
from portal.storage import messages, transfers
from portal.storage.opening import open_store
from portal.storage.refusals import UnavailableError, UnsafeStorageError
from portal.storage.transfers import Transfer
from portal.transfer import abh, competence, giving
from portal.transfer.competence import Residence
from portal.transfer.desk import Case, Desk, TransferError, author_of, case_of
from portal.transfer.incoming import TransferPicker
from portal.transfer.opening import desk_of
from portal.transfer.states import Direction, State, Way

Row = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Wish:
    """What stood on the command line."""

    what: str
    office: str
    answers: str
    azr: str
    reason: str
    obstacle: str
    sent_on: date | None
    competent: str
    not_here: bool
    lives: Residence
    free: bool
    by: str | None


@dataclass(frozen=True, slots=True)
class _At:
    """An open store with everything that belongs to it."""

    settings: Settings
    desk: Desk
    library: Callable[[], Library]  # read when somebody asks: it takes a while


@contextmanager
def _open() -> Iterator[_At]:
    settings = Settings()
    try:
        store = open_store(settings, Clock(settings.today).now)
    except (UnsafeStorageError, UnavailableError) as fault:
        say(str(fault))
        raise typer.Exit(FINDINGS) from None
    try:
        library = cache(lambda: Library(settings.definitions, store))
        pinned = library_later(settings, store)
        yield _At(settings, desk_of(settings, store, pinned, schemas_of(settings)), library)
    except TransferError as fault:
        _tell(str(fault))
    except UnknownTransportError as fault:
        say(str(fault))
        raise typer.Exit(FINDINGS) from None
    except UnavailableError as fault:
        say(
            f"Die Datenbank ist gerade nicht erreichbar ({fault}). Versuchen Sie es noch einmal.",
            "The database is not available now. Try again.",
        )
        raise typer.Exit(FINDINGS) from None
    finally:
        store.close()


def status(wish: Wish) -> Sequence[Row]:
    """All transfers, those of a case, or one with its messages."""
    with _open() as at:
        if not wish.what:
            return [_row(at, one) for one in transfers.listing(at.desk.store)]
        one = transfers.find(at.desk.store, wish.what)
        if one is None:
            case = _case_id(at.desk, wish.what)
            return [_row(at, each) for each in transfers.listing(at.desk.store, case)]
        return [
            {
                "at": moment(each.at),
                "direction": each.direction,
                "message": each.code,
                "piece": each.number or None,
                "size": each.size,
                "waits": each.waits,
            }
            for each in transfers.messages(at.desk.store, one.id)
        ]


def request(wish: Wish) -> Sequence[Row]:
    """Ask another Ausländerbehörde for a file."""
    if wish.reason not in REASONS:
        _wrong_code("--reason", REASONS)
    with _open() as at:
        case = _case_id(at.desk, wish.what)
        office = _office(wish, "--from")
        asked = _transfer(at.desk, wish.answers) if wish.answers else None
        made = abh.ask(at.desk, case, office, _name(wish), wish.azr, wish.reason, asked)
        return [_row(at, made)]


def clarify(wish: Wish) -> Sequence[Row]:
    """Ask whether another Ausländerbehörde is competent now."""
    with _open() as at:
        case, office = _case_id(at.desk, wish.what), _office(wish, "--to")
        made = competence.ask(at.desk, case, office, _name(wish), wish.azr, wish.lives)
        return [_row(at, made)]


def send(wish: Wish) -> Sequence[Row]:
    """Give a case away, or answer a request with it."""
    with _open() as at:
        case = case_of(at.desk, _case_id(at.desk, wish.what))
        _assert_free(case, wish)
        if wish.answers:
            asked = _transfer(at.desk, wish.answers)
            made = giving.answer_request(at.desk, asked, case.submission_id, _name(wish))
        else:
            office = _office(wish, "--to")
            made = giving.send(at.desk, case.submission_id, office, _name(wish), azr=wish.azr)
        return [_row(at, made)]


def copy(wish: Wish) -> Sequence[Row]:
    """Send a copy; the file stays."""
    with _open() as at:
        case, office = _case_id(at.desk, wish.what), _office(wish, "--to")
        return [_row(at, giving.send(at.desk, case, office, _name(wish), copy=True))]


def answer(wish: Wish) -> Sequence[Row]:
    """Say why no file comes, or that we are not competent."""
    if sum(map(bool, (wish.obstacle, wish.sent_on, wish.competent, wish.not_here))) != 1:
        refuse(
            "Bitte genau einen Grund: --obstacle CODE, --sent-on TAG, --competent WORTE oder"
            " --not-here.",
            "Give one reason: --obstacle CODE, --sent-on DAY, --competent WORDS or --not-here.",
        )
    if wish.obstacle and wish.obstacle not in OBSTACLES:
        _wrong_code("--obstacle", OBSTACLES)
    with _open() as at:
        asked = _transfer(at.desk, wish.what)
        own = _own(at, abh.request_of(at.desk, asked).header.reader)
        if asked.way == Way.COMPETENCE:
            _assert_about_competence(wish)
            done = competence.deny(at.desk, asked, _name(wish), reason=wish.competent, own=own)
        else:
            done = abh.decline(
                at.desk, asked, _name(wish), own=own, obstacle=wish.obstacle,
                sent_on=wish.sent_on, competent=wish.competent,
            )  # fmt: skip
        TransferPicker(at.desk).go_on()
        return [_row(at, done)]


def offer(wish: Wish) -> Sequence[Row]:
    """Offer a case to an archive."""
    with _open() as at:
        case = case_of(at.desk, _case_id(at.desk, wish.what))
        archive = wish.office or case.dms.archive
        if not archive:
            _tell("no-archive")
        return [_row(at, giving.offer(at.desk, case.submission_id, archive, _name(wish)))]


def receipt(wish: Wish) -> Sequence[Row]:
    """A named person knows that it has arrived."""
    return _on_transfer(wish, giving.record_receipt)


def remind(wish: Wish) -> Sequence[Row]:
    """Remind the other side before the period is over."""
    return _on_transfer(wish, _remind)


def withdraw(wish: Wish) -> Sequence[Row]:
    """End it."""
    return _on_transfer(wish, giving.withdraw)


def read(_wish: Wish) -> Sequence[Row]:
    """Take what has come, and go on with what can go on."""
    with _open() as at:
        picker = TransferPicker(at.desk)
        return [
            {"target": folder.target, "result": picked.value}
            for folder in office_folders_of(at.settings)
            for picked in picker.pick_all(folder)
        ]


ACTIONS: Mapping[str, Callable[[Wish], Sequence[Row]]] = {
    "status": status,
    "clarify": clarify,
    "request": request,
    "send": send,
    "copy": copy,
    "answer": answer,
    "offer": offer,
    "receipt": receipt,
    "remind": remind,
    "withdraw": withdraw,
    "read": read,
}


def _remind(desk: Desk, one: Transfer, by: str) -> Transfer:
    is_asked = one.direction == Direction.IN or one.way == Way.COMPETENCE
    act = abh.remind if is_asked else giving.send_again
    return act(desk, one, by)


def _on_transfer(wish: Wish, act: Callable[[Desk, Transfer, str], Transfer]) -> Sequence[Row]:
    with _open() as at:
        return [_row(at, act(at.desk, _transfer(at.desk, wish.what), _name(wish)))]


def _row(at: _At, one: Transfer) -> Row:
    asks = Direction.IN if one.way == Way.COMPETENCE else Direction.OUT
    is_asked = one.direction == asks and one.state == State.ASKED
    return {
        "id": one.id,
        "case": _number(at.desk, one.submission_id),
        "direction": one.direction,
        "way": one.way,
        "office": one.office,
        "state": one.state,
        "since": moment(one.changed_at),
        "due": moment(one.due_at) if one.due_at else None,
        "reminders": one.reminders,
        "fits": ", ".join(abh.fitting(at.desk, one)) if is_asked else None,
    }


def _number(desk: Desk, submission_id: str | None) -> str | None:
    return None if submission_id is None else messages.reference_of(desk.store, submission_id)


def _case_id(desk: Desk, number: str) -> str:
    if not number:
        refuse("Bitte nennen Sie die Nummer des Falls.", "Name the case by its number.")
    found = messages.match(desk.store, number)
    if found is None:
        say(f"Einen Fall »{shown(number)}« gibt es nicht.", "There is no such case.")
        raise typer.Exit(FINDINGS)
    return found.submission_id


def _transfer(desk: Desk, number: str) -> Transfer:
    found = transfers.find(desk.store, number)
    if found is None:
        say(
            "Diese Aktenversendung gibt es nicht; »vordruck transfer status« zeigt alle.",
            "There is no such transfer; `vordruck transfer status` shows them.",
        )
        raise typer.Exit(FINDINGS)
    return found


def _office(wish: Wish, option: str) -> str:
    return wish.office or refuse(
        f"Bitte nennen Sie mit {option} eine Stelle aus VORDRUCK_OFFICES.",
        f"Name an office of VORDRUCK_OFFICES with {option}.",
    )


def _own(at: _At, reader: Office) -> Office | None:
    """The authority that was asked, as one of our definitions knows it."""
    for plan in at.library().plans.values():
        if plan.procedure.authority.dvdv_key == reader.key:
            return author_of(plan.procedure.authority)
    return None


def _assert_about_competence(wish: Wish) -> None:
    if wish.obstacle or wish.sent_on:
        refuse(
            "Auf eine Frage nach der Zuständigkeit: --competent WORTE oder --not-here.",
            "A question of competence is answered with --competent WORDS or --not-here.",
        )


def _assert_free(case: Case, wish: Wish) -> None:
    """Versandhemmnisse are for a person to see."""
    hindering = [word for one in case.dms.handover for word in one.not_while]
    if hindering and not wish.free:
        names = ", ".join(dict.fromkeys(hindering))
        refuse(
            f"Nicht senden, solange eines davon besteht: {names}. Sonst: --no-obstacle",
            "The definition names obstacles. If none of them holds: --no-obstacle",
        )


def _wrong_code(option: str, codes: Mapping[str, str]) -> NoReturn:
    known = "; ".join(f"{code} {words}" for code, words in codes.items())
    refuse(f"{option} nimmt: {known}.", f"{option} takes one of these codes.")


def _name(wish: Wish) -> str:
    try:
        return f"operator {(wish.by or getpass.getuser()).strip()}"[:80]
    except (KeyError, OSError):
        refuse("Bitte nennen Sie sich mit --by.", "Say who you are with --by.")


def _tell(code: str) -> NoReturn:
    german, english = SENTENCES.get(code, SENTENCES["other"])
    say(german, english)
    raise typer.Exit(FINDINGS)
