"""The table of transports: how payloads can travel."""

from collections.abc import Callable, Mapping
from pathlib import Path

from portal.delivery.transports.broken import open_broken
from portal.delivery.transports.folder import open_folder
from portal.delivery.transports.transport import Transport
from portal.settings import Settings, Target

# A line per transport; the setting VORDRUCK_TARGETS names one for each target.
TRANSPORTS: Mapping[str, Callable[[str, Target, Path], Transport]] = {
    "folder": open_folder,
    "broken": open_broken,
}


class UnknownTransportError(Exception):
    """The settings name a transport that is not in the table."""


def transports_of(settings: Settings) -> dict[str, Transport]:
    """The transport of each target, ready to send."""
    return {
        name: _opener(target.transport)(name, target, settings.data)
        for name, target in settings.all_targets.items()
    }


def _opener(name: str) -> Callable[[str, Target, Path], Transport]:
    if name not in TRANSPORTS:
        raise UnknownTransportError(
            f"VORDRUCK_TARGETS nennt den Transport »{name}«. Es gibt: {', '.join(TRANSPORTS)}."
        )
    return TRANSPORTS[name]
