"""Two worlds, each known twice: as formulas, and by running the plan on answers."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any

from engine.message.shape import MessageShape
from engine.model import Field
from engine.plan.evaluation import Evaluation
from engine.plan.generate import question_page
from engine.plan.places import order_of
from engine.plan.plan import Plan
from engine.plan.quick_check import QuickCheckResult
from engine.prove.decisions import Decisions
from engine.prove.form import Form, plain_path
from engine.prove.law import law_of
from engine.prove.proof import Example
from engine.prove.solving import Assignment, value_of
from engine.prove.terms import Bool, either
from engine.prove.values import Day, Value
from engine.prove.wording import Wording
from engine.rules.tree import Text, walk


@dataclass(frozen=True)
class Run:
    """What the plan makes of answers on a day: the last word on every example."""

    plan: Plan
    example: Example

    @cached_property
    def state(self) -> Evaluation:
        """The form, or the questions."""
        raw, day = self.example.answers, self.example.on
        if self.example.about_form:
            return self.plan.check(raw, day, internal=True)
        return self.plan.check_questions(raw, day)

    @cached_property
    def result(self) -> QuickCheckResult:
        """What the Quick Check says."""
        return self.plan.quick_check(self.state.values, self.example.on)

    @cached_property
    def shown(self) -> frozenset[str]:
        """Plain paths of all that was shown."""
        return frozenset(map(plain_path, (*self.state.visible, *self.state.infos)))

    @cached_property
    def visible(self) -> frozenset[str]:
        """Paths of questions with row numbers."""
        return frozenset(self.state.visible)

    @property
    def is_valid(self) -> bool:
        """Nothing is missing or wrong."""
        return not self.state.problems

    @cached_property
    def environment(self) -> Mapping[str, object]:
        """All names that rules may use outside of groups."""
        return self.plan.environment(self.state, self.example.on)


@dataclass(slots=True)
class World:
    """A form or Quick Check as formulas, and the way from an example back to answers."""

    plan: Plan
    today: date  # examples are about this day where they can be
    form: Form
    day: Day
    about_form: bool
    wording: Wording
    fields: Mapping[str, Field]
    law: Mapping[str, Value]
    decisions: Decisions | None = None
    shape: MessageShape | None = None  # of the message that applications become
    runs: list[Run] = field(default_factory=list)  # valid or not: what is known to happen

    @property
    def more_rows(self) -> Bool:
        """Some group has rows that nobody looks at."""
        return either(*self.form.more_rows)

    def runs_of(self, assignment: Assignment) -> Iterator[Run]:
        """The plan's view of an example, worded in the ways there are."""
        parts = (self.day.year, self.day.month, self.day.day)
        year, month, number = (int(value_of(one, assignment)) for one in parts)
        on = date(year, month, number) if year else self.today
        answers = self.form.answers(assignment)
        worded: dict[str, Any] = {}
        for is_shared in (False, True):
            before = worded
            worded = self.wording.worded(answers, self.fields, is_shared=is_shared)
            if worded != before or not is_shared:
                yield Run(self.plan, Example(on, self.about_form, worded))


def literals_of(plan: Plan) -> frozenset[str]:
    """Every text that a rule speaks of."""
    trees = (typed.tree for typed in plan.checked.typed.values())
    settings = (one.value for setting in plan.procedure.settings for one in setting.values)
    named = {text for value in settings for text in _texts(value)}
    named |= set(plan.procedure.authority.district)
    return frozenset(
        {node.value for tree in trees for node in walk(tree) if isinstance(node, Text)} | named
    )


def _texts(value: object) -> tuple[str, ...]:
    if isinstance(value, str):
        return (value,)
    return tuple(one for one in value if isinstance(one, str)) if isinstance(value, tuple) else ()


def form_world(
    plan: Plan, today: date, *, shape: MessageShape | None = None, are_open: bool = False
) -> World:
    """The application form."""
    procedure, checked = plan.procedure, plan.checked
    literals = literals_of(plan)
    day, law = law_of(procedure, are_open=are_open)
    form = Form(procedure.pages, checked.typed, order_of(checked.order), law, literals)
    wording = Wording(procedure, today, literals)
    fields = dict(procedure.fields())
    return World(plan, today, form, day, True, wording, fields, law, shape=shape)


def quick_check_world(plan: Plan, today: date, *, are_open: bool = False) -> World | None:
    """The Quick Check, with its decisions."""
    procedure, checked = plan.procedure, plan.checked
    quick_check = procedure.quick_check
    if quick_check is None:
        return None
    literals = literals_of(plan)
    day, law = law_of(procedure, are_open=are_open)
    order = order_of(checked.quick_check_order)
    form = Form((question_page(quick_check),), checked.typed, order, law, literals)
    decisions = Decisions(checked.typed, dict(form.top.names))
    for decision in sorted(quick_check.decisions, key=lambda one: order[one.id]):
        decisions.add(decision)
    fields = {one.id: one for one in quick_check.questions}
    wording = Wording(procedure, today, literals)
    return World(plan, today, form, day, False, wording, fields, law, decisions)
