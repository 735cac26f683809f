"""The earliest day as a calendar file: made from the posted answers, of which it holds none."""

from datetime import date

from fastapi import Request
from starlette.responses import Response

from engine.model import Procedure
from portal.web.pages import portal_of, words_of
from renderers.calendar import MEDIA_TYPE, DayEvent, calendar_file
from renderers.html.shown import show_date


def calendar_of(request: Request, procedure: Procedure, day: date) -> Response:
    """A file to be saved or opened."""
    portal, words = portal_of(request), words_of(request, procedure)
    base = portal.settings.public_url.rstrip("/")
    event = DayEvent(
        name=f"{procedure.id}/{procedure.authority.ags}",
        day=day,
        made_at=portal.clock.now(),
        title=words.t("calendar.title", service=words.text(procedure.title)),
        text=words.t("calendar.text", day=show_date(portal.clock.today(), words)),
        address=f"{base}/p/{procedure.id}" if base else "",
    )
    headers = {"Content-Disposition": f'attachment; filename="{procedure.id}.ics"'}
    return Response(calendar_file(event), media_type=MEDIA_TYPE, headers=headers)
