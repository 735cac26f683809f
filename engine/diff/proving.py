"""The solver's view of two versions: answers that come out otherwise, or a proof of none.

Questions have the same variables in both versions if they have the same name; of a renamed one the
two are set equal. What both versions say in the same formula needs no solver at all.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from engine.answers.write import Json
from engine.diff.pair import VIEWS, Difference, Pair, Versions
from engine.diff.parts import Key
from engine.diff.searching import Examples
from engine.model import Document
from engine.prove.claims.reach import rooms_of
from engine.prove.form import Form
from engine.prove.law import is_day
from engine.prove.solving import Assignment, Said, Session, Solver, cone
from engine.prove.terms import (
    Bool,
    BoolTerm,
    IntTerm,
    Term,
    WordTerm,
    alike,
    below,
    both,
    digest_of,
    either,
    equal,
    no,
    same_word,
)
from engine.prove.values import same
from engine.prove.world import World, form_world, quick_check_world

MOST_EXAMPLES = 8  # of each view; the first ones are to the point
TOGETHER = 24  # questions that are asked one by one; more are asked in one


@dataclass(frozen=True, slots=True)
class Open:
    """Nothing was found, and nothing was proved: why."""

    view: str
    subject: str
    reason: str  # time, not-confirmed, more-rows, unknown
    what: str = ""


@dataclass(frozen=True, slots=True)
class Question:
    """Does this come out otherwise?"""

    view: str
    subject: str
    formula: Bool


def prove_alike(versions: Versions, today: date, examples: Examples) -> tuple[Open, ...]:
    """Adds examples for everything that differs; what is not among them and not open is proved."""
    solver = Solver()
    still_open: list[Open] = []
    for make in (quick_check_world, form_world):
        old, new = make(versions.old, today), make(versions.new, today)
        if old is not None and new is not None:
            asking = _Asking(versions, old, new, solver, examples)
            still_open += asking.asked()
    return tuple(still_open)


class _Asking:
    """All questions about one pair of worlds."""

    def __init__(
        self, versions: Versions, old: World, new: World, solver: Solver, examples: Examples
    ) -> None:
        self._versions = versions
        self._old = old
        self._new = new
        self._examples = examples
        self._about_form = new.about_form
        ground = tuple(self._ground())
        self._anything = solver.session(*ground)
        self._valid = solver.session(*ground, old.form.valid, new.form.valid)

    def asked(self) -> Iterator[Open]:
        """What stays open."""
        for view in VIEWS:
            waiting = [one for one in self._questions(view) if one.formula is not False]
            if len(waiting) > TOGETHER:
                merged = either(*(one.formula for one in waiting))
                if self._said(merged, view) is Said.NO:
                    continue
            found = 0
            for question in waiting:
                if self._is_known(question):
                    continue
                said = self._ask(question) if found < MOST_EXAMPLES else None
                if isinstance(said, Open):
                    yield said
                found += said is True

    def _is_known(self, question: Question) -> bool:
        return (question.view, question.subject) in self._examples.found

    def _said(self, formula: Bool, view: str) -> Said:
        session = self._session(view)
        return session.ask(formula).said

    def _session(self, view: str) -> Session:
        return self._anything if view == "accepted" else self._valid

    def _ask(self, question: Question) -> "Open | bool":
        """True: an example was found. False: it is proved that there is none."""
        session = self._session(question.view)
        usual = both(
            is_day(self._new.day, self._new.today),
            no(self._old.more_rows),
            no(self._new.more_rows),
        )
        said, reason = Said.UNDECIDED, ""
        for more in (usual, True):
            reply = session.ask(question.formula, more)
            said = reply.said
            if said is Said.YES:
                if self._shows(question, reply.example):
                    return True
                reason = _why(question.formula)
        if said is Said.NO and not reason:
            return False
        return Open(question.view, question.subject, *_told(reason or "time", question.formula))

    def _shows(self, question: Question, example: Assignment) -> bool:
        """The two plans have the last word."""
        for pair in self._pairs(example):
            for difference in pair.differences():
                if difference.view == question.view:
                    self._examples.look(shortened(pair, difference))
                    self._examples.look(pair)
                    if self._is_known(question):
                        return True
        return False

    def _pairs(self, example: Assignment) -> Iterator[Pair]:
        for old, new in zip(self._old.runs_of(example), self._new.runs_of(example), strict=False):
            names = self._versions.renames
            given = names.new_answers(old.example.answers, about_form=self._about_form)
            answers = _merged(given, new.example.answers)
            yield Pair(self._versions, new.example.on, self._about_form, answers)

    def _ground(self) -> Iterator[Bool]:
        """What both versions can read, and what is the same question under two names."""
        terms = {**_variables(self._old.form), **_variables(self._new.form)}
        for one in (*_all_variables(self._old.form), *_all_variables(self._new.form)):
            yield from one.facts
        names = self._versions.renames
        renamed = names.form if self._about_form else names.questions
        for new, old in renamed.items():
            for name, term in terms.items():
                if name == new or name.startswith((f"{new}?", f"{new}=", f"{new}.", f"{new}#")):
                    other = terms.get(old + name[len(new) :])
                    if other is not None:
                        yield _equal(term, other)

    # --- What may come out otherwise ------------------------------------------------------------

    def _questions(self, view: str) -> Iterable[Question]:
        if view in ("outcome", "earliest"):
            return self._decided(view)
        if view == "told":
            return self._told()
        if view == "visible":
            return self._visible()
        if not self._about_form:
            return ()
        return self._documents() if view == "documents" else self._accepted()

    def _decided(self, view: str) -> Iterator[Question]:
        old, new = self._old.plan.procedure.quick_check, self._new.plan.procedure.quick_check
        if self._about_form or old is None or new is None:
            return
        one, other = (old.result, new.result) if view == "outcome" else (old.earliest, new.earliest)
        before, after = self._old.decisions, self._new.decisions
        if before is None or after is None or one is None or other is None:
            return
        first, second = before.all[one].value, after.all[other].value
        yield Question(view, "", no(same(first, second).is_true))

    def _told(self) -> Iterator[Question]:
        if self._about_form:
            return
        before, after = _told_by(self._old), _told_by(self._new)
        for rule in {**before, **after}:
            differs = _differ(before.get(rule, False), after.get(rule, False))
            yield Question("told", rule, differs)

    def _visible(self) -> Iterator[Question]:
        names = self._versions.renames
        for path, flags in self._new.form.shown.items():
            was = names.old(Key("field" if self._about_form else "question", path)).name
            before = self._old.form.shown.get(was)
            if before is None or self._is_internal(path) or not self._is_common(path):
                continue
            pairs = zip(before, flags, strict=False)
            yield Question("visible", path, either(*(_differ(a, b) for a, b in pairs)))

    def _is_common(self, path: str) -> bool:
        return path in self._versions.fields if self._about_form else path in self._new.fields

    def _is_internal(self, path: str) -> bool:
        field = self._new.fields.get(path)
        return field is not None and field.internal

    def _documents(self) -> Iterator[Question]:
        old = {one.id: one for one in self._old.plan.procedure.documents}
        for document in self._new.plan.procedure.documents:
            if document.id in old:
                before = _needed(old[document.id], self._old.form)
                after = _needed(document, self._new.form)
                differs = either(*(_differ(a, b) for a, b in zip(before, after, strict=True)))
                yield Question("documents", document.id, differs)

    def _accepted(self) -> Iterator[Question]:
        yield Question("accepted", "", _differ(self._old.form.valid, self._new.form.valid))


def _differ(one: Bool, other: Bool) -> Bool:
    return False if digest_of(one) == digest_of(other) else no(alike(one, other))


def _told_by(world: World) -> Mapping[str, Bool]:
    """When each rule is told as a reason, or as what is in order; by its name."""
    check, decisions = world.plan.procedure.quick_check, world.decisions
    found: dict[str, Bool] = {}
    if check is None or decisions is None:
        return found
    for name in (*check.reasons, *check.fulfilled):
        decided = decisions.all[name]
        is_first = decided.decision.hit_policy == "first"
        for number, rule in enumerate(decided.decision.rules):
            if rule.reason or rule.because:
                hit = decided.first(number) if is_first else decided.hits[number]
                found[rule.id] = either(found.get(rule.id, False), hit)
    return found


def _needed(document: Document, form: Form) -> tuple[Bool, Bool]:
    """Whether it must be there, and whether it is asked for at all."""
    must: list[Bool] = []
    may: list[Bool] = []
    for room in rooms_of(document, form):
        required, optional = (
            None if one is None else form.truth(one, room).is_true
            for one in (document.required_if, document.optional_if)
        )
        if required is None:
            required = optional is None
        must.append(both(room.there, required, document.min_files > 0))
        may.append(both(room.there, either(required, optional or False)))
    return either(*must), either(*may)


def _all_variables(form: Form) -> Iterator[Term]:
    tops = [form.valid, *(flag for flags in form.shown.values() for flag in flags)]
    seen: set[int] = set()
    waiting: list[Bool] = [*tops]
    while waiting:
        for term in below(waiting.pop()):
            if term.op == "var" and id(term) not in seen:
                seen.add(id(term))
                waiting.extend(term.facts)
                yield term


def _variables(form: Form) -> dict[str, Term]:
    return {str(one.value): one for one in _all_variables(form)}


def _equal(one: Term, other: Term) -> Bool:
    if isinstance(one, BoolTerm) and isinstance(other, BoolTerm):
        return alike(one, other)
    if isinstance(one, IntTerm) and isinstance(other, IntTerm):
        return equal(one, other)
    if isinstance(one, WordTerm) and isinstance(other, WordTerm):
        return same_word(one, other)
    return True


def _why(formula: Bool) -> str:
    reasons = {one.reason for one in cone(formula) if one.reason}
    if reasons - {"more-rows"}:
        return "unknown"
    return "more-rows" if reasons else "not-confirmed"


def _told(reason: str, formula: Bool) -> tuple[str, str]:
    names = dict.fromkeys(one.reason for one in cone(formula) if one.reason)
    return reason, ", ".join(one for one in names if one != "more-rows")


def shortened(pair: Pair, shown: Difference) -> Pair:
    """The same difference with as few answers as it takes."""
    best = pair
    if shown.view == "accepted" or len(pair.answers) > 400:
        return best
    for name in pair.answers:
        rest = {key: one for key, one in best.answers.items() if key != name}
        shorter = Pair(pair.versions, pair.on, pair.about_form, rest)
        if shown in set(shorter.differences()):
            best = shorter
    return best


def _merged(one: Mapping[str, Json], other: Mapping[str, Json]) -> dict[str, Json]:
    """The answers of both, row by row; where both have one, the second."""
    found: dict[str, Json] = {**one, **other}
    for name in one.keys() & other.keys():
        left, right = one[name], other[name]
        if isinstance(left, list) and isinstance(right, list):
            found[name] = [
                _merged(a, b) if isinstance(a, dict) and isinstance(b, dict) else b
                for a, b in zip(left, right, strict=False)
            ]
    return found
