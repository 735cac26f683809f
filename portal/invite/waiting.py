"""What the applicant's summary says of the pages that somebody else fills in."""

from collections.abc import Sequence

from starlette.requests import Request

from engine import Evaluation
from engine.plan.part import Part
from portal.fill.case import Case
from portal.fill.views import INVITE
from portal.invite.standing import Standing, standing
from portal.storage import uploads
from portal.storage.records import UploadRecord
from portal.web.pages import portal_of, words_of
from renderers.html.problems import Entry
from renderers.html.words import Said


def stands(request: Request, case: Case, state: Evaluation, part: Part) -> Standing:
    """Where the invitation of a part stands now."""
    store = portal_of(request).store
    files: Sequence[UploadRecord] = uploads.of_draft(store, case.draft.id, case.holder)
    invited = case.invited.get(part.invitation.id)
    is_over = invited is not None and invited.is_over(store.now())
    return standing(case, state, part, files, is_over=is_over)


def waiting(request: Request, case: Case, state: Evaluation) -> list[Entry]:
    """One line for each part that is not done: nothing is submitted before."""
    words = words_of(request, case.procedure)
    found = []
    for part in case.handed(state):
        stand = stands(request, case, state, part)
        if stand is not Standing.DONE:
            title = str(words.text(part.invitation.title))
            said = words.t(f"invite.open.{stand}", who=title)
            address = f"{case.address}/{INVITE}{part.invitation.id}"
            found.append(Entry(address, title, Said(said)))
    return found


def seen_pages(request: Request, case: Case, state: Evaluation) -> list[str]:
    """The pages whose answers the holder sees: others' pages when they have handed over."""
    if case.part is not None:
        return case.pages(state)
    hidden = {
        page.id
        for part in case.handed(state)
        if stands(request, case, state, part) not in {Standing.DONE, Standing.AGAIN}
        for page in part.pages
    }
    return [name for name in state.pages if name not in hidden]
