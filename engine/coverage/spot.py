"""One set of answers on one day, evaluated, with the names that rules see at every place."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cached_property

from engine.coverage.formula import Environment
from engine.plan import Evaluation, Plan, QuickCheckResult


class World(StrEnum):
    """The two sets of questions; names of one mean nothing in the other."""

    FORM = "form"
    QUICK_CHECK = "quick_check"


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a rule is read: the names outside of groups first, then those of each row."""

    levels: tuple[Environment, ...]
    prefix: str = ""  # "kinder[0]."

    @property
    def env(self) -> Environment:
        """The innermost names."""
        return self.levels[-1]

    def inner(self, names: Mapping[str, object], prefix: str) -> "Spot":
        """A row, or an element of a loop; its names hide those outside."""
        return Spot((*self.levels, {**self.env, **names}), prefix)


class Seen:
    """What the answers of one world came to."""

    def __init__(self, plan: Plan, world: World, state: Evaluation, today: date) -> None:
        self.plan = plan
        self.world = world
        self.state = state
        self.today = today
        self._rows: dict[str, tuple[Spot, ...]] = {}

    @cached_property
    def result(self) -> QuickCheckResult | None:
        """The outcome of the Quick Check."""
        if self.world is World.FORM:
            return None
        return self.plan.quick_check(self.state.values, self.today)

    @cached_property
    def visible(self) -> frozenset[str]:
        """Paths of what is asked."""
        return frozenset(self.state.visible)

    def spots(self, row: str) -> tuple[Spot, ...]:
        """Every row of a group (`kinder[].`), or the one place outside of groups ("")."""
        if row not in self._rows:
            self._rows[row] = tuple(self._made(row))
        return self._rows[row]

    def _made(self, row: str) -> Iterator[Spot]:
        if not row:
            more = self.result.decisions if self.result else {}
            yield Spot((self.plan.environment(self.state, self.today, **more),))
            return
        outer, _, last = row[: -len("[].")].rpartition("[].")
        for around in self.spots(f"{outer}[]." if outer else ""):
            rows = around.env.get(last)
            for number, values in enumerate(rows if isinstance(rows, (list, tuple)) else ()):
                if isinstance(values, Mapping):
                    yield around.inner(values, f"{around.prefix}{last}[{number}].")


def seen_form(plan: Plan, raw: object, today: date, *, internal: bool = False) -> Seen:
    """Answers to the form."""
    return Seen(plan, World.FORM, plan.check(raw, today, internal=internal), today)


def seen_questions(plan: Plan, raw: object, today: date) -> Seen:
    """Answers to the Quick Check."""
    return Seen(plan, World.QUICK_CHECK, plan.check_questions(raw, today), today)
