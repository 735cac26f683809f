"""A message of the authority: what it is, what to do by when, and its own words."""

from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Path, Request
from starlette.responses import Response

from outputs.xoev.returned import (
    STATUS_LABELS,
    Appointment,
    Kind,
    Meeting,
    NotCompetent,
    Question,
    Status,
    WithdrawalReply,
)
from portal.clock import BERLIN
from portal.status.access import SubmissionId
from portal.status.case import SubmittedCase, submitted_case
from portal.status.opening import Opened, opened_of
from portal.storage import messages
from portal.uploads.view import size_text
from portal.web.pages import page, portal_of, words_of
from portal.web.refusal import not_found
from renderers.calendar import MEDIA_TYPE, TimedEvent, timed_calendar_file
from renderers.html.shown import show_date, show_moment
from renderers.html.words import Words

router = APIRouter()
MessageId = Annotated[str, Path(pattern=r"^[0-9a-f]{32}$")]
ADDRESS = "/case/{submission}/message/{message}"


@router.get(ADDRESS)
def show(request: Request, submission: SubmissionId, message: MessageId) -> Response:
    """The page."""
    case = submitted_case(request, submission)
    store = portal_of(request).store
    one = opened_of(store, case.id, message)
    messages.mark_read(store, one.kept)
    words = words_of(request, case.procedure)
    title = words.t(f"message.{one.kind}.title")
    here = f"{case.address}/message/{message}"
    values = {
        "title": title,
        "what": _what(one, words),
        "todo": _todo(one, words),
        "is_calm": one.kind is Kind.STATUS,
        "facts": _facts(one, words),
        "booking": _booking(one),
        "calendar": f"{here}/appointment.ics" if _meeting(one) else "",
        "official": _official(one),
        "envelope": _envelope(one, words),
        "files": _files(one, here, words),
        **_answers(case, one, here, words),
        "back": case.address,
        "authority": case.procedure.authority,
    }
    return page(request, "case_message.html", title, values, procedure=case.procedure)


@router.get(ADDRESS + "/file/{number}")
def file(request: Request, submission: SubmissionId, message: MessageId, number: int) -> Response:
    """A file of the authority, to be saved."""
    case = submitted_case(request, submission)
    attachments = opened_of(portal_of(request).store, case.id, message).returned.attachments
    if not 0 <= number < len(attachments):
        raise not_found()
    one = attachments[number]
    name = f"{one.role}-{case.receipt.reference}.{one.format}"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(one.content, media_type=one.media_type, headers=headers)


@router.get(ADDRESS + "/appointment.ics")
def calendar(request: Request, submission: SubmissionId, message: MessageId) -> Response:
    """The appointment as a calendar file."""
    case = submitted_case(request, submission)
    one = opened_of(portal_of(request).store, case.id, message)
    meeting = _meeting(one)
    if meeting is None:
        raise not_found()
    words = words_of(request, case.procedure)
    event = TimedEvent(
        name=one.returned.message_id,
        start=datetime.combine(meeting.day, meeting.start, BERLIN),
        end=datetime.combine(meeting.day, meeting.end, BERLIN) if meeting.end else None,
        made_at=one.kept.received_at,
        title=words.t("message.appointment.event", service=words.text(case.procedure.title)),
        place=_place(meeting),
    )
    headers = {"Content-Disposition": f'attachment; filename="{case.receipt.reference}.ics"'}
    return Response(timed_calendar_file(event), media_type=MEDIA_TYPE, headers=headers)


def _meeting(one: Opened) -> Meeting | None:
    content = one.returned.content
    return content.meeting if isinstance(content, Appointment) else None


def _booking(one: Opened) -> str:
    content = one.returned.content
    return content.booking if isinstance(content, Appointment) else ""


def _what(one: Opened, words: Words) -> str:
    content = one.returned.content
    if isinstance(content, Status):
        return words.t(f"message.status.{content.code}")
    if isinstance(content, Appointment) and content.meeting is None:
        return words.t("message.appointment.book")
    return words.t(f"message.{one.kind}.what")


def _todo(one: Opened, words: Words) -> str:
    """What to do, and by when."""
    content = one.returned.content
    if isinstance(content, Question):
        if content.deadline is None:
            return words.t("message.question.no_date")
        return words.t("message.question.until", day=show_date(content.deadline, words))
    if isinstance(content, NotCompetent) and not content.other:
        return words.t("message.not-competent.unknown")
    if isinstance(content, Status):
        return words.t("message.status.what")
    return words.t("message.refusal.until") if one.kind is Kind.REFUSAL else ""


def _facts(one: Opened, words: Words) -> list[tuple[str, str]]:
    """What can be said in the reader's language."""
    content = one.returned.content
    if isinstance(content, NotCompetent) and content.other:
        return [(words.t("message.not-competent.other"), content.other)]
    meeting = _meeting(one)
    if meeting is None:
        return []
    start = f"{meeting.start:%H:%M}"
    clock = words.t("message.appointment.clock", start=start)
    if meeting.end is not None:
        end = f"{meeting.end:%H:%M}"
        clock = words.t("message.appointment.clock_until", start=start, end=end)
    return [
        (words.t("message.appointment.day"), show_date(meeting.day, words)),
        (words.t("message.appointment.time"), clock),
        (words.t("message.appointment.place"), _place(meeting)),
    ]


def _place(meeting: Meeting) -> str:
    place = meeting.place
    return ", ".join(filter(None, (place.street, f"{place.postcode} {place.town}", place.more)))


def _official(one: Opened) -> str:
    """The authority's own words, in German."""
    match one.returned.content:
        case Question(text=text) | WithdrawalReply(text=text) | NotCompetent(text=text):
            return text
        case Appointment(hints=hints):
            return hints
        case Status(code=code):
            return STATUS_LABELS[code]
    return ""


def _envelope(one: Opened, words: Words) -> list[tuple[str, str]]:
    written = one.returned.created_at.astimezone(BERLIN).date()
    return [
        (words.t("message.from"), one.returned.author.name),
        (words.t("message.sent"), show_date(written, words)),
        (words.t("message.received"), show_moment(one.kept.received_at, words)),
    ]


def _files(one: Opened, here: str, words: Words) -> list[dict[str, str]]:
    return [
        {
            "label": words.t(f"message.file.{file.role}"),
            "kind": words.t(
                "message.file.kind",
                format=file.format.upper(),
                size=size_text(len(file.content), words),
            ),
            "address": f"{here}/file/{number}",
        }
        for number, file in enumerate(one.returned.attachments)
    ]


def _answers(case: SubmittedCase, one: Opened, here: str, words: Words) -> dict[str, object]:
    """Whether and how it can be answered, and what was answered already."""
    answered = case.answers_to(one)
    days = [show_date(sent.sent_at.astimezone(BERLIN).date(), words) for sent in answered]
    return {
        "answered": words.t("message.answered", day=days[0]) if days else "",
        "answer": f"{here}/answer" if one.wants_answer and case.may_write else "",
        "answer_label": words.t("message.answer.again" if days else "message.answer"),
        "no_answer": one.wants_answer and not case.may_write and case.withdrawn is None,
    }
