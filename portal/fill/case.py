"""An application being filled in, with everything the engine says about it at this moment."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from starlette.requests import Request

from engine import DocumentNeed, Evaluation, Plan
from engine.answers import Problem, items_of, read_answers, write_answers
from engine.model import Field, Group, Info, Item, Page, Procedure
from engine.plan.part import Part
from portal.fill.taking import Raw, readable, row_paths
from portal.parts import Portal
from portal.storage import doors, drafts, invitations, submissions
from portal.storage.holders import Holder
from portal.storage.records import Conflict, Draft, Invited, Receipt
from portal.web.logs import log
from portal.web.pages import portal_of, tell_end, words_of
from portal.web.refusal import ElsewhereError, Refusal, not_found
from portal.web.sessions import session_of

# Page ids are snake_case, so these names never meet one.
OVER, STAY, MOVED = "session-over", "stay", "new-version"
_TRIES = 5


@dataclass(frozen=True, slots=True)
class Case:
    """A draft with its own version of the definition (R28), as far as its holder may have it."""

    plan: Plan
    draft: Draft  # of an invited person: with the answers of their part alone
    holder: Holder
    today: date
    part: Part | None = None  # of an invited person; None: the applicant
    invitation: Invited | None = None
    invited: Mapping[str, Invited] = field(default_factory=dict)  # by the applicant
    is_open: bool = True  # False: what was typed is kept, nothing is shown

    @property
    def procedure(self) -> Procedure:
        """The definition."""
        return self.plan.procedure

    @property
    def address(self) -> str:
        """Where its pages are."""
        if self.invitation is not None:
            return f"/invited/{self.invitation.id}"
        return f"/p/{self.draft.procedure_id}/form/{self.draft.id}"

    def page(self, page_id: str) -> Page:
        """The page, whether it is shown or not; others' pages are not there.

        What comes after the summary is asked there and nowhere else; an invited person, who has
        no such step, is asked on the page.
        """
        for page in self.procedure.pages if self.part is None else self.part.pages:
            if page.id == page_id:
                return page if self._is_invited(page) else _before_summary(page)
        raise not_found()

    def _is_invited(self, page: Page) -> bool:
        """Whether the page is an invited person's, whoever looks at it."""
        parts = [self.plan.parts[name] for name in self.invited] if not self.part else [self.part]
        return any(page in part.pages for part in parts)

    def last_step(self, state: Evaluation) -> tuple[Item, ...]:
        """What the applicant reads and confirms behind the summary."""
        if self.part is not None:
            return ()
        shown = {*state.visible, *state.infos}
        pages = (page for page in self.procedure.pages if not self._is_invited(page))
        items = (item for page in pages for item in page.items)
        return tuple(item for item in items if _is_late(item) and item.id in shown)

    def offered(self, state: Evaluation) -> list[Part]:
        """What somebody else is invited to fill in, or may be; nothing of what is hidden."""
        return (
            [] if self.part else [one for one in self.plan.parts.values() if self._is(one, state)]
        )

    def _is(self, part: Part, state: Evaluation) -> bool:
        rule = part.invitation.show_if
        if not part.shown_pages(state):
            return False
        if part.invitation.id in self.invited or rule is None:
            return True
        return self.plan.value(rule, self.plan.environment(state, self.today)) is True

    def handed(self, state: Evaluation) -> list[Part]:
        """The parts that only an invited person fills in now."""
        return [
            one
            for one in self.offered(state)
            if one.invitation.required or one.invitation.id in self.invited
        ]

    def pages(self, state: Evaluation) -> list[str]:
        """The pages that the holder fills in."""
        if self.part is not None:
            return self.part.shown_pages(state)
        others = {page.id for part in self.handed(state) for page in part.pages}
        return [name for name in state.pages if name not in others]

    def needs(self, state: Evaluation) -> list[DocumentNeed]:
        """The documents that the holder hands in."""
        if self.part is not None:
            return self.part.needs(state)
        others = {name for part in self.handed(state) for name in part.documents}
        return [need for need in state.documents if need.document not in others]


def _is_late(item: Item) -> bool:
    return isinstance(item, (Field, Info)) and item.after_summary


def _before_summary(page: Page) -> Page:
    if not any(map(_is_late, page.items)):
        return page
    return replace(page, items=tuple(item for item in page.items if not _is_late(item)))


