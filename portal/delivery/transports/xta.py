"""The seam to OSCI and XTA: `xta` hands a message and its addressing to the authority's client.

Vordruck speaks neither protocol itself: the authority's OSCI infrastructure (its DVDV account, its
certificates, its XTA server) sends. A folder holds two files for each message: the message, and
beside it `<name>.adresse.json` with reader, author, message type and hash, taken from the message's
own header. The addressing comes first: whoever sees a message finds its address.

What keeps doubles out: as for every folder, the files' names follow from the key and are given by
hard link; and the addressing names the message's UUID, which stays the same in every attempt.
"""

import hashlib
from pathlib import Path

from outputs.xoev.addressing import NoAddressError, addressing_of, as_json
from portal.delivery.transports.folder import Folder, open_folder
from portal.delivery.transports.transport import Acknowledgement, RefusedError, UnreachableError
from portal.settings import Target

ENDING = ".adresse.json"


class Xta:
    """Two files into a folder."""

    def __init__(self, folder: Folder) -> None:
        self.folder = folder

    def send(self, key: str, name: str, media_type: str, content: bytes) -> Acknowledgement:
        """The acknowledgement is that of the message; a message without address is refused."""
        try:
            address = as_json(addressing_of(content), hashlib.sha256(content).hexdigest())
        except NoAddressError as fault:
            raise RefusedError(str(fault)) from fault
        told = self.folder.send(key, f"{name}{ENDING}", "application/json", address)
        if told.sha256 != hashlib.sha256(address).hexdigest():
            raise UnreachableError("address-differs")
        return self.folder.send(key, name, media_type, content)


def open_xta(name: str, target: Target, data: Path) -> Xta:
    """As all transports are opened."""
    return Xta(open_folder(name, target, data))
