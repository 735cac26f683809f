import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from portal.storage.files import FileStore
from portal.storage.refusals import UnavailableError
from tests.portal.stores import new_draft, open_store

ROOT = Path(__file__).resolve().parents[3]
NAME = "ab12.upload"


def test_r04_the_disk_has_file_and_name_before_the_row_commits(
    folder: Path, tmp_path: Path
) -> None:
    """Seen from the kernel: fsync of the file, rename, fsync of the folder, then the commit."""
    strace = shutil.which("strace")
    if strace is None:
        pytest.skip("ORDER OF FSYNCS NOT TESTED: strace is not installed")
    store = open_store(folder)
    draft = new_draft(store)
    store.close()
    log = tmp_path / "trace"
    calls = "fsync,fdatasync,rename,renameat,renameat2,write,pwrite64"
    upload = [sys.executable, "-m", "tests.portal.victims", "upload", str(folder), draft]
    done = subprocess.run(
        [strace, "-f", "-y", "-e", f"trace={calls}", "-o", str(log), *upload],
        cwd=ROOT,
        env={**os.environ, "PYTHONDONTWRITEBYTECODE": "1"},
        capture_output=True,
        text=True,
        timeout=100,
    )
    if "ptrace" in done.stderr:
        pytest.skip("ORDER OF FSYNCS NOT TESTED: tracing is not allowed here")
    assert 0 == done.returncode, done.stderr
    assert ["written", "file synced", "renamed", "folder synced", "committed"] == _steps(
        log, folder
    )


def _steps(log: Path, folder: Path) -> list[str]:
    """The calls that concern the upload, in order, up to the commit of its row."""
    seen: list[str] = []
    for line in log.read_text().splitlines():
        call = re.sub(r"^\d+ +", "", line)
        if "unfinished" in call and call.startswith("write("):
            step = "written"
        elif "unfinished" in call and call.startswith("fsync("):
            step = "file synced"
        elif "unfinished" in call and call.startswith("rename"):
            step = "renamed"
        elif re.match(rf"fsync\(\d+<{folder}/files/[0-9a-f]{{2}}>", call):
            step = "folder synced"
        elif re.match(r"f(data)?sync\(\d+<[^>]*-wal>", call) and "renamed" in seen:
            step = "committed"
        else:
            continue
        if step not in seen:
            seen.append(step)
    return seen


def test_r04_a_file_is_whole_or_not_there(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """If the disk refuses the fsync, the name never appears and nothing stays behind."""
    files = FileStore(folder / "files")

    def refuse(_descriptor: int) -> None:
        raise OSError(5, "Input/output error")

    with monkeypatch.context() as patch:
        patch.setattr("portal.storage.files.os.fsync", refuse)
        with pytest.raises(UnavailableError):
            files.write(NAME, b"content")
    assert not files.has(NAME)
    assert [] == [path for path in files.root.glob("*/*") if path.is_file()]
    files.write(NAME, b"content")
    assert b"content" == files.read(NAME)


def test_r04_files_that_belong_together_cost_one_fsync_of_a_folder(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Three payloads of one submission share the first signs of their names."""
    files = FileStore(folder / "files")
    synced: list[str] = []
    monkeypatch.setattr("portal.storage.files.sync_folder", lambda path: synced.append(path.name))
    files.write_all({f"ab{number}x.payload": b"content" for number in range(3)})
    assert ["ab"] == synced
    assert {"ab0x.payload", "ab1x.payload", "ab2x.payload"} == files.names()


def test_writing_again_replaces_the_file_at_once(folder: Path) -> None:
    """A repeated request writes the same name."""
    files = FileStore(folder / "files")
    files.write(NAME, b"first")
    files.write(NAME, b"second")
    assert b"second" == files.read(NAME)
    files.remove(NAME)
    files.remove(NAME)
    assert not files.has(NAME)


@pytest.mark.parametrize("name", ["../etc/passwd", "/etc/passwd", "ab/../../x", "zz.upload", ""])
def test_r27_a_name_is_never_a_path(folder: Path, name: str) -> None:
    """Names are made by us; anything else is a fault."""
    files = FileStore(folder / "files")
    with pytest.raises(ValueError, match="not a name"):
        files.read(name)
    with pytest.raises(ValueError, match="not a name"):
        files.write(name, b"")


def test_the_store_is_for_its_own_user_only(folder: Path) -> None:
    """Other users of the machine do not read uploads, sealed or not."""
    files = FileStore(folder / "files")
    files.write(NAME, b"content")
    assert 0o600 == (files.root / "ab" / NAME).stat().st_mode & 0o777
