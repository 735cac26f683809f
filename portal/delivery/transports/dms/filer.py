"""Files a case step by step: the transport that all adapters of document management systems share.

What keeps doubles out is the adapter's; here every step is repeated until all of it is there.
"""

import hashlib
import time
from collections.abc import Callable

from outputs.dms.filing import Filing
from outputs.dms.read import NotAFiling, read_filing
from portal.delivery.transports.dms.system import Dms, Parcel
from portal.delivery.transports.transport import Acknowledgement, RefusedError, UnreachableError

# Seconds for one attempt; with the last step it ends before its lease. The next one goes on.
PATIENCE = 150.0


class Filer:
    """Reads the package, hands its parts to a DMS, and believes only what can be read back."""

    def __init__(self, dms: Dms, clock: Callable[[], float] = time.monotonic) -> None:
        self.dms = dms
        self._clock = clock

    def send(self, key: str, name: str, media_type: str, content: bytes) -> Acknowledgement:
        """The package has arrived when every document of it has, with its size and hash (R16)."""
        try:
            filing = read_filing(content)
        except NotAFiling as fault:
            raise RefusedError(str(fault)) from fault
        self.file(filing, Parcel(key, name, media_type, content))
        where = f"vorgang {filing.vorgang.id}"
        return Acknowledgement(len(content), hashlib.sha256(content).hexdigest(), where)

    def file(self, filing: Filing, parcel: Parcel) -> None:
        """Every part of a case, each read back with its size and hash."""
        ends = self._clock() + PATIENCE
        akte = self.dms.akte(filing)
        vorgang = self.dms.vorgang(filing, akte)
        for document in filing.documents:
            if self._clock() > ends:
                raise UnreachableError("too-slow")
            stored = self.dms.store(filing, vorgang, document)
            if (stored.size, stored.sha256) != (len(document.content), document.sha256):
                raise UnreachableError("stored-differs")
        self.dms.close(filing, vorgang, parcel)