def find_case(
    request: Request, procedure_id: str, draft_id: str, *, past_the_end: bool = False
) -> Case:
    """The draft, if it belongs to the session and the procedure; else nothing is there (R58).

    When nothing was done for long, the secret word comes first. `past_the_end`: the request may
    still leave something behind; it must not be answered with anything of the draft.
    """
    portal = portal_of(request)
    session = session_of(request)
    draft = drafts.load(portal.store, draft_id, session.id)
    if draft is None or draft.procedure_id != procedure_id:
        raise not_found()
    plan = portal.library.pinned(draft.digest)
    if plan is None:
        raise not_found()
    session.use()
    stay = timedelta(minutes=portal.settings.session_minutes)
    passage = doors.pass_through(portal.store, draft_id, session.id, stay)
    if not passage.is_open and not past_the_end:
        raise ElsewhereError(f"/p/{procedure_id}/form/{draft_id}/{OVER}")
    tell_end(request, passage.until, f"/p/{procedure_id}/form/{draft_id}/{STAY}")
    held = invitations.of_draft(portal.store, draft_id, session.id) if plan.parts else {}
    invited = {name: one for name, one in held.items() if name in plan.parts}
    today = portal.clock.today()
    return Case(plan, draft, session.id, today, invited=invited, is_open=passage.is_open)


def newer(request: Request, case: Case) -> str | None:
    """The page that tells of a new version of the definition; asked where people come back."""
    current = portal_of(request).library.current(case.draft.procedure_id)
    if current is None or current.procedure.digest == case.draft.digest:
        return None
    return f"{case.address}/{MOVED}"


def narrowed(draft: Draft, part: Part | None) -> Draft:
    """The draft as its holder may have it: an invited person gets the answers of their part."""
    return draft if part is None else replace(draft, raw=part.narrow(draft.raw), answers={})


def receipt_of(request: Request, case: Case) -> str | None:
    """Where the receipt is, if the application was handed in already."""
    store = portal_of(request).store
    done = submissions.receipt_of_draft(store, case.draft.id, session_of(request).id)
    if done is None and drafts.is_handed_in(store, case.draft.id):
        raise Refusal(409, "submitted")  # in another browser, which has the receipt
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
    """Store `change` of the answers; repeated on the new state if somebody else was quicker."""
    portal = portal_of(request)
    # An invited person's case holds their part alone; it is stored with all the other answers.
    draft = case.draft if case.part is None else _stored(portal, case)
    for _ in range(_TRIES):
        raw = dict(change(narrowed(draft, case.part).raw))
        saved = _store(
            request, case, draft, raw if case.part is None else case.part.widen(draft.raw, raw)
        )
        if saved is None:
            raise Refusal(409, "submitted")
        if not isinstance(saved, Conflict):
            return replace(case, draft=narrowed(saved, case.part))
        draft = saved.current
    raise Refusal(409, "busy")


def _stored(portal: Portal, case: Case) -> Draft:
    draft = drafts.load(portal.store, case.draft.id, case.holder)
    if draft is None:
        raise not_found()
    return draft


def _store(
    request: Request, case: Case, draft: Draft, raw: dict[str, object]
) -> Draft | Conflict | None:
    answers, dropped = canonical(case.procedure, raw)
    if dropped:
        log().info("answers-dropped", procedure=draft.procedure_id, count=dropped)
    return drafts.save(
        portal_of(request).store,
        draft.id,
        case.holder,
        draft.revision,
        answers,
        raw,
        language=words_of(request).language if case.part is None else None,
    )


def canonical(procedure: Procedure, raw: Raw) -> tuple[dict[str, object], int]:
    """Raw answers as they count, and how many were none."""
    reading = read_answers(procedure, readable(items_of(procedure), raw))
    return dict(write_answers(procedure, reading.answers)), len(reading.dropped)


def of_page(problems: Sequence[Problem], page: Page) -> tuple[Problem, ...]:
    """The problems whose place is on the page."""
    ids = {item.id for item in page.items if isinstance(item, (Field, Group))}
    return tuple(one for one in problems if _first_name(one.field) in ids)


def _first_name(path: str) -> str:
    return path.partition(".")[0].partition("[")[0]


def shape(items: Sequence[Item], raw: Raw) -> str:
    """How many rows there are where: a form that was drawn for other rows must not be taken."""
    return ";".join(row_paths(items, raw))
