"""Cases of a definition: an author's examples, run and compared with what was expected."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation

from engine.answers.read import items_of, read_answers
from engine.fields.days import show_day, show_partial
from engine.model import Case
from engine.plan.evaluation import Evaluation
from engine.plan.plan import Plan
from engine.plan.quick_check import QuickCheckResult
from engine.values import PartialDate

_ROW = re.compile(r"\[[0-9]+\]")


@dataclass(frozen=True, slots=True)
class Deviation:
    """One expectation that did not come true; `subject` is its key (`problems`, `outcome`, …)."""

    case: Case
    subject: str
    expected: str
    found: str


@dataclass(frozen=True, slots=True)
class _Outcome:
    """What came out of a case; no form without its answers or expectations about it."""

    form: Evaluation | None
    questions: Evaluation | None
    result: QuickCheckResult | None
    outer: frozenset[str]  # names outside of groups

    def states(self) -> Iterator[Evaluation]:
        """The form and the questions, as far as the case is about them."""
        for state in (self.form, self.questions):
            if state is not None:
                yield state


def run_case(plan: Plan, case: Case) -> tuple[Deviation, ...]:
    """Everything in which the case comes out differently; empty: as expected."""
    outcome, unreadable = _run(plan, case)
    found = [Deviation(case, "quick_check", "", path) for path in unreadable]
    for subject, expected in case.expect.items():
        deviation = _COMPARE[subject](expected, outcome)
        if deviation is not None:
            found.append(Deviation(case, subject, *deviation))
    return tuple(found)


def answers_of(plan: Plan, case: Case) -> tuple[dict[str, object], dict[str, object]]:
    """Quick Check and form answers of the case, those of the cases it is based on first."""
    by_id = {one.id: one for one in plan.procedure.cases}
    line = [case]
    while line[-1].based_on in by_id and len(line) <= len(by_id):
        line.append(by_id[line[-1].based_on or ""])
    quick_check: dict[str, object] = {}
    given: dict[str, object] = {}
    for one in reversed(line):
        quick_check.update(one.quick_check)
        given.update(one.given)
    return quick_check, given


def _run(plan: Plan, case: Case) -> tuple[_Outcome, tuple[str, ...]]:
    raw_questions, given = answers_of(plan, case)
    quick_check = plan.procedure.quick_check
    questions, result = None, None
    unreadable: tuple[str, ...] = ()
    if quick_check is not None and (raw_questions or not given):
        reading = read_answers(quick_check.questions, raw_questions, internal=True)
        meant = _words(case.expect.get("problems"))  # an answer that is meant to be refused
        refused = (one.field for one in reading.problems if one.field not in meant)
        unreadable = (*refused, *reading.dropped)
        questions = plan.check_questions(raw_questions, case.on)
        result = plan.quick_check(reading.answers, case.on)
    is_about_form = bool(given) or not raw_questions or _FORM_ONLY & case.expect.keys()
    form = plan.check(given, case.on, internal=True) if is_about_form else None
    return _Outcome(form, questions, result, _outer_names(plan)), unreadable


def _outer_names(plan: Plan) -> frozenset[str]:
    quick_check = plan.procedure.quick_check
    questions = quick_check.questions if quick_check else ()
    return frozenset(one.id for one in (*items_of(plan.procedure), *questions))


def _matches(expected: str, path: str, outer: frozenset[str]) -> bool:
    """A bare name means the question outside of groups, else the one in any row.

    `kinder[0].vornamen` and `kinder.vornamen` say it exactly; `anschrift` also means its lines.
    """
    plain = _ROW.sub("", path)
    if expected in (path, plain) or (plain.startswith(f"{expected}.") and "[" not in path):
        return True
    return expected not in outer and plain.rpartition(".")[2] == expected


_Found = tuple[str, str] | None


def _none_missing(
    expected: object, paths: Iterable[str], outer: frozenset[str] = frozenset()
) -> _Found:
    """Every expected path is among the paths."""
    known = tuple(paths)
    missing = [
        one for one in _words(expected) if not any(_matches(one, path, outer) for path in known)
    ]
    return (", ".join(missing), ", ".join(known)) if missing else None


def _exactly(expected: object, paths: Iterable[str], outer: frozenset[str] = frozenset()) -> _Found:
    """No expected path is missing, and none was found that nobody expected."""
    known, words = tuple(dict.fromkeys(paths)), _words(expected)
    missing = any(not any(_matches(one, path, outer) for path in known) for one in words)
    extra = any(not any(_matches(one, path, outer) for one in words) for path in known)
    return (", ".join(words), ", ".join(known)) if missing or extra else None


def _visible(outcome: _Outcome) -> tuple[str, ...]:
    return tuple(path for state in outcome.states() for path in state.visible)


def _none_there(expected: object, paths: Iterable[str], outer: frozenset[str]) -> _Found:
    """None of the expected paths is among the paths."""
    words = _words(expected)
    there = [path for path in paths if any(_matches(one, path, outer) for one in words)]
    return (", ".join(words), ", ".join(there)) if there else None


def _required(outcome: _Outcome) -> tuple[str, ...]:
    return tuple(path for state in outcome.states() for path in state.required)


def _problem_paths(outcome: _Outcome) -> tuple[str, ...]:
    state = outcome.form or outcome.questions
    return tuple(one.field for one in state.problems) if state else ()


def _warning_paths(outcome: _Outcome) -> tuple[str, ...]:
    return tuple(one.field for state in outcome.states() for one in state.warnings)


def _documents(outcome: _Outcome, *, required: bool) -> tuple[str, ...]:
    needs = outcome.form.documents if outcome.form else ()
    return tuple(one.document for one in needs if one.required or not required)


def _outcome_id(outcome: _Outcome) -> str | None:
    result = outcome.result
    return result.outcome.id if result and result.outcome else None


def _value(expected: object, found: object) -> _Found:
    return None if _same(expected, found) else (_spelt(expected), _spelt(found))


def _values(expected: object, found: Mapping[str, object]) -> _Found:
    wanted = expected if isinstance(expected, Mapping) else {}
    wrong = {name: value for name, value in wanted.items() if not _same(value, found.get(name))}
    if not wrong:
        return None
    return (
        ", ".join(f"{name}: {_spelt(value)}" for name, value in wrong.items()),
        ", ".join(f"{name}: {_spelt(found.get(name))}" for name in wrong),
    )


def _computed(outcome: _Outcome) -> Mapping[str, object]:
    return outcome.form.computed if outcome.form else {}


_COMPARE: Mapping[str, Callable[[object, _Outcome], _Found]] = {
    "outcome": lambda expected, got: _value(expected, _outcome_id(got)),
    "earliest": lambda expected, got: _value(expected, got.result and got.result.earliest),
    "reasons": lambda expected, got: _none_missing(expected, got.result.hits if got.result else ()),
    "decisions": lambda expected, got: _values(
        expected, got.result.decisions if got.result else {}
    ),
    "pages": lambda expected, got: _exactly(expected, got.form.pages if got.form else ()),
    "visible": lambda expected, got: _none_missing(expected, _visible(got), got.outer),
    "hidden": lambda expected, got: _none_there(expected, _visible(got), got.outer),
    "required": lambda expected, got: _none_missing(expected, _required(got), got.outer),
    "problems": lambda expected, got: _exactly(expected, _problem_paths(got), got.outer),
    "warnings": lambda expected, got: _none_missing(expected, _warning_paths(got), got.outer),
    "no_warnings": lambda expected, got: _none_there(expected, _warning_paths(got), got.outer),
    "documents": lambda expected, got: _exactly(expected, _documents(got, required=False)),
    "required_documents": lambda expected, got: _exactly(expected, _documents(got, required=True)),
    "computed": lambda expected, got: _values(expected, _computed(got)),
}
_FORM_ONLY = frozenset({"pages", "documents", "required_documents", "computed"})


def _words(expected: object) -> tuple[str, ...]:
    if isinstance(expected, str):
        return (expected,)
    return tuple(str(one) for one in expected) if isinstance(expected, (list, tuple)) else ()


def _same(expected: object, found: object) -> bool:
    """Whether an expectation, spelt as in answer files, means the value."""
    if isinstance(found, bool):
        return expected is found or expected == ("ja" if found else "nein")
    if isinstance(found, Decimal):
        return _number(expected) == found
    if isinstance(found, date):
        return expected in (found, found.isoformat(), show_day(found))
    if isinstance(found, PartialDate):
        return str(expected) in (str(found), show_partial(found))
    if isinstance(found, (list, tuple)) and isinstance(expected, (list, tuple)):
        pairs = zip(expected, found, strict=False)
        return len(expected) == len(found) and all(_same(one, other) for one, other in pairs)
    return expected == found or str(expected) == str(found)


def _number(expected: object) -> Decimal | None:
    try:
        return None if isinstance(expected, bool) else Decimal(str(expected))
    except InvalidOperation:
        return None


def _spelt(value: object) -> str:
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, (list, tuple)):
        return "[" + ", ".join(_spelt(one) for one in value) + "]"
    return str(value)
