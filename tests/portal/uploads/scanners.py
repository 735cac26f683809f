"""Scanners for tests: a real clamd with one harmless signature, and others out of order."""

import hashlib
import shutil
import socket
import subprocess
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

from tests.portal.uploads.specimens import EICAR

CLAMD = shutil.which("clamd") or shutil.which("clamd", path="/usr/sbin")
_PATIENCE = 30.0
_CONFIGURATION = """
Foreground yes
LocalSocket {folder}/clamd.sock
TCPSocket {port}
TCPAddr 127.0.0.1
DatabaseDirectory {folder}/signatures
LogFile {folder}/clamd.log
PidFile {folder}/clamd.pid
User {user}
StreamMaxLength 2M
"""


@contextmanager
def real_clamd() -> Iterator[tuple[str, str]]:
    """A clamd that knows EICAR alone: its TCP address and its socket."""
    if CLAMD is None:
        pytest.skip("clamd is not installed (Debian: clamav-daemon)")
    folder = Path(tempfile.mkdtemp(prefix="vordruck-clamd-"))
    signatures = folder / "signatures"
    signatures.mkdir()
    digest = hashlib.md5(EICAR, usedforsecurity=False).hexdigest()
    (signatures / "eicar.hdb").write_text(f"{digest}:{len(EICAR)}:Eicar-Test\n")
    port = _free_port()
    settings = _CONFIGURATION.format(folder=folder, port=port, user=folder.owner())
    (folder / "clamd.conf").write_text(settings)
    process = subprocess.Popen(
        [CLAMD, "--config-file", str(folder / "clamd.conf")],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        _wait_for(port, process)
        yield f"127.0.0.1:{port}", str(folder / "clamd.sock")
    finally:
        process.terminate()
        process.wait(_PATIENCE)
        shutil.rmtree(folder, ignore_errors=True)


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        return int(listening.getsockname()[1])


def _wait_for(port: int, process: "subprocess.Popen[bytes]") -> None:
    ends = time.monotonic() + _PATIENCE
    while time.monotonic() < ends:
        with suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
            return
        if process.poll() is not None:
            break
        time.sleep(0.05)
    pytest.skip("clamd does not start here")


Answer = Callable[[socket.socket], None]


@contextmanager
def fake_clamd(answer: Answer) -> Iterator[str]:
    """A server that does with every connection what `answer` does."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        ending = threading.Event()
        thread = threading.Thread(target=_serve, args=(listening, answer, ending), daemon=True)
        thread.start()
        yield f"127.0.0.1:{listening.getsockname()[1]}"
        ending.set()
        with suppress(OSError):
            socket.create_connection(listening.getsockname(), 1).close()
        thread.join(5)


def _serve(listening: socket.socket, answer: Answer, ending: threading.Event) -> None:
    while not ending.is_set():
        connection, _ = listening.accept()
        with connection, suppress(OSError):
            connection.settimeout(5)
            if not ending.is_set():
                answer(connection)


def read_stream(connection: socket.socket) -> bytes:
    """Everything that is sent to be scanned, up to the closing zero."""
    received = b""
    while not received.endswith(b"\0\0\0\0"):
        piece = connection.recv(65536)
        if not piece:
            break
        received += piece
    return received


def says(text: bytes) -> Answer:
    """Reads all, then answers."""

    def answer(connection: socket.socket) -> None:
        read_stream(connection)
        connection.sendall(text)

    return answer


def hangs_up(connection: socket.socket) -> None:
    """Closes in the middle of the first bytes."""
    connection.recv(10)


def stays_silent(connection: socket.socket) -> None:
    """Takes everything, never answers."""
    read_stream(connection)
    time.sleep(2)


# What is wrong with a scanner -> what it does; beside these there is the one that is not there.
OUT_OF_ORDER: dict[str, Answer] = {
    "hangs up": hangs_up,
    "is silent": stays_silent,
    "talks nonsense": says(b"\xff\xfe\x00OK\0"),
    "stops in the word": says(b"stream: OK"),
    "has an error": says(b"INSTREAM size limit exceeded. ERROR\0"),
    "talks without end": says(b"stream: " + b"O" * 100_000),
    "says OK of something else": says(b"/etc/passwd: OK\0"),
}
