"""Single changes that may matter: other options, yes instead of no, numbers and days."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import partial

from engine.explain.axes import Axis, boundaries, date_axis, number_axis, waiting_axis
from engine.explain.named import NOTHING, Named, every_text, named_by_question, reads_of_rules
from engine.explain.trials import DAY, Move, Trial, Trials
from engine.kinds import Kind
from engine.model import Field
from engine.plan.plan import Plan
from engine.values import Value

_TEXTS = 3  # of a text question
_FILLED = 6  # answers tried for a question that a change brings up


@dataclass(frozen=True, slots=True)
class Candidates:
    """What could be changed in a Quick Check; made once per plan."""

    questions: tuple[Field, ...]
    named: Mapping[str, Named]
    options: Mapping[str, tuple[str, ...]]  # of those no rule tells apart only the first
    law_days: tuple[date, ...]
    rules: Mapping[tuple[str, str], frozenset[str]]  # (decision, rule) -> what it reads

    def changes(self, trials: Trials) -> Iterator[Move]:
        """Every single change of an answer that was given or may be given, and waiting."""
        base = trials.base()
        state = trials.plan.question_state(trials.answers, trials.today)
        asked = frozenset(state.visible)
        for question in self.questions:
            if question.id in asked and question.changeable and not question.internal:
                is_needed = question.id in state.required
                yield from self._of(question, trials, base, is_needed)
        yield from self._waiting(trials, base)

    def _of(self, one: Field, trials: Trials, base: Trial, is_needed: bool) -> Iterator[Move]:
        value = trials.answers.get(one.id)
        axis = self._axis(one, value, trials.today)
        run = partial(_run, trials, one.id)
        if axis is not None:
            yield from boundaries(axis, one.id, base, run)
        for other in self._values(one, value):
            yield Move(((one.id, other),), run(other))
        if value is not None and not is_needed and one.instead is None:
            yield Move(((one.id, None),), run(None))

    def filling(self, name: str, move: Move, trials: Trials) -> Iterator[Move]:
        """Answers to a question that a change brings up."""
        question = next((one for one in self.questions if one.id == name), None)
        if question is None or question.internal:
            return
        for value in self._fillings(question, trials.today)[:_FILLED]:
            yield trials.move((*move.answers, (name, value)))

    def _fillings(self, one: Field, today: date) -> list[Value]:
        """The likely answers first; a fact that nobody stated is not assumed to be a yes."""
        if one.type.kind is Kind.YES_NO and not one.changeable:
            return [False]
        axis = self._axis(one, None, today)
        if axis is None:
            return list(self._values(one, None))
        first = axis.low if one.type.kind is Kind.NUMBER else today.toordinal()
        points = dict.fromkeys((first, *axis.named))
        return [axis.at(point) for point in points if axis.low <= point <= axis.high]

    def _axis(self, one: Field, value: Value, today: date) -> Axis | None:
        named = self.named.get(one.id, NOTHING)
        if one.type.kind is Kind.NUMBER:
            return number_axis(one, value, named)
        if one.type.kind is Kind.DATE:
            return date_axis(one, value, named, today)
        return None

    def _values(self, one: Field, value: Value) -> Iterator[Value]:
        """Answers other than `value`, the author's first."""
        match one.type.kind:
            case Kind.YES_NO:
                yield from (flag for flag in (True, False) if flag is not value)
            case Kind.DECLARATION if value is None:
                yield True
            case Kind.CHOICE:
                yield from self._options_for(one, value)
            case Kind.CHOICES:
                chosen = value if isinstance(value, tuple) else ()
                yield from (_toggled(one, chosen, option) for option in self.options[one.id])
            case Kind.TEXT if one.type.name in ("text", "postcode"):
                texts = self.named.get(one.id, NOTHING).texts
                yield from (text for text in texts[:_TEXTS] if text != value)
            case _:
                return

    def _options_for(self, one: Field, value: Value) -> Iterator[str]:
        """Other options; with `instead` those of the answer, without an answer those first."""
        options = self.options[one.id]
        if one.instead is None:
            yield from (option for option in options if option != value)
        elif value is not None:
            yield from one.instead.get(str(value), ())
        else:
            named = dict.fromkeys(option for those in one.instead.values() for option in those)
            yield from (*named, *(option for option in options if option not in named))

    def _waiting(self, trials: Trials, base: Trial) -> Iterator[Move]:
        decided = (one for one in base.decided.values() if isinstance(one, date))
        axis = waiting_axis(trials.today, (*decided, *self.law_days))
        yield from boundaries(axis, DAY, base, partial(_run, trials, DAY))


def candidates_of(plan: Plan) -> Candidates:
    """What the rules name, question by question."""
    check = plan.procedure.quick_check
    questions = check.questions if check is not None else ()
    named = named_by_question(plan.checked)
    told_apart = every_text(named)
    days = {one.valid_from for setting in plan.procedure.settings for one in setting.values}
    return Candidates(
        questions,
        named,
        {one.id: _options(one, told_apart) for one in questions},
        tuple(sorted(day for day in days if day is not None)),
        reads_of_rules(check, plan.checked) if check is not None else {},
    )


def _run(trials: Trials, name: str, value: Value) -> Trial:
    return trials.of(((name, value),))


def _options(one: Field, told_apart: frozenset[str]) -> tuple[str, ...]:
    values = [option.value for option in one.options.options] if one.options else []
    others = [value for value in values if value not in told_apart]
    return tuple(value for value in values if value in told_apart or value in others[:1])


def _toggled(one: Field, chosen: tuple[str, ...], option: str) -> Value:
    wanted = set(chosen) ^ {option}
    order = [known.value for known in one.options.options] if one.options else []
    return tuple(value for value in order if value in wanted) or None
