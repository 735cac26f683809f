"""Builds the application; the only place where everything meets."""

import hashlib
import re
from collections.abc import Sequence
from importlib.resources import files
from pathlib import Path

from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.staticfiles import StaticFiles

from outputs.schemas import Schemas
from portal.check import routes as check
from portal.clock import Clock
from portal.delivery.health import Probe
from portal.fill import documents, last_step, receipt, summary, tasks
from portal.fill import routes as form
from portal.fill.views import DOCUMENTS
from portal.invite import entering, finishing, offer
from portal.invite import pages as invited
from portal.library import Library
from portal.look import routes as look
from portal.look.reading import read_look
from portal.parts import Portal
from portal.privacy import routes as privacy
from portal.resume import ending, saving, versions
from portal.resume import entering as resume
from portal.resume.keeping import period_of
from portal.settings import Settings
from portal.standards import know_installed
from portal.start import routes as start
from portal.status import answering, door, message, overview, withdrawing
from portal.storage.opening import open_store
from portal.storage.sealing import MasterKey
from portal.storage.store import Store
from portal.texts import Texts
from portal.uploads import later, pieces
from portal.uploads.scanner import Scanner
from portal.web import logs
from portal.web.faults import FaultPages, on_bad_address, on_elsewhere, on_refusal
from portal.web.headers import SecurityHeaders
from portal.web.heads import Heads
from portal.web.limits import BodyLimit
from portal.web.origin import OwnOrigin
from portal.web.refusal import ElsewhereError, Refusal
from portal.web.sessions import Sessions
from renderers.html.templates import environment

UPLOAD_PATH = re.compile(
    rf"/(p/[a-z0-9_]+/form|invited)/[0-9a-f]+/{DOCUMENTS}|{answering.PATH}|{later.PATH}"
)
_MEGABYTE = 1_000_000
_TOGETHER = 50  # megabytes of files in one form
# The forms of pages come last: they take any name.
ROUTERS = (
    look.router,
    start.router,
    check.router,
    documents.router,
    pieces.router,
    summary.router,
    last_step.router,
    receipt.router,
    saving.router,
    resume.router,
    ending.router,
    versions.router,
    offer.router,
    entering.router,
    finishing.router,
    invited.router,
    door.router,
    overview.router,
    message.router,
    answering.router,
    later.router,
    withdrawing.router,
    tasks.router,
    privacy.router,
    form.router,
)


def create_app(settings: Settings | None = None) -> FastAPI:
    """The portal, ready to serve; reads definitions, opens storage, compiles templates."""
    settings = settings or Settings()
    logs.set_up()
    know_installed(settings)
    clock = Clock(settings.today)
    store = open_store(settings, clock.now)
    library = Library(settings.definitions, store)
    environment()
    portal = Portal(
        settings=settings,
        clock=clock,
        store=store,
        library=library,
        texts=Texts(settings.definitions, pseudo=settings.pseudo),
        schemas=Schemas.from_folder(settings.standards) if settings.standards else None,
        version=_static_version(),
        look=read_look(settings.look) if settings.look else None,
        scanner=Scanner(settings.clamd) if settings.clamd else None,
    )
    app = FastAPI(
        title="Vordruck",
        docs_url=None,
        redoc_url=None,
        openapi_url=None,
        middleware=_middleware(settings, store, library),
        redirect_slashes=False,
    )
    app.state.portal = portal
    app.state.probe = Probe(store)
    app.add_exception_handler(HTTPException, on_refusal)
    app.add_exception_handler(Refusal, on_refusal)
    app.add_exception_handler(ElsewhereError, on_elsewhere)
    app.add_exception_handler(RequestValidationError, on_bad_address)
    app.mount("/static/pictures", StaticFiles(directory=static_folder().parent / "pictures"))
    app.mount("/static", StaticFiles(directory=static_folder()), name="static")
    for router in ROUTERS:
        app.include_router(router)
    return app


def _middleware(settings: Settings, store: Store, library: Library) -> Sequence[Middleware]:
    """From the outside in: headers even on error pages, limits before anything is read."""
    # Several files may come with one form; more of them than this need one form each.
    largest = max(
        (
            max(one.max_megabytes, min(one.max_megabytes * one.max_files, _TOGETHER))
            for plan in library.plans.values()
            for one in plan.procedure.documents
        ),
        default=0,
    )
    largest = max(largest, answering.MOST_FILES * answering.MEGABYTES)
    return (
        Middleware(SecurityHeaders),
        Middleware(logs.RequestLog),
        Middleware(Heads),
        Middleware(GZipMiddleware, minimum_size=1_000, compresslevel=6),
        Middleware(
            Sessions,
            key=_form_key(settings),
            is_https=settings.is_https,
            days=_longest_draft(settings, library),
        ),
        Middleware(FaultPages),
        Middleware(BodyLimit, upload_path=UPLOAD_PATH, upload_bytes=largest * _MEGABYTE),
        Middleware(OwnOrigin, public_url=settings.public_url),
    )


def _longest_draft(settings: Settings, library: Library) -> int:
    """A browser may come back as long as anything of it is kept."""
    periods = [period_of(settings, plan.procedure) for plan in library.plans.values()]
    return max((one.days for one in periods), default=1)


def _form_key(settings: Settings) -> bytes:
    """The key of form tokens: the operator's secret, or one that is kept in the data folder."""
    secret = settings.secret_key.get_secret_value().encode()
    if not secret:
        MasterKey.from_file(settings.data / "form.key")
        secret = (settings.data / "form.key").read_bytes()
    return hashlib.sha256(b"form/" + secret).digest()


def static_folder() -> Path:
    """Where the built style sheets, script and fonts lie."""
    return Path(str(files("renderers.html") / "static"))


def _static_version() -> str:
    """Changes whenever a built file changes, so that browsers may keep the old ones for ever."""
    digest = hashlib.sha256()
    for path in sorted(static_folder().glob("portal*")):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:12]
