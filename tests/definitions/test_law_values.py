"""Thresholds and periods are dated settings with a source, never numbers inside a rule."""

from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass

import pytest

from engine.model import Case
from engine.model_parts import Expression
from engine.rules.tree import Between, Call, Comparison, Interval, Node, Number, Test, walk
from engine.unconfirmed import MARK, unconfirmed
from tests.definitions.delivered import NAMES, plan_of

# Numbers that no law can change, by the reason they stand in a rule.
ALLOWED = {
    ("beschaeftigungserlaubnis", "5"): "the check digit of a Betriebsnummer adds digits from 5 up",
    ("einbuergerung", 'duration("P1D")'): "the day after",
    ("einbuergerung", 'date("2199-12-31")'): "a day that never comes",
    ("verpflichtungserklaerung", 'duration("P1D")'): "the day after",
}
COMPARING = (Between, Comparison, Interval, Test)


def _rules(part: object) -> Iterator[Expression]:
    if isinstance(part, Expression):
        yield part
    elif isinstance(part, tuple):
        for one in part:
            yield from _rules(one)
    elif isinstance(part, Mapping):
        yield from _rules(tuple(part.values()))
    elif is_dataclass(part) and not isinstance(part, Case):
        yield from _rules(tuple(getattr(part, one.name) for one in fields(part)))


def _literals(rule: Expression) -> Iterator[str]:
    """Numbers that something is compared with, and days and periods wherever they stand."""
    for node in () if rule.tree is None else walk(rule.tree):
        if isinstance(node, Call) and node.function in ("date", "duration"):
            yield from _written(rule, node, node.function)
        if isinstance(node, COMPARING):
            bounds = [getattr(node, one.name) for one in fields(node)]
            for bound in bounds:
                if isinstance(bound, Number) and abs(bound.value) > 1:
                    yield from _written(rule, bound, "")


def _written(rule: Expression, node: Node, begins: str) -> Iterator[str]:
    """As the author wrote it; what stands for a setting on another day begins with its name."""
    text = rule.text[node.start : node.end]
    if text.startswith(begins) and (begins or text.replace(".", "").isdigit()):
        yield text


@pytest.mark.parametrize("name", NAMES)
def test_no_rule_holds_a_threshold(name: str) -> None:
    """Whoever adopts a procedure looks in one place; a change of the law has its day there."""
    procedure = plan_of(name).procedure
    parts = (procedure.pages, procedure.quick_check, procedure.documents, procedure.assertions)
    found = [
        f"{rule.span}: {literal}"
        for rule in _rules(parts)
        for literal in _literals(rule)
        if (name, literal) not in ALLOWED and rule.span.file.startswith(name)
    ]

    assert [] == found


@pytest.mark.parametrize("name", NAMES)
def test_every_value_of_the_law_names_its_source(name: str) -> None:
    """And if the authority has to check it, `vordruck check` lists it with its place."""
    procedure = plan_of(name).procedure
    listed = {(one.id, one.span) for one in unconfirmed(procedure) if one.kind == "setting"}

    for setting in procedure.settings:
        for value in setting.values:
            assert value.source
            assert (MARK in value.source) == ((setting.id, value.span) in listed)
