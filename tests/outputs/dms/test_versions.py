"""Every message in every version: valid for its schema, and the same when it is read again."""

import io
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from itertools import islice, product

import pytest
from lxml import etree

from engine.model_dms import FILINGS, VERSIONS
from outputs.dms.build import build_filing
from outputs.dms.filing import Filing
from outputs.dms.messages import (
    ARCHIVE,
    COPY,
    CREATE,
    FILE,
    GIVE,
    MESSAGES,
    OFFER,
    Envelope,
    write_package,
)
from outputs.dms.read import read_filing
from outputs.dms.versions import NAMESPACES
from outputs.dms.write import write
from tests.outputs.dms.test_write import STAND_INS
from tests.outputs.golden import assert_golden
from tests.outputs.plans import COMPLETE, RECEIVED, complete, plan_of
from tests.outputs.standards_folder import ROOT, needs_standards, schemas
from tests.outputs.variations import Variations

ENVELOPE = Envelope(
    "0b7c0f3e-2b1d-4c52-9a63-6f5a1de0c111",
    RECEIVED,
    "Stadt Musterstadt (erfunden)",
    "Stadt Beispielhausen (erfunden)",
    "Frei erfunden",
)


def filing_of(name: str) -> Filing:
    """A case with as much in it as the procedure can have."""
    return build_filing(complete(name), STAND_INS)


def _files(package: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(package)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


@needs_standards
@pytest.mark.parametrize(("version", "message"), list(product(VERSIONS, MESSAGES)))
def test_every_message_is_valid_in_every_version(version: str, message: str) -> None:
    """0401, 0101, 0501, 0503, 0604 and 0605 of all procedures, in 3.1.0, 3.0.0 and 2.4.0."""
    for name in COMPLETE:
        made = write_package(message, ENVELOPE, filing_of(name), version, schemas())
        assert made.problems == (), (name, made.problems)


@needs_standards
@pytest.mark.parametrize("version", VERSIONS)
def test_different_applications_are_valid_in_every_version(version: str) -> None:
    """Names from all over the world, too."""
    for name in COMPLETE:
        for application in islice(Variations(name, seed=3).applications(8), 8):
            filing = build_filing(application, STAND_INS)
            for message in (GIVE, COPY, ARCHIVE, CREATE):
                made = write_package(message, ENVELOPE, filing, version, schemas())
                assert made.problems == (), (name, message)


@pytest.mark.parametrize("version", ["3.1.0", "3.0.0"])
@pytest.mark.parametrize("message", [GIVE, COPY, ARCHIVE, CREATE, FILE])
def test_a_case_survives_the_journey(version: str, message: str) -> None:
    """What the other authority reads is what was filed here, but for our reference number."""
    filing = filing_of("einbuergerung")
    read = read_filing(write_package(message, ENVELOPE, filing, version, None).content)
    assert read == (filing if message in (CREATE, FILE) else replace(filing, key=""))


def test_the_oldest_version_keeps_all_but_characters_it_does_not_know() -> None:
    """2.4.0 writes dashes and quotation marks as typewriters did."""
    filing = filing_of("musterprozess")
    akte = replace(filing.akte, title="Nguyễn – „Ǧāmiʿ“ 中")
    read = read_filing(
        write_package(FILE, ENVELOPE, replace(filing, akte=akte), "2.4.0", None).content
    )
    assert read.akte.title == 'Nguyễn - "Ǧāmi?" ?'
    assert [one.sha256 for one in read.documents] == [one.sha256 for one in filing.documents]
    assert (read.unit, read.permissions) == (filing.unit, filing.permissions)
    assert read.authority == filing.authority


def test_an_offer_has_no_documents() -> None:
    """The archive chooses by what the Akte says of itself; nothing else leaves."""
    made = write_package(OFFER, ENVELOPE, filing_of("einbuergerung"), "3.1.0", None)
    [(name, text)] = _files(made.content).items()
    assert name.endswith("_Aussonderung.Anbieteverzeichnis.0501.xml")
    assert b"Dokument>" not in text


@pytest.mark.parametrize(("version", "number"), list(product(VERSIONS, FILINGS)))
def test_version_and_message_are_a_switch_of_the_definition(version: str, number: str) -> None:
    """Two lines of the `dms` block; the case is the same."""
    text = (ROOT / "definitions/musterprozess.yaml").read_text("utf-8")
    other = text.replace('version: "3.1.0"', f'version: "{version}"\n    message: "{number}"', 1)
    assert other != text
    made = replace(complete("musterprozess"), plan=plan_of("musterprozess", other))
    package = write(made, STAND_INS, None)
    [message] = [text for name, text in _files(package.content).items() if name.endswith(".xml")
                 and number in name]  # fmt: skip
    assert etree.QName(etree.fromstring(message)).namespace == NAMESPACES[version]
    filing = read_filing(package.content)
    assert filing.vorgang.title == build_filing(made, STAND_INS).vorgang.title


def _goldens() -> Iterator[tuple[str, str]]:
    yield from ((message, "3.1.0") for message in (GIVE, COPY, OFFER, ARCHIVE, CREATE))
    yield GIVE, "2.4.0"


@pytest.mark.parametrize(("message", "version"), list(_goldens()))
def test_packages_that_people_can_open(message: str, version: str) -> None:
    """The messages of the smallest procedure, to be read."""
    package = write_package(message, ENVELOPE, filing_of("musterprozess"), version, None)
    text = next(text for name, text in _files(package.content).items() if message in name)
    assert_golden(f"dms/messages/{version}/{message}.xml", text.decode())
