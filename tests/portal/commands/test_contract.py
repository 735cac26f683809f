"""`vordruck contract`: the pack on the disk, and wrong use of it."""

import hashlib
from pathlib import Path

import pytest

from tests.portal.commands.terminal import vordruck

pytestmark = pytest.mark.usefixtures("ready")
TODAY = ("--today", "2026-11-23", "--count", "1")


def test_the_pack_lies_in_the_folder(tmp_path: Path) -> None:
    """Whole, with checksums that fit what is on the disk; a second time is refused."""
    out = tmp_path / "pack"
    said = vordruck("contract", "musterprozess", "--out", str(out), *TODAY)
    assert 0 == said.code
    listed = {
        line.partition("  ")[2]: line.partition("  ")[0]
        for line in (out / "SHA256SUMS").read_text("utf-8").splitlines()
    }
    held = {str(one.relative_to(out)): one for one in out.rglob("*") if one.is_file()}
    assert held.keys() == {*listed, "SHA256SUMS"}
    for name, digest in listed.items():
        assert digest == hashlib.sha256(held[name].read_bytes()).hexdigest()
    assert said.data["files"] == len(held)
    again = vordruck("contract", "musterprozess", "--out", str(out), *TODAY)
    assert (2, "") == (again.code, again.out)
    assert "nicht leer" in again.err


@pytest.mark.parametrize("more", [(), ("--out", "a", "--serve", "8099")])
def test_one_thing_at_a_time(more: tuple[str, ...]) -> None:
    """Neither and both are wrong use, in words."""
    said = vordruck("contract", "musterprozess", *more)
    assert 2 == said.code
    assert "--out DIR" in said.err


def test_a_folder_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    """Here a file is in its place."""
    (tmp_path / "file").write_text("x")
    said = vordruck("contract", "musterprozess", "--out", str(tmp_path / "file" / "pack"), *TODAY)
    assert (2, "") == (said.code, said.out)
