"""What `serve`, `work` and `migrate` do."""

import signal
import socket
import threading
from datetime import date
from types import FrameType
from typing import NoReturn, Protocol

import typer

from engine import Plan
from outputs.xoev.installed import UnfitSchemaError
from portal.clock import Clock
from portal.commands.words import FINDINGS, say
from portal.delivery.housekeeping import Housekeeping, HousekeepingLoop, Periods, watch_of
from portal.delivery.loop import DeliveryLoop
from portal.delivery.transports import UnknownTransportError, transports_of
from portal.delivery.worker import Outcome, Worker
from portal.inbox.loop import InboxLoop, folders_of, office_folders_of
from portal.inbox.wiring import library_later, picker_of, schemas_of
from portal.look.reading import LookError
from portal.mail.postman import PostLoop, Postman, postman_of
from portal.mail.sending import MailSettingsError
from portal.operators.door import Door, door_of
from portal.resume.keeping import period_of
from portal.settings import Settings
from portal.storage import forgetting
from portal.storage.database import Database
from portal.storage.migrate import current, migrate
from portal.storage.opening import open_store
from portal.storage.refusals import UnavailableError, UnsafeStorageError
from portal.storage.store import Store
from portal.texts import Texts
from portal.transfer.incoming import TransferPicker
from portal.transfer.opening import desk_of, offering
from portal.web import logs

_OPERATORS_FAULTS = (
    UnsafeStorageError,
    UnavailableError,
    UnknownTransportError,
    MailSettingsError,
    LookError,
    UnfitSchemaError,
)


class Beside(Protocol):
    """What runs in the background while a command does."""

    def start(self) -> None:
        """Begin."""

    def stop(self) -> object:
        """End after what is under way."""


def serve_portal(*, demo: bool, host: str, port: int, today: date | None) -> None:
    """Serve until told to stop; deliver and tidy beside it."""
    import uvicorn

    from portal.app import create_app

    settings = _settings(demo=demo, today=today)
    try:
        app = create_app(settings)
        portal = app.state.portal
        loop = DeliveryLoop(_worker(settings, portal.store))
        post = PostLoop(postman_of(settings, portal.store, portal.texts))
        desk = desk_of(settings, portal.store, portal.library.pinned, portal.schemas)
        door = door_of(settings, portal.store, tuple(settings.all_targets))
    except _OPERATORS_FAULTS as fault:
        _refuse(fault)
    listening = _listen(host, port)
    keeper = HousekeepingLoop(
        Housekeeping(
            portal.store,
            watch_of(portal.store),
            lambda: {name: _periods(settings, plan) for name, plan in portal.library.plans.items()},
            offer=offering(desk),
            may_delete=settings.today is None,
        )
    )
    _tell(settings, listening)
    _tell_operators(door)
    config = uvicorn.Config(app, log_config=None, server_header=False, date_header=True)
    # Once stopped, the server sends itself the signal anew; it must not end us before `finally`.
    signal.signal(signal.SIGTERM, _leave)
    signal.signal(signal.SIGINT, _leave)
    beside: list[Beside] = [keeper, *([door] if door else [])]
    inbox = InboxLoop(
        picker_of(settings, portal.store, portal.library.pinned, portal.schemas),
        folders_of(settings),
    )
    offices = InboxLoop(TransferPicker(desk), office_folders_of(settings))
    beside += [loop, post, inbox, offices] if settings.worker else []
    try:
        for one in beside:
            one.start()
        uvicorn.Server(config).run(sockets=[listening])
    finally:
        for one in beside:
            one.stop()
        portal.store.close()


def _worker(settings: Settings, store: Store) -> Worker:
    worker = Worker(store, transports_of(settings), forgets=settings.forgetful)
    forgetting.forget_accepted(store, worker.forgets)
    return worker


