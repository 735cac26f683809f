"""Places of one phase in one part: the same faults over one database, in a third of the time."""

from collections.abc import Sequence

from tests.campaign.parts import Make, Part, Run

_ALONE = "target"  # where a habit stops the target, the next one would meet nobody


def grouped(parts: Sequence[Part]) -> tuple[Part, ...]:
    """Kills and stops of one phase become one part; every fault of them is still made."""
    groups: dict[str, list[Part]] = {}
    for one in parts:
        phase = one.name.partition(":")[0]
        groups.setdefault(one.name if phase == _ALONE else phase, []).append(one)
    return tuple(
        members[0] if len(members) == 1 else _one_of(name, members)
        for name, members in groups.items()
    )


def _one_of(name: str, members: list[Part]) -> Part:
    numbers = sorted({one.number for one in members})
    number = numbers[0] if len(numbers) == 1 else f"{numbers[0]}–{numbers[-1]}"
    places = ", ".join(one.name.partition(": ")[2] for one in members)
    return Part(
        number,
        f"{name}: {places}",
        _each(members),
        sum(one.weight for one in members),
        least=sum(one.least for one in members),
    )


def _each(members: list[Part]) -> Make:
    def make(run: Run) -> None:
        for one in members:
            one.make(run)

    return make
