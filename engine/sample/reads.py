"""Which answers a rule depends on, through computed values and groups."""

from collections.abc import Iterable, Iterator, Mapping

from engine.model import Check, Computed, Expression, Field, Group, Item, Page
from engine.rules.scope import Typed
from engine.rules.tree import Name, Path, walk


class Reads:
    """The items of a form by plain path, and what their rules read."""

    def __init__(self, pages: Iterable[Page], typed: Mapping[Expression, Typed]) -> None:
        self.items: dict[str, Item] = {}
        self.checks: dict[str, Check] = {}
        self.conditions: dict[str, tuple[Expression, ...]] = {}  # all must be true to be shown
        self._typed = typed
        for page in pages:
            self._add(page.items, "", (page.show_if,))
            self.checks.update({check.id: check for check in page.checks})

    def of(self, rule: Expression, row: str) -> Iterator[str]:
        """Plain paths of fields and groups that the rule reads in a row (`kinder[].`)."""
        yield from self.of_typed(self._typed.get(rule), row)

    def of_typed(self, typed: Typed | None, row: str) -> Iterator[str]:
        """The same for a part of a rule."""
        seen: set[str] = set()
        yield from self._follow(typed, row, seen)

    def day(self, rule: Expression) -> bool:
        """Whether the rule itself looks at the day of decision."""
        typed = self._typed.get(rule)
        return typed is not None and "stichtag" in typed.reads

    def _follow(self, typed: Typed | None, row: str, seen: set[str]) -> Iterator[str]:
        if typed is None:
            return
        for name in sorted(one.partition(".")[0] for one in typed.reads):
            path = self._resolved(name, row)
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
