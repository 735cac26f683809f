"""R42: whatever the form accepts gives messages that the published schemas accept."""

from itertools import islice

import pytest

from engine.answers.paths import flatten, unflatten
from engine.cases import answers_of
from outputs.application import Application
from outputs.building import build_all
from outputs.xoev.write import schema_for, write
from tests.outputs.plans import COMPLETE, PDF, RECEIVED, real_plan
from tests.outputs.standards_folder import needs_standards, schemas
from tests.outputs.variations import Variations

WITH_MESSAGE = [name for name in COMPLETE if name != "musterprozess"]


@needs_standards
@pytest.mark.parametrize("name", WITH_MESSAGE)
def test_r42_two_hundred_different_applications_are_valid(name: str) -> None:
    """Accepted by the form means accepted by the schema; and they really differ."""
    declared = real_plan(name).procedure.outputs.xoev
    assert declared is not None
    schema = schema_for(declared, schemas())
    assert schema is not None
    shapes = set()
    for application in Variations(name, seed=1).applications(200):
        shapes.add(tuple(application.evaluation.visible))
        assert write(application, PDF, schema).problems == (), application.evaluation.values
    assert len(shapes) > 50


@needs_standards
@pytest.mark.parametrize("name", WITH_MESSAGE)
@pytest.mark.parametrize("character", ["😀", "中", "\u2003", "…", "\n", "أ"])
def test_r42_no_character_the_form_accepts_breaks_the_message(name: str, character: str) -> None:
    """Put into every answer in turn: either the form refuses it, or the schema takes it."""
    plan = real_plan(name)
    declared = plan.procedure.outputs.xoev
    assert declared is not None
    schema = schema_for(declared, schemas())
    assert schema is not None
    [case] = [one for one in plan.procedure.cases if one.id == COMPLETE[name]]
    raw = flatten(answers_of(plan, case)[1])
    for path, value in raw.items():
        if not isinstance(value, str):
            continue
        changed = unflatten({**raw, path: value[:1] + character + value[1:]})
        evaluation = plan.check(changed, case.on)
        if not evaluation.problems:
            application = Application(plan, evaluation, "T-1", RECEIVED, case.on, "de")
            assert write(application, PDF, schema).problems == (), path


@needs_standards
@pytest.mark.parametrize("name", COMPLETE)
def test_r42_every_output_of_different_applications_is_built(name: str) -> None:
    """PDF, JSON and filing included."""
    for application in islice(Variations(name, seed=2).applications(10), 10):
        for file in build_all(application, schemas()):
            assert file.problems in (None, ()), file.name
            assert file.content
