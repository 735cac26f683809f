"""Where a case is."""

from fastapi import APIRouter, Request
from starlette.responses import Response

from portal.status.access import SubmissionId, case_of
from portal.web.pages import page, portal_of, words_of
from portal.web.refusal import not_found
from renderers.html.shown import show_moment

router = APIRouter()


@router.get("/case/{submission}")
def show(request: Request, submission: SubmissionId) -> Response:
    """The case of whoever may see it."""
    case = case_of(request, submission)
    plan = portal_of(request).library.pinned(case.digest)
    if plan is None:
        raise not_found()
    words = words_of(request, plan.procedure)
    title = words.t("case.title")
    values = {
        "title": title,
        "reference": case.reference,
        "facts": [
            (words.t("receipt.service"), str(words.text(plan.procedure.title))),
            (words.t("receipt.time"), show_moment(case.accepted_at, words)),
        ],
        "leave": f"/case/{submission}/leave",
        "authority": plan.procedure.authority,
    }
    return page(request, "case.html", title, values, procedure=plan.procedure, has_token=True)
