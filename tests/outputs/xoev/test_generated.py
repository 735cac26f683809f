"""Messages of applications that are made from the definition alone."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from engine.sample import samples
from outputs.xoev.write import schema_for, write
from tests.engine.made import TODAY, real_plan
from tests.outputs.plans import PDF, application
from tests.outputs.standards_folder import needs_standards, schemas

SLOW = [HealthCheck.too_slow, HealthCheck.data_too_large]


@needs_standards
@pytest.mark.parametrize(
    "name", ["verpflichtungserklaerung", "beschaeftigungserlaubnis", "einbuergerung"]
)
@settings(max_examples=200, deadline=None, suppress_health_check=SLOW)
@given(seed=st.integers(min_value=0, max_value=2**32))
def test_r42_two_hundred_generated_applications_make_valid_messages(name: str, seed: int) -> None:
    """Whatever branch an application takes, the published schema accepts its message."""
    plan = real_plan(name)
    xoev = plan.procedure.outputs.xoev
    assert xoev is not None
    schema = schema_for(xoev, schemas())
    raw = next(iter(samples(plan, today=TODAY, seed=seed, count=1)))

    assert write(application(plan, raw, today=TODAY), PDF, schema).problems == ()
