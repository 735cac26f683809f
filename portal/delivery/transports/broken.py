"""A target that never answers: for demonstrations and for trying out alarms. Sends nothing."""

from pathlib import Path

from portal.delivery.transports.transport import Acknowledgement, UnreachableError
from portal.settings import Target


class Broken:
    """Fails every time; nothing can arrive twice, because nothing arrives."""

    def send(self, key: str, name: str, media_type: str, content: bytes) -> Acknowledgement:
        """Fail."""
        raise UnreachableError("out-of-order")


def open_broken(name: str, target: Target, data: Path) -> Broken:
    """As all transports are opened."""
    return Broken()
