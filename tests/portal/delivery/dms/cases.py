"""Packages to file, of invented people, and what they have to look like wherever they are filed."""

from dataclasses import dataclass, replace
from functools import cache

from outputs.dms.filing import Filing
from outputs.dms.read import read_filing
from outputs.dms.write import write
from portal.delivery.transports.dms.names import segment
from tests.outputs.dms.test_write import STAND_INS
from tests.outputs.plans import complete


@dataclass(frozen=True, order=True, slots=True)
class Row:
    """A document in its place; the same for every system."""

    unit: str
    akte: str  # the first signs of its id
    akte_title: str
    vorgang: str
    type: str
    title: str
    sha256: str


@cache
def package(reference: str = "MU-2026-000123", vornamen: str = "Erika") -> bytes:
    """A small case: the application in three forms, and two proofs."""
    made = complete("musterprozess", more={"vornamen": vornamen})
    return write(replace(made, submission_id=reference), STAND_INS, None).content


@cache
def small_package() -> bytes:
    """Two documents: what lies between two documents can break, too."""
    bare = replace(complete("musterprozess"), uploads=())
    return write(bare, STAND_INS[:2], None).content


@cache
def large_package() -> bytes:
    """Every document of a naturalisation."""
    return write(complete("einbuergerung"), STAND_INS, None).content


def rows_of(filing: Filing) -> list[Row]:
    """What has to be there, sorted."""
    return sorted(
        Row(
            unit=segment(f"{filing.unit.number} {filing.unit.title}"),
            akte=filing.akte.id[:8],
            akte_title=segment(filing.akte.title),
            vorgang=segment(filing.vorgang.title),
            type=segment(one.type),
            title=segment(one.title),
            sha256=one.sha256,
        )
        for one in filing.documents
    )


def expected(*packages: bytes) -> list[Row]:
    """The rows of several cases."""
    return sorted(row for one in packages for row in rows_of(read_filing(one)))
