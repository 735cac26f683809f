"""A package holds all of the filing: it can be read back, and goes into any DMS from there."""

import io
import zipfile
from dataclasses import replace

import pytest

from outputs.dms.build import build_filing
from outputs.dms.package import pack
from outputs.dms.read import NotAFiling, read_filing
from outputs.dms.write import write
from tests.outputs.dms.test_write import STAND_INS
from tests.outputs.plans import COMPLETE, complete, plan_of
from tests.outputs.standards_folder import ROOT


@pytest.mark.parametrize("name", sorted(COMPLETE))
def test_what_is_read_is_what_was_filed(name: str) -> None:
    """Every title, every metadatum, every right, every period, every byte."""
    made = complete(name)
    assert read_filing(write(made, STAND_INS, None).content) == build_filing(made, STAND_INS)


def test_for_good_and_confidential_survive() -> None:
    """What none of the four procedures says."""
    text = (ROOT / "definitions/musterprozess.yaml").read_text("utf-8")
    other = text.replace("period: P5Y", "period: unlimited").replace(
        "    aktenplan: ", "    confidentiality: nfd\n    aktenplan: "
    )
    made = replace(complete("musterprozess"), plan=plan_of("musterprozess", other))
    filed = read_filing(write(made, STAND_INS, None).content)
    assert filed == build_filing(made, STAND_INS)
    assert (filed.confidentiality, filed.retention[0].period) == ("nfd", "")


def _files() -> dict[str, bytes]:
    content = write(complete("musterprozess"), STAND_INS, None).content
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def test_a_changed_document_is_not_filed() -> None:
    """The checksum in the message is the one of the bytes."""
    files = _files()
    changed = {name: body + b"x" if name.endswith(".pdf") else body for name, body in files.items()}
    with pytest.raises(NotAFiling, match="document-damaged"):
        read_filing(pack(changed.items()))


@pytest.mark.parametrize(
    "content",
    [b"", b"<a/>", pack([]), pack([("x_FVDaten.SGOAblegen.0605.xml", b"<!DOCTYPE a><a/>")])],
)
def test_anything_else_is_refused_with_a_code(content: bytes) -> None:
    """A message for the Fachverfahren that was sent to the wrong target, say."""
    with pytest.raises(NotAFiling) as caught:
        read_filing(content)
    assert str(caught.value).isascii()


def test_a_missing_file_is_noticed() -> None:
    """A package that lost a document is not half filed."""
    files = _files()
    lost = {name: body for name, body in files.items() if not name.endswith(".json")}
    with pytest.raises(NotAFiling):
        read_filing(pack(lost.items()))
