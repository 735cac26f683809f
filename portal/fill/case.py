"""An application being filled in, with everything the engine says about it at this moment."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from starlette.requests import Request

from engine import Evaluation, Plan
from engine.answers import Problem, items_of, read_answers, write_answers
from engine.model import Field, Group, Item, Page, Procedure
from portal.fill.taking import Raw, readable, row_paths
from portal.storage import drafts, submissions
from portal.storage.records import Conflict, Draft, Receipt
from portal.web.logs import log
from portal.web.pages import portal_of, words_of
from portal.web.refusal import Refusal, not_found
from portal.web.sessions import session_of

_TRIES = 5


@dataclass(frozen=True, slots=True)
class Case:
    """A draft of this session with its own version of the definition (R28)."""

    plan: Plan
    draft: Draft

    @property
    def procedure(self) -> Procedure:
        """The definition."""
        return self.plan.procedure

    @property
    def address(self) -> str:
        """Where its pages are."""
        return f"/p/{self.draft.procedure_id}/form/{self.draft.id}"

    def page(self, page_id: str) -> Page:
        """The page, whether it is shown or not."""
        for page in self.procedure.pages:
            if page.id == page_id:
                return page
        raise not_found()


def find_case(request: Request, procedure_id: str, draft_id: str) -> Case:
    """The draft, if it belongs to the session and the procedure; else nothing is there (R58)."""
    portal = portal_of(request)
    session = session_of(request)
    draft = drafts.load(portal.store, draft_id, session.id)
    if draft is None or draft.procedure_id != procedure_id:
        raise not_found()
    plan = portal.library.pinned(draft.digest)
    if plan is None:
        raise not_found()
    session.use()
    return Case(plan, draft)


def receipt_of(request: Request, case: Case) -> str | None:
    """Where the receipt is, if the application was handed in already."""
    done = submissions.receipt_of_draft(
        portal_of(request).store, case.draft.id, session_of(request).id
    )
    return receipt_address(done) if done else None


def receipt_address(receipt: Receipt) -> str:
    """Where the receipt is; the submission's id is random and says nothing."""
    return f"/p/{receipt.procedure_id}/receipt/{receipt.submission_id}"


def evaluate(request: Request, plan: Plan, raw: Raw) -> Evaluation:
    """What the engine says about raw answers today."""
    items = items_of(plan.procedure)
    return plan.check(readable(items, raw), portal_of(request).clock.today())


def incomplete_rows(state: Evaluation) -> frozenset[str]:
    """Rows in which something is missing or wrong."""
    found: set[str] = set()
    for problem in state.problems:
        parts = problem.field.split(".")
        paths = (".".join(parts[:number]) for number in range(1, len(parts) + 1))
        found |= {path for path in paths if path.endswith("]")}
    return frozenset(found)


def save(request: Request, case: Case, change: Callable[[Raw], Mapping[str, object]]) -> Case:
    """Store `change` of the answers; repeated on the new state if another tab was quicker."""
    portal = portal_of(request)
    session = session_of(request)
    draft = case.draft
    for _ in range(_TRIES):
        raw = dict(change(draft.raw))
        reading = read_answers(case.procedure, readable(items_of(case.procedure), raw))
        if reading.dropped:
            log().info("answers-dropped", procedure=draft.procedure_id, count=len(reading.dropped))
        answers: dict[str, object] = dict(write_answers(case.procedure, reading.answers))
        saved = drafts.save(
            portal.store,
            draft.id,
            session.id,
            draft.revision,
            answers,
            raw,
            language=words_of(request).language,
        )
        if saved is None:
            raise Refusal(409, "submitted")
        if not isinstance(saved, Conflict):
            return Case(case.plan, saved)
        draft = saved.current
    raise Refusal(409, "busy")


def of_page(problems: Sequence[Problem], page: Page) -> tuple[Problem, ...]:
    """The problems whose place is on the page."""
    ids = {item.id for item in page.items if isinstance(item, (Field, Group))}
    return tuple(one for one in problems if _first_name(one.field) in ids)


def _first_name(path: str) -> str:
    return path.partition(".")[0].partition("[")[0]


def shape(items: Sequence[Item], raw: Raw) -> str:
    """How many rows there are where: a form that was drawn for other rows must not be taken."""
    return ";".join(row_paths(items, raw))
