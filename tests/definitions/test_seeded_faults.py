"""The real definitions broken in more than sixty ways: every break is found, or proved harmless.

Found is what the check complains about, what a case of the definition shows, or what the comparison
with the version before shows with answers that come out otherwise. What is left is explained: the
comparison names the part that changed, and has proved that nothing comes out otherwise.
"""

from collections.abc import Iterator
from datetime import date

import pytest

from engine import Plan, Source, prepare
from engine.cases import run_case
from engine.diff.comparing import Comparison, Verdict, compare
from engine.diff.pair import VIEWS
from tests.definitions.faults import WAYS, Break, breaks
from tests.engine.diff.made import lists, plan_of, text_of

TODAY = date(2026, 11, 23)
# Of each way so many; the solver takes longest for the largest.
OF_EACH = {
    "einbuergerung": 1,
    "verpflichtungserklaerung": 1,
    "beschaeftigungserlaubnis": 1,
    "musterprozess": 2,
}


def _broken(name: str) -> Iterator[Break]:
    return breaks(text_of(name), OF_EACH[name])


def _failing(plan: Plan) -> set[str]:
    return {one.id for one in plan.procedure.cases if run_case(plan, one)}


def _fate(name: str, one: Break) -> str:
    """How it came to light; "" if it did not."""
    plan, found = prepare(Source(f"{name}.yaml", one.text), lists())
    if plan is None or found:
        return "check"
    if _failing(plan) - _failing(plan_of(name)):
        return "cases"
    comparison = compare(plan_of(name), plan, TODAY, with_solver=True)
    if any(view.verdict is Verdict.DIFFERS for view in comparison.views):
        return "diff"
    return "explained" if _is_explained(comparison) else ""


def _is_explained(comparison: Comparison) -> bool:
    """What changed has a name, and each view is proved alike."""
    views = {view.view: view.verdict for view in comparison.views}
    return bool(comparison.changes) and views == dict.fromkeys(VIEWS, Verdict.SAME)


@pytest.mark.parametrize("name", list(OF_EACH))
def test_no_break_goes_unnoticed(name: str) -> None:
    """And most of them are found by what they do to people, not only by a proof of none."""
    fates = {(one.what, one.line): _fate(name, one) for one in _broken(name)}
    lost = [place for place, fate in fates.items() if not fate]
    explained = [place for place, fate in fates.items() if fate == "explained"]

    assert [] == lost
    assert len(explained) <= len(fates) // 3, explained


def test_there_are_sixty_of_them_and_of_every_kind() -> None:
    """A pattern that matches nothing any more would be no test."""
    made = [one for name in OF_EACH for one in _broken(name)]

    assert len(made) >= 60
    assert set(WAYS) == {one.what for one in made}
