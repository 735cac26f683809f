"""The operators' pages: an overview, a delivery, and what can be done about both."""

import hashlib
import hmac
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, RedirectResponse, Response
from starlette.routing import Route

from portal.delivery import health
from portal.operators.metrics import CONTENT_TYPE, Metrics
from portal.operators.words import Say, age, moment, speaker
from portal.storage import breaker, deliveries, outbox, quarantine
from portal.storage.deliveries import Line, TargetLine
from portal.storage.outbox import STUCK, State
from portal.storage.store import Store
from portal.web.posted import Posted, read_form
from renderers.html.templates import environment

MOST = 200
_WAITING = (State.PENDING, State.LEASED, State.SENT_UNKNOWN)


@dataclass(frozen=True, slots=True)
class Room:
    """What the pages are made of."""

    store: Store
    targets: Sequence[str]
    metrics: Metrics
    key: bytes  # of form tokens
    site: str
    version: str

    def token(self, operator: str) -> str:
        """What a form of this operator has to bring along."""
        return hmac.new(self.key, f"operators/{operator}".encode(), hashlib.sha256).hexdigest()


def routes() -> list[Route]:
    """Every address behind the operators' door."""
    return [
        Route("/", overview),
        Route("/delivery/{delivery}", delivery),
        Route("/delivery/{delivery}/{action}", change_delivery, methods=["POST"]),
        Route("/target/{target}/{action}", change_target, methods=["POST"]),
        Route("/metrics", metrics),
        Route("/health/live", live),
        Route("/health/ready", ready),
    ]


def overview(request: Request) -> Response:
    """Alarms, targets, and what has not arrived."""
    room, say = _room(request), _say(request)
    now = room.store.now()
    lines = deliveries.listing(room.store, most=MOST + 1)
    values = {
        "alarms": [say(f"alarm.{code}") for code in health.look(room.store).alarms],
        "targets": [
            _target(one, say, age(now - one.oldest) if one.oldest else "–")
            for one in deliveries.targets(room.store, room.targets)
        ],
        "lines": [_row(one, say) for one in lines[:MOST]],
        "has_more": len(lines) > MOST,
        "quarantined": [
            (moment(one.received_at), one.target, one.code)
            for one in quarantine.waiting(room.store)
        ],
    }
    return _page(request, "operators.html", say("title"), values)


def delivery(request: Request) -> Response:
    """One delivery with its journal; reading it is put on record (R54)."""
    room, say = _room(request), _say(request)
    found = deliveries.show(room.store, request.path_params["delivery"], _operator(request))
    if found is None:
        return _nothing(request)
    line, steps = found
    values = {
        "line": _row(line, say),
        "facts": _facts(line, say),
        "steps": [(moment(one.at), one.fence, one.step, one.detail) for one in steps],
        "may_retry": line.state in (*STUCK, State.PENDING),
    }
    return _page(request, "operators_delivery.html", say("delivery"), values)


async def change_delivery(request: Request) -> Response:
    """Send again, or never."""
    return await run_in_threadpool(_change_delivery, request, await read_form(request))


def _change_delivery(request: Request, posted: Posted) -> Response:
    room = _room(request)
    if not _is_own(request, posted):
        return PlainTextResponse("403", 403)
    wanted, by = request.path_params["delivery"], _operator(request)
    match request.path_params["action"]:
        case "retry":
            done = outbox.replay(room.store, wanted, by)
        case "release":
            done = posted.get("sure") == "yes" and outbox.release(room.store, wanted, by)
        case _:
            return _nothing(request)
    return _back(done, f"/delivery/{wanted}" if done else "/")


async def change_target(request: Request) -> Response:
    """Pause, go on, or send again whatever is stuck."""
    return await run_in_threadpool(_change_target, request, await read_form(request))


def _change_target(request: Request, posted: Posted) -> Response:
    room = _room(request)
    if not _is_own(request, posted):
        return PlainTextResponse("403", 403)
    wanted, by = request.path_params["target"], _operator(request)
    known = [one.name for one in deliveries.targets(room.store, room.targets)]
    action = request.path_params["action"]
    if wanted not in known or action not in {"pause", "resume", "retry"}:
        return _nothing(request)
    return _back(act_on_target(room.store, wanted, action, by), "/")


