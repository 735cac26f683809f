"""Delivering to a real SFTP server, and to one that cuts, forgets, lies or is full."""

import hashlib
from collections.abc import Iterator
from pathlib import Path

import asyncssh
import pytest
from pydantic import SecretStr

from portal.delivery.transports import transports_of
from portal.delivery.transports.folder import PICKED_UP
from portal.delivery.transports.sftp import Sftp, open_sftp
from portal.delivery.transports.transport import (
    Acknowledgement,
    LockedOutError,
    RefusedError,
    TargetDownError,
    UnknownTransportError,
    UnreachableError,
)
from portal.settings import Settings, Target
from tests.portal.delivery.sftp_server import SftpServer, serving

CASE = "3f0e8a52-0000-4000-8000-000000000001"
KEY = f"{CASE}.fachverfahren"
NAME = f"{CASE}_nachricht.xml"
CONTENT = b"<a>" + bytes(range(256)) * 4000
SHA256 = hashlib.sha256(CONTENT).hexdigest()


@pytest.fixture
def server(tmp_path: Path) -> Iterator[SftpServer]:
    """A server of its own for each test."""
    yield from serving(tmp_path)


def _send(server: SftpServer, target: Target | None = None) -> Acknowledgement:
    transport = open_sftp("fachverfahren", target or server.target(), server.root)
    return transport.send(KEY, "nachricht.xml", "application/xml", CONTENT)


def _refused(server: SftpServer, target: Target | None = None) -> UnreachableError:
    with pytest.raises(UnreachableError) as told:
        _send(server, target)
    return told.value


def test_r15_twice_the_same_is_one_file(server: SftpServer) -> None:
    """The second time nothing is written; size and hash are those of the file on the server."""
    told = [_send(server), _send(server)]
    assert [Acknowledgement(len(CONTENT), SHA256, NAME)] * 2 == told
    assert [NAME] == server.names()
    assert CONTENT == (server.root / "eingang" / NAME).read_bytes()
    (written,) = server.faults.opened
    assert written.startswith(f".{NAME}.")  # receivers pass over it until it is whole
    assert 1 == server.faults.synced


def test_r15_what_the_receiver_took_away_is_not_sent_again(server: SftpServer) -> None:
    """It is still known in `abgeholt`."""
    _send(server)
    (server.root / "eingang" / PICKED_UP).mkdir()
    (server.root / "eingang" / NAME).rename(server.root / "eingang" / PICKED_UP / NAME)
    assert SHA256 == _send(server).sha256
    assert [f"{PICKED_UP}/{NAME}"] == server.names()


@pytest.mark.parametrize("other", [b"x", b"x" * len(CONTENT), CONTENT + b"x", b""])
def test_other_bytes_under_our_name_are_a_persons_business(
    server: SftpServer, other: bytes
) -> None:
    """Neither overwritten nor acknowledged."""
    (server.root / "eingang" / NAME).write_bytes(other)
    with pytest.raises(RefusedError, match=r"^other-file-there$"):
        _send(server)
    assert other == (server.root / "eingang" / NAME).read_bytes()
    assert [NAME] == server.names()


def test_r15_a_name_taken_in_the_last_moment_is_not_replaced(server: SftpServer) -> None:
    """Another worker's file with our bytes counts; anything else needs a person."""
    server.faults.taken = CONTENT
    assert SHA256 == _send(server).sha256
    assert [NAME] == server.names()
    (server.root / "eingang" / NAME).unlink()
    server.faults.taken = b"theirs"
    with pytest.raises(RefusedError, match=r"^other-file-there$"):
        _send(server)
    assert b"theirs" == (server.root / "eingang" / NAME).read_bytes()
    assert [NAME] == server.names()


def test_r16_a_connection_cut_in_the_middle_leaves_nothing_readers_see(server: SftpServer) -> None:
    """The next attempt clears the half away and delivers."""
    server.faults.cut_after = len(CONTENT) // 2
    assert "connection-lost" == str(_refused(server))
    (half,) = server.names()
    assert half.startswith(".")
    server.faults.cut_after = None
    assert SHA256 == _send(server).sha256
    assert [NAME] == server.names()


