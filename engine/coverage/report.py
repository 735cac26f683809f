"""What cases and other answers have shown of a procedure, in numbers and places."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from engine.cases import answers_of
from engine.coverage.goals import Goal, Section, is_possible
from engine.coverage.measure import Measure
from engine.coverage.spot import seen_form, seen_questions
from engine.plan import Plan

COUNTED = tuple(section for section in Section if section is not Section.UNDECIDED)


@dataclass(frozen=True)
class Count:
    """So many of so many."""

    seen: int
    of: int

    @property
    def percent(self) -> int:
        """Rounded down, so that 100 means all."""
        return 100 if not self.of else self.seen * 100 // self.of


@dataclass(frozen=True, eq=False)
class Coverage:
    """A report. What settings or a rule itself rule out is not counted; it is told apart."""

    procedure: str
    counts: dict[Section, Count]
    both_ends: Count  # conditions seen true and false
    leaves: Count  # shown to decide alone, both ways: MC/DC
    undecided: Count  # conditions seen undecided, of those that can be
    missing: tuple[Goal, ...]
    ruled_out: tuple[Goal, ...]


def case_goals(measure: Measure) -> frozenset[int]:
    """What the cases of the definition show."""
    return frozenset(number for met in _by_case(measure) for number in met)


def _by_case(measure: Measure) -> Iterator[frozenset[int]]:
    plan = measure.plan
    for case in plan.procedure.cases:
        questions, form = answers_of(plan, case)
        if questions:
            yield measure.met(seen_questions(plan, questions, case.on))
        if form or (not questions and case.expect):
            yield measure.met(seen_form(plan, form, case.on, internal=True))


def coverage(measure: Measure, met: Iterable[int], on: date) -> Coverage:
    """The report on goals that were met; settings are those of the day."""
    seen = frozenset(met)
    law = _law(measure.plan, on)
    ruled_out = frozenset(
        one.number for one in measure.goals if one.number not in seen and not is_possible(one, law)
    )
    wanted = [one for one in measure.goals if one.number not in ruled_out]
    counts = {
        section: _count(seen, (one.number for one in wanted if one.section is section))
        for section in Section
    }
    ends = [(one, other) for one, other in measure.ends if not {one, other} & ruled_out]
    leaves = [(one, other) for one, other in measure.leaves if not {one, other} & ruled_out]
    missing = (
        one for one in wanted if one.number not in seen and one.section is not Section.UNDECIDED
    )
    return Coverage(
        measure.plan.procedure.id,
        counts,
        Count(sum({*pair} <= seen for pair in ends), len(ends)),
        Count(sum({*pair} <= seen for pair in leaves), len(leaves)),
        counts[Section.UNDECIDED],
        tuple(missing),
        tuple(one for one in measure.goals if one.number in ruled_out),
    )


def case_coverage(plan: Plan, on: date) -> Coverage:
    """The report on the cases of a definition."""
    measure = Measure(plan)
    return coverage(measure, case_goals(measure), on)


def _law(plan: Plan, on: date) -> dict[str, object]:
    return dict(plan.environment(plan.check({}, on), on))


def _count(seen: frozenset[int], numbers: Iterable[int]) -> Count:
    all_of = tuple(numbers)
    return Count(sum(number in seen for number in all_of), len(all_of))
