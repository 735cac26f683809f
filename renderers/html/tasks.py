"""The entry of an application: what is to be done, and how far everything is."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from renderers.html.words import Said


class TaskState(StrEnum):
    """How far a task is; the words are keys of texts."""

    DONE = "done"
    BEGUN = "begun"
    WRONG = "wrong"  # something in it must be corrected
    OPEN = "open"
    OPTIONAL = "optional"  # nothing in it must be answered, and nothing was
    WAITING = "waiting"  # somebody else is at it
    LOCKED = "locked"  # comes after the others


BADGES = {
    TaskState.DONE: "success",
    TaskState.BEGUN: "info",
    TaskState.WAITING: "info",
    TaskState.WRONG: "danger",
}
_TO_DO = frozenset({TaskState.BEGUN, TaskState.WRONG, TaskState.OPEN})


@dataclass(frozen=True, slots=True)
class Task:
    """One page of the application."""

    title: Said
    address: str
    state: TaskState

    @property
    def is_open(self) -> bool:
        """Whether something is left to do."""
        return self.state in _TO_DO

    @property
    def badge(self) -> str:
        """The look of its state; "" for plain words."""
        return BADGES.get(self.state, "")


@dataclass(frozen=True, slots=True)
class TaskGroup:
    """Tasks under one heading: a key of texts."""

    heading: str
    tasks: tuple[Task, ...]


@dataclass(frozen=True, slots=True)
class TaskList:
    """All tasks in their order."""

    groups: tuple[TaskGroup, ...]

    @property
    def counted(self) -> Sequence[Task]:
        """Those that have to be done; what nobody must fill in counts once it is filled in."""
        return [
            one for group in self.groups for one in group.tasks
            if one.state is not TaskState.OPTIONAL
        ]  # fmt: skip

    @property
    def done(self) -> int:
        """How many are done."""
        return sum(one.state is TaskState.DONE for one in self.counted)

    @property
    def next(self) -> Task | None:
        """Where to go on: the first with something left to do."""
        return next((one for one in self.counted if one.is_open), None)
