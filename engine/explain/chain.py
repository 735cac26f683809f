"""How a result came about: the decision that names it, and what that one read, step by step."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import takewhile

from engine.explain.weigh import Read, Values, Weighed, Weigher
from engine.explain.words import value_words
from engine.model import Decision, Expression, TableRule
from engine.model_parts import Text
from engine.plan.plan import Plan
from engine.rules.scope import Typed
from engine.rules.types import YES_NO


@dataclass(frozen=True, slots=True)
class Hit:
    """A rule that applied: why, by which paragraph, with which reason for the applicant."""

    rule: str
    because: str | None
    reason: Text | None
    conditions: tuple[Weighed, ...]
    reads: tuple[Read, ...]  # of what follows from the rule


@dataclass(frozen=True, slots=True)
class Step:
    """A decision on the way: `how` is value, rules, otherwise or nothing."""

    decision: str
    value: object
    shown: str
    how: str
    because: str | None
    words: str  # of a value that is worked out
    condition: Weighed | None  # of a value that is yes or no
    hits: tuple[Hit, ...]
    reads: tuple[Read, ...]
    before: tuple[str, ...] = ()  # rules that did not apply, where nothing else is the reason


class Chain:
    """Walks from the result back to the answers."""

    def __init__(self, plan: Plan, weigher: Weigher, values: Values, decided: Mapping[str, object]):
        self._typed = plan.checked.typed
        self._weigher = weigher
        self._values = values
        self._decided = decided
        check = plan.procedure.quick_check
        self._result = check.result if check else ""
        self._decisions = {one.id: one for one in check.decisions} if check else {}

    def steps(self, name: str, hits: frozenset[tuple[str, str]]) -> Iterator[Step]:
        """The decision first, then those it read, each once."""
        waiting, seen = [name], set[str]()
        while waiting:
            current = waiting.pop(0)
            decision = self._decisions.get(current)
            if decision is None or current in seen:
                continue
            seen.add(current)
            step = self._step(decision, hits)
            yield step
            waiting += [read.name for read in _all_reads(step)]

    def _step(self, decision: Decision, hits: frozenset[tuple[str, str]]) -> Step:
        value = self._decided.get(decision.id)
        shown = self._values.shown(value, decision)
        if decision.value is not None:
            return self._worked_out(decision, decision.value, value, shown)
        found = tuple(self._hit(rule) for rule in decision.rules if (decision.id, rule.id) in hits)
        how = "rules" if found else "otherwise" if decision.otherwise is not None else "nothing"
        before = self._before(decision, found)
        reads = self._read_by(before)
        names = tuple(rule.id for rule in before)
        return Step(decision.id, value, shown, how, decision.because, "", None, found, reads, names)

    def _before(self, decision: Decision, hits: tuple[Hit, ...]) -> tuple[TableRule, ...]:
        """Of the result: the rules above the last one, if that has no condition of its own."""
        if decision.id != self._result or decision.hit_policy != "first":
            return ()
        if not hits:
            return decision.rules
        if hits[0].conditions:
            return ()
        return tuple(takewhile(lambda rule: rule.id != hits[0].rule, decision.rules))

    def _read_by(self, rules: tuple[TableRule, ...]) -> tuple[Read, ...]:
        """Decisions that rules asked for; answers stand in the sentences of those."""
        found: dict[str, Read] = {}
        for rule in rules:
            names = [str(name) for name in rule.cells]
            if rule.condition is not None:
                names += sorted(self._typed[rule.condition].reads)
            for name in names:
                read = self._values.read(name) if name in self._decisions else None
                if read is not None:
                    found.setdefault(name, read)
        return tuple(found.values())

    def _worked_out(self, decision: Decision, rule: Expression, value: object, shown: str) -> Step:
        typed = self._typed[rule]
        reads = self._reads(typed)
        condition, words = None, ""
        if typed.type == YES_NO:
            condition = self._weigher.weigh(typed, self._values)
        else:
            words = value_words(typed, self._values.names, self._values.speech)
        return Step(
            decision.id, value, shown, "value", decision.because, words, condition, (), reads
        )

    def _hit(self, rule: TableRule) -> Hit:
        conditions = [
            self._weigher.weigh_cell(self._typed[cell], str(name), self._values)
            for name, cell in rule.cells.items()
        ]
        if rule.condition is not None:
            conditions.append(self._weigher.weigh(self._typed[rule.condition], self._values))
        return Hit(
            rule.id,
            rule.because,
            rule.reason,
            tuple(one for one in conditions if one is not None),
            self._reads(self._typed[rule.then]),
        )

    def _reads(self, typed: Typed) -> tuple[Read, ...]:
        """What made the value; branches that were not taken are left out."""
        found: dict[str, Read] = {}
        for node in self._weigher.deciding(typed, typed.tree, self._values.env):
            for read in self._values.reads_below(typed, node):
                found.setdefault(read.name, read)
        return tuple(found.values())


def chain_of(
    plan: Plan,
    weigher: Weigher,
    values: Values,
    decided: Mapping[str, object],
    hits: frozenset[tuple[str, str]],
) -> tuple[Step, ...]:
    """The steps that led to the result."""
    check = plan.procedure.quick_check
    if check is None:
        return ()
    return tuple(Chain(plan, weigher, values, decided).steps(check.result, hits))


def _all_reads(step: Step) -> Iterator[Read]:
    """Conditions first: they came first."""
    for hit in step.hits:
        for condition in hit.conditions:
            yield from _true_reads(condition)
        yield from hit.reads
    yield from step.reads


def _true_reads(condition: Weighed) -> Iterator[Read]:
    """Of what applied, the parts that hold."""
    yield from condition.reads
    for point in condition.points:
        if point.truth is not False:
            yield from _true_reads(point)
