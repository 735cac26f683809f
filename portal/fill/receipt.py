"""After submitting: the receipt and the copy, for the session that submitted."""

from fastapi import APIRouter, Request
from starlette.responses import Response

from engine.model import Procedure
from portal.fill.case import Case, find_case
from portal.fill.routes import DraftId, ProcedureId
from portal.status.access import SubmissionId, address_of
from portal.status.case_code import renew_code, shown_code
from portal.storage import drafts, submissions
from portal.storage.records import Receipt, StoredPayload
from portal.uploads.later import later_address, still_missing
from portal.web.language import PARAMETER
from portal.web.pages import go_to, page, portal_of, words_of
from portal.web.posted import OwnForm
from portal.web.refusal import not_found
from portal.web.sessions import session_of
from renderers.html.shown import show_moment

router = APIRouter()
COPY, CONFIRMATION = "pdf", "receipt"  # as the outputs call them


def _receipt(request: Request, procedure: str, submission: str) -> Receipt:
    session = session_of(request)
    found = submissions.find(portal_of(request).store, submission, session.id)
    if found is None or found.procedure_id != procedure:
        raise not_found()
    session.use()
    return found


@router.get("/p/{procedure}/receipt/{submission}")
def show(request: Request, procedure: ProcedureId, submission: SubmissionId) -> Response:
    """Reference number, time, what happens next, the copy."""
    receipt = _receipt(request, procedure, submission)
    plan = portal_of(request).library.pinned(receipt.digest)
    if plan is None:
        raise not_found()
    one = plan.procedure
    words = words_of(request, one)
    values = {
        "receipt": receipt,
        "facts": _facts(request, receipt, one),
        "missing": still_missing(request, submission),
        "later_address": later_address(submission),
        "next_steps": [words.text(step) for step in one.service.next_steps],
        "authority": one.authority,
        "copy_address": f"/p/{procedure}/receipt/{submission}/copy.pdf",
        "confirmation_address": f"/p/{procedure}/receipt/{submission}/receipt.pdf",
        "duration": words.markdown(one.service.duration) if one.service.duration else None,
        "case_code": shown_code(request, submission),
        "case_address": address_of(submission),
        "code_address": f"/p/{procedure}/receipt/{submission}/new-code",
    }
    return page(
        request, "receipt.html", words.t("receipt.title"), values, procedure=one, has_token=True
    )


@router.post("/p/{procedure}/receipt/{submission}/new-code")
def renew(
    request: Request, procedure: ProcedureId, submission: SubmissionId, posted: OwnForm
) -> Response:
    """Another code for the case, for whoever did not write the first one down."""
    _receipt(request, procedure, submission)
    renew_code(request, submission)
    return go_to(request, f"/p/{procedure}/receipt/{submission}#case-code")


def _facts(request: Request, receipt: Receipt, one: Procedure) -> list[tuple[str, str]]:
    words = words_of(request, one)
    return [
        (words.t("receipt.service"), str(words.text(one.title))),
        (words.t("receipt.time"), show_moment(receipt.accepted_at, words)),
        (words.t("receipt.version"), receipt.definition_version),
        (words.t("receipt.digest"), receipt.digest),
        (words.t("receipt.hash"), receipt.payload_sha256),
        *((words.t("receipt.copy_hash"), one.sha256) for one in _kept(request, receipt, COPY)),
    ]


def _kept(request: Request, receipt: Receipt, output: str) -> list[StoredPayload]:
    stored = submissions.payloads_of(portal_of(request).store, receipt.submission_id)
    return [one for one in stored if one.output == output]


@router.get("/p/{procedure}/receipt/{submission}/copy.pdf")
def copy(request: Request, procedure: ProcedureId, submission: SubmissionId) -> Response:
    """The applicant's copy: the very bytes that were delivered (R06)."""
    receipt = _receipt(request, procedure, submission)
    return _download(request, receipt, COPY, f"{receipt.procedure_id}-{receipt.reference}.pdf")


@router.get("/p/{procedure}/receipt/{submission}/receipt.pdf")
def confirmation(request: Request, procedure: ProcedureId, submission: SubmissionId) -> Response:
    """What came, when, and the checksum of each file, on one page for the applicant."""
    receipt = _receipt(request, procedure, submission)
    return _download(request, receipt, CONFIRMATION, f"{receipt.reference}-eingang.pdf")


def _download(request: Request, receipt: Receipt, output: str, name: str) -> Response:
    for payload in _kept(request, receipt, output):
        content = submissions.payload_bytes(portal_of(request).store, payload.id)
        headers = {"Content-Disposition": f'attachment; filename="{name}"'}
        return Response(content, media_type=payload.media_type, headers=headers)
    raise not_found()


@router.post("/p/{procedure}/form/{draft}/delete-draft")
def delete(request: Request, procedure: ProcedureId, draft: DraftId, posted: OwnForm) -> Response:
    """Forget the draft and its files."""
    case: Case = find_case(request, procedure, draft)
    drafts.delete(portal_of(request).store, case.draft.id, session_of(request).id)
    return go_to(request, f"/p/{procedure}")


@router.post("/end")
def end(request: Request, posted: OwnForm) -> Response:
    """Close everything on this device: the browser forgets the session, but not the language."""
    language = words_of(request).language
    session_of(request).is_ended = True
    return go_to(request, f"/?{PARAMETER}={language}")
