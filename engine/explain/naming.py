"""What a name of a rule is, place by place: a question, a group, a decision, a setting."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TypeAlias

from engine.model import (
    Computed,
    DatedValue,
    Decision,
    Field,
    Group,
    Item,
    Procedure,
    Setting,
)

Thing: TypeAlias = Field | Computed | Group | Decision


@dataclass(frozen=True, slots=True)
class Names:
    """The names of one place, innermost first, and the law of one day."""

    tables: tuple[Mapping[str, Thing], ...]
    settings: Mapping[str, Setting]
    day: date

    def find(self, name: str) -> Thing | None:
        """What a bare name means here."""
        return next((table[name] for table in self.tables if name in table), None)

    def inner(self, group: Group) -> "Names":
        """The names inside a row of the group."""
        return Names((things(group.items), *self.tables), self.settings, self.day)

    def setting(self, name: str) -> DatedValue | None:
        """The value of a setting in force on the day; before the first one, the first one."""
        setting = self.settings.get(name)
        if setting is None:
            return None
        held = setting.values[0]
        for one in setting.values:
            if one.valid_from is not None and one.valid_from <= self.day:
                held = one
        return held


def form_names(procedure: Procedure, day: date) -> Names:
    """Everything of the form, outside of groups."""
    items = tuple(item for page in procedure.pages for item in page.items)
    return Names((things(items),), _settings(procedure), day)


def quick_check_names(procedure: Procedure, day: date) -> Names:
    """Questions and decisions."""
    check = procedure.quick_check
    found: dict[str, Thing] = {}
    if check is not None:
        found.update({one.id: one for one in check.questions})
        found.update({one.id: one for one in check.decisions})
    return Names((found,), _settings(procedure), day)


def things(items: Iterable[Item]) -> dict[str, Thing]:
    """What has a value, by its id."""
    return {one.id: one for one in items if isinstance(one, (Field, Computed, Group))}


def _settings(procedure: Procedure) -> Mapping[str, Setting]:
    return {one.id: one for one in procedure.settings}
