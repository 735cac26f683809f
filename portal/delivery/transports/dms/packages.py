"""xdomea packages in a folder that the DMS imports from: `xdomea`.

What keeps doubles out: the file's name follows from the key, as for every folder; and inside, the
ids of Akte, Vorgang and Dokumente are the same in every attempt.
"""

import hashlib
from pathlib import Path

from outputs.dms.filing import FiledDocument, Filing
from portal.delivery.transports.dms.filer import Filer
from portal.delivery.transports.dms.system import Parcel, Stored
from portal.delivery.transports.folder import open_folder
from portal.delivery.transports.transport import Transport, UnreachableError
from portal.settings import Target


class Packages:
    """Everything travels in one file, so all steps before the last only name things."""

    def __init__(self, carrier: Transport) -> None:
        self.carrier = carrier

    def akte(self, filing: Filing) -> str:
        """The receiving system finds or makes it by this id."""
        return filing.akte.id

    def vorgang(self, filing: Filing, akte: str) -> str:
        """Likewise."""
        return filing.vorgang.id

    def store(self, filing: Filing, vorgang: str, document: FiledDocument) -> Stored:
        """It is in the package, which was checked when it was read."""
        return Stored(len(document.content), document.sha256)

    def close(self, filing: Filing, vorgang: str, parcel: Parcel) -> None:
        """The package into the folder, and read back from there."""
        told = self.carrier.send(parcel.key, parcel.name, parcel.media_type, parcel.content)
        ours = len(parcel.content), hashlib.sha256(parcel.content).hexdigest()
        if (told.size, told.sha256) != ours:
            raise UnreachableError("stored-differs")


def open_packages(name: str, target: Target, data: Path) -> Filer:
    """As all transports are opened."""
    return Filer(Packages(open_folder(name, target, data)))
