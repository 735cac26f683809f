"""Picks up messages in the background until it is stopped."""

import threading
from collections.abc import Sequence
from datetime import timedelta
from typing import Protocol

from portal.inbox.folder import IncomingFolder
from portal.inbox.picking import Picked
from portal.settings import Settings, Target
from portal.web.logs import log, where

EVERY = timedelta(seconds=2)
DMS = "dms"  # answers only where its `incoming` is set
RETURNS = ("fachverfahren",)  # targets whose messages come back, unless the operator names more


def folders_of(settings: Settings) -> tuple[IncomingFolder, ...]:
    """Where messages come in: as set, or below the data folder."""
    return tuple(
        _folder(settings, name, target)
        for name, target in settings.all_targets.items()
        if (target.incoming or name in RETURNS) and name not in _xdomea_targets(settings)
    )


def office_folders_of(settings: Settings) -> tuple[IncomingFolder, ...]:
    """Where other offices' messages come in, and what the DMS says of what was filed."""
    known = settings.all_targets
    return tuple(_folder(settings, name, known[name]) for name in _xdomea_targets(settings))


def _xdomea_targets(settings: Settings) -> list[str]:
    answering = {DMS} if settings.all_targets[DMS].incoming else set[str]()
    return sorted(settings.office_targets | answering)


def _folder(settings: Settings, name: str, target: Target) -> IncomingFolder:
    return IncomingFolder(name, target.incoming or settings.data / "incoming" / name)


class PicksUp(Protocol):
    """Takes what has come into a folder."""

    def pick_all(self, folder: IncomingFolder) -> Sequence[Picked]:
        """Everything that has come so far."""


class InboxLoop:
    """Looks into every folder, again and again."""

    def __init__(
        self, picker: PicksUp, folders: Sequence[IncomingFolder], every: timedelta = EVERY
    ) -> None:
        self._picker = picker
        self._folders = folders
        self._every = every
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._run, name="inbox", daemon=True)

    def start(self) -> None:
        """Begin."""
        self._thread.start()

    def stop(self, seconds: float = 5.0) -> None:
        """End after what is under way."""
        self._stopping.set()
        self._thread.join(seconds)

    def _run(self) -> None:
        while not self._stopping.wait(self._every.total_seconds()):
            for folder in self._folders:
                try:
                    self._picker.pick_all(folder)
                    folder.forget_old()
                except Exception as fault:  # disk or database is not there: wait and see
                    log().error(
                        "inbox-fault",
                        target=folder.target,
                        kind=type(fault).__name__,
                        where=where(fault),
                    )
