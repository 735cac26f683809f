"""The table of transports: how payloads can travel."""

from collections.abc import Callable, Mapping
from pathlib import Path

from portal.delivery.transports.broken import open_broken
from portal.delivery.transports.dms.cmis import open_cmis
from portal.delivery.transports.dms.dvelop import open_dvelop
from portal.delivery.transports.dms.folders import open_filed
from portal.delivery.transports.dms.packages import open_packages
from portal.delivery.transports.dms.webdav import open_webdav
from portal.delivery.transports.fit_connect import open_fit_connect
from portal.delivery.transports.folder import open_folder
from portal.delivery.transports.sftp import open_sftp
from portal.delivery.transports.transport import Transport, UnknownTransportError
from portal.delivery.transports.xta import open_xta
from portal.settings import Settings, Target

__all__ = ["TRANSPORTS", "UnknownTransportError", "transports_of"]

# A line per transport; the setting VORDRUCK_TARGETS names one for each target.
TRANSPORTS: Mapping[str, Callable[[str, Target, Path], Transport]] = {
    "folder": open_folder,
    "sftp": open_sftp,
    "xta": open_xta,
    "fit-connect": open_fit_connect,
    "xdomea": open_packages,
    "filed": open_filed,
    "webdav": open_webdav,
    "cmis": open_cmis,
    "dvelop": open_dvelop,
    "broken": open_broken,
}


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