def test_r16_a_server_that_loses_bytes_gets_no_acknowledgement(server: SftpServer) -> None:
    """What it says it wrote is read back before the file gets its name."""
    server.faults.lose = 1
    assert "stored-differs" == str(_refused(server))
    assert [] == server.names()


def test_a_full_disk_is_tried_again(server: SftpServer) -> None:
    """SFTP 3 has no word of its own for it; nothing half stays."""
    server.faults.full_after = len(CONTENT) // 2
    assert "sftp-4" == str(_refused(server))
    assert [] == server.names()
    server.faults.full_after = None
    assert SHA256 == _send(server).sha256


def test_another_host_key_gets_nothing(server: SftpServer) -> None:
    """Somebody who stands between us and the server sees neither password nor file."""
    server.pin(asyncssh.generate_private_key("ssh-ed25519"))
    fault = _refused(server)
    assert (LockedOutError, "host-key-unknown") == (type(fault), str(fault))
    server.known_hosts.write_text("")
    assert "host-key-unknown" == str(_refused(server))
    server.known_hosts.unlink()
    assert isinstance(_refused(server), LockedOutError)
    assert [] == server.names()
    assert [] == server.faults.opened


def test_signing_in_with_a_key(server: SftpServer) -> None:
    """The password opens the key; without a key it is the password of the account."""
    assert SHA256 == _send(server, server.target(key_file=server.key_file)).sha256
    wrong = server.target(key_file=server.key_file, password=SecretStr("another"))
    assert "key-file-unreadable" == str(_refused(server, wrong))


def test_a_wrong_password_locks_nobody_out_for_long(server: SftpServer) -> None:
    """It is told as the target's matter, so that one delivery tries and not all of them."""
    fault = _refused(server, server.target(password=SecretStr("another")))
    assert (LockedOutError, "login-refused") == (type(fault), str(fault))


def test_the_password_is_read_anew_each_time(server: SftpServer, tmp_path: Path) -> None:
    """Who changes it need not restart anything; a file that is away is a fault for now."""
    file = tmp_path / "password"
    transport = Sftp(server.target(password_file=file))
    with pytest.raises(UnreachableError, match=r"^password-unreadable$"):
        transport.send(KEY, "nachricht.xml", "application/xml", CONTENT)
    file.write_text("not-a-secret\n")
    assert SHA256 == transport.send(KEY, "nachricht.xml", "application/xml", CONTENT).sha256


def test_r19_a_server_that_stops_talking_is_left(server: SftpServer) -> None:
    """Within the patience of one attempt, which ends before its lease."""
    server.faults.silent = True
    transport = Sftp(server.target(), patience=1.0)
    with pytest.raises(UnreachableError, match=r"^too-slow$"):
        transport.send(KEY, "nachricht.xml", "application/xml", CONTENT)


def test_nobody_listens(server: SftpServer) -> None:
    """Everything that goes there waits."""
    gone = server.target(url="sftp://127.0.0.1:9/eingang")
    fault = _refused(server, gone)
    assert (TargetDownError, "no-connection") == (type(fault), str(fault))


def test_a_folder_that_is_not_there_needs_a_person(server: SftpServer) -> None:
    """The portal makes no folders on other people's servers."""
    fault = _refused(server, server.target("/nirgends"))
    assert (LockedOutError, "folder-missing") == (type(fault), str(fault))


@pytest.mark.parametrize(
    ("more", "told"),
    [
        ({"known_hosts": None}, "known_hosts"),
        ({"user": ""}, "user"),
        ({"url": "https://dateien.example"}, "url"),
        ({"url": "sftp:///eingang"}, "url"),
        ({"url": "sftp://eingang:geheim@dateien.example/"}, "ohne Kennwort"),
    ],
)
def test_what_is_missing_is_said_at_the_start(more: dict[str, object], told: str) -> None:
    """Above all a server whose key nobody has pinned."""
    full = {
        "transport": "sftp",
        "url": "sftp://dateien.example",
        "user": "eingang",
        "known_hosts": "known",
    }
    settings = Settings(targets={"fachverfahren": Target.model_validate({**full, **more})})
    with pytest.raises(UnknownTransportError, match=told):
        transports_of(settings)
