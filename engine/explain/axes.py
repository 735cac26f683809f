"""Numbers and days as whole steps on a line, and where on the line the result changes."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from engine.explain.named import Named
from engine.explain.trials import Move, Trial
from engine.model import Field
from engine.values import Value

HORIZON = 3653  # days: nobody waits longer than ten years
_FAR = 10**7  # steps without a declared bound
_POINTS = 10  # looked at per side
_FOUND = 3  # boundaries taken per side


@dataclass(frozen=True, slots=True)
class Axis:
    """From `low` to `high` in steps; `at` makes the answer, `named` are steps rules speak of."""

    low: int
    high: int
    here: int | None
    at: Callable[[int], Value]
    named: tuple[int, ...]


def number_axis(field: Field, value: Value, named: Named) -> Axis:
    """A number in steps of its last decimal."""
    digits = field.decimals or 0 if field.type.name != "money" else 2
    scale = 10**digits

    def step(number: Decimal) -> int:
        return int(number * scale)

    def at(position: int) -> Value:
        return Decimal(position) / scale if scale > 1 else Decimal(position)

    low = step(field.minimum) if isinstance(field.minimum, Decimal) else 0
    high = step(field.maximum) if isinstance(field.maximum, Decimal) else _FAR
    here = step(value) if isinstance(value, Decimal) else None
    steps = (step(one) for one in named.numbers if abs(one) < _FAR)
    return Axis(low, high, here, at, tuple(steps))


def date_axis(field: Field, value: Value, named: Named, today: date) -> Axis:
    """A date in days."""
    near = today.toordinal()
    low = field.minimum.toordinal() if isinstance(field.minimum, date) else near - 36525
    high = field.maximum.toordinal() if isinstance(field.maximum, date) else near + HORIZON
    here = value.toordinal() if isinstance(value, date) else None
    steps = (near, *(one.toordinal() for one in named.days))
    return Axis(low, high, here, date.fromordinal, tuple(steps))


def waiting_axis(today: date, days: Iterable[date]) -> Axis:
    """The day of decision, moved on."""
    low = today.toordinal()
    last = today + timedelta(days=HORIZON) if today.year < 9980 else today
    steps = tuple(one.toordinal() for one in days if today < one <= last)
    return Axis(low, last.toordinal(), low, date.fromordinal, steps)


def boundaries(axis: Axis, name: str, base: Trial, run: Callable[[Value], Trial]) -> Iterator[Move]:
    """The nearest places on both sides where something else comes out."""
    if axis.here is None:
        yield from _starts(axis, name, run)
        return
    for sign in (-1, 1):
        yield from _side(axis, axis.here, name, sign, base, run)


def _starts(axis: Axis, name: str, run: Callable[[Value], Trial]) -> Iterator[Move]:
    """Nothing is answered yet: the ends and what rules name, then the place between them."""
    points = sorted({axis.low, axis.high, *(one for one in axis.named if _on(axis, one))})
    if len(points) > _POINTS:
        points = [*points[: _POINTS - 1], points[-1]]
    before: tuple[int, Trial] | None = None
    for point in points:
        trial = run(axis.at(point))
        if before is None:
            yield Move(((name, axis.at(point)),), trial)
        elif before[1].signature != trial.signature:
            yield _nearest(axis, name, before, (point, trial), run)
        before = point, trial


def _side(
    axis: Axis, here: int, name: str, sign: int, base: Trial, run: Callable[[Value], Trial]
) -> Iterator[Move]:
    before, found = (here, base), 0
    for point in _points(axis, here, sign):
        trial = run(axis.at(point))
        if trial.signature != before[1].signature:
            yield _nearest(axis, name, before, (point, trial), run)
            found += 1
            if found == _FOUND:
                return
        before = point, trial


def _points(axis: Axis, here: int, sign: int) -> list[int]:
    """From here outwards: what rules name and its neighbours, and ever longer steps."""
    beside = {one + step for one in axis.named for step in (-1, 0, 1)}
    steps = {here + sign * 4**power for power in range(12)}
    end = axis.low if sign < 0 else axis.high
    far = sorted(
        (one for one in beside | steps | {end} if _on(axis, one) and (one - here) * sign > 0),
        key=lambda one: abs(one - here),
    )
    return far if len(far) <= 2 * _POINTS else [*far[: 2 * _POINTS - 1], end]


def _nearest(
    axis: Axis,
    name: str,
    near: tuple[int, Trial],
    far: tuple[int, Trial],
    run: Callable[[Value], Trial],
) -> Move:
    """Halve the way until both sides are neighbours: the first step that is not like `near`."""
    while abs(far[0] - near[0]) > 1:
        middle = (near[0] + far[0]) // 2
        trial = run(axis.at(middle))
        if trial.signature == near[1].signature:
            near = middle, trial
        else:
            far = middle, trial
    return Move(((name, axis.at(far[0])),), far[1])


def _on(axis: Axis, point: int) -> bool:
    return axis.low <= point <= axis.high
