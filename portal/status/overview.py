"""The page of a case: where it is, what the authority wrote, what the applicant sent."""

from fastapi import APIRouter, Request
from starlette.responses import Response

from portal.clock import BERLIN
from portal.mail.addresses import read_address
from portal.status.access import SubmissionId
from portal.status.case import SubmittedCase, submitted_case
from portal.status.opening import Opened
from portal.status.standing import Transfer, events, stages, transfer
from portal.storage import case_notices
from portal.storage.replies import SentReply
from portal.uploads.later import later_address
from portal.web.pages import go_to, page, portal_of, switch_language, words_of
from portal.web.posted import OwnForm
from renderers.html.problems import Entry
from renderers.html.shown import show_date, show_moment
from renderers.html.words import Said, Words

router = APIRouter()
ADDRESS = "/case/{submission}"


@router.get(ADDRESS)
def show(request: Request, submission: SubmissionId) -> Response:
    """The page."""
    return _draw(request, submitted_case(request, submission))


@router.post(ADDRESS)
def change(request: Request, submission: SubmissionId, posted: OwnForm) -> Response:
    """Whether and where the applicant wants to hear of news."""
    case = submitted_case(request, submission)
    if posted.get("_language"):
        switch_language(request, posted.get("_language"))
        return go_to(request, case.address)
    store = portal_of(request).store
    match posted.get("_go"):
        case "notices" if portal_of(request).settings.writes_letters:
            typed = posted.get("email").strip()
            address = read_address(typed)
            if address is None:
                return _draw(request, case, typed=typed)
            language = words_of(request, case.procedure).language
            case_notices.remember(store, case.id, address, language)
        case "no-notices":
            case_notices.forget_address(store, case.id)
    return go_to(request, f"{case.address}#notices")


def _draw(request: Request, case: SubmittedCase, *, typed: str | None = None) -> Response:
    portal, words = portal_of(request), words_of(request, case.procedure)
    fault = words.t("case.notices.wrong") if typed is not None else ""
    title = words.t("case.title")
    values = {
        "title": title,
        "reference": case.receipt.reference,
        "facts": [
            (words.t("receipt.service"), words.text(case.procedure.title)),
            (words.t("receipt.time"), show_moment(case.receipt.accepted_at, words)),
        ],
        "trouble": _trouble(case, words),
        "withdrawn": _withdrawn(case, words),
        "stages": _stages(case, words),
        "messages": [_message(case, one, words) for one in case.opened],
        "replies": [_reply(case, one, words) for one in case.sent],
        "notices": portal.settings.writes_letters,
        "notice_address": case_notices.address_of(portal.store, case.id),
        "typed": typed or "",
        "fault": fault,
        "errors": ([Entry("email", words.t("case.notices.label"), Said(fault))] if fault else []),
        "action": case.address,
        "leave": f"{case.address}/leave",
        "later": "" if case.withdrawn else later_address(case.id),
        "withdraw": f"{case.address}/withdraw" if case.may_write else "",
        "authority": case.procedure.authority,
    }
    return page(
        request,
        "case.html",
        title,
        values,
        procedure=case.procedure,
        status=422 if fault else 200,
        has_token=True,
        has_errors=bool(fault),
    )


def _trouble(case: SubmittedCase, words: Words) -> dict[str, object] | None:
    """What the applicant is told about the way to the authority, if there is something to tell."""
    first = transfer(one for one in case.deliveries if one.ordinal == 0)
    later = transfer(one for one in case.deliveries if one.ordinal != 0)
    if first is Transfer.STUCK:
        day = show_date(case.receipt.accepted_at.astimezone(BERLIN).date(), words)
        title = words.t("case.delivery.stuck.title")
        return {"title": title, "text": words.t("case.delivery.stuck.text", day=day)}
    if later is Transfer.STUCK:
        title = words.t("case.delivery.stuck.title")
        return {"title": title, "text": words.t("case.delivery.stuck.reply")}
    if first is Transfer.WAITING and case.deliveries:
        return {"title": "", "text": words.t("case.delivery.waiting")}
    return None


def _withdrawn(case: SubmittedCase, words: Words) -> str:
    sent = case.withdrawn
    if sent is None:
        return ""
    return words.t("case.withdrawn.text", day=_day(sent, words))


def _stages(case: SubmittedCase, words: Words) -> list[dict[str, object]]:
    happened = events(case.receipt, case.deliveries, case.opened, case.sent)
    found: list[dict[str, object]] = []
    for one in stages(case.procedure.process, happened):
        if one.step.status is None:
            continue
        day = one.reached_at and show_date(one.reached_at.astimezone(BERLIN).date(), words)
        state = "now" if one.is_current else "done" if day else "open"
        found.append(
            {
                "text": words.text(one.step.status),
                "state": state,
                "told": words.t(f"case.track.{state}", day=day or ""),
                "maybe": not one.is_certain and state == "open",
            }
        )
    return found


def _message(case: SubmittedCase, one: Opened, words: Words) -> dict[str, object]:
    deadline = one.question.deadline if one.question else None
    is_answered = bool(case.answers_to(one))
    return {
        "title": words.t(f"message.{one.kind}.title"),
        "day": show_date(one.kept.received_at.astimezone(BERLIN).date(), words),
        "is_new": one.kept.read_at is None,
        "until": (
            words.t("message.question.until", day=show_date(deadline, words))
            if deadline and not is_answered
            else ""
        ),
        "answered": (
            words.t("message.answered", day=_day(case.answers_to(one)[0], words))
            if is_answered
            else ""
        ),
        "address": f"{case.address}/message/{one.kept.id}",
    }


def _reply(case: SubmittedCase, one: SentReply, words: Words) -> dict[str, object]:
    return {
        "title": words.t(f"reply.{one.said.kind}.name"),
        "day": _day(one, words),
        "state": words.t(f"reply.state.{transfer(case.delivery_of(one))}"),
        "address": f"{case.address}/reply/{one.said.number}",
    }


def _day(sent: SentReply, words: Words) -> str:
    return show_date(sent.sent_at.astimezone(BERLIN).date(), words)
