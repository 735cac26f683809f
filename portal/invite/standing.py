"""How far an invitation is, as the applicant needs to know it."""

from collections.abc import Mapping, Sequence
from enum import StrEnum

from engine import Evaluation
from engine.plan.part import Part
from portal.fill.case import Case, of_page
from portal.storage.records import UploadRecord
from portal.uploads.needs import without_files


class Standing(StrEnum):
    """From nobody invited to done; the words are keys of texts."""

    NONE = "none"
    SENT = "sent"
    BEGUN = "begun"
    DONE = "done"
    AGAIN = "again"  # handed over, but something has changed or is missing since
    EXPIRED = "expired"
    LOCKED = "locked"


def standing(
    case: Case, state: Evaluation, part: Part, files: Sequence[UploadRecord], *, is_over: bool
) -> Standing:
    """Where the invitation of a part stands."""
    invited = case.invited.get(part.invitation.id)
    if invited is None:
        return Standing.NONE
    if invited.done_at is not None:
        is_whole = is_complete(case, state, part, files)
        same = invited.agreed == in_view(part, case.draft.raw)
        return Standing.DONE if is_whole and same else Standing.AGAIN
    if is_over:
        return Standing.EXPIRED
    if invited.is_locked:
        return Standing.LOCKED
    return Standing.SENT if invited.opened_at is None else Standing.BEGUN


def is_complete(case: Case, state: Evaluation, part: Part, files: Sequence[UploadRecord]) -> bool:
    """Whether nothing is missing or wrong on the pages and among the documents of a part."""
    own = set(part.shown_pages(state))
    pages = [page for page in part.pages if page.id in own]
    is_answered = not any(of_page(state.problems, page) for page in pages)
    return is_answered and not without_files(case, part.needs(state), files)


def in_view(part: Part, raw: Mapping[str, object]) -> dict[str, object]:
    """The applicant's answers that an invited person has before them."""
    return {name: value for name, value in part.narrow(raw).items() if name not in part.writes}
