"""R42: whatever the form accepts gives messages that the published schemas accept."""

from itertools import islice

import pytest

from outputs import build_all
from outputs.xoev.write import schema_for, write
from tests.outputs.plans import COMPLETE, PDF, real_plan
from tests.outputs.standards_folder import needs_standards, schemas
from tests.outputs.variations import Variations

WITH_MESSAGE = [name for name in COMPLETE if name != "musterprozess"]


@needs_standards
@pytest.mark.parametrize("name", WITH_MESSAGE)
def test_two_hundred_different_applications_are_valid(name: str) -> None:
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
@pytest.mark.parametrize("name", COMPLETE)
def test_every_output_of_different_applications_is_built(name: str) -> None:
    """PDF, JSON and filing included."""
    for application in islice(Variations(name, seed=2).applications(10), 10):
        for file in build_all(application, schemas()):
            assert file.problems in (None, ()), file.name
            assert file.content
