"""Who is who in a procedure: every name, by the place where it may be used."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from engine.diagnostics import Findings, Fix
from engine.model import (
    Check,
    Computed,
    Decision,
    Document,
    Field,
    Group,
    Info,
    Item,
    Outcome,
    Page,
    Procedure,
)
from engine.model_parts import Word
from engine.suggest import nearest

ValueItem = Field | Computed | Group


@dataclass(frozen=True, slots=True)
class Placed:
    """An item with the groups and the page around it."""

    item: Item
    page: Page
    groups: tuple[Group, ...]

    @property
    def path(self) -> str:
        """`plz`, `kinder[].vornamen`."""
        return "".join(f"{group.id}[]." for group in self.groups) + self.item.id


@dataclass(frozen=True, slots=True)
class Directory:
    """The names of a procedure."""

    placed: tuple[Placed, ...]
    form: Mapping[str, ValueItem]  # names outside of groups
    pages: Mapping[str, Page]
    documents: Mapping[str, Document]
    questions: Mapping[str, Field]
    decisions: Mapping[str, Decision]
    outcomes: Mapping[str, Outcome]

    def groups(self) -> Mapping[str, Group]:
        """The groups that stand directly on a page."""
        return {name: item for name, item in self.form.items() if isinstance(item, Group)}

    def all_names(self) -> frozenset[str]:
        """The names of all fields, computed values, groups and infos, in groups or not."""
        return frozenset(one.item.id for one in self.placed)


def directory(procedure: Procedure) -> Directory:
    """Look up once, use everywhere."""
    placed = tuple(placed_items(procedure))
    outer = {
        one.item.id: one.item for one in placed if not one.groups and not isinstance(one.item, Info)
    }
    check = procedure.quick_check
    return Directory(
        placed=placed,
        form={name: item for name, item in outer.items() if not isinstance(item, Info)},
        pages={page.id: page for page in procedure.pages},
        documents={one.id: one for one in procedure.documents},
        questions={} if check is None else {one.id: one for one in check.questions},
        decisions={} if check is None else {one.id: one for one in check.decisions},
        outcomes={} if check is None else {one.id: one for one in check.outcomes},
    )


def placed_items(procedure: Procedure) -> Iterator[Placed]:
    """Every item of the form, groups before what is in them."""
    for page in procedure.pages:
        yield from _placed(page.items, page, ())


def _placed(items: tuple[Item, ...], page: Page, groups: tuple[Group, ...]) -> Iterator[Placed]:
    for item in items:
        yield Placed(item, page, groups)
        if isinstance(item, Group):
            yield from _placed(item.items, page, (*groups, item))


def checks_of(procedure: Procedure) -> Iterator[tuple[Check, tuple[Group, ...]]]:
    """Every check of the form, with the groups around it; a group's own checks stand outside it."""
    for page in procedure.pages:
        for check in page.checks:
            yield check, ()
    for one in placed_items(procedure):
        if isinstance(one.item, Field | Group):
            for check in one.item.checks:
                yield check, one.groups


def row_names(groups: tuple[Group, ...]) -> Mapping[str, ValueItem]:
    """The names of a row, those of the innermost group first."""
    found: dict[str, ValueItem] = {}
    for group in groups:
        found.update(
            {item.id: item for item in group.items if isinstance(item, Field | Computed | Group)}
        )
    return found


_LISTED = 12  # so many names can still be read in one line


def unknown(findings: Findings, code: str, word: str, known: Iterable[str]) -> None:
    """A name that points to nothing; the nearest one that exists is the fix."""
    if not isinstance(word, Word):
        return
    names = tuple(known)
    found = () if findings.are_full else nearest(word, names, 1)
    values = {"name": word[:80]}
    if found:
        values["nearest"] = found[0]
    elif 0 < len(names) <= _LISTED:
        values["allowed"] = ", ".join(names)
    fix = Fix(word.span, found[0]) if found else None
    findings.add(code, word.span, values, fix=fix)
