"""What only CMIS has: types and properties of the authority's own, and servers that rename."""

from pathlib import Path

import httpx2
import pytest

from outputs.dms.read import read_filing
from portal.delivery.transports.dms.cmis import open_cmis
from portal.delivery.transports.transport import RefusedError, UnreachableError
from portal.settings import Target
from tests.portal.delivery.dms.cases import package, rows_of
from tests.portal.delivery.dms.opencmis import CmisSystem, Repository, declare_type

SENT = ("3f0e8a52-0000-4000-8000-000000000001.dms", "abgabe.zip", "application/zip")


def _type(name: str, base: str, *properties: str) -> dict[str, object]:
    flags = dict.fromkeys(("creatable", "fileable", "queryable", "includedInSupertypeQuery"), True)
    flags |= dict.fromkeys(("controllablePolicy", "controllableACL", "fulltextIndexed"), False)
    changes = dict.fromkeys(("create", "update", "delete"), True)
    return {
        "id": name, "localName": name, "localNamespace": "urn:example", "queryName": name,
        "displayName": name, "description": name, "baseId": base, "parentId": base, **flags,
        "typeMutability": changes,
        "propertyDefinitions": {
            one: {
                "id": one, "localName": one, "queryName": one, "displayName": one,
                "description": one, "propertyType": "string", "cardinality": "single",
                "updatability": "readwrite", "inherited": False, "required": False,
                "queryable": True, "orderable": True, "openChoice": True,
            }
            for one in properties
        },
    }  # fmt: skip


def test_metadata_become_properties_of_the_authoritys_own_types(
    cmis_repository: Repository,
) -> None:
    """Aktenzeichen at the Akte, checksum and Zugriffsklasse at the Dokument."""
    declare_type(cmis_repository, _type("kreis:akte", "cmis:folder", "kreis:az", "kreis:frist"))
    declare_type(cmis_repository, _type("kreis:dok", "cmis:document", "kreis:sha", "kreis:klasse"))
    system = CmisSystem(cmis_repository)
    target = system.target.model_copy(update={
        "types": {"akte": "kreis:akte", "dokument": "kreis:dok"},
        "properties": {"Aktenzeichen": "kreis:az", "akte.Aufbewahrungsfrist": "kreis:frist",
                       "SHA-256": "kreis:sha", "Zugriffsklasse": "kreis:klasse"},
    })  # fmt: skip
    system.filer(target=target).send(*SENT, package())
    kinds = [held["cmis:objectTypeId"] for _, held in system.objects()]
    filing = read_filing(package())
    assert (kinds.count("kreis:akte"), kinds.count("kreis:dok")) == (1, len(filing.documents))
    [akte] = [one for _, one in system.objects() if one["cmis:objectTypeId"] == "kreis:akte"]
    assert (akte["kreis:az"], akte["kreis:frist"]) == ("32.40.01/MU-2026-000123", "P5Y")
    found = {one["kreis:sha"]: one["kreis:klasse"] for _, one in system.objects()
             if one["cmis:objectTypeId"] == "kreis:dok"}  # fmt: skip
    assert found == {one.sha256: one.access for one in filing.documents}
    assert rows_of(filing) == system.held()


def test_umlauts_arrive_as_they_are(cmis_repository: Repository) -> None:
    """Forms say their encoding; a server that guesses would make two letters of one."""
    system = CmisSystem(cmis_repository)
    system.filer().send(*SENT, package())
    assert any("/02 Identität/" in path for path, _ in system.objects())


def _answering(status: int, body: object) -> httpx2.MockTransport:
    return httpx2.MockTransport(lambda request: httpx2.Response(status, json=body))


@pytest.mark.parametrize(
    ("status", "body", "error", "code"),
    [
        (201, {"succinctProperties": {"cmis:name": "_vordruck (2)"}}, RefusedError, "name-altered"),
        (201, {}, RefusedError, "name-altered"),
        (409, {"exception": "updateConflict"}, UnreachableError, "cmis-conflict"),
        (500, {"exception": "storage"}, UnreachableError, "http-500"),
    ],
)
def test_what_a_repository_says_is_understood(
    status: int, body: object, error: type[Exception], code: str
) -> None:
    """A repository that makes up names would collect doubles, so nothing more is sent there."""
    target = Target(transport="cmis", url="https://dms.example/browser", repository="A1")
    filer = open_cmis("dms", target, Path(), _answering(status, body))
    with pytest.raises(error, match=code):
        filer.send(*SENT, package())


def test_a_property_that_the_repository_does_not_know_is_said(cmis_repository: Repository) -> None:
    """Not left out in silence: the operator's setting is wrong, and the delivery waits."""
    system = CmisSystem(cmis_repository)
    target = system.target.model_copy(update={"properties": {"Typ": "kreis:unbekannt"}})
    with pytest.raises(UnreachableError, match=r"http-400|cmis-conflict"):
        system.filer(target=target).send(*SENT, package())
