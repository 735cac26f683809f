import hashlib
import os
import stat
import threading
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

from portal.delivery.transports import TRANSPORTS, UnknownTransportError, transports_of
from portal.delivery.transports import folder as transport
from portal.delivery.transports.folder import PICKED_UP, Folder, name_for
from portal.delivery.transports.transport import Acknowledgement, RefusedError, UnreachableError
from portal.settings import Settings, Target
from portal.storage.files import write_synced

CASE = "3f0e8a52-0000-4000-8000-000000000001"
KEY = f"{CASE}.dms"
NAME = "abgabe.zip"
CONTENT = b"PK" + bytes(range(256)) * 300


def _send(folder: Path, content: bytes = CONTENT) -> Acknowledgement:
    return Folder(folder).send(KEY, NAME, "application/zip", content)


def _names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.rglob("*") if path.is_file())


def test_r15_the_same_key_twice_is_one_file(folder: Path) -> None:
    """The name follows from the key; what is there is read back, not written again."""
    first = _send(folder)
    inode = (folder / f"{CASE}_{NAME}").stat().st_ino
    assert first == _send(folder)
    assert [f"{CASE}_{NAME}"] == _names(folder)
    assert inode == (folder / f"{CASE}_{NAME}").stat().st_ino
    assert (len(CONTENT), hashlib.sha256(CONTENT).hexdigest()) == (first.size, first.sha256)


def test_r15_what_the_receiver_took_away_is_not_sent_again(folder: Path) -> None:
    """A receiver moves files to `abgeholt`; a repetition after a lost acknowledgement sees that."""
    _send(folder)
    (folder / PICKED_UP).mkdir()
    (folder / f"{CASE}_{NAME}").rename(folder / PICKED_UP / f"{CASE}_{NAME}")
    assert len(CONTENT) == _send(folder).size
    assert not (folder / f"{CASE}_{NAME}").exists()


def test_r16_another_content_under_our_name_is_told_not_overwritten(folder: Path) -> None:
    """The worker compares; here it gets what really lies there."""
    (folder / f"{CASE}_{NAME}").write_bytes(CONTENT[:1000])
    told = _send(folder)
    assert (1000, hashlib.sha256(CONTENT[:1000]).hexdigest()) == (told.size, told.sha256)
    assert CONTENT[:1000] == (folder / f"{CASE}_{NAME}").read_bytes()


def test_r15_a_file_that_appears_in_the_last_moment_is_not_replaced(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Between looking and placing somebody else may be quicker; theirs stays, and is told."""

    def slow(path: Path, content: bytes, **how: Any) -> None:
        write_synced(path, content, **how)
        (folder / f"{CASE}_{NAME}").write_bytes(b"theirs")

    monkeypatch.setattr(transport, "write_synced", slow)
    assert 6 == _send(folder).size
    assert b"theirs" == (folder / f"{CASE}_{NAME}").read_bytes()
    assert [f"{CASE}_{NAME}"] == _names(folder)


def test_r16_nothing_is_acknowledged_before_bytes_and_name_are_on_the_disk(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also when the file was there already: who put it there may have died before its fsync."""
    deeds: list[str] = []
    real_fsync, real_link = os.fsync, Path.hardlink_to

    def fsync(descriptor: int) -> None:
        is_folder = stat.S_ISDIR(os.fstat(descriptor).st_mode)
        deeds.append("folder synced" if is_folder else "file synced")
        real_fsync(descriptor)

    def link(self: Path, target: Path) -> None:
        deeds.append("placed")
        real_link(self, target)

    monkeypatch.setattr(os, "fsync", fsync)
    monkeypatch.setattr(Path, "hardlink_to", link)
    _send(folder)
    assert ["file synced", "placed", "folder synced"] == deeds
    deeds.clear()
    _send(folder)
    assert ["folder synced"] == deeds


def test_r15_two_workers_at_once_leave_one_whole_file(folder: Path) -> None:
    """Whoever comes second reads back the first one's file."""
    told: list[Acknowledgement] = []
    ready = threading.Barrier(8)

    def send() -> None:
        ready.wait()
        # A worker whose unfinished file another one cleared away fails, and would try again.
        with suppress(FileNotFoundError):
            told.append(_send(folder))

    threads = [threading.Thread(target=send) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert told
    assert {(len(CONTENT), hashlib.sha256(CONTENT).hexdigest())} == {
        (one.size, one.sha256) for one in told
    }
    assert [f"{CASE}_{NAME}"] == _names(folder)


def test_r15_a_share_without_hard_links_works_too(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Some network shares have none; the name still appears at once and whole."""

    def refuse(self: Path, target: Path) -> None:
        raise OSError(95, "Operation not supported")

    monkeypatch.setattr(Path, "hardlink_to", refuse)
    assert len(CONTENT) == _send(folder).size
    assert len(CONTENT) == _send(folder).size
    assert [f"{CASE}_{NAME}"] == _names(folder)


def test_what_a_dead_worker_left_is_cleared_away(folder: Path) -> None:
    """Only of the same file: another worker may be writing another one."""
    (folder / f".{CASE}_{NAME}.00000000.part").write_bytes(b"half")
    (folder / ".other_abgabe.zip.00000000.part").write_bytes(b"half")
    _send(folder)
    assert [".other_abgabe.zip.00000000.part", f"{CASE}_{NAME}"] == _names(folder)


def test_a_full_disk_leaves_nothing_half(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The receiver never sees a file that is not whole."""

    def refuse(_descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", refuse)
        with pytest.raises(OSError, match="space"):
            _send(folder)
    assert [] == _names(folder)
    assert len(CONTENT) == _send(folder).size


@pytest.mark.parametrize(
    "name", ["../x.zip", "/etc/passwd", "a/b.zip", "x\0.zip", "x\n.zip", "x" * 300]
)
def test_r27_a_name_that_is_a_path_is_refused(folder: Path, name: str) -> None:
    """Names come from outputs; should one go wrong, a person must look."""
    with pytest.raises(RefusedError):
        Folder(folder).send(KEY, name, "application/zip", CONTENT)
    assert [] == _names(folder)


def test_a_name_that_begins_with_the_case_is_kept() -> None:
    """Some standards prescribe the whole name."""
    assert f"{CASE}_0605.zip" == name_for(KEY, f"{CASE}_0605.zip")
    assert f"{CASE}_a.xml" == name_for(f"{CASE}.fachverfahren", "a.xml")


def test_every_target_has_a_transport(folder: Path) -> None:
    """Folders below the data folder, unless the settings say otherwise."""
    settings = Settings(
        data=folder,
        targets={"dms": Target(transport="broken"), "archiv": Target(folder=folder / "own")},
    )
    transports = transports_of(settings)
    assert {"fachverfahren", "dms", "archiv"} == set(transports)
    transports["fachverfahren"].send(KEY, NAME, "application/zip", CONTENT)
    transports["archiv"].send(KEY, NAME, "application/zip", CONTENT)
    assert [f"{CASE}_{NAME}"] == _names(folder / "deliveries" / "fachverfahren")
    assert [f"{CASE}_{NAME}"] == _names(folder / "own")
    with pytest.raises(UnreachableError):
        transports["dms"].send(KEY, NAME, "application/zip", CONTENT)


def test_an_unknown_transport_is_said_with_those_there_are() -> None:
    """At the start, not at the first delivery."""
    settings = Settings(targets={"dms": Target(transport="pigeon")})
    with pytest.raises(UnknownTransportError, match=r"pigeon.*folder,.*broken"):
        transports_of(settings)
    assert {"folder", "broken"} < set(TRANSPORTS)
