"""The simulator over HTTP, on this machine only."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from portal.contract.judge import LARGEST_FILE
from portal.contract.simulator import Answer, Simulator

EVERY = 1.0  # seconds between two looks into the folder
_TAKEN, _REFUSED, _UNKNOWN, _TOO_LARGE = 200, 422, 404, 413


def app_of(simulator: Simulator) -> Starlette:
    """PUT or POST a file to `/eingang/<name>`; GET `/`; GET `/antworten/<reference>/<kind>`."""

    async def receive(request: Request) -> Response:
        content = bytearray()
        async for piece in request.stream():
            content += piece
            if len(content) > LARGEST_FILE:
                return Response(status_code=_TOO_LARGE)
        answer = simulator.receive(request.path_params["name"], bytes(content))
        return JSONResponse(answer.as_json(), _TAKEN if answer.is_taken else _REFUSED)

    def show(request: Request) -> Response:
        return JSONResponse(simulator.answers())

    def reply(request: Request) -> Response:
        told = request.path_params
        content = simulator.reply(told["reference"], told["kind"])
        if content is None:
            return Response(status_code=_UNKNOWN)
        return Response(content, media_type="application/xml")

    return Starlette(
        routes=[
            Route("/", show),
            Route("/eingang/{name}", receive, methods=["PUT", "POST"]),
            Route("/antworten/{reference}/{kind}", reply),
        ]
    )


@contextmanager
def watching(
    simulator: Simulator, tell: Callable[[Answer], None], every: float = EVERY
) -> Iterator[None]:
    """Look into the folder in the background."""
    stopping = threading.Event()

    def watch() -> None:
        while not stopping.wait(every):
            for answer in simulator.scan():
                tell(answer)

    thread = threading.Thread(target=watch, name="simulator", daemon=True)
    thread.start()
    try:
        yield
    finally:
        stopping.set()
        thread.join(timeout=10)
