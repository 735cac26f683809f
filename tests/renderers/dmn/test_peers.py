"""Programs of others read our file without a warning and decide as we do."""

from collections.abc import Iterator
from functools import cache

import pytest
from lxml import etree

from engine import Plan
from engine.answers.read import read_answers
from engine.cases import answers_of
from engine.diff.drawn import drawn_answers
from engine.kinds import Kind
from engine.sample import samples
from engine.values import Answers
from renderers.dmn import form_file, quick_check_file
from tests.renderers.dmn.made import NAMES, TODAY, plan_of
from tests.renderers.dmn.peers import Kie, Node, alike, as_kie_says, outside, spelt

DRAWN = 60


@cache
def answers(name: str) -> tuple[Answers, ...]:
    """Answers to the Quick Check: those of all cases, and thrown ones."""
    return tuple(_answers(plan_of(name)))


def _answers(plan: Plan) -> Iterator[Answers]:
    check = plan.procedure.quick_check
    assert check is not None
    for case in plan.procedure.cases:
        raw, _ = answers_of(plan, case)
        if raw:
            yield read_answers(check.questions, raw, internal=True).answers
    for raw in drawn_answers(plan, TODAY, seed=1, count=DRAWN):
        yield plan.check_questions(raw, TODAY).values


def row(plan: Plan, given: Answers) -> dict[str, object]:
    """The input data of one evaluation; what is not asked is null."""
    check = plan.procedure.quick_check
    assert check is not None
    partial = {one.id for one in check.questions if one.type.kind is Kind.PARTIAL_DATE}
    values = plan.question_state(given, TODAY).all_values
    return {"stichtag": TODAY, **outside(values, partial)}


@pytest.mark.parametrize("name", NAMES)
def test_dmn_moddle_and_feelin_decide_as_we_do(name: str, node: Node) -> None:
    """The file as dmn-js reads it, tables and expressions as feelin evaluates them: all decisions,
    and the same rules hit."""
    plan = plan_of(name)
    made = quick_check_file(plan, TODAY)
    assert made is not None
    given = answers(name)

    said = node.ask(made.content, [row(plan, one) for one in given])

    assert ([], []) == (said["warnings"], said["unknown"])
    assert len(given) >= DRAWN
    differing = []
    for one, theirs in zip(given, said["results"], strict=True):
        ours = plan.quick_check(one, TODAY)
        differing += [
            (key, spelt(value), theirs[key]["value"])
            for key, value in ours.decisions.items()
            if key in theirs and not alike(spelt(value), theirs[key]["value"])
        ]
        hits = {hit for result in theirs.values() for hit in result["hits"]}
        assert set(ours.hits) == hits
    assert [] == differing[:5]


@pytest.mark.parametrize("name", NAMES)
def test_kie_decides_as_we_do(name: str, kie: Kie) -> None:
    """The strictest engine: it counts in decimals and gives up a decision at the first fault."""
    plan = plan_of(name)
    made = quick_check_file(plan, TODAY)
    assert made is not None
    given = answers(name)

    results, said = kie.ask(made.content, [row(plan, one) for one in given])

    assert [] == said
    differing = [
        (key, as_kie_says(value), theirs[key])
        for one, theirs in zip(given, results, strict=True)
        for key, value in plan.quick_check(one, TODAY).decisions.items()
        if key in theirs and as_kie_says(value) != theirs[key]
    ]
    assert [] == differing[:5]


@pytest.mark.parametrize("name", NAMES)
def test_conditions_of_the_form_come_out_alike(name: str, node: Node) -> None:
    """What is shown, required and asked for: the plan's lists against the exported conditions."""
    plan = plan_of(name)
    states = [plan.check(raw, TODAY) for raw in samples(plan, today=TODAY, seed=3, count=12)]
    partial = {path for path, one in plan.procedure.fields() if one.type.kind is Kind.PARTIAL_DATE}
    rows = [{"stichtag": TODAY, **outside(one.all_values, partial)} for one in states]

    said = node.ask(form_file(plan, TODAY).content, rows)

    assert ([], []) == (said["warnings"], said["unknown"])
    internal = {path for path, one in plan.procedure.fields() if one.internal}
    compared = 0
    for state, theirs in zip(states, said["results"], strict=True):
        documents = {one.document: one.required for one in state.documents}
        ours = {f"zeige_{one}" for one in state.visible}
        ours |= {f"pflicht_{one}" for one in state.required}
        ours |= {f"zeige_seite_{one}" for one in state.pages}
        ours |= {f"unterlage_{one}" for one, required in documents.items() if required}
        for key, found in theirs.items():
            subject = key.removeprefix("zeige_").removeprefix("pflicht_")
            if key.startswith(("zeige_", "pflicht_", "unterlage_")) and subject not in internal:
                if key.startswith("unterlage_freiwillig_"):
                    continue
                compared += 1
                assert (key, key in ours) == (key, found["value"])
    assert compared > 0


def test_the_file_follows_the_schema_of_dmn(kie: Kie) -> None:
    """The XSD of DMN 1.3 comes with KIE."""
    schema = etree.XMLSchema(etree.parse(str(kie.schema())))
    for name in NAMES:
        made = quick_check_file(plan_of(name), TODAY)
        assert made is not None
        for content in (made.content, form_file(plan_of(name), TODAY).content):
            schema.validate(etree.fromstring(content))
            assert [] == [f"{one.line}: {one.message}" for one in schema.error_log]
