"""Which answers a rule depends on, through computed values and groups."""

from collections.abc import Iterable, Iterator, Mapping

from engine.model import Check, Computed, Decision, Expression, Field, Group, Item, Page
from engine.rules.scope import Typed
from engine.rules.tree import Name, Path, walk
from engine.sample.tree import row_of


class Reads:
    """The items of a form by plain path, and what their rules read."""

    def __init__(
        self,
        pages: Iterable[Page],
        typed: Mapping[Expression, Typed],
        decisions: Iterable[Decision] = (),
    ) -> None:
        self.items: dict[str, Item] = {}
        self.checks: dict[str, Check] = {}
        self.conditions: dict[str, tuple[Expression, ...]] = {}  # all must be true to be shown
        self._typed = typed
        for page in pages:
            self._add(page.items, "", (page.show_if,))
            self.checks.update({check.id: check for check in page.checks})
        self._decisions = {one.id: one for one in decisions}

    def of(self, rule: Expression, row: str) -> Iterator[str]:
        """Plain paths of fields and groups that the rule reads in a row (`kinder[].`)."""
        yield from self.of_typed(self._typed.get(rule), row)

    def of_typed(self, typed: Typed | None, row: str) -> Iterator[str]:
        """The same for a part of a rule."""
        seen: set[str] = set()
        yield from self._follow(typed, row, seen)

    def named(self, name: str, row: str) -> Iterator[str]:
        """The paths behind a name that is read in a row."""
        path = self._resolved(name.partition(".")[0], row)
        if path is None:
            if name in self._decisions:
                yield from self._decided(self._decisions[name], {name})
            return
        item = self.items[path]
        if isinstance(item, Computed):
            yield from self.of(item.value, row_of(path))
        else:
            yield path

    def parts_of(self, typed: Typed, row: str, source: Typed) -> Iterator[str]:
        """What the body of a loop reads of the rows that its source names."""
        seen: set[str] = set()
        for name in sorted(source.reads):
            path = self._resolved(name.partition(".")[0], row)
            if path is not None and isinstance(self.items[path], Group):
                yield from self._parts(typed, path, seen)

    def day(self, rule: Expression) -> bool:
        """Whether the rule itself looks at the day of decision."""
        typed = self._typed.get(rule)
        return typed is not None and "stichtag" in typed.reads

    def _follow(self, typed: Typed | None, row: str, seen: set[str]) -> Iterator[str]:
        if typed is None:
            return
        for name in sorted(one.partition(".")[0] for one in typed.reads):
            path = self._resolved(name, row)
            if path is None and name in self._decisions and name not in seen:
                seen.add(name)
                yield from self._decided(self._decisions[name], seen)
            if path is None or path in seen:
                continue
            seen.add(path)
            item = self.items[path]
            if isinstance(item, Computed):
                inner = path.rpartition(".")[0]
                yield from self._follow(
                    self._typed.get(item.value), f"{inner}." if inner else "", seen
                )
            else:
                yield path
            if isinstance(item, Group):
                yield from self._parts(typed, path, seen)

    def _decided(self, decision: Decision, seen: set[str]) -> Iterator[str]:
        """What a decision of the Quick Check depends on, through other decisions."""
        rules = [decision.value, decision.otherwise]
        for one in decision.rules:
            rules += [one.condition, one.then, *one.cells.values()]
        for column in decision.inputs:
            if column in self.items and column not in seen:
                seen.add(column)
                yield column
            elif column in self._decisions and column not in seen:
                seen.add(column)
                yield from self._decided(self._decisions[column], seen)
        for rule in rules:
            if rule is not None:
                yield from self._follow(self._typed.get(rule), "", seen)

    def _parts(self, typed: Typed, group: str, seen: set[str]) -> Iterator[str]:
        """What the rule reads of the rows: `k.alter`, `item.alter`."""
        parts = {node.name for node in walk(typed.tree) if isinstance(node, Path | Name)}
        for part in sorted(parts):
            path = f"{group}[].{part}"
            item = self.items.get(path)
            if path in seen or item is None:
                continue
            seen.add(path)
            if isinstance(item, Computed):
                yield from self._follow(self._typed.get(item.value), f"{group}[].", seen)
            else:
                yield path

    def _resolved(self, name: str, row: str) -> str | None:
        """The row's own first, then those around it."""
        while True:
            if row + name in self.items:
                return row + name
            if not row:
                return None
            row = row[: row.rfind(".", 0, -1) + 1]

    def _add(
        self, items: tuple[Item, ...], row: str, around: tuple[Expression | None, ...]
    ) -> None:
        for item in items:
            path = row + item.id
            if isinstance(item, Field | Computed | Group):
                self.items[path] = item
            if isinstance(item, Field | Group):
                rules = (*around, item.show_if)
                self.conditions[path] = tuple(rule for rule in rules if rule is not None)
                self.checks.update({check.id: check for check in item.checks})
            if isinstance(item, Group):
                self._add(item.items, f"{path}[].", (*around, item.show_if))
