"""The same answers in both versions: what each makes of them, and in what they differ."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import NamedTuple

from engine.answers.read import items_of, read_answers
from engine.answers.write import Json
from engine.diff.parts import parts
from engine.diff.renames import Renames, renames
from engine.model import Field, Group, Procedure, with_paths
from engine.plan.evaluation import Evaluation
from engine.plan.plan import Plan
from engine.plan.quick_check import QuickCheckResult

# What may come out otherwise: of the Quick Check, of both, of the form.
VIEWS = ("outcome", "earliest", "told", "visible", "documents", "accepted")


class Versions:
    """Two plans, and what is called otherwise in the second."""

    def __init__(self, old: Plan, new: Plan) -> None:
        self.old = old
        self.new = new
        before, after = parts(old.procedure), parts(new.procedure)
        self.renames: Renames = renames(before, after)
        self.fields = frozenset(_paths(old.procedure, self.renames) & _plain(new.procedure))
        self.documents = frozenset(
            {one.id for one in old.procedure.documents}
            & {one.id for one in new.procedure.documents}
        )

    @property
    def have_quick_checks(self) -> bool:
        """Whether there is anything to compare."""
        return None not in (self.old.procedure.quick_check, self.new.procedure.quick_check)


class Difference(NamedTuple):
    """One thing that comes out otherwise; `view` and `subject` name it."""

    view: str  # outcome earliest told visible documents accepted
    subject: str  # path, document id; "" where there is only one
    before: str
    after: str


@dataclass(frozen=True)
class Pair:
    """Answers on a day, under the names of the new version."""

    versions: Versions
    on: date
    about_form: bool
    answers: Mapping[str, Json]

    def as_json(self) -> dict[str, Json]:
        """The keys of a case."""
        key = "given" if self.about_form else "quick_check"
        return {"on": self.on.isoformat(), key: dict(self.answers)}

    @cached_property
    def old(self) -> Evaluation:
        """What the old version makes of them."""
        return self._state(self.versions.old, self._old_answers)

    @cached_property
    def new(self) -> Evaluation:
        """What the new version makes of them."""
        return self._state(self.versions.new, self.answers)

    @cached_property
    def are_readable(self) -> bool:
        """Both versions can read every answer that they ask for."""
        return _reads(self.versions.old, self._old_answers, self.about_form) and _reads(
            self.versions.new, self.answers, self.about_form
        )

    @property
    def are_valid(self) -> bool:
        """Both versions would take them."""
        return not self.old.problems and not self.new.problems

    def differences(self) -> Iterator[Difference]:
        """Everything that comes out otherwise."""
        if not self.are_readable:
            return
        if self.about_form:
            yield from self._accepted()
        if not self.are_valid:
            return
        yield from self._visible()
        if self.about_form:
            yield from self._documents()
        else:
            yield from self._decided()

    def _accepted(self) -> Iterator[Difference]:
        before, after = self.old.problems, self.new.problems
        if bool(before) is bool(after):
            return
        told = sorted({one.field for one in after or before})
        words = ", ".join(told)
        yield Difference("accepted", "", f"nein: {words}" if before else "ja",
                         f"nein: {words}" if after else "ja")  # fmt: skip

    def _visible(self) -> Iterator[Difference]:
        renamed, about_form = self.versions.renames, self.about_form
        old = {renamed.new_path(one, about_form=about_form) for one in self.old.visible}
        new = set(self.new.visible)
        common = self.versions.fields if about_form else _questions(self.versions)
        for path in sorted(old ^ new):
            if re.sub(r"\[[0-9]+\]", "[]", path) in common:
                yield Difference("visible", path, *_yes_no(path in old, path in new))

    def _documents(self) -> Iterator[Difference]:
        """Asked for or not, and whether it must be there; any row counts."""
        old, new = _needs(self.old), _needs(self.new)
        for name in sorted(self.versions.documents):
            if old.get(name, "") != new.get(name, ""):
                yield Difference("documents", name, old.get(name, "nein"), new.get(name, "nein"))

    def _decided(self) -> Iterator[Difference]:
        one, other = (
            self._result(self.versions.old, self.old),
            self._result(self.versions.new, self.new),
        )
        before, after = (r.outcome.id if r.outcome else "" for r in (one, other))
        if before != after:
            yield Difference("outcome", "", before or "–", after or "–")
        if one.earliest != other.earliest:
            yield Difference("earliest", "", str(one.earliest or "–"), str(other.earliest or "–"))
        old, new = _told(one), _told(other)
        for rule in sorted(old ^ new):
            yield Difference("told", rule, *_yes_no(rule in old, rule in new))

    def _result(self, plan: Plan, state: Evaluation) -> QuickCheckResult:
        return plan.quick_check(state.values, self.on)

    def _state(self, plan: Plan, answers: Mapping[str, Json]) -> Evaluation:
        if self.about_form:
            return plan.check(answers, self.on, internal=True)
        return plan.check_questions(answers, self.on)

    @cached_property
    def _old_answers(self) -> Mapping[str, Json]:
        return self.versions.renames.old_answers(self.answers, about_form=self.about_form)


def _yes_no(before: bool, after: bool) -> tuple[str, str]:
    return "ja" if before else "nein", "ja" if after else "nein"


def _told(result: QuickCheckResult) -> set[str]:
    """The rules that a person reads about: why, and what is in order."""
    return {one.rule for one in (*result.reasons, *result.fulfilled) if one.text or one.because}


def _needs(state: Evaluation) -> dict[str, str]:
    found: dict[str, str] = {}
    for one in state.documents:
        if one.required or one.document not in found:
            found[one.document] = "verlangt" if one.required else "freiwillig"
    return found


def _reads(plan: Plan, answers: Mapping[str, Json], about_form: bool) -> bool:
    check = plan.procedure.quick_check
    items = items_of(plan.procedure) if about_form or check is None else check.questions
    return not read_answers(items, answers, internal=True).problems


def _questions(versions: Versions) -> frozenset[str]:
    old, new = versions.old.procedure.quick_check, versions.new.procedure.quick_check
    if old is None or new is None:
        return frozenset()
    before = {versions.renames.new_path(one.id, about_form=False) for one in old.questions}
    return frozenset(before & {one.id for one in new.questions})


def _plain(procedure: Procedure) -> set[str]:
    """The paths of fields and groups."""
    return {
        path
        for page in procedure.pages
        for path, item in with_paths(page.items)
        if isinstance(item, Field | Group)
    }


def _paths(procedure: Procedure, names: Renames) -> set[str]:
    return {names.new_path(one, about_form=True) for one in _plain(procedure)}
