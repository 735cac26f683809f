"""Why a Quick Check came out as it did, and what would change it: as data and in words."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from engine.answers.write import tell_value
from engine.explain.candidates import candidates_of
from engine.explain.chain import Hit, Step, chain_of
from engine.explain.naming import quick_check_names
from engine.explain.search import smallest_changes
from engine.explain.speech import Speech
from engine.explain.trials import DAY, Move, Trials
from engine.explain.weigh import Values, Weigher
from engine.model import Field, Outcome
from engine.plan.plan import Plan
from engine.plan.quick_check import QuickCheckResult, Reason
from engine.rules.durations import Days, Months
from engine.rules.runtime import add_months, months_between
from engine.values import Answers, Value

_OTHERS = 5  # changes to no better outcome that are told where none is better


@dataclass(frozen=True, slots=True)
class Change:
    """One answer that changes; without a question it is the day of decision."""

    question: Field | None
    before: Value
    after: Value


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Changes that lead to another outcome if they come together."""

    changes: tuple[Change, ...]
    outcome: Outcome
    is_better: bool

    def moved(self) -> tuple[tuple[str, Value], ...]:
        """The same as pairs of id and answer, to be tried."""
        return tuple(
            (one.question.id if one.question is not None else DAY, one.after)
            for one in self.changes
        )


@dataclass(frozen=True, slots=True)
class Explanation:
    """A result with its reasons."""

    result: QuickCheckResult
    steps: tuple[Step, ...]
    suggestions: tuple[Suggestion, ...]  # better outcomes first
    is_best: bool  # there is no better outcome
    today: date

    @property
    def deciding(self) -> tuple[tuple[str, Hit], ...]:
        """Decision and rule, of those rules on the way that have a paragraph or a reason."""
        return tuple(
            (step.decision, hit) for step in self.steps for hit in step.hits
            if hit.because or hit.reason
        )  # fmt: skip

    @property
    def beside(self) -> tuple[Reason, ...]:
        """Reasons that are told as well, though the result would be the same without them."""
        deciding = {hit.rule for _, hit in self.deciding}
        told = (one for one in self.result.reasons if one.because or one.text)
        return tuple(one for one in told if one.rule not in deciding)


