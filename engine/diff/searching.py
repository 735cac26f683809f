"""Looking for answers that come out otherwise: cases of both versions, and thrown answers."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import islice
from typing import Any

from engine.answers.write import Json
from engine.cases import answers_of
from engine.diff.drawn import drawn_answers
from engine.diff.pair import Difference, Pair, Versions
from engine.plan.plan import Plan
from engine.sample import NoSampleFoundError, samples

DRAWN = 400  # answers to the Quick Check, of each version
FORMS = 24  # whole applications, of each version


@dataclass(slots=True)
class Examples:
    """Answers that show differences; each one shows something that none before it did."""

    found: dict[tuple[str, str], tuple[Difference, Pair]] = field(default_factory=dict)
    looked_at: int = 0

    def look(self, pair: Pair) -> bool:
        """Whether it shows anything new."""
        self.looked_at += 1
        news = [one for one in pair.differences() if _key(one) not in self.found]
        self.found.update((_key(one), (one, pair)) for one in news)
        return bool(news)


def _key(one: Difference) -> tuple[str, str]:
    """Rows are alike."""
    head, *rest = one.subject.split("[")
    plain = "[".join([head, *("]" + part.partition("]")[2] for part in rest)])
    return one.view, plain


def search(versions: Versions, today: date, examples: Examples) -> None:
    """Cases of both versions and answers to their Quick Checks: people could have given them."""
    for plan in (versions.new, versions.old):
        for pair in _of_cases(versions, plan):
            examples.look(pair)
    if not versions.have_quick_checks:
        return
    for plan, day, is_today in _turns(versions, today):
        for raw in drawn_answers(plan, day, seed=7, count=DRAWN if is_today else DRAWN // 4):
            examples.look(_pair(versions, plan, day, False, raw))


def search_forms(versions: Versions, today: date, examples: Examples) -> None:
    """Whole applications, thrown: slower, so only where nothing better is at hand."""
    for plan, day, is_today in _turns(versions, today):
        for answers in _forms(plan, day, FORMS if is_today else FORMS // 4):
            examples.look(_pair(versions, plan, day, True, answers))


def _turns(versions: Versions, today: date) -> Iterator[tuple[Plan, date, bool]]:
    for day in _days(versions, today):
        for plan in (versions.new, versions.old):
            yield plan, day, day == today


def _of_cases(versions: Versions, plan: Plan) -> Iterator[Pair]:
    for case in plan.procedure.cases:
        questions, given = answers_of(plan, case)
        if given:
            yield _pair(versions, plan, case.on, True, given)
        if questions and versions.have_quick_checks:
            yield _pair(versions, plan, case.on, False, questions)


def _forms(plan: Plan, day: date, count: int) -> Iterator[Mapping[str, Json]]:
    try:
        yield from islice(samples(plan, today=day, seed=7, count=count), count)
    except NoSampleFoundError:
        return


def _days(versions: Versions, today: date) -> tuple[date, ...]:
    """Today, and the days on which a value of one version begins that the other does not have."""
    old, new = (
        {
            (setting.id, str(one.value), one.valid_from)
            for setting in plan.procedure.settings
            for one in setting.values
        }
        for plan in (versions.old, versions.new)
    )
    changed = {since for _, _, since in old ^ new if since is not None}
    around = {day + timedelta(days=step) for day in changed for step in (-1, 0)}
    return (today, *sorted(around - {today})[:4])


def _pair(
    versions: Versions, plan: Plan, day: date, about_form: bool, answers: Mapping[str, Any]
) -> Pair:
    """Answers to the old version get the new names."""
    if plan is versions.old:
        answers = versions.renames.new_answers(answers, about_form=about_form)
    return Pair(versions, day, about_form, answers)
