"""Answers that were found, as cases of a definition: what came out is what is expected."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from engine.answers.write import Json
from engine.coverage.goals import Goal
from engine.coverage.spot import World
from engine.model import with_paths
from engine.plan import Plan
from engine.sample.cover import AnswerSet
from engine.sample.tree import plain
from engine.values import ADDRESS_PARTS

_WORDS = {World.FORM: "form", World.QUICK_CHECK: "schnelltest"}


@dataclass(frozen=True)
class MadeCase:
    """A case, as it is written down; `answers` differ from those of `based_on` only."""

    id: str
    title: str
    on: str
    based_on: str | None
    key: str  # given, quick_check
    answers: Mapping[str, Json]
    expect: Mapping[str, Json]


def as_cases(plan: Plan, sets: Iterable[AnswerSet], goals: tuple[Goal, ...]) -> list[MadeCase]:
    """One case per set of answers; each builds on the one before that is most like it."""
    made: list[MadeCase] = []
    before: list[tuple[str, Mapping[str, Json]]] = []
    shown: set[int] = set()
    for number, one in enumerate(sets, 1):
        name = f"erzeugt-{_WORDS[one.world]}-{number:03d}"
        new = sorted(one.met - shown)
        shown |= one.met
        base, answers = _base(one.answers, before)
        made.append(
            MadeCase(
                name,
                _title(goals, new),
                one.today.isoformat(),
                base,
                "given" if one.world is World.FORM else "quick_check",
                answers,
                expected(plan, one),
            )
        )
        before.append((name, one.answers))
    return made


def _title(goals: tuple[Goal, ...], new: list[int]) -> str:
    if not new:
        return "Erzeugt"
    first = goals[new[0]]
    more = f" und {len(new) - 1} mehr" if len(new) > 1 else ""
    return f"Erzeugt für {first.subject}, {first.what}"[:100] + more


def _base(
    answers: Mapping[str, Json], before: list[tuple[str, Mapping[str, Json]]]
) -> tuple[str | None, Mapping[str, Json]]:
    """The earlier case with the fewest differences, and these; none if that saves nothing."""
    best: tuple[str | None, Mapping[str, Json]] = (None, answers)
    size = len(str(answers)) * 3 // 4
    for name, known in before:
        changed = {key: value for key, value in answers.items() if known.get(key) != value}
        changed |= dict.fromkeys(key for key in known if key not in answers)
        if len(str(changed)) < size:
            best, size = (name, changed), len(str(changed))
    return best


def expected(plan: Plan, one: AnswerSet) -> dict[str, Json]:
    """What these answers come to, in the words of a case."""
    state = one.state
    expect: dict[str, Json] = {}
    if one.world is World.QUICK_CHECK:
        result = plan.quick_check(state.values, one.today)
        expect["outcome"] = result.outcome.id if result.outcome else None
        expect["earliest"] = result.earliest.isoformat() if result.earliest else None
        reasons: list[Json] = [reason.rule for reason in result.reasons]
        if reasons:
            expect["reasons"] = reasons
        if state.problems and one.answers:
            expect["problems"] = _paths(plan, (problem.field for problem in state.problems))
        return expect
    expect["problems"] = _paths(plan, (problem.field for problem in state.problems))
    if state.warnings:
        expect["warnings"] = _paths(plan, (warning.field for warning in state.warnings))
    expect["pages"] = list(state.pages)
    expect["documents"] = list(dict.fromkeys(need.document for need in state.documents))
    return expect


def _paths(plan: Plan, paths: Iterable[str]) -> list[Json]:
    """Each once; a line of an address is named by its question."""
    known = frozenset(_plain_paths(plan))
    named = []
    for path in paths:
        outer, _, last = path.rpartition(".")
        is_line = last in ADDRESS_PARTS and plain(path) not in known and plain(outer) in known
        named.append(outer if is_line and "[" not in path else path)
    return list(dict.fromkeys(named))


def _plain_paths(plan: Plan) -> Iterator[str]:
    for page in plan.procedure.pages:
        yield from (path for path, _ in with_paths(page.items))
    if plan.procedure.quick_check is not None:
        yield from (question.id for question in plan.procedure.quick_check.questions)
