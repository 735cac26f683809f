"""What the definitions send out is valid against the published schemas."""

from datetime import UTC, datetime

import pytest

from engine.cases import answers_of
from outputs.application import Application
from outputs.xoev import write as xoev
from tests.definitions.delivered import NAMES, plan_of
from tests.outputs.standards_folder import needs_standards, schemas

SENDING = tuple(name for name in NAMES if plan_of(name).procedure.outputs.xoev is not None)
SUBMITTED = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)


@needs_standards
@pytest.mark.parametrize("name", SENDING)
def test_every_complete_case_makes_a_valid_message(name: str) -> None:
    """A case without problems could be submitted, so the receiver must be able to read it."""
    plan = plan_of(name)
    declared = plan.procedure.outputs.xoev
    assert declared is not None
    schema = xoev.schema_for(declared, schemas())
    assert schema is not None
    complete = [one for one in plan.procedure.cases if one.expect.get("problems") == []]
    wrong: list[str] = []
    for case in complete:
        _, given = answers_of(plan, case)
        evaluation = plan.check(given, case.on)
        assert evaluation.problems == (), case.id
        application = Application(plan, evaluation, case.id, SUBMITTED, case.on, "de")
        found = xoev.write(application, b"%PDF-1.7", schema).problems
        wrong += [f"{case.id} line {one.line}: {one.message}" for one in found or ()]
    assert complete
    assert wrong == []
