"""`vordruck payload`: the bytes a delivery would send."""

import hashlib
import json
from pathlib import Path
from typing import Any

import pytest

from outputs.fit_connect.submission import FORM, read_package
from tests.portal.commands.terminal import Said, vordruck
from tests.portal.commands.test_evaluate import WHOLE

TODAY = ("--today", "2026-11-23")
STARTS = {"xoev": b"<?xml", "dms": b"PK\x03\x04", "json": b"{", "pdf": b"%PDF-1."}
TYPES = {"xoev": "application/xml", "dms": "application/zip", "json": "application/json",
         "pdf": "application/pdf"}  # fmt: skip
pytestmark = pytest.mark.usefixtures("ready")


def _made(folder: Path, name: str, output: str, *more: str, answers: Any = WHOLE) -> Said:
    return vordruck("payload", name, "-", "--output", output, "--out", str(folder), *TODAY, *more,
                    given=json.dumps(answers))  # fmt: skip


def _file(said: Said) -> bytes:
    assert said.code == 0, said.err
    content = Path(said.data["file"]).read_bytes()
    assert len(content) == said.data["size"]
    assert hashlib.sha256(content).hexdigest() == said.data["sha256"]
    return content


@pytest.mark.parametrize(
    ("name", "output"),
    [("verpflichtungserklaerung", one) for one in STARTS]
    + [("beschaeftigungserlaubnis", "xoev"), ("einbuergerung", "xoev")]
    + [("musterprozess", one) for one in ("dms", "json", "pdf")],
)
def test_every_output_is_written_the_same_twice(tmp_path: Path, name: str, output: str) -> None:
    """Same answers, day, time and id: same bytes and name; the folder is made."""
    (answers,) = vordruck("sample", name, "--seed", "5", *TODAY).lines

    first = _made(tmp_path / "deep" / "one", name, output, answers=answers)
    again = _made(tmp_path / "two", name, output, answers=answers)

    assert {"file", "media_type", "size", "sha256"} == first.data.keys()
    assert TYPES[output] == first.data["media_type"]
    assert _file(first).startswith(STARTS[output])
    assert _file(first) == _file(again)
    assert Path(first.data["file"]).name == Path(again.data["file"]).name


def test_id_and_time_are_in_the_bytes(tmp_path: Path) -> None:
    """They come from outside, for nothing in an output reads a clock."""
    said = _made(tmp_path, "musterprozess", "json", "--submission", "2026-MP-7",
                 "--time", "2026-11-23T08:15:00+01:00")  # fmt: skip

    text = _file(said).decode()
    assert "2026-MP-7" in text
    assert "2026-11-23T08:15:00+01:00" in text
    assert "2026-MP-7" in Path(said.data["file"]).name


def test_a_time_without_zone_is_germanys(tmp_path: Path) -> None:
    """In winter one hour ahead of UTC, in summer two."""
    for time, zone in (("2026-11-23T12:00:00", "+01:00"), ("2026-07-01T12:00:00", "+02:00")):
        said = _made(tmp_path, "musterprozess", "json", "--time", time)
        assert time + zone in _file(said).decode()


def test_incomplete_answers_are_told(tmp_path: Path) -> None:
    """Exit code 1, the sentences an applicant would read, and no file."""
    answers = {**WHOLE, "familienname": None, "dauer_monate": "lange"}

    said = _made(tmp_path / "out", "musterprozess", "dms", answers=answers)

    assert (1, "") == (said.code, said.out)
    assert "familienname: Füllen Sie dieses Feld aus." in said.err
    assert "dauer_monate: Geben Sie eine Zahl ein" in said.err
    assert not (tmp_path / "out").exists()


def test_an_output_the_procedure_lacks_is_wrong_use(tmp_path: Path) -> None:
    """Exit code 2, and which ones there are."""
    said = _made(tmp_path, "musterprozess", "xoev")

    assert (2, "") == (said.code, said.out)
    assert "json, pdf, dms" in said.err


def test_a_submission_for_fit_connect_holds_data_and_application(tmp_path: Path) -> None:
    """As it is stored before it is encrypted."""
    made = _made(tmp_path, "musterprozess", "fit_connect").data
    submission = read_package(Path(made["file"]).read_bytes())
    assert "application/json" == submission.media_type
    assert [FORM] == [one.purpose for one in submission.attachments]


@pytest.mark.parametrize("id_", ["../../evil", "", "a/b", "a b", "x" * 65, "ä", "-a", "\x1b[2J"])
def test_an_id_cannot_leave_the_folder(tmp_path: Path, id_: str) -> None:
    """It becomes part of a file name."""
    said = _made(tmp_path / "out", "musterprozess", "json", f"--submission={id_}")

    assert (2, "") == (said.code, said.out)
    assert "\x1b" not in said.err
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("time", ["gestern", "", "2026-02-30T10:00", "12:00"])
def test_a_time_is_iso_8601(tmp_path: Path, time: str) -> None:
    """With an example."""
    said = _made(tmp_path, "musterprozess", "json", "--time", time)

    assert (2, "") == (said.code, said.out)
    assert "--time 2026-" in said.err


def test_a_folder_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    """A file in its place, or a place where nothing may be made."""
    (tmp_path / "file").write_text("x", "utf-8")

    for folder in (tmp_path / "file", tmp_path / "file" / "in it", Path("/proc/none")):
        said = _made(folder, "musterprozess", "json")
        assert (2, "") == (said.code, said.out)
        assert str(folder) in said.err
