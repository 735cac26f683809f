"""What brings a case to a step, as the definition says it."""

from engine.load.process import REACHED
from engine.model import Procedure
from tests.engine.load.procedures import loaded, mistakes, with_fields

NAME = "- {field: name, type: name, label: Name}"


def with_step(reached: str) -> str:
    """A procedure with one step that has this key."""
    step = f"{{step: da, title: Ist da, role: amt, status: Da, reached: {reached}}}"
    return f"{with_fields(NAME)}\nprocess:\n  roles: {{amt: Amt}}\n  soll:\n    - {step}\n"


def events(procedure: Procedure) -> tuple[str, ...]:
    """Of the one step."""
    assert procedure.process is not None
    return procedure.process.soll[0].reached


def test_a_step_is_reached_by_one_event_or_by_several() -> None:
    """With or without brackets; every event can be named."""
    assert ("accepted",) == events(loaded(with_step("accepted")))
    assert REACHED == events(loaded(with_step(f"[{', '.join(REACHED)}]")))


def test_an_event_that_nobody_reports_is_told() -> None:
    """The portal would wait for it for ever."""
    assert [("unknown-word", "acepted")] == mistakes(with_step("acepted"))
