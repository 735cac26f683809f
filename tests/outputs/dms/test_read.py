"""A package holds all of the filing: it can be read back, and goes into any DMS from there."""

import io
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest

from outputs.dms.build import build_filing
from outputs.dms.filing import RESTRICTED
from outputs.dms.package import pack
from outputs.dms.read import NotAFiling, read_filing, read_package
from outputs.dms.write import write
from tests.outputs.dms.test_write import STAND_INS
from tests.outputs.plans import COMPLETE, complete, plan_of
from tests.outputs.standards_folder import ROOT

FOREIGN = Path(__file__).parent / "foreign"


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


def _foreign(change: dict[str, str] | None = None) -> bytes:
    """A package of another product: no extension of ours, and fewer facts."""
    text = (FOREIGN / "Abgabe.Abgabe.0401.xml").read_text("utf-8")
    for old, new in (change or {}).items():
        assert old in text
        text = text.replace(old, new)
    name = "8bcadd35-d27b-41ef-ab6c-005056871b7c_antrag.pdf"
    return pack([("x_Abgabe.Abgabe.0401.xml", text.encode()), (name, b"%PDF-1.7 invented")])


def test_a_package_of_another_product_is_read() -> None:
    """What it does not say is not believed: its documents are restricted."""
    found = read_package(_foreign())
    assert (found.message, found.sender) == ("Abgabe.Abgabe.0401", "Ausländerbehörde Musterstadt")
    [document] = found.filing.documents
    assert (document.name, document.access) == ("antrag.pdf", RESTRICTED)
    assert document.content == b"%PDF-1.7 invented"
    assert found.filing.akte.title == "Ausländerakte Beispiel, Amina"


def test_what_would_get_lost_is_refused() -> None:
    """A second Vorgang: rather a person looks than it is dropped."""
    number = "07333b5f-d1a2-41ef-88aa-005056871b7d"
    named = f"<xdomea:Identifikation><xdomea:ID>{number}</xdomea:ID></xdomea:Identifikation>"
    beside = f"</xdomea:Vorgang><xdomea:Vorgang>{named}</xdomea:Vorgang>"
    with pytest.raises(NotAFiling, match="other-structure"):
        read_package(_foreign({"</xdomea:Vorgang>": beside}))
