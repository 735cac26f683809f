"""Clients that others wrote find what we filed: cmislib and Debian's cmis-client, both
also over the Atom binding, which the adapter does not even speak.
"""

import hashlib
import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from cmislib import CmisClient
from cmislib.browser.binding import BrowserBinding

from outputs.dms.read import read_filing
from portal.delivery.transports.dms.names import document_name
from portal.delivery.transports.dms.tree import PAGE, REGISTER
from tests.portal.delivery.dms.cases import Row, expected, package
from tests.portal.delivery.dms.opencmis import CmisSystem, Repository
from tests.portal.delivery.dms.systems import row

NAME_AND_PASSWORD = ("reader", "not-a-secret")


@pytest.fixture
def filed(cmis_repository: Repository) -> CmisSystem:
    """A repository with one case in it."""
    system = CmisSystem(cmis_repository)
    system.filer().send("case.dms", "abgabe.zip", "application/zip", package())
    return system


def row_at(path: str, content: bytes) -> Row | None:
    """The row of a document below the place of the test; None for pages and the register."""
    parts = path.split("/")[2:]
    if REGISTER in parts or parts[-1] == PAGE:
        return None
    unit, akte, vorgang, kind, name = parts
    return row(unit, akte, vorgang, kind, name, hashlib.sha256(content).hexdigest())


def walked(folder: Any, path: str) -> Iterator[tuple[str, Any]]:
    """Every document below a folder of cmislib's, with its path."""
    for one in folder.getChildren():
        below = f"{path}/{one.name}"
        if one.properties["cmis:baseTypeId"] == "cmis:folder":
            yield from walked(one, below)
        else:
            yield below, one


def test_cmislib_finds_the_same_tree(filed: CmisSystem) -> None:
    """Over the Atom binding: every document in its place, with its bytes."""
    atom = filed.repository.url.replace("/browser", "/atom")
    repository = CmisClient(atom, *NAME_AND_PASSWORD).defaultRepository
    top = repository.getObjectByPath(f"/{filed.name}")

    rows = (
        row_at(path, one.getContentStream().read()) for path, one in walked(top, f"/{filed.name}")
    )

    assert sorted(one for one in rows if one) == expected(package())


def test_cmislib_sees_every_document_over_the_browser_binding(filed: CmisSystem) -> None:
    """Names and sizes; there it takes JSON files for answers of the server."""
    client = CmisClient(filed.repository.url, *NAME_AND_PASSWORD, binding=BrowserBinding())
    top = client.defaultRepository.getObjectByPath(f"/{filed.name}")

    found = sorted(
        (path.rpartition("/")[2], one.properties["cmis:contentStreamLength"])
        for path, one in walked(top, f"/{filed.name}")
        if row_at(path, b"")
    )

    documents = read_filing(package()).documents
    assert found == sorted((document_name(one), len(one.content)) for one in documents)


def test_debians_cmis_client_finds_the_same_tree(filed: CmisSystem, tmp_path: Path) -> None:
    """What it prints is read; it saves each document under its name."""
    if shutil.which("cmis-client") is None:
        pytest.skip("cmis-client is missing: apt install cmis-client")
    atom = filed.repository.url.replace("/browser", "/atom")

    def ask(*words: str) -> str:
        call = ["cmis-client", "--url", atom, "-r", filed.repository.name, *words]
        call += ["-u", NAME_AND_PASSWORD[0], "-p", NAME_AND_PASSWORD[1]]
        done = subprocess.run(
            call, cwd=tmp_path, capture_output=True, text=True, timeout=30, check=True
        )
        return done.stdout

    def rows(path: str) -> Iterator[Row | None]:
        told = ask("show-by-path", path)
        _, is_folder, children = told.partition("Children [Name (Id)]:\n")
        if is_folder:
            for name in re.findall(r"^    (.+) \(\d+\)$", children, re.MULTILINE):
                yield from rows(f"{path}/{name}")
            return
        ask("get-content", re.findall(r"^Id: (\d+)$", told, re.MULTILINE)[0])
        (saved,) = tmp_path.iterdir()  # under the name that the repository gave the stream
        yield row_at(path, saved.read_bytes())
        saved.unlink()

    found = sorted(one for one in rows(f"/{filed.name}") if one)

    assert found == expected(package())
