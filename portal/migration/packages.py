"""Cases out of a folder of xdomea packages, those that were picked up already included."""

from collections.abc import Iterator
from pathlib import Path

from outputs.dms.read import NotAFiling, read_filing
from portal.delivery.transports.folder import PICKED_UP
from portal.migration.holding import CaseRef, HeldCase, UnreadableCaseError


class PackageHolding:
    """Reads packages that lie in a folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def cases(self) -> Iterator[CaseRef]:
        """A package each; what is none of ours is somebody else's."""
        for place in (self.folder, self.folder / PICKED_UP):
            for path in sorted(place.glob("*.zip")):
                try:
                    filing = read_filing(path.read_bytes())
                except NotAFiling:
                    continue
                yield CaseRef(filing.vorgang.id, filing.unit.number, str(path))

    def case(self, ref: CaseRef) -> HeldCase:
        """Everything of it is checked against the checksums inside."""
        try:
            return HeldCase(read_filing(Path(ref.place).read_bytes()))
        except (NotAFiling, OSError) as fault:
            raise UnreadableCaseError("package-unreadable") from fault
