"""The blueprint procedure uses every building block, so that authors can copy each of them."""

import pytest

from engine.kinds import Kind
from engine.model import Computed, Field, Group, Info, Item, Procedure
from tests.definitions.delivered import plan_of
from tests.definitions.sheets import fields_of, quick_check_of


@pytest.fixture(scope="module")
def procedure() -> Procedure:
    """Give the definition."""
    return plan_of("musterprozess").procedure


def _all_items(items: tuple[Item, ...]) -> list[Item]:
    found: list[Item] = []
    for item in items:
        found.append(item)
        if isinstance(item, Group):
            found += _all_items(item.items)
    return found


def _items(procedure: Procedure) -> list[Item]:
    return [item for page in procedure.pages for item in _all_items(page.items)]


def test_every_kind_of_field_is_used(procedure: Procedure) -> None:
    """Renderers and outputs are tried on it: no kind may be missing."""
    questions = quick_check_of(procedure).questions
    used = {field.type.kind for field in (*fields_of(procedure).values(), *questions)}
    assert used == set(Kind)


def test_every_item_of_a_page_is_used(procedure: Procedure) -> None:
    """Fields, information, computed values, groups, and a group inside a group."""
    items = _items(procedure)
    assert {type(item) for item in items} == {Field, Info, Computed, Group}
    nested = [one for item in items if isinstance(item, Group) for one in item.items]
    assert any(isinstance(one, Group) for one in nested)


def test_every_condition_is_used(procedure: Procedure) -> None:
    """Pages and fields that appear, errors and warnings at field, page and group."""
    fields = fields_of(procedure).values()
    groups = [item for item in _items(procedure) if isinstance(item, Group)]
    assert any(page.show_if for page in procedure.pages)
    assert any(field.show_if for field in fields)
    assert any(field.checks for field in fields)
    assert any(group.checks for group in groups)
    checks = [check for page in procedure.pages for check in page.checks]
    assert {check.is_warning for check in checks} == {True, False}
    assert all(field.version for field in fields if field.type.kind is Kind.DECLARATION)


def test_the_quick_check_uses_table_and_expression(procedure: Procedure) -> None:
    """Three questions, a table, an expression, an earliest day and three outcomes."""
    quick_check = quick_check_of(procedure)
    assert len(quick_check.questions) == 3
    assert {bool(decision.rules) for decision in quick_check.decisions} == {True, False}
    assert quick_check.earliest
    assert {outcome.may_apply for outcome in quick_check.outcomes} == {True, False}
    assert len(quick_check.outcomes) == 3


def test_documents_are_required_optional_and_for_each_row(procedure: Procedure) -> None:
    """The three ways in which a document is asked for, and what may be said about one."""
    documents = procedure.documents
    assert any(one.required_if for one in documents)
    assert any(one.optional_if for one in documents)
    assert any(one.each for one in documents)
    assert any(one.original and one.later for one in documents)
    assert any(one.confidential for one in documents)


def test_it_stays_small(procedure: Procedure) -> None:
    """A template is read before it is copied: few pages, few questions."""
    assert len(procedure.pages) <= 4
    assert len(fields_of(procedure)) <= 20


def test_law_has_dates_in_it(procedure: Procedure) -> None:
    """At least one setting changes on a day, as laws do."""
    assert any(len(setting.values) > 1 for setting in procedure.settings)
    assert procedure.outputs.dms is not None