class Explainer:
    """Explains results of one plan; made once, used for every request."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self._weigher = Weigher()
        self._candidates = candidates_of(plan)
        check = plan.procedure.quick_check
        outcomes = check.outcomes if check is not None else ()
        self._outcomes = {one.id: one for one in outcomes}
        # Whoever has reached what they came for is not sent on to something else.
        self._ranks = {one.id: 0 if one.reached else rank for rank, one in enumerate(outcomes)}
        self._questions = {one.id: one for one in check.questions} if check is not None else {}

    def explain(self, answers: Answers, today: date, speech: Speech) -> Explanation:
        """Everything: the way to the result and what would change it."""
        result = self.plan.quick_check(answers, today)
        state = self.plan.question_state(answers, today)
        env = {**self.plan.environment(state, today), **result.decisions}
        values = Values(quick_check_names(self.plan.procedure, today), env, speech)
        hits = frozenset(result.table_hits)
        steps = chain_of(self.plan, self._weigher, values, result.decisions, hits)
        is_best = result.outcome is not None and self._ranks[result.outcome.id] == 0
        return Explanation(result, steps, self.suggestions(answers, today), is_best, today)

    def suggestions(self, answers: Answers, today: date) -> tuple[Suggestion, ...]:
        """The smallest changes; answers to hidden questions do not count."""
        state = self.plan.question_state(answers, today)
        kept = {name: value for name, value in state.values.items() if name in self._questions}
        moves = smallest_changes(Trials(self.plan, kept, today), self._candidates, self._ranks)
        now = self.plan.decide(state, today)[0].get(self._result())
        rank = self._ranks.get(str(now), len(self._ranks))
        found = [self._suggestion(move, kept, today, rank) for move in moves]
        told = [one for one in found if one is not None]
        better = [one for one in told if one.is_better]
        return tuple(better or told[:_OTHERS])

    def _result(self) -> str:
        check = self.plan.procedure.quick_check
        return check.result if check is not None else ""

    def _suggestion(
        self, move: Move, answers: Answers, today: date, rank: int
    ) -> Suggestion | None:
        outcome = self._outcomes.get(move.trial.outcome or "")
        if outcome is None:
            return None
        changes = tuple(
            Change(
                self._questions.get(name),
                today if name == DAY else answers.get(name),
                after,
            )
            for name, after in move.answers
        )
        return Suggestion(changes, outcome, self._ranks[outcome.id] < rank)


@lru_cache(maxsize=16)
def explainer_of(plan: Plan) -> Explainer:
    """The explainer of a plan, kept while plans are few."""
    return Explainer(plan)


def as_json(found: Explanation, speech: Speech) -> dict[str, object]:
    """For programs; sentences in the language of `speech`."""
    outcome = found.result.outcome
    return {
        "outcome": outcome.id if outcome is not None else None,
        "title": speech.author(outcome.title) if outcome is not None else None,
        "earliest": found.result.earliest.isoformat() if found.result.earliest else None,
        "rules": [_rule_json(decision, hit, speech) for decision, hit in found.deciding],
        "beside": [_told_json(one, speech) for one in found.beside],
        "fulfilled": [_told_json(one, speech) for one in found.result.fulfilled],
        "chain": [_step_json(step) for step in found.steps],
        "changes": [_suggestion_json(one, found.today, speech) for one in found.suggestions],
    }


def _rule_json(decision: str, hit: Hit, speech: Speech) -> dict[str, object]:
    told = Reason(hit.rule, hit.because, hit.reason)
    return {"decision": decision, **_told_json(told, speech)}


def _told_json(one: Reason, speech: Speech) -> dict[str, object]:
    return {
        "rule": one.rule,
        "because": one.because,
        "reason": speech.author(one.text) if one.text is not None else None,
    }


def _step_json(step: Step) -> dict[str, object]:
    return {
        "decision": step.decision,
        "value": tell_value(step.value),
        "how": step.how,
        "because": step.because,
        "words": step.words or None,
        "condition": step.condition.as_json() if step.condition is not None else None,
        "rules": [
            {"rule": hit.rule, "conditions": [one.as_json() for one in hit.conditions]}
            for hit in step.hits
        ],
        "before": list(step.before),
        "reads": {read.name: read.shown for read in step.reads},
    }


def _suggestion_json(one: Suggestion, today: date, speech: Speech) -> dict[str, object]:
    return {
        "changes": [
            {
                "question": change.question.id if change.question is not None else None,
                "before": tell_value(change.before),
                "after": tell_value(change.after),
            }
            for change in one.changes
        ],
        "outcome": one.outcome.id,
        "better": one.is_better,
        "words": suggestion_words(one, today, speech),
    }


def suggestion_words(one: Suggestion, today: date, speech: Speech) -> str:
    """»Wenn die Antwort auf … „…“ ist: …«."""
    said = [change_words(change, today, speech) for change in one.changes]
    changes = speech.t("change.if", changes=speech.joined(said))
    key = "change.outcome" if one.is_better else "change.worse"
    return speech.t(key, changes=changes, outcome=speech.author(one.outcome.title))


def change_words(change: Change, today: date, speech: Speech) -> str:
    """One change, to stand behind »wenn«."""
    if change.question is None:
        assert isinstance(change.after, date)  # noqa: S101 - a day has moved
        time = waiting_words(today, change.after, speech)
        return speech.t("change.wait", day=speech.value(change.after), time=time)
    question = speech.field(change.question.label)
    if change.after is None:
        return speech.t("change.removed", question=question)
    after = speech.value(change.after, change.question)
    if change.before is None:
        return speech.t("change.new", question=question, after=after)
    before = speech.value(change.before, change.question)
    return speech.t("change.answer", question=question, after=after, before=before)


def waiting_words(today: date, day: date, speech: Speech) -> str:
    """»2 Monate und 1 Tag«."""
    whole = months_between(today, day) or Months(0)
    reached = add_months(today, whole) or today
    years, months = divmod(whole.count, 12)
    counts = (Months(12 * years), Months(months), Days((day - reached).days))
    return speech.joined([speech.value(one) for one in counts if one.count])


def as_lines(found: Explanation, speech: Speech) -> Iterator[str]:
    """For people at a terminal."""
    outcome = found.result.outcome
    title = f"{speech.author(outcome.title)} ({outcome.id})" if outcome else speech.t("why.none")
    yield f"{speech.t('why.result')}: {title}"
    if found.result.earliest is not None:
        yield speech.t("why.earliest", day=speech.value(found.result.earliest))
    deciding = [Reason(hit.rule, hit.because, hit.reason) for _, hit in found.deciding]
    yield from _told_lines("why.reasons", deciding, speech)
    yield from _told_lines("why.beside", found.beside, speech)
    yield from _told_lines("why.fulfilled", found.result.fulfilled, speech)
    yield ""
    yield f"{speech.t('why.chain')}:"
    for step in found.steps:
        yield from (f"  {line}" for line in _step_lines(step, speech))
    yield ""
    yield f"{speech.t('why.changes')}:"
    if not any(one.is_better for one in found.suggestions):
        yield f"  {speech.t('why.best' if found.is_best else 'why.no_changes')}"
    for one in found.suggestions:
        yield f"  - {suggestion_words(one, found.today, speech)}"


def _told_lines(key: str, told: Sequence[Reason], speech: Speech) -> Iterator[str]:
    if not told:
        return
    yield ""
    yield f"{speech.t(key)}:"
    for one in told:
        reason = speech.author(one.text) if one.text is not None else ""
        because = speech.t("why.because", because=one.because) if one.because else ""
        yield f"  - {one.rule}: {' '.join(part for part in (reason, because) if part)}"


def _step_lines(step: Step, speech: Speech) -> Iterator[str]:
    because = " " + speech.t("why.because", because=step.because) if step.because else ""
    yield f"{speech.t('why.read', name=step.decision, value=step.shown)}{because}"
    if step.how in ("otherwise", "nothing"):
        yield "  " + speech.t("why.otherwise" if step.how == "otherwise" else "why.no_rule")
    if step.words:
        yield "  " + speech.t("why.value", value=step.words)
        if step.reads:
            yield "  " + speech.t("truth.read", values=_reads(step, speech))
    if step.condition is not None:
        yield from (f"  {line}" for line in step.condition.lines(speech))
    if step.before:
        yield "  " + speech.t("why.before", rules=", ".join(step.before))
    for hit in step.hits:
        yield "  " + speech.t("why.rule" if hit.conditions else "why.rule_always", rule=hit.rule)
        for condition in hit.conditions:
            yield from (f"    {line}" for line in condition.lines(speech))


def _reads(step: Step, speech: Speech) -> str:
    said = (speech.t("why.read", name=read.label, value=read.shown) for read in step.reads)
    return "; ".join(said)