def act_on_target(store: Store, target: str, action: str, by: str) -> bool:
    """Do it; False if there was nothing to do. Also what the command line calls."""
    match action:
        case "pause":
            return breaker.pause(store, target, by)
        case "resume":
            return breaker.go_on(store, target, by)
        case _:
            tried = [outbox.replay(store, one, by) for one in deliveries.stuck(store, target)]
            return any(tried)


def metrics(request: Request) -> Response:
    """For Prometheus."""
    return Response(_room(request).metrics.text(), media_type=CONTENT_TYPE)


def live(request: Request) -> Response:
    """The process answers; nothing is read or written."""
    return PlainTextResponse("ok")


def ready(request: Request) -> Response:
    """Whether applications can be accepted now (R66)."""
    is_ready = health.look(_room(request).store).is_ready
    return PlainTextResponse("ready" if is_ready else "not ready", 200 if is_ready else 503)


def _target(line: TargetLine, say: Say, oldest: str) -> Mapping[str, object]:
    return {
        "name": line.name,
        "state": line.state,
        "told": say(f"state.{line.state}"),
        "fault": line.fault or "",
        "probe": moment(line.probe_at) if line.probe_at else "",
        "by": line.paused_by or "",
        "waiting": sum(line.counts.get(one, 0) for one in _WAITING),
        "stuck": sum(line.counts.get(one, 0) for one in STUCK),
        "arrived": line.counts.get(State.ACKNOWLEDGED, 0),
        "oldest": oldest,
    }


def _row(line: Line, say: Say) -> Mapping[str, object]:
    return {
        "id": line.id,
        "reference": line.reference,
        "procedure": line.procedure_id,
        "target": line.target,
        "output": line.output,
        "state": line.state,
        "told": say(f"state.{line.state}"),
        "attempts": line.attempts,
        "since": moment(line.first_due_at),
        "next": moment(line.due_at) if line.state == State.PENDING else "",
        "fault": line.last_fault or "",
    }


def _facts(line: Line, say: Say) -> list[tuple[str, str]]:
    return [
        (say("reference"), line.reference),
        (say("procedure"), line.procedure_id),
        (say("target"), line.target),
        (say("output"), line.output),
        (say("place"), str(line.ordinal + 1)),
        (say("size"), f"{line.size} B"),
        (say("checksum"), line.sha256),
        (say("state"), say(f"state.{line.state}")),
        (say("attempts"), str(line.attempts)),
        (say("since"), moment(line.first_due_at)),
        (say("answer"), line.last_fault or "–"),
    ]


def _page(
    request: Request, template: str, title: str, values: Mapping[str, object], status: int = 200
) -> Response:
    room = _room(request)
    language, say = speaker(request.headers.get("accept-language", ""))
    frame = {
        "say": say,
        "language": language,
        "title": title,
        "site": room.site,
        "version": room.version,
        "token": room.token(_operator(request)),
        "notice": {"yes": say("done"), "no": say("not_done")}.get(
            request.query_params.get("done", ""), ""
        ),
    }
    text = environment().get_template(template).render(**frame, **values)
    return HTMLResponse(text, status, {"Content-Language": language})


def _nothing(request: Request) -> Response:
    return _page(request, "operators_nothing.html", _say(request)("not_found"), {}, 404)


def _back(done: bool, address: str) -> Response:
    """`address` is made by us; ids in it were found in the database."""
    return RedirectResponse(f"{address}?done={'yes' if done else 'no'}", 303)


def _is_own(request: Request, posted: Posted) -> bool:
    wanted = _room(request).token(_operator(request))
    return hmac.compare_digest(posted.get("_token").encode(), wanted.encode())


def _operator(request: Request) -> str:
    return str(request.state.operator)


def _room(request: Request) -> Room:
    room: Room = request.app.state.room
    return room


def _say(request: Request) -> Say:
    return speaker(request.headers.get("accept-language", ""))[1]
