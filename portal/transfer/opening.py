"""From the operator's settings to a desk."""

from collections.abc import Callable

from engine import Plan
from outputs.schemas import Schemas
from portal.delivery.transports import transports_of
from portal.settings import Settings
from portal.storage.store import Store
from portal.transfer import giving
from portal.transfer.desk import Desk, TransferError
from portal.web.logs import log


def desk_of(
    settings: Settings,
    store: Store,
    pinned: Callable[[str], Plan | None],
    schemas: Schemas | None,
) -> Desk:
    """A desk with all offices of the settings."""
    return Desk(
        store=store,
        offices=settings.offices,
        transports=transports_of(settings),
        pinned=pinned,
        operator=settings.operator,
        schemas=schemas,
    )


def offering(desk: Desk) -> Callable[[str, str], bool]:
    """What housekeeping calls instead of deleting: a case and the name of an archive."""

    def offer(submission_id: str, archive: str) -> bool:
        try:
            giving.offer(desk, submission_id, archive, "housekeeping")
        except TransferError as fault:
            # It stays here, and somebody has to look.
            log().error("archive-not-offered", submission=submission_id, why=str(fault))
            return False
        return True

    return offer
