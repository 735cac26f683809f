"""How long a draft is kept, and what is said of it."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from starlette.requests import Request

from engine.model import Procedure
from portal.clock import BERLIN
from portal.fill.case import Case
from portal.settings import Settings
from portal.storage.notices import NOTICE
from portal.web.pages import portal_of, words_of
from renderers.html.shown import show_date
from renderers.html.words import Said, Words


@dataclass(frozen=True, slots=True)
class Keeping:
    """Until when, and why so long if it is longer than usual."""

    ends_at: datetime
    until: str
    because: Said | None
    is_soon: bool


def period_of(settings: Settings, procedure: Procedure) -> timedelta:
    """What the definition declares, or less if the operator wants less (§ 8a Abs. 3 OZG)."""
    return min(procedure.retention["drafts"], timedelta(days=settings.draft_days))


def keeping_of(request: Request, case: Case) -> Keeping:
    """Of a case, by the definition of today: it is the one that housekeeping deletes by."""
    portal = portal_of(request)
    plan = portal.library.current(case.draft.procedure_id) or case.plan
    words, now = words_of(request, plan.procedure), portal.store.now()
    return keeping(portal.settings, plan.procedure, case.draft.updated_at, now, words)


def keeping(
    settings: Settings, procedure: Procedure, updated_at: datetime, now: datetime, words: Words
) -> Keeping:
    """How long a draft that was last changed then is kept."""
    ends_at = updated_at + period_of(settings, procedure)
    return Keeping(
        ends_at,
        show_date(ends_at.astimezone(BERLIN).date(), words),
        words.text(procedure.drafts_because) if procedure.drafts_because else None,
        ends_at - now <= NOTICE,
    )
