"""What holds of every procedure that comes with the product."""

import pytest
from babel import Locale

from engine.cases import run_case
from engine.texts.extract import texts_by_place
from tests.definitions.delivered import (
    NAMES,
    catalogue,
    loaded,
    plan_of,
    shared_lists,
)

# Keys without a state of today, or (185) with several.
WITHOUT_ISO = {
    "120", "132", "133", "138", "159", "162", "185", "276", "997", "998", "999",
}  # fmt: skip


def test_the_shared_lists_say_nothing_wrong() -> None:
    """A fault in a shared list is a fault in every procedure."""
    assert [] == list(map(str, shared_lists()[1]))


def test_states_have_the_codes_that_babel_names() -> None:
    """Without an ISO code a state stays German in every other language."""
    states = shared_lists()[0].lists["staaten"].options
    without = {state.value for state in states if state.iso is None}
    codes = [state.iso for state in states if state.iso]
    unknown = [code for code in codes if code not in Locale("en").territories]
    assert (without, unknown, len(codes)) == (WITHOUT_ISO, [], len(set(codes)))


@pytest.mark.parametrize("name", NAMES)
def test_a_definition_is_clean(name: str) -> None:
    """Our own definitions are examples: not even a warning."""
    assert [] == [f"{one.span}: {one.code} {dict(one.values)}" for one in loaded(name)[1]]


@pytest.mark.parametrize("name", NAMES)
def test_its_cases_come_out_as_expected(name: str) -> None:
    """The author's examples are the acceptance test of engine and definition."""
    plan = plan_of(name)
    assert plan.procedure.cases
    deviations = [
        f"{one.case.id}: {one.subject}: expected {one.expected}, found {one.found}"
        for case in plan.procedure.cases
        for one in run_case(plan, case)
    ]
    assert [] == deviations


@pytest.mark.parametrize("name", NAMES)
def test_its_english_is_complete(name: str) -> None:
    """Every text has an English one at its place; what has none falls back to German."""
    english = catalogue(name, "en")
    if english is None:
        pytest.skip(f"{name} has no English catalogue yet")
    procedure, _ = loaded(name)
    assert procedure is not None
    texts = texts_by_place(procedure)
    missing = [path for path, text in texts.items() if not english.get(path, text.german)]
    assert len(texts) > 50
    assert [] == missing
