"""The steps of a filing, and what is believed."""

import itertools
from dataclasses import dataclass, field

import pytest

from outputs.dms.filing import FiledDocument, Filing
from portal.delivery.transports.dms.filer import PATIENCE, Filer
from portal.delivery.transports.dms.system import Parcel, Stored
from portal.delivery.transports.transport import RefusedError, UnreachableError
from portal.delivery.worker import LEASE
from tests.portal.delivery.dms.cases import package

SENT = ("case.dms", "abgabe.zip", "application/zip")


@dataclass
class Journal:
    """A DMS that writes down what it is asked for; what it claims to have can be wrong."""

    claims: Stored | None = None
    steps: list[str] = field(default_factory=list)

    def akte(self, filing: Filing) -> str:
        """Noted."""
        self.steps.append("akte")
        return "a"

    def vorgang(self, filing: Filing, akte: str) -> str:
        """Noted."""
        self.steps.append(f"vorgang in {akte}")
        return "v"

    def store(self, filing: Filing, vorgang: str, document: FiledDocument) -> Stored:
        """Noted."""
        self.steps.append(f"{document.type} in {vorgang}")
        return self.claims or Stored(len(document.content), document.sha256)

    def close(self, filing: Filing, vorgang: str, parcel: Parcel) -> None:
        """Noted."""
        self.steps.append(f"close {parcel.key}")


def test_the_steps_come_in_their_order() -> None:
    """Akte, Vorgang, every document in the order of the Ablagestruktur, the end."""
    dms = Journal()
    told = Filer(dms).send(*SENT, package())
    drawers = ["01 Antrag"] * 3 + ["02 Identität", "03 Fahrzeug"]
    assert dms.steps == ["akte", "vorgang in a", *(f"{one} in v" for one in drawers),
                         "close case.dms"]  # fmt: skip
    assert told.detail.startswith("vorgang ")
    assert "Erika" not in told.detail


@pytest.mark.parametrize("claims", [Stored(1, "0" * 64), Stored(0, "")])
def test_r16_what_cannot_be_read_back_has_not_arrived(claims: Stored) -> None:
    """Another size or another hash: the Vorgang is not closed, and the delivery is tried again."""
    dms = Journal(claims)
    with pytest.raises(UnreachableError, match="stored-differs"):
        Filer(dms).send(*SENT, package())
    assert len(dms.steps) == 3


@pytest.mark.parametrize("content", [b"", b"<a/>", package()[:-200]])
def test_what_is_no_filing_is_refused_for_good(content: bytes) -> None:
    """A message for the Fachverfahren at the wrong target: trying again changes nothing."""
    dms = Journal()
    with pytest.raises(RefusedError):
        Filer(dms).send(*SENT, content)
    assert dms.steps == []


def test_an_attempt_ends_before_its_lease() -> None:
    """A slow DMS: the next attempt goes on where this one stopped."""
    assert LEASE.total_seconds() > PATIENCE
    hours = itertools.count(0, 100)
    with pytest.raises(UnreachableError, match="too-slow"):
        Filer(Journal(), lambda: float(next(hours))).send(*SENT, package())
