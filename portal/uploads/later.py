"""Documents after the application: with the case open, files gather here and are sent once.

    later_address(submission_id)          # to link to; whoever may see the case may use it
    still_missing(request, submission_id) # titles of required documents nobody has sent yet

The door is that of the case (`portal.status.access`): the browser that submitted, or reference
number and code, few guesses (R59). What is sent becomes a further delivery of the submission, built
once, in order behind the application, with a key of its own (portal/storage/appending.py).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from fastapi import APIRouter, Request
from starlette.concurrency import run_in_threadpool
from starlette.responses import Response

from engine import DocumentNeed, Evaluation
from outputs.application import Application, Supplement, Upload
from outputs.later import build_later
from portal.clock import BERLIN
from portal.fill.case import Case, evaluate
from portal.fill.documents import take_files
from portal.fill.payloads import INVALID
from portal.status.access import SubmissionId, address_of, case_of
from portal.storage import supplements, uploads
from portal.storage.records import Payload, Receipt, UploadRecord
from portal.storage.supplements import Told, holder_of
from portal.uploads.needs import files_for, need_id, need_title, without_files
from portal.uploads.pieces import offer_pieces
from portal.uploads.rescan import scan_rest
from portal.uploads.taking import need_at
from portal.uploads.view import Fault, Faults, need_view
from portal.web.logs import log
from portal.web.pages import go_to, page, portal_of, switch_language, words_of
from portal.web.posted import Posted, check_token, read_form
from portal.web.refusal import Refusal, not_found
from portal.web.sessions import session_of
from renderers.html.shown import show_moment
from renderers.html.words import Words

router = APIRouter()
ADDRESS = "/case/{submission}/later"
PATH = r"/case/[0-9a-f-]{36}/later"
_TARGETS = {"dms": "dms", "later": "fachverfahren"}


@dataclass(frozen=True, slots=True)
class LaterCase(Case):
    """The application as it was submitted; its draft gathers what comes now."""

    receipt: Receipt | None = None

    @property
    def address(self) -> str:
        """Where its pages are."""
        return "" if self.receipt is None else later_address(self.receipt.submission_id)

    def needs(self, state: Evaluation) -> list[DocumentNeed]:
        """Everything that the application asks for, whoever was to hand it in."""
        return list(state.documents)


def later_address(submission_id: str) -> str:
    """The page."""
    return f"{address_of(submission_id)}/later"


def still_missing(request: Request, submission_id: str) -> list[str]:
    """Required documents that came neither with the application nor later, by title."""
    receipt = case_of(request, submission_id)
    case = _case(request, submission_id, to_gather=False)
    state = evaluate(request, case.plan, case.draft.raw)
    words = words_of(request, case.procedure)
    return [need_title(case, need, words) for need in _missing(request, case, state, receipt)]


@router.get(ADDRESS)
def show(request: Request, submission: SubmissionId) -> Response:
    """The documents, those that are missing first; nothing is begun by looking."""
    return _draw(request, _case(request, submission, to_gather=False), {})


@router.post(ADDRESS)
async def change(request: Request, submission: SubmissionId) -> Response:
    """A file comes, a file goes, or all of it is sent."""
    find = partial(_case, request, submission, to_gather=True)
    if request.headers.get("content-type", "").startswith("multipart/form-data"):
        place, faults = await take_files(request, find)

        def after() -> Response:
            case = find()
            here = need_id(need_at(request, case, place))
            if faults:
                return _draw(request, case, {here: faults})
            return go_to(request, f"{case.address}#{here}")

        return await run_in_threadpool(after)
    posted = await read_form(request)
    check_token(request, posted.get("_token"))
    return await run_in_threadpool(_onward, request, submission, posted)


@router.get(ADDRESS + "/{number}")
def sent(request: Request, submission: SubmissionId, number: int) -> Response:
    """The receipt of one delivery."""
    receipt = case_of(request, submission)
    case = _case(request, submission, to_gather=False)
    words = words_of(request, case.procedure)
    for one in supplements.of_submission(portal_of(request).store, submission):
        if one.number == number:
            title = words.t("later.sent.title")
            values = {
                "title": title,
                "reference": receipt.reference,
                "facts": [
                    (words.t("later.sent.number"), str(one.number)),
                    (words.t("receipt.time"), show_moment(one.sent_at, words)),
                    (words.t("receipt.hash"), one.sha256),
                ],
                "files": _in_words(request, case, one.files, words),
                "missing": still_missing(request, submission),
                "again": case.address,
                "back": address_of(submission),
            }
            return page(request, "later_sent.html", title, values, procedure=case.procedure)
    raise not_found()


def _in_words(
    request: Request, case: LaterCase, files: Sequence[Told], words: Words
) -> list[tuple[str, str]]:
    """Document and file; the record itself has the German titles that the authority reads."""
    needs = case.needs(evaluate(request, case.plan, case.draft.raw))
    titles = {(one.document, one.row): need_title(case, one, words) for one in needs}
    return [(titles.get((one.document, one.row), one.title), one.name) for one in files]


def _of_request(request: Request) -> Case:
    return _case(request, request.path_params["submission"], to_gather=True)


offer_pieces(router, ADDRESS, _of_request)


def _case(request: Request, submission: str, *, to_gather: bool) -> LaterCase:
    receipt, session = case_of(request, submission), session_of(request)
    portal = portal_of(request)
    plan = portal.library.pinned(receipt.digest)
    if plan is None:
        raise not_found()
    store = portal.store
    draft = supplements.find(store, submission, session.id)
    if draft is None and to_gather:
        draft = supplements.begin(store, submission, session.id)
    if draft is None:
        draft = supplements.preview(store, submission)
    holder = holder_of(submission, session.id)
    return LaterCase(plan, draft, holder, portal.clock.today(), receipt=receipt)


def _onward(request: Request, submission: str, posted: Posted) -> Response:
    case = _case(request, submission, to_gather=False)
    if posted.get("_language"):
        switch_language(request, posted.get("_language"))
        return go_to(request, case.address)
    if posted.has("_remove"):
        gone = posted.get("_remove")
        if not uploads.remove(portal_of(request).store, case.draft.id, case.holder, gone):
            raise not_found()
        return go_to(request, case.address)
    if posted.get("_go") != "send":  # the Enter key must never send
        return go_to(request, case.address)
    return _send(request, submission, case)


def _send(request: Request, submission: str, case: LaterCase) -> Response:
    """Send once; a second press finds nothing to send, and the receipt of the first."""
    portal, session = portal_of(request), session_of(request)
    if not _gathered(request, case):
        before = supplements.of_submission(portal.store, submission)
        if before and not case.draft.id:
            return go_to(request, f"{case.address}/{before[-1].number}")
        return _draw(request, case, {}, nothing=True)
    scan_rest(portal, case)
    at = portal.store.now().astimezone(BERLIN).replace(microsecond=0)
    payload, files = _payload(request, case, at_supplement=Supplement(case.draft.id, at))
    done = supplements.send(portal.store, submission, session.id, case.draft, payload, files, at)
    if done is None:
        return go_to(request, case.address)
    log().info("later-sent", procedure=case.procedure.id, files=len(files))
    return go_to(request, f"{case.address}/{done.number}")


def _payload(
    request: Request, case: LaterCase, at_supplement: Supplement
) -> tuple[Payload, tuple[Told, ...]]:
    portal, receipt = portal_of(request), case.receipt
    if receipt is None:
        raise not_found()
    accepted = receipt.accepted_at.astimezone(BERLIN).replace(microsecond=0)
    held = uploads.contents(portal.store, case.draft.id, case.holder)
    application = Application(
        plan=case.plan,
        evaluation=evaluate(request, case.plan, case.draft.raw),
        submission_id=receipt.reference,
        submitted_at=accepted,
        today=accepted.date(),
        language=receipt.language,
        uploads=tuple(
            Upload(one.document, one.row, one.name, one.media_type, content)
            for one, content in held
        ),
        supplement=at_supplement,
    )
    made = build_later(application, portal.schemas)
    fault = INVALID if made.problems else ""
    if fault:
        log().error("payload-invalid", output=made.output, problems=len(made.problems or ()))
    files = tuple(
        Told(application.document_title(one.document, one.row), one.name, one.row, one.document)
        for one, _ in held
    )
    output = f"later-{case.draft.id}"
    target = _TARGETS[made.output]
    return Payload(output, made.name, made.media_type, made.content, target, fault), files


def _gathered(request: Request, case: LaterCase) -> Sequence[UploadRecord]:
    return uploads.of_draft(portal_of(request).store, case.draft.id, case.holder)


def _missing(
    request: Request, case: LaterCase, state: Evaluation, receipt: Receipt
) -> list[DocumentNeed]:
    """What neither the application nor a later delivery brought; what is gathered is not sent."""
    store = portal_of(request).store
    kept_for = case.procedure.retention.get("uploads")
    if kept_for is not None and store.now() - receipt.accepted_at > kept_for:
        return []  # the authority has them; here they are deleted
    came = {(one.document, one.row) for one in uploads.of_submission(store, receipt.submission_id)}
    for delivery in supplements.of_submission(store, receipt.submission_id):
        came |= {(one.document, one.row) for one in delivery.files}
    lacking = without_files(case, case.needs(state), (), also_later=True)
    return [need for need in lacking if (need.document, need.row) not in came]


def _draw(request: Request, case: LaterCase, faults: Faults, *, nothing: bool = False) -> Response:
    if case.receipt is None:
        raise Refusal(404, "not_found")
    state = evaluate(request, case.plan, case.draft.raw)
    words = words_of(request, case.procedure)
    files = _gathered(request, case)
    lacking = _missing(request, case, state, case.receipt)
    missing = {need_id(one) for one in lacking if not files_for(files, one)}
    needs = sorted(case.needs(state), key=lambda one: need_id(one) not in missing)
    if nothing and needs:
        faults = {need_id(needs[0]): [Fault("later.nothing")]}
    views = [need_view(case, one, files, words, faults.get(need_id(one), ())) for one in needs]
    errors = [one.entry for one in views if one.error]
    title = words.t("later.title")
    values = {
        "title": title,
        "intro": words.t("later.intro", reference=case.receipt.reference),
        "needs": views,
        "missing": missing,
        "errors": errors,
        "has_files": any(files_for(files, one) for one in needs),
        "earlier": _earlier(request, case, words),
        "action": case.address,
        "back": address_of(case.receipt.submission_id),
    }
    return page(
        request,
        "later.html",
        title,
        values,
        procedure=case.procedure,
        status=422 if errors else 200,
        has_token=True,
        has_errors=bool(errors),
    )


def _earlier(request: Request, case: LaterCase, words: Words) -> list[tuple[str, str]]:
    """When what was sent, with a way to its receipt."""
    receipt = case.receipt
    if receipt is None:
        return []
    sent_before = supplements.of_submission(portal_of(request).store, receipt.submission_id)
    return [
        (f"{case.address}/{one.number}", show_moment(one.sent_at, words)) for one in sent_before
    ]
