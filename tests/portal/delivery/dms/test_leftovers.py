"""What a worker leaves that died while it wrote: half a file under a name that does not count."""

from pathlib import Path

from outputs.dms.read import read_filing
from portal.delivery.transports.dms.names import document_name, segment
from tests.portal.delivery.dms.cases import expected, package
from tests.portal.delivery.dms.systems import FolderSystem
from tests.portal.delivery.dms.webdav_share import Share, WebDavSystem

SENT = ("3f0e8a52-0000-4000-8000-000000000001.dms", "abgabe.zip", "application/zip")


def _half(root: Path, part: str) -> Path:
    """Half of the first document, where its worker left it."""
    document = read_filing(package()).documents[0]
    [drawer] = [one for one in root.rglob(segment(document.type)) if one.is_dir()]
    whole = drawer / document_name(document)
    left = drawer / part.format(whole.name[-20:])
    left.write_bytes(document.content[: len(document.content) // 2])
    whole.unlink()
    return left


def test_a_half_written_file_is_replaced_and_gone(tmp_path: Path) -> None:
    """On a disk: parts of this very file are taken away."""
    system = FolderSystem(tmp_path)
    system.filer().send(*SENT, package())
    left = _half(tmp_path, ".{}.0a1b2c3d.part")
    system.filer().send(*SENT, package())
    assert not left.exists()
    assert expected(package()) == system.held()


def test_a_half_sent_file_is_written_over_and_gone(webdav_share: Share) -> None:
    """On a share: the part is put anew and moved to its name."""
    system = WebDavSystem(webdav_share)
    system.filer().send(*SENT, package())
    left = _half(system.root, ".{}.part")
    system.filer().send(*SENT, package())
    assert not left.exists()
    assert expected(package()) == system.held()


def test_parts_of_others_are_left_alone(tmp_path: Path) -> None:
    """Only what belongs to this very file is taken away."""
    system = FolderSystem(tmp_path)
    system.filer().send(*SENT, package())
    [drawer] = [one for one in tmp_path.rglob("02 Identität") if one.is_dir()]
    other = drawer / ".fremd.part"
    other.write_bytes(b"x")
    system.filer().send(*SENT, package())
    assert other.read_bytes() == b"x"
    other.unlink()
    assert expected(package()) == system.held()
