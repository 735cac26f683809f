"""A compiled procedure: everything the portal and the outputs ask of it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from engine.answers.problem import Problem
from engine.answers.read import items_of
from engine.check.checked import Checked
from engine.model import Expression, Item, Procedure, Template
from engine.plan.evaluation import Details, Evaluation, Shape
from engine.plan.form_order import FormOrder
from engine.plan.generate import all_fields, generate
from engine.plan.law_days import LawDays
from engine.plan.part import Part, parts_of
from engine.plan.quick_check import QuickCheckResult, Reason
from engine.plan.rule_text import named_field
from engine.plan.shows import shower
from engine.rules import RuleBudgetExceeded, compile_expression
from engine.values import Answers, Value


@dataclass(frozen=True, slots=True)
class _Functions:
    """The generated functions for one set of questions."""

    evaluate: Callable[..., Any]
    check: Callable[..., Any]
    shape: Shape


_NO_DETAILS = Details((), (), (), (), ())


class Plan:
    """Made once per definition, used for every request."""

    def __init__(self, checked: Checked) -> None:
        code = generate(checked)
        self.procedure: Procedure = checked.procedure
        self.source_code = code.source
        self.checked = checked
        self.parts: Mapping[str, Part] = parts_of(self.procedure)
        made = code.functions
        quick_check = self.procedure.quick_check
        self._law = LawDays(self.procedure.settings)
        self._form = _Functions(
            made["evaluate"],
            made["check"],
            self._shape(items_of(self.procedure), made["details"]),
        )
        self._questions: _Functions | None = None
        self._decide = made.get("decide")
        if quick_check is not None:
            self._questions = _Functions(
                made["questions"],
                made["check_questions"],
                self._shape(quick_check.questions, made["question_details"]),
            )
        self._fields = all_fields(self.procedure)
        self._order = FormOrder(self.procedure)
        self._expressions: dict[Expression, Callable[[Mapping[str, object]], object]] = {}

    def evaluate(self, answers: Answers, today: date) -> Evaluation:
        """Canonical answers: what counts, what is shown, what is wrong."""
        return self._evaluate(self._form, answers, today)

    def check(self, raw: object, today: date, *, internal: bool = False) -> Evaluation:
        """Raw answers as people and programs send them; `internal`: the clerk's questions too.

        What is hidden is not even read.
        """
        return self._check(self._form, raw, today, internal)

    def question_state(self, answers: Answers, today: date) -> Evaluation:
        """The same for the questions of the Quick Check."""
        if self._questions is None:
            return _nothing(self.procedure)
        return self._evaluate(self._questions, answers, today)

    def check_questions(self, raw: object, today: date) -> Evaluation:
        """Raw answers to the questions of the Quick Check."""
        if self._questions is None:
            return _nothing(self.procedure)
        return self._check(self._questions, raw, today, True)

    def quick_check(self, answers: Answers, today: date) -> QuickCheckResult:
        """The outcome for canonical answers to the questions."""
        quick_check = self.procedure.quick_check
        if quick_check is None or self._decide is None:
            return QuickCheckResult(None, (), (), None, {}, ())
        state = self.question_state(answers, today)
        decided, hits = self.decide(state, today)
        outcomes = {one.id: one for one in quick_check.outcomes}
        earliest = decided.get(quick_check.earliest or "")
        outcome = decided.get(quick_check.result)
        return QuickCheckResult(
            outcomes.get(outcome) if isinstance(outcome, str) else None,
            self._told(quick_check.reasons, frozenset(hits)),
            self._told(quick_check.fulfilled, frozenset(hits)),
            earliest if isinstance(earliest, date) else None,
            decided,
            hits,
        )

    def decide(
        self, state: Evaluation, today: date
    ) -> tuple[Mapping[str, object], tuple[tuple[str, str], ...]]:
        """All decisions, and the rules that hit as (decision, rule); nothing if it is too much."""
        hits: list[tuple[str, str]] = []
        if self._decide is None:
            return {}, ()
        try:
            decided = self._decide(state.all_values, today, self._law.on(today), hits.append)
        except RuleBudgetExceeded:
            return {}, tuple(hits)
        return decided, tuple(hits)

    def value(self, expression: Expression, env: Mapping[str, object]) -> object:
        """A rule of mapping or document, over the names of `environment`."""
        function = self._expressions.get(expression)
        if function is None:
            function = compile_expression(self.checked.typed[expression])
            self._expressions[expression] = function
        return function(env)

    def text(self, template: Template, env: Mapping[str, object]) -> str:
        """A template filled: fields as they are shown, nothing for what is not answered."""
        return "".join(
            part
            if isinstance(part, str)
            else shower(named_field(part, self._fields))(self.value(part, env))
            for part in template.parts
        )

    def environment(
        self, evaluation: Evaluation, today: date, **more: object
    ) -> Mapping[str, object]:
        """All names that rules of outputs may use: values, `setting`, `stichtag`, and `more`."""
        law = self._law.on(today)
        return {**evaluation.all_values, "setting": law, "stichtag": today, **more}

    def _evaluate(self, code: _Functions, answers: Answers, today: date) -> Evaluation:
        problems: list[Problem] = []
        warnings: list[Problem] = []
        law = self._law.on(today)
        try:
            values = code.evaluate(answers, today, law, problems, warnings)
        except RuleBudgetExceeded:
            return _nothing(self.procedure, "too-much")
        return Evaluation(code.shape, values, tuple(problems), tuple(warnings), today)

    def _check(self, code: _Functions, raw: object, today: date, internal: bool) -> Evaluation:
        if raw.__class__ is not dict and not isinstance(raw, Mapping):
            return _nothing(self.procedure, "not-answers")
        problems: list[Problem] = []
        warnings: list[Problem] = []
        unreadable: list[Problem] = []
        law = self._law.on(today)
        try:
            values = code.check(raw, today, law, problems, warnings, unreadable, internal)
        except RuleBudgetExceeded:
            return _nothing(self.procedure, "too-much")
        if unreadable:
            problems = self._order.merged(unreadable, problems)
        return Evaluation(code.shape, values, tuple(problems), tuple(warnings), today)

    def _shape(self, items: tuple[Item, ...], generated: Callable[..., Any]) -> Shape:
        law_on = self._law.on

        def work_out(all_values: Mapping[str, Value], today: date) -> Details:
            try:
                return Details(*map(tuple, generated(all_values, today, law_on(today))))
            except RuleBudgetExceeded:
                return _NO_DETAILS

        return Shape(self.procedure, items, work_out)

    def _told(
        self, tables: tuple[str, ...], hits: frozenset[tuple[str, str]]
    ) -> tuple[Reason, ...]:
        quick_check = self.procedure.quick_check
        assert quick_check is not None  # noqa: S101 - hits come from its tables
        decisions: dict[str, Any] = {one.id: one for one in quick_check.decisions}
        return tuple(
            Reason(rule.id, rule.because, rule.reason)
            for name in tables
            for rule in decisions[name].rules
            if (name, rule.id) in hits
        )


def _nothing(procedure: Procedure, code: str = "") -> Evaluation:
    """Nothing can be taken: no answers at all, or so many that rules reach their limits (R23)."""
    problems = (Problem("", code),) if code else ()
    empty = Shape(procedure, (), lambda *_: _NO_DETAILS)
    return Evaluation(empty, (), problems, (), date.min)
