"""Where generated code finds things: variables, flags of visibility, paths of problems."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from engine.model import (
    Check,
    Computed,
    Expression,
    Field,
    Group,
    Info,
    Item,
    Page,
    Setting,
    with_paths,
)
from engine.plan.names import Names
from engine.plan.source_text import SourceText

ALWAYS, NEVER = "True", "False"


@dataclass(slots=True)
class Place:
    """The procedure, or one row of a group, while code for it is written."""

    path: str = ""  # with %d for each row number
    numbers: tuple[str, ...] = ()  # variables of the row numbers
    outer: "Place | None" = None
    names: Names = field(default_factory=Names)
    flags: dict[str, str] = field(default_factory=dict)  # id -> Python: whether it is shown

    def inner(self, group: Group, number: str) -> "Place":
        """A row of a group; the row's names hide those outside."""
        path = f"{self.path}{group.id}[%d]."
        return Place(path, (*self.numbers, number), self, Names(self.names))

    def load(
        self, text: SourceText, items: tuple[Item, ...], source: str, wanted: frozenset[str]
    ) -> None:
        """Values come out of the dictionary `source`; those that rules read become variables."""
        for item in items:
            if isinstance(item, Info):
                continue
            self.names[item.id] = f"{source}[{item.id!r}]"
            if item.id in wanted:
                name = text.name("v")
                text.line(f"{name} = {self.names[item.id]}")
                self.names[item.id] = name

    def path_of(self, name: str) -> str:
        """Python for the path of a field of this place."""
        if not self.numbers:
            return repr(self.path + name)
        return f"{self.path + name!r} % ({', '.join(self.numbers)},)"

    def owner_of(self, name: str) -> "Place | None":
        """This place or the one around it, whichever has the name."""
        place: Place | None = self
        while place is not None and name not in place.flags:
            place = place.outer
        return place


def procedure_names(settings: tuple[Setting, ...]) -> Names:
    """What every rule may name besides answers."""
    names = {f"setting.{one.id}": f"S[{one.id!r}]" for one in settings}
    return Names({**names, "stichtag": "today"})


def order_of(paths: tuple[str, ...]) -> dict[str, int]:
    """Place in the order by path."""
    return {path: number for number, path in enumerate(paths)}


def with_values(items: tuple[Item, ...]) -> list[Field | Computed | Group]:
    """All items but the texts between questions."""
    return [item for item in items if not isinstance(item, Info)]


def in_order(
    items: tuple[Item, ...], order: Mapping[str, int], prefix: str
) -> list[Field | Computed | Group]:
    """Items with values, those that others read first."""
    return sorted(with_values(items), key=lambda item: order[prefix + item.id])


def groups_around(items: tuple[Item, ...], name: str) -> tuple[Group, ...] | None:
    """The groups around a name below these items, outermost first; None if it is not there."""
    for item in items:
        if not isinstance(item, Group):
            continue
        if any(one.id == name for one in item.items if not isinstance(one, Info)):
            return (item,)
        inside = groups_around(item.items, name)
        if inside is not None:
            return (item, *inside)
    return None


def is_quiet(item: Item) -> bool:
    """Whether nothing is said about it while no required answer is missing."""
    return isinstance(item, Field) and item.required_if is None and not item.checks


def shown_if(items: tuple[Item, ...]) -> Iterator[Expression | None]:
    """Every rule that says whether something is shown."""
    for _, item in with_paths(items):
        if not isinstance(item, Computed):
            yield item.show_if


def required_if(items: tuple[Item, ...]) -> Iterator[Expression | None]:
    """Every rule that says whether something must be answered."""
    for _, item in with_paths(items):
        if isinstance(item, (Field, Group)):
            yield item.required_if


def checks_of(pages: tuple[Page, ...]) -> Iterator[Check]:
    """The checks of fields, groups and pages."""
    for page in pages:
        for _, item in with_paths(page.items):
            if isinstance(item, (Field, Group)):
                yield from item.checks
        yield from page.checks


def rules_about(pages: tuple[Page, ...]) -> Iterator[Expression | None]:
    """Every rule that says what is wrong."""
    for page in pages:
        yield from required_if(page.items)
    yield from (check.condition for check in checks_of(pages))


def rules_of(pages: tuple[Page, ...]) -> Iterator[Expression | None]:
    """Every rule that values, visibility or problems depend on."""
    yield from rules_about(pages)
    for page in pages:
        yield page.show_if
        yield from shown_if(page.items)
        for _, item in with_paths(page.items):
            if isinstance(item, Computed):
                yield item.value
