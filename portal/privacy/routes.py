"""My data: shown, taken along, deleted; and what a procedure does with data."""

from datetime import timedelta
from typing import Annotated

from fastapi import APIRouter, Query, Request
from starlette.responses import Response

from portal.fill.routes import ProcedureId
from portal.fill.views import TASKS
from portal.privacy.copy import copy_of
from portal.privacy.mine import MyDraft, MySubmission, my_drafts, my_submissions
from portal.privacy.notice import notice_of
from portal.status.access import address_of
from portal.storage import doors, drafts
from portal.storage.held import held
from portal.web.pages import go_to, page, portal_of, words_of
from portal.web.posted import OwnForm
from portal.web.refusal import not_found
from portal.web.sessions import session_of
from renderers.html.markdown import to_html
from renderers.html.shown import show_date, show_moment
from renderers.html.words import Words

router = APIRouter()
MINE = "/my-data"
Done = Annotated[str, Query(max_length=10, pattern=r"^[a-z]*$")]


@router.get(MINE)
def show(request: Request, done: Done = "") -> Response:
    """Everything that is kept about whoever asks, as far as this browser can show who that is."""
    store, library = portal_of(request).store, portal_of(request).library
    session, words = session_of(request), words_of(request)
    mine = my_drafts(store, library, session.id, _stay(request))
    sent = my_submissions(store, library, session.id)
    values = {
        "drafts": [_draft(request, one, words) for one in mine],
        "submissions": [_submission(request, one, words) for one in sent],
        "copy_address": f"{MINE}/copy.zip",
        "delete_address": f"{MINE}/delete",
        "notice": words.t("mydata.deleted") if done else "",
        "notices": _notices(request),
    }
    return page(request, "my_data.html", words.t("mydata.title"), values, has_token=bool(mine))


def _draft(request: Request, one: MyDraft, words: Words) -> dict[str, object]:
    title = words_of(request, one.procedure).text(one.procedure.title)
    return {
        "id": one.id,
        "title": title,
        "address": f"/p/{one.procedure.id}/form/{one.id}/{TASKS}",
        "is_closed": one.is_closed,
        "facts": [
            (words.t("mydata.begun"), show_moment(one.begun, words)),
            (words.t("mydata.saved"), show_moment(one.saved, words)),
            (words.t("mydata.files"), str(one.files)),
            (words.t("mydata.until"), show_date(one.until.date(), words)),
        ],
    }


def _submission(request: Request, one: MySubmission, words: Words) -> dict[str, object]:
    kept = (
        words.t("mydata.waiting", days=one.days)
        if one.until is None
        else words.t("mydata.until_day", day=show_date(one.until.date(), words))
    )
    return {
        "title": words_of(request, one.procedure).text(one.procedure.title),
        "address": address_of(one.receipt.submission_id),
        "facts": [
            (words.t("receipt.reference"), one.receipt.reference),
            (words.t("receipt.time"), show_moment(one.receipt.accepted_at, words)),
            (words.t("mydata.until"), kept),
        ],
    }


def _notices(request: Request) -> list[dict[str, object]]:
    plans = portal_of(request).library.plans.values()
    return [
        {
            "title": words_of(request, plan.procedure).text(plan.procedure.title),
            "address": f"/p/{plan.procedure.id}/privacy",
        }
        for plan in plans
    ]


@router.get(f"{MINE}/copy.zip")
def copy(request: Request) -> Response:
    """One file with all of it (R50)."""
    portal, session = portal_of(request), session_of(request)
    closed = doors.closed(portal.store, session.id, _stay(request))
    mine = held(portal.store, session.id, without=closed)
    content = copy_of(mine, portal.library, portal.settings.operator, portal.clock.now())
    headers = {"Content-Disposition": 'attachment; filename="my-data.zip"'}
    return Response(content, media_type="application/zip", headers=headers)


@router.post(f"{MINE}/delete")
def delete(request: Request, posted: OwnForm) -> Response:
    """Delete a draft with all that belongs to it, after asking once (R48)."""
    portal, session, words = portal_of(request), session_of(request), words_of(request)
    found = my_drafts(portal.store, portal.library, session.id, _stay(request))
    one = next((one for one in found if one.id == posted.get("draft")), None)
    if one is None or one.is_closed:
        raise not_found()
    if posted.get("_sure") != "yes":
        values = {
            "draft": one.id,
            "title": words_of(request, one.procedure).text(one.procedure.title),
            "action": f"{MINE}/delete",
            "back": MINE,
        }
        return page(request, "delete_draft.html", words.t("mydata.sure"), values, has_token=True)
    drafts.delete(portal.store, one.id, session.id)
    portal.store.database.forget_deleted()
    return go_to(request, f"{MINE}?done=deleted")


def _stay(request: Request) -> timedelta:
    return timedelta(minutes=portal_of(request).settings.session_minutes)


@router.get("/p/{procedure}/privacy")
def notice(request: Request, procedure: ProcedureId) -> Response:
    """What the procedure asks for, why, who gets it and how long it is kept."""
    plan = portal_of(request).library.current(procedure)
    if plan is None:
        raise not_found()
    words = words_of(request, plan.procedure)
    values = {
        "notice": notice_of(plan.procedure, words),
        "mine": MINE,
        "authority": plan.procedure.authority,
        "rights": to_html(words.t("notice.rights_text")),
    }
    title = words.t("notice.title")
    return page(request, "privacy.html", title, values, procedure=plan.procedure)
