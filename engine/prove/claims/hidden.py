"""Claims that hold by the way plans are made; said all the same, and held against every run."""

from collections.abc import Iterator

from engine.model import Field
from engine.prove.claims.claim import Claim
from engine.prove.form import Room
from engine.prove.terms import Bool, both, either, no
from engine.prove.values import Value, is_given
from engine.prove.world import Run, World


def hidden_claims(world: World) -> Iterator[Claim]:
    """What is hidden is never required, and counts nowhere: not in rules, checks or payloads."""
    procedure = world.plan.procedure
    shown = {path: flag for room in _rooms(world) for path, flag in _flags(room)}
    required = [
        both(one.happens, no(shown[one.path]))
        for one in world.form.troubles
        if one.code == "missing"
    ]
    counts = [both(is_given(value), no(shown[path])) for path, value in _answers(world)]
    for code, formula, happens in (
        ("hidden-is-never-required", either(*required), _is_required_while_hidden),
        ("hidden-is-empty", either(*counts), _counts_while_hidden),
    ):
        yield Claim(
            code,
            procedure.id,
            procedure.span,
            is_wanted=False,
            is_valid=False,
            formula=formula,
            happens=happens,
        )


def _rooms(world: World) -> Iterator[Room]:
    yield world.form.top
    for rows in world.form.rows.values():
        yield from rows.rooms


def _flags(room: Room) -> Iterator[tuple[str, Bool]]:
    return ((room.path + name, both(room.there, flag)) for name, flag in room.shown.items())


def _answers(world: World) -> Iterator[tuple[str, Value]]:
    asked = {one.path for one in world.form.questions if not one.field.internal}
    for room in _rooms(world):
        for name, value in room.names.items():
            if room.path + name in asked:
                yield room.path + name, value


def _is_required_while_hidden(run: Run) -> bool:
    return any(path not in run.visible for path in run.state.required)


def _counts_while_hidden(run: Run) -> bool:
    items = (item for page in run.plan.procedure.pages for item in page.items)
    asked = [one.id for one in items if isinstance(one, Field) and not one.internal]
    return any(name in run.state.values and name not in run.visible for name in asked)
