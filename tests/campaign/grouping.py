"""Places of one phase in one part: the same faults over one database, in a third of the time."""

from collections.abc import Sequence

from tests.campaign.box import MIXED
from tests.campaign.parts import Make, Part, Run, with_habit

_TARGET = "target"


def grouped(parts: Sequence[Part]) -> tuple[Part, ...]:
    """Parts whose names agree up to the colon become one; every fault of them is still made."""
    groups: dict[str, list[Part]] = {}
    for one in parts:
        groups.setdefault(one.name.partition(":")[0], []).append(one)
    return tuple(
        members[0] if len(members) == 1 else _one_of(name, members)
        for name, members in groups.items()
    )


def _one_of(name: str, members: list[Part]) -> Part:
    numbers = sorted({one.number for one in members})
    number = numbers[0] if len(numbers) == 1 else f"{numbers[0]}–{numbers[-1]}"
    places = ", ".join(one.name.partition(": ")[2] for one in members)
    make = with_habit(MIXED) if name == _TARGET else _each(members)
    return Part(
        number,
        f"{name}: {places}",
        make,
        sum(one.weight for one in members),
        least=sum(one.least for one in members),
    )


def _each(members: list[Part]) -> Make:
    def make(run: Run) -> None:
        for one in members:
            one.make(run)

    return make
