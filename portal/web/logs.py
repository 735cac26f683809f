"""The log: JSON lines without answers, addresses or anything else about a person (R52)."""

import logging
import sys
import time
from types import TracebackType

import structlog
from starlette.types import ASGIApp, Message, Receive, Scope, Send


def set_up(level: int = logging.INFO, also: structlog.typing.Processor | None = None) -> None:
    """Write JSON lines to standard error; `also` sees each of them before."""
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            *([also] if also else []),
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.JSONRenderer(ensure_ascii=False),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(level),
        # Looked up each time: whoever redirects standard error gets the lines.
        logger_factory=lambda *_: structlog.PrintLogger(sys.stderr),
        cache_logger_on_first_use=False,
    )


def log() -> structlog.typing.FilteringBoundLogger:
    """The logger."""
    logger: structlog.typing.FilteringBoundLogger = structlog.get_logger()
    return logger


def where(fault: BaseException) -> list[str]:
    """File and line of each frame. The message is left out: it may quote an answer."""
    frames: list[str] = []
    step: TracebackType | None = fault.__traceback__
    while step is not None:
        code = step.tb_frame.f_code
        frames.append(f"{code.co_filename.rpartition('/')[2]}:{step.tb_lineno} {code.co_name}")
        step = step.tb_next
    return frames[-12:]


class RequestLog:
    """One line per request: the route's pattern, never the address that was asked for."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Measure, pass on, tell."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        started = time.perf_counter()
        status = 0

        async def noted(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        try:
            await self.app(scope, receive, noted)
        finally:
            route = scope.get("route")
            log().info(
                "request",
                method=scope["method"],
                route=getattr(route, "path", "none"),
                status=status,
                ms=round((time.perf_counter() - started) * 1000, 1),
            )
