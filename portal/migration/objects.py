"""Cases out of d.velop documents: what the operator gave a property comes back, and the files.

Rights and periods stand in the categories there, not at the objects: they are not carried.
"""

from collections.abc import Iterator

from outputs.dms import words
from outputs.dms.filing import FiledDocument
from portal.delivery.transports.dms.dvelop import Dvelop
from portal.migration.holding import CaseRef, HeldCase, UnreadableCaseError
from portal.migration.told import KEY, Told, day, document_of, filing_of


class ObjectHolding:
    """Reads objects that the d.velop adapter stored."""

    def __init__(self, dvelop: Dvelop) -> None:
        self.dvelop = dvelop
        self._facts: dict[str, tuple[Told, Told]] = {}  # place -> of the Akte, of the Vorgang

    def cases(self) -> Iterator[CaseRef]:
        """Every Vorgang below every Akte."""
        for akte, about in self.dvelop.held("akte"):
            unit = about.get("Aktenplan", "").partition(" ")[0]
            for vorgang, told in self.dvelop.held("vorgang", akte):
                if KEY in told:
                    self._facts[vorgang] = about, told
                    yield CaseRef(told[KEY], unit, vorgang)

    def case(self, ref: CaseRef) -> HeldCase:
        """Its documents with their bytes, against the checksum if that is a property."""
        if ref.place not in self._facts:
            raise UnreadableCaseError("case-gone")
        about, case = self._facts[ref.place]
        received = day(case["Posteingang"]) if "Posteingang" in case else day("1970-01-01")
        documents: list[FiledDocument] = []
        missing: list[str] = []
        for one, told in self.dvelop.held("dokument", ref.place):
            content = self.dvelop.content(one)
            document = document_of(told, content, drawer="", received=received)
            if told.get(words.CHECKSUM, document.sha256) == document.sha256:
                documents.append(document)
            else:
                missing.append(document.id)
        told_case = {"Posteingang": received.isoformat(), **case}
        return HeldCase(filing_of(about, told_case, documents), tuple(missing))
