"""The receiving server with all its bad habits: a process of its own that journals what it did.

What keeps doubles out is its own: a key names one file, for ever. The judge reads its journal and
its files, never the system under test.
"""

import contextlib
import hashlib
import json
import os
import signal
import socket
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import httpx2

from portal.delivery.transports.http import refusal
from portal.delivery.transports.transport import (
    Acknowledgement,
    TargetDownError,
    UnreachableError,
)
from portal.storage.faults import failpoint

PATIENCE = 0.4  # seconds the client waits for an answer
MOST_ANSWER = 1 << 20
STATUS = {
    "http-500": 500,
    "http-502": 502,
    "http-503": 503,
    "http-429": 429,
    "http-401": 401,
    "http-422": 422,
}
FIRST = "first-refused"
HABITS = (
    *STATUS,
    "slow",  # files, and answers when nobody listens any more
    "reset",  # files, then cuts the connection
    "half-answer",
    "garbage",
    "other-type",
    "endless",  # an answer that does not stop
    "half-filed",  # keeps half the body and says so
    "for-another",  # acknowledges another submission
    "twice",  # two answers in one
    FIRST,  # 500 to the first of each case, while the later ones would be welcome
)


def habits_of(folder: Path) -> tuple[str, int]:
    """Which habit, and for how many of the first attempts of each key."""
    with contextlib.suppress(OSError, ValueError):
        name, _, times = (folder / "habit").read_text().partition(" ")
        return name, int(times or 1)
    return "", 0


def set_habit(folder: Path, name: str = "", times: int = 1) -> None:
    """From the next request on."""
    new = folder / "habit.new"
    new.write_text(f"{name} {times}")
    new.rename(folder / "habit")


def serve(folder: str, port: int) -> None:
    """Run until killed."""
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    (Path(folder) / "box").mkdir(exist_ok=True)
    handler = type("Handler", (_Handler,), {"folder": Path(folder), "lock": threading.Lock()})
    _Server(("127.0.0.1", port), handler).serve_forever()


def free_port() -> int:
    """A port that nobody has now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class _Server(ThreadingHTTPServer):
    request_queue_size = 64

    def handle_error(self, *_: object) -> None:
        """Who hangs up on us is no news."""


class _Handler(BaseHTTPRequestHandler):
    folder: Path
    lock: threading.Lock
    protocol_version = "HTTP/1.1"

    def log_message(self, *_: object) -> None:
        """Nothing on the terminal."""

    def do_PUT(self) -> None:
        """File a body under its key, unless it is there; with whatever habit is set."""
        key = self.path.removeprefix("/")
        length = int(self.headers.get("content-length", "0"))
        body = self.rfile.read(length)
        if len(body) < length:  # the sender died in the middle: as if nothing had come
            self._note(key, "cut", body)
            self.close_connection = True
            return
        with self.lock:
            attempt = sum(1 for line in self._lines() if line.get("key") == key)
            name, times = habits_of(self.folder)
            habit = name if attempt < times else ""
            self._act(key, body, habit)

    def _act(self, key: str, body: bytes, habit: str) -> None:
        if habit == FIRST:
            habit = "" if key.count(".") > 1 else "http-500"
        if habit in STATUS:
            self._note(key, habit, b"")
            self._answer(STATUS[habit], b"no", {"Retry-After": "1"} if STATUS[habit] == 503 else {})
            return
        kept = body[: len(body) // 2] if habit == "half-filed" else body
        place = self.folder / "box" / key
        # Who repairs a half-filed one repeats the key: this server takes the longer body.
        if not place.exists() or len(place.read_bytes()) < len(kept):
            part = place.with_name(f".{key}.part")
            part.write_bytes(kept)
            part.rename(place)
            self._note(key, "filed", kept)
        else:
            self._note(key, "again", b"")
        self._tell(key, place.read_bytes(), habit)

    def _tell(self, key: str, kept: bytes, habit: str) -> None:
        told = {"key": key, "size": len(kept), "sha256": hashlib.sha256(kept).hexdigest()}
        if habit == "for-another":
            told["key"] = "another"
        answer = json.dumps(told).encode()
        match habit:
            case "slow":
                time.sleep(PATIENCE * 1.6)
            case "reset":
                self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0")
                self.close_connection = True
                self.connection.close()
                return
            case "half-answer":
                self._raw(b"HTTP/1.1 200 OK\r\nContent-Length: 900\r\n\r\n" + answer[:20])
                return
            case "garbage":
                answer = b"\xff\x00{not json"
            case "other-type":
                answer = b"<html>filed, thank you</html>"
            case "twice":
                answer = answer + answer
            case "endless":
                self._endless()
                return
        self._answer(201, answer, {})

    def _endless(self) -> None:
        with contextlib.suppress(OSError):
            self._raw(b"HTTP/1.1 200 OK\r\nContent-Length: 1000000000\r\n\r\n")
            for _ in range(200):
                self.wfile.write(b" " * 65536)
        self.close_connection = True

    def _raw(self, data: bytes) -> None:
        self.close_connection = True
        self.wfile.write(data)
        self.wfile.flush()

    def _answer(self, status: int, body: bytes, headers: dict[str, str]) -> None:
        with contextlib.suppress(OSError):
            self.send_response(status)
            for name, value in {**headers, "Content-Length": str(len(body))}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)

    def _lines(self) -> list[dict[str, str]]:
        path = self.folder / "journal"
        lines = path.read_text().splitlines() if path.exists() else []
        return [json.loads(line) for line in lines]

    def _note(self, key: str, what: str, body: bytes) -> None:
        line = {"key": key, "what": what, "sha256": hashlib.sha256(body).hexdigest()}
        with (self.folder / "journal").open("a") as journal:
            journal.write(json.dumps(line) + "\n")
            journal.flush()
            os.fsync(journal.fileno())


@dataclass
class Post:
    """The transport: bounded in time and size, believes only a whole answer about this key."""

    port: int
    client: httpx2.Client = field(
        default_factory=lambda: httpx2.Client(
            verify=False, timeout=PATIENCE, limits=httpx2.Limits(max_keepalive_connections=0)
        )
    )

    def send(self, key: str, name: str, media_type: str, content: bytes) -> Acknowledgement:
        """Put the content under its key."""
        address = f"http://127.0.0.1:{self.port}/{key}"
        headers = {"Content-Length": str(len(content)), "Content-Type": media_type}
        try:
            with self.client.stream(
                "PUT", address, content=_pieces(content), headers=headers
            ) as answer:
                if answer.status_code not in (200, 201):
                    raise refusal(answer.status_code, answer.headers.get("retry-after"))
                return _believed(key, _read(answer))
        except (httpx2.ConnectError, httpx2.ConnectTimeout) as fault:
            raise TargetDownError("no-connection") from fault
        except httpx2.HTTPError as fault:
            raise UnreachableError("no-answer") from fault


def _pieces(content: bytes) -> Iterator[bytes]:
    half = len(content) // 2
    yield content[:half]
    failpoint("half-sent")
    yield content[half:]


def _read(answer: httpx2.Response) -> bytes:
    read = b""
    for piece in answer.iter_bytes():
        read += piece
        if len(read) > MOST_ANSWER:
            raise UnreachableError("answer-too-long")
    return read


def _believed(key: str, answer: bytes) -> Acknowledgement:
    try:
        told = json.loads(answer)
        if told["key"] != key:
            raise UnreachableError("answer-for-another")
        return Acknowledgement(int(told["size"]), str(told["sha256"]), "box")
    except (ValueError, KeyError, TypeError) as fault:
        raise UnreachableError("answer-unreadable") from fault
