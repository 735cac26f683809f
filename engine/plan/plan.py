"""A compiled procedure: everything the portal and the outputs ask of it."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from engine.answers.problem import Problem
from engine.answers.read import Reading, read_answers
from engine.check.checked import Checked
from engine.model import Expression, Procedure, Template
from engine.plan.evaluation import Details, Evaluation
from engine.plan.generate import all_fields, generate
from engine.plan.law_days import LawDays
from engine.plan.merge import merged
from engine.plan.quick_check import QuickCheckResult, Reason
from engine.plan.rule_text import named_field
from engine.plan.shows import shower
from engine.rules import RuleBudgetExceeded, compile_expression
from engine.values import Answers, Value


class Plan:
    """Made once per definition, used for every request."""

    def __init__(self, checked: Checked) -> None:
        code = generate(checked)
        self.procedure: Procedure = checked.procedure
        self.source_code = code.source
        self._checked = checked
        self._functions = code.functions
        self._law = LawDays(self.procedure.settings)
        self._fields = all_fields(self.procedure)
        self._expressions: dict[Expression, Callable[[Mapping[str, object]], object]] = {}

    def evaluate(self, answers: Answers, today: date) -> Evaluation:
        """Canonical answers: what counts, what is shown, what is wrong."""
        return self._evaluate("evaluate", "details", answers, today)

    def check(self, raw: object, today: date, *, internal: bool = False) -> Evaluation:
        """Raw answers as people and programs send them; `internal`: the clerk's questions too."""
        reading = read_answers(self.procedure, raw, internal=internal)
        return self._merged(reading, self.evaluate(reading.answers, today))

    def question_state(self, answers: Answers, today: date) -> Evaluation:
        """The same for the questions of the Quick Check."""
        return self._evaluate("questions", "question_details", answers, today)

    def check_questions(self, raw: object, today: date) -> Evaluation:
        """Raw answers to the questions of the Quick Check."""
        quick_check = self.procedure.quick_check
        reading = read_answers(quick_check.questions if quick_check else (), raw)
        return self._merged(reading, self.question_state(reading.answers, today))

    def quick_check(self, answers: Answers, today: date) -> QuickCheckResult:
        """The outcome for canonical answers to the questions."""
        quick_check = self.procedure.quick_check
        if quick_check is None:
            return QuickCheckResult(None, (), None, {}, ())
        hits: list[str] = []
        values = self.question_state(answers, today).all_values
        try:
            decided = self._functions["decide"](values, today, self._law.on(today), hits.append)
        except RuleBudgetExceeded:
            return QuickCheckResult(None, (), None, {}, tuple(hits))
        outcomes = {one.id: one for one in quick_check.outcomes}
        earliest = decided.get(quick_check.earliest or "")
        return QuickCheckResult(
            outcomes.get(decided.get(quick_check.result, "")),
            self._reasons(frozenset(hits)),
            earliest if isinstance(earliest, date) else None,
            decided,
            tuple(hits),
        )

    def value(self, expression: Expression, env: Mapping[str, object]) -> object:
        """A rule of mapping or document, over the names of `environment`."""
        function = self._expressions.get(expression)
        if function is None:
            function = compile_expression(self._checked.typed[expression])
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

    def _evaluate(self, function: str, details: str, answers: Answers, today: date) -> Evaluation:
        problems: list[Problem] = []
        warnings: list[Problem] = []
        law = self._law.on(today)
        try:
            values: dict[str, Value] = self._functions[function](
                answers, today, law, problems.append, warnings.append
            )
        except RuleBudgetExceeded:
            return _too_much(self.procedure)
        details_of = self._functions[details]

        def work_out() -> Details:
            return Details(*map(tuple, details_of(values, today, law)))

        return Evaluation(self.procedure, values, tuple(problems), tuple(warnings), work_out)

    def _merged(self, reading: Reading, evaluation: Evaluation) -> Evaluation:
        if not reading.problems:
            return evaluation
        return merged(reading.problems, evaluation)

    def _reasons(self, hits: frozenset[str]) -> tuple[Reason, ...]:
        quick_check = self.procedure.quick_check
        assert quick_check is not None  # noqa: S101 - hits come from its tables
        decisions: dict[str, Any] = {one.id: one for one in quick_check.decisions}
        return tuple(
            Reason(rule.id, rule.because, rule.reason)
            for name in quick_check.reasons
            for rule in decisions[name].rules
            if rule.id in hits
        )


def _too_much(procedure: Procedure) -> Evaluation:
    """Answers so large that rules over them reach their limits (R23): nothing is taken."""
    nothing = Details((), (), (), (), ())
    return Evaluation(procedure, {}, (Problem("", "too-much"),), (), lambda: nothing)
