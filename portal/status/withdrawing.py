"""Taking the application back: what that means first, then once, with a receipt."""

from typing import Annotated

from fastapi import APIRouter, Path, Request
from starlette.responses import Response

from portal.status.access import SubmissionId
from portal.status.case import SubmittedCase, submitted_case
from portal.status.sending import send_withdrawal
from portal.status.standing import transfer
from portal.storage import replies
from portal.web.pages import go_to, page, portal_of, switch_language, words_of
from portal.web.posted import OwnForm
from portal.web.refusal import not_found
from renderers.html.markdown import to_html
from renderers.html.problems import Entry
from renderers.html.shown import show_moment
from renderers.html.words import Said

router = APIRouter()
ADDRESS = "/case/{submission}/withdraw"
Number = Annotated[int, Path(ge=1, le=99_999)]


@router.get(ADDRESS)
def show(request: Request, submission: SubmissionId) -> Response:
    """The warning, and the question."""
    return _draw(request, _withdrawable(request, submission), "")


@router.post(ADDRESS)
def withdraw(request: Request, submission: SubmissionId, posted: OwnForm) -> Response:
    """Take it back, if it was confirmed."""
    case = submitted_case(request, submission)
    if posted.get("_language"):
        switch_language(request, posted.get("_language"))
        return go_to(request, f"{case.address}/withdraw")
    if posted.get("_go") == "keep":
        return go_to(request, case.address)
    if (done := case.withdrawn) is not None:
        return go_to(request, f"{case.address}/reply/{done.said.number}")
    case = _withdrawable(request, submission)
    if posted.get("_go") != "withdraw" or posted.get("confirm") != "yes":
        return _draw(request, case, words_of(request).t("withdraw.confirm.missing"))
    number = replies.next_number(portal_of(request).store, case.id)
    sent = send_withdrawal(request, case, number)
    return go_to(request, f"{case.address}/reply/{sent.said.number}")


@router.get("/case/{submission}/reply/{number}")
def receipt(request: Request, submission: SubmissionId, number: Number) -> Response:
    """What was sent, when, and whether it has arrived."""
    case = submitted_case(request, submission)
    sent = next((one for one in case.sent if one.said.number == number), None)
    if sent is None:
        raise not_found()
    words = words_of(request, case.procedure)
    when = show_moment(sent.sent_at, words)
    title = words.t(f"reply.{sent.said.kind}.title")
    rows = [
        (words.t("receipt.reference"), case.receipt.reference),
        (words.t("reply.time"), when),
        (words.t("reply.state"), words.t(f"reply.state.{transfer(case.delivery_of(sent))}")),
        (words.t("answer.files"), ", ".join(sent.said.files)),
        (words.t("receipt.hash"), sent.sha256),
    ]
    values = {
        "title": title,
        "text": words.t("reply.text", when=when),
        "facts": [row for row in rows if row[1]],
        "said": sent.said.text,
        "back": case.address,
    }
    return page(request, "case_reply.html", title, values, procedure=case.procedure)


def _withdrawable(request: Request, submission: str) -> SubmittedCase:
    case = submitted_case(request, submission)
    if not case.may_write:
        raise not_found()
    return case


def _draw(request: Request, case: SubmittedCase, fault: str) -> Response:
    words = words_of(request, case.procedure)
    title = words.t("withdraw.title")
    confirm = words.t("withdraw.confirm", reference=case.receipt.reference)
    values = {
        "title": title,
        "warning": to_html(words.t("withdraw.warning")),
        "confirm": confirm,
        "fault": fault,
        "errors": [Entry("confirm", title, Said(fault))] if fault else [],
        "action": f"{case.address}/withdraw",
        "back": case.address,
        "authority": case.procedure.authority,
    }
    return page(
        request,
        "case_withdraw.html",
        title,
        values,
        procedure=case.procedure,
        status=422 if fault else 200,
        has_token=True,
        keeps_answers=True,
        has_errors=bool(fault),
    )
