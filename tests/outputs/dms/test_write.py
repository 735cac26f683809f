import hashlib
import io
import re
import zipfile
from dataclasses import replace

import pytest
from lxml import etree

from outputs.application import OutputFile, Upload
from outputs.building import build_all
from outputs.dms.write import write
from tests.outputs.golden import assert_golden
from tests.outputs.plans import COMPLETE, PDF, complete, plan_of
from tests.outputs.standards_folder import ROOT, needs_standards, schemas

NS = {"x": "urn:xoev-de:xdomea:schema:3.1.0"}
STAND_INS = (
    OutputFile("MU-2026-000123_antrag.json", "application/json", b"{}", "json"),
    OutputFile("MU-2026-000123_antrag.pdf", "application/pdf", PDF, "pdf"),
    OutputFile("MU-2026-000123_nachricht.xml", "application/xml", b"<a/>", "xoev"),
)


def _unpacked(package: OutputFile) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(package.content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def _message(package: OutputFile) -> etree._Element:
    [text] = [
        body
        for name, body in _unpacked(package).items()
        if name.endswith("_FVDaten.SGOAblegen.0605.xml")
    ]
    return etree.fromstring(text)


def _texts(root: etree._Element, path: str) -> list[str]:
    found = root.xpath(path, namespaces=NS)
    assert isinstance(found, list)
    return [str(one.text) for one in found if isinstance(one, etree._Element)]


@pytest.mark.parametrize("name", sorted(COMPLETE))
def test_a_complete_application_gives_the_expected_filing(name: str) -> None:
    """Akte, Vorgang and Dokumente, readable."""
    package = write(complete(name), STAND_INS, None)
    [text] = [body for file, body in _unpacked(package).items() if file.endswith("0605.xml")]
    assert_golden(f"dms/cases/{name}/expected.xml", text.decode())


@needs_standards
def test_hostile_file_names_still_give_a_valid_message() -> None:
    """A name from an applicant's phone cannot break the filing."""
    application = complete("musterprozess")
    document = application.procedure.documents[0].id
    names = ("../../x.pdf", "شهادة.pdf", "a\u202egpj.exe", "x" * 300, "")
    uploads = tuple(Upload(document, None, name, "application/pdf", PDF) for name in names)
    attacked = type(application)(
        application.plan, application.evaluation, application.submission_id,
        application.submitted_at, application.today, "de", uploads,
    )  # fmt: skip
    package = write(attacked, STAND_INS, schemas())
    assert package.problems == ()
    assert all(re.fullmatch(r"[0-9a-f-]{36}_[\w.-]+", name) for name in _unpacked(package))


def test_every_primary_document_is_in_the_package_with_its_checksum() -> None:
    """Names in message and package agree, and so do the bytes."""
    package = write(complete("einbuergerung"), STAND_INS, None)
    root, files = _message(package), _unpacked(package)
    named = _texts(root, "//x:Primaerdokument/x:Dateiname")
    digests = _texts(root, "//x:Dokument//x:Feld[x:Name='SHA-256']/x:Wert")
    assert sorted(named) == sorted(set(files) - {next(iter(files))})
    assert [hashlib.sha256(files[name]).hexdigest() for name in named] == digests


def test_identifiers_are_unique() -> None:
    """Akte, Vorgang, every Dokument and every file have one of their own."""
    root = _message(write(complete("einbuergerung"), STAND_INS, None))
    ids = _texts(root, "//x:Identifikation/x:ID")
    assert len(ids) == len(set(ids)) == 2 + len(_texts(root, "//x:Dateiname"))


def test_the_application_comes_first_as_pdf_a() -> None:
    """The clerk opens the first document: the application, archival format 044."""
    root = _message(write(complete("musterprozess"), STAND_INS, None))
    assert _texts(root, "//x:Dokument[1]/x:Typ") == ["01 Antrag"]
    assert _texts(root, "//x:Dokument[1]//x:Format/x:Name/code") == ["044"]
    assert _texts(root, "//x:Format[x:SonstigerName]/x:SonstigerName") == ["JSON"]


def test_the_filing_names_the_plan_and_the_titles_of_the_definition() -> None:
    """Aktenplan, Akte and Vorgang as the author wrote them, templates filled."""
    application = complete("einbuergerung")
    output = application.procedure.outputs.dms
    assert output is not None
    root = _message(write(application, STAND_INS, None))
    assert _texts(root, "//x:Aktenplaneinheit/x:Kennzeichen") == [output.aktenplan]
    [akte] = _texts(root, "//x:Akte/x:AllgemeineMetadaten/x:Betreff")
    assert akte == application.plan.text(output.akte.title, application.environment)
    assert "{" not in akte


def test_confidential_documents_ask_for_protection() -> None:
    """The receiver sees which ones; a state secret they are not."""
    application = complete("einbuergerung")
    protected = {one.id for one in application.procedure.documents if one.confidential}
    upload = Upload(sorted(protected)[0], None, "attest.pdf", "application/pdf", PDF)
    one = type(application)(
        application.plan, application.evaluation, application.submission_id,
        application.submitted_at, application.today, "de", (upload,),
    )  # fmt: skip
    root = _message(write(one, (), None))
    [remark] = _texts(root, "//x:Dokument/x:AllgemeineMetadaten/x:Bemerkung")
    assert remark.startswith("Zugriff beschränken")
    assert _texts(root, "//x:Vertraulichkeitsstufe") == []


def test_the_package_holds_what_was_built_before_it() -> None:
    """PDF, message and data, byte for byte."""
    files = build_all(complete("einbuergerung"), None)
    held = {hashlib.sha256(body).hexdigest() for body in _unpacked(files[-1]).values()}
    assert {file.sha256 for file in files[:-1]} <= held


def test_the_aussonderungsart_is_a_code_of_the_standard() -> None:
    """A, B or V; the years are counted from the Verfügung zu den Akten."""
    root = _message(write(complete("einbuergerung"), STAND_INS, None))
    assert _texts(root, "//x:Akte/x:ArchivspezifischeMetadaten//x:AnzahlJahre") == ["10"]
    assert _texts(root, "//x:Vorgang/x:ArchivspezifischeMetadaten//x:Aussonderungsart/code") == [
        "B"
    ]
    discarded = _message(write(complete("musterprozess"), STAND_INS, None))
    assert _texts(discarded, "//x:Akte/x:ArchivspezifischeMetadaten//code") == ["V"]


def test_a_period_that_the_standard_cannot_count_travels_beside_it() -> None:
    """From the end of a liability, say: no number of years from the Verfügung zu den Akten."""
    root = _message(write(complete("verpflichtungserklaerung"), STAND_INS, None))
    assert _texts(root, "//x:AnzahlJahre") == []
    assert _texts(root, "//x:Akte/x:ArchivspezifischeMetadaten//code") == ["B"]
    begins = _texts(root, "//x:Feldgruppe[x:Name='Aufbewahrung 1']/x:Feld[x:Name='Beginn']/x:Wert")
    assert begins == ["Ende der Haftung (Einreise und 5 Jahre)"]


@needs_standards
@pytest.mark.parametrize("period", ["unlimited", "P10Y", "P30M", "P14D"])
@pytest.mark.parametrize("secret", ["offen", "nfd", "vertraulich", "geheim", "streng_geheim"])
def test_whatever_the_block_says_the_message_is_valid(period: str, secret: str) -> None:
    """Every period, every Aussonderungsart, every Vertraulichkeitsstufe."""
    disposal = {"P30M": "archivieren", "P14D": "bewerten"}.get(period, "vernichten")
    text = (ROOT / "definitions/musterprozess.yaml").read_text("utf-8")
    other = text.replace("period: P5Y", f"period: {period}").replace(
        "aussonderung: vernichten", f"aussonderung: {disposal}\n        note: x"
    ).replace("    aktenplan: ", f"    confidentiality: {secret}\n    aktenplan: ")  # fmt: skip
    made = replace(complete("musterprozess"), plan=plan_of("musterprozess", other))
    package = write(made, STAND_INS, schemas())
    assert package.problems == ()
    root = _message(package)
    assert bool(_texts(root, "//x:Unbefristet")) == (period == "unlimited")
    assert bool(_texts(root, "//x:AnzahlJahre")) == (period == "P10Y")
    assert len(_texts(root, "//x:Vertraulichkeitsstufe/code")) == 2 + len(
        _texts(root, "//x:Dokument")
    )


def test_the_rights_travel_with_the_akte() -> None:
    """A DMS that knows roles can set them; the words of the Berechtigungskonzept are there."""
    root = _message(write(complete("beschaeftigungserlaubnis"), STAND_INS, None))
    held = _texts(
        root,
        "//x:Feldgruppe[starts-with(x:Name, 'Berechtigung')]/x:Feld[x:Name='Rolle Kasse']/x:Wert",
    )
    assert held == ["nur Zahlungsdaten"]
    assert set(_texts(root, "//x:Dokument//x:Feld[x:Name='Zugriffsklasse']/x:Wert")) == {
        "offen", "geschützt",
    }  # fmt: skip
