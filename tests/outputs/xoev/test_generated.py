import pytest

from outputs.xoev.write import schema_for, write
from tests.engine.made import TODAY, real_plan
from tests.outputs.plans import PDF, application
from tests.outputs.standards_folder import needs_standards, schemas
from tests.strategies import sampled


@needs_standards
@pytest.mark.parametrize(
    "name", ["verpflichtungserklaerung", "beschaeftigungserlaubnis", "einbuergerung"]
)
def test_generated_applications_make_valid_messages(name: str) -> None:
    """Whatever branch an application takes, the published schema accepts its message."""
    plan = real_plan(name)
    xoev = plan.procedure.outputs.xoev
    assert xoev is not None
    schema = schema_for(xoev, schemas())

    for raw in sampled(name, 50):
        made = write(application(plan, raw, today=TODAY), PDF, schema)
        assert made.problems == (), raw
