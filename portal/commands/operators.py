"""What `vordruck deliveries` does."""

import getpass
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import NoReturn

import typer

from portal.clock import Clock
from portal.commands.words import FINDINGS, refuse, say
from portal.operators.pages import act_on_target
from portal.operators.words import moment
from portal.settings import Settings
from portal.storage import breaker, outbox
from portal.storage import deliveries as kept
from portal.storage.deliveries import Line
from portal.storage.opening import open_store
from portal.storage.outbox import State
from portal.storage.refusals import UnavailableError, UnsafeStorageError
from portal.storage.store import Store

Row = Mapping[str, object]
_MOST = 10_000


@contextmanager
def _store() -> Iterator[Store]:
    settings = Settings()
    try:
        store = open_store(settings, Clock(settings.today).now)
    except (UnsafeStorageError, UnavailableError) as fault:
        say(str(fault))
        raise typer.Exit(FINDINGS) from None
    try:
        yield store
    except UnavailableError as fault:
        say(
            f"Die Datenbank ist gerade nicht erreichbar ({fault}). Versuchen Sie es noch einmal.",
            "The database is not available now. Try again.",
        )
        raise typer.Exit(FINDINGS) from None
    finally:
        store.close()


def rows(target: str | None, states: Sequence[str] | None) -> list[Row]:
    """Deliveries, longest waiting first."""
    wanted = states or []
    if unknown := [one for one in wanted if one not in set(State)]:
        known = ", ".join(State)
        refuse(
            f"Den Zustand »{unknown[0]}« gibt es nicht. Es gibt: {known}.",
            f"There is no such state. There are: {known}.",
        )
    with _store() as store:
        return [_row(one) for one in kept.listing(store, target, wanted, _MOST)]


def targets() -> list[Row]:
    """Every target with its state and what waits for it."""
    with _store() as store:
        return [
            {
                "target": one.name,
                "state": one.state,
                "fault": one.fault,
                "probe_at": one.probe_at.isoformat() if one.probe_at else None,
                "paused_by": one.paused_by,
                "oldest": one.oldest.isoformat() if one.oldest else None,
                **{state.value: one.counts.get(state, 0) for state in State},
            }
            for one in kept.targets(store, tuple(Settings().all_targets))
        ]


def show(delivery_id: str, by: str | None) -> Row:
    """One delivery with its journal; the reading is on record."""
    with _store() as store:
        found = kept.show(store, delivery_id, _name(by))
    if found is None:
        _nothing()
    line, steps = found
    journal = [
        {"at": one.at.isoformat(), "attempt": one.fence, "step": one.step, "detail": one.detail}
        for one in steps
    ]
    return {**_row(line), "size": line.size, "sha256": line.sha256, "journal": journal}


def change_delivery(delivery_id: str, action: str, by: str | None) -> None:
    """Send again, or never."""
    act = outbox.replay if action == "retry" else outbox.release
    with _store() as store:
        _report(act(store, delivery_id, _name(by)))


def change_target(name: str, action: str, by: str | None) -> None:
    """Pause or go on."""
    with _store() as store:
        known = {*Settings().all_targets, *(one.name for one in breaker.states(store))}
        if name not in known:
            refuse(
                f"Das Ziel »{name}« gibt es nicht. Es gibt: {', '.join(sorted(known))}.",
                f"There is no such target. There are: {', '.join(sorted(known))}.",
            )
        _report(act_on_target(store, name, action, _name(by)))


def as_table(found: Sequence[Row]) -> str:
    """Columns as wide as what is in them."""
    if not found:
        return "Nichts wartet. / Nothing waits.\n"
    head = list(found[0])
    lines = [head, *([_cell(row[key]) for key in head] for row in found)]
    widths = [max(len(line[index]) for line in lines) for index in range(len(head))]
    return "".join(
        "  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip()
        + "\n"
        for line in lines
    )


def as_lines(found: Row) -> str:
    """One fact a line, then the journal."""
    facts = "".join(f"{key}: {_cell(value)}\n" for key, value in found.items() if key != "journal")
    journal = found["journal"]
    return facts + "\n" + as_table(journal if isinstance(journal, list) else [])


def _cell(value: object) -> str:
    return "–" if value in (None, "") else str(value)


def _row(line: Line) -> dict[str, object]:
    return {
        "id": line.id,
        "number": line.reference,
        "procedure": line.procedure_id,
        "target": line.target,
        "order": line.ordinal,
        "content": line.output,
        "state": line.state,
        "attempts": line.attempts,
        "since": moment(line.first_due_at),
        "next": moment(line.due_at) if line.state == State.PENDING else None,
        "answer": line.last_fault,
    }


def _name(by: str | None) -> str:
    try:
        return f"operator {(by or getpass.getuser()).strip()}"[:80]
    except (KeyError, OSError):
        refuse("Bitte nennen Sie sich mit --by.", "Say who you are with --by.")


def _report(done: bool) -> None:
    if not done:
        say(
            "Nichts geändert: Das gibt es nicht, oder der Zustand war schon ein anderer.",
            "Nothing was changed: there is no such thing, or it stood otherwise already.",
        )
        raise typer.Exit(FINDINGS)
    say("Erledigt und protokolliert.", "Done, and put on record.")


def _nothing() -> NoReturn:
    say("Diese Zustellung gibt es nicht.", "There is no such delivery.")
    raise typer.Exit(FINDINGS)