def work_deliveries(*, once: bool) -> int:
    """Deliver what is due, or until told to stop; how many arrived."""
    settings = Settings()
    logs.set_up()
    try:
        store = open_store(settings, Clock(settings.today).now)
        worker = _worker(settings, store)
        postman = postman_of(settings, store, Texts(settings.definitions))
        picker = picker_of(settings, store, library_later(settings, store), schemas_of(settings))
        desk = desk_of(settings, store, library_later(settings, store), schemas_of(settings))
        offices = TransferPicker(desk)
        if once:
            for folder in folders_of(settings):
                picker.pick_all(folder)
            for folder in office_folders_of(settings):
                offices.pick_all(folder)
            return _work_once(worker, postman)
        inbox = InboxLoop(picker, folders_of(settings))
        door = door_of(settings, store, tuple(worker.transports))
        return _work(
            worker,
            [PostLoop(postman), inbox, InboxLoop(offices, office_folders_of(settings))],
            door,
        )
    except _OPERATORS_FAULTS as fault:
        _refuse(fault)


def migrate_database() -> str:
    """Bring the database to the current shape; a sentence about it."""
    try:
        database = Database(Settings().database_url)
        database.assert_safe()
        before = current(database)
        after = migrate(database)
    except _OPERATORS_FAULTS as fault:
        _refuse(fault)
    if before == after:
        return f"Die Datenbank war schon auf dem Stand {after}."
    return f"Die Datenbank ist jetzt auf dem Stand {after} (vorher: {before or 'leer'})."


def _work_once(worker: Worker, postman: Postman | None) -> int:
    delivered = 0
    for target in worker.transports:
        while (outcome := worker.deliver_next(target)) is not None:
            delivered += outcome is Outcome.DELIVERED
    while postman is not None and postman.send_next() is not None:
        pass
    return delivered


def _work(worker: Worker, others: list[Beside], door: Door | None) -> int:
    told = threading.Event()

    def stop(_signal: int, _frame: FrameType | None) -> None:
        told.set()

    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGINT, stop)
    loop = DeliveryLoop(worker)
    _tell_operators(door)
    beside: list[Beside] = [loop, *others, *([door] if door else [])]
    for one in beside:
        one.start()
    told.wait()
    for one in beside:
        one.stop()
    return loop.delivered


def _settings(*, demo: bool, today: date | None) -> Settings:
    chosen: dict[str, object] = {}
    if demo:
        chosen["demo"] = True
    if today:
        chosen["today"] = today
    return Settings().model_copy(update=chosen)


def _periods(settings: Settings, plan: Plan) -> Periods:
    declared = plan.procedure.retention
    usual = Periods()
    return Periods(
        drafts=period_of(settings, plan.procedure),
        submissions=declared.get("submissions", usual.submissions),
        uploads=declared.get("uploads", usual.uploads),
        archive=dms.archive if (dms := plan.procedure.outputs.dms) else "",
    )


def _listen(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        return socket.create_server((host, port), family=family, backlog=1024)
    except OSError as fault:
        say(
            f"Auf {host}, Port {port}, lässt sich nicht lauschen ({fault.strerror}). Läuft dort "
            "schon etwas? Wählen Sie einen anderen: --port 8001",
            f"Cannot listen on {host}, port {port}. Choose another one: --port 8001",
        )
        raise typer.Exit(FINDINGS) from None


def _tell(settings: Settings, listening: socket.socket) -> None:
    host, port = listening.getsockname()[:2]
    shown = f"[{host}]" if ":" in host else host
    say(f"Vordruck läuft: http://{shown}:{port}/   (Ende mit Strg+C)")
    if settings.worker:
        say(f"Zugestellt wird nach: {', '.join(_places(settings))}")
    else:
        say("Zugestellt wird von einem eigenen Prozess: vordruck work")


def _tell_operators(door: Door | None) -> None:
    if door is not None:
        say(f"Für den Betrieb: {door.address}")


def _places(settings: Settings) -> list[str]:
    return [
        str(target.folder or settings.data / "deliveries" / name)
        if target.transport == "folder"
        else f"{name} ({target.transport})"
        for name, target in settings.all_targets.items()
    ]


def _leave(_signal: int, _frame: FrameType | None) -> NoReturn:
    raise SystemExit(0)


def _refuse(fault: Exception) -> NoReturn:
    """The operator's matter: a sentence and exit code 1, no traceback."""
    if isinstance(fault, UnavailableError):
        say(
            f"Die Datenbank ist gerade nicht erreichbar ({fault}). Versuchen Sie es noch einmal.",
            "The database is not available now. Try again.",
        )
    else:
        say(str(fault))
    raise typer.Exit(FINDINGS) from None
