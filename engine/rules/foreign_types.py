"""Declared types of FEEL from elsewhere: what a name may hold, and what a result becomes."""

from collections.abc import Callable, Mapping
from typing import Any

from engine.diagnostics import has_errors
from engine.rules.cells import check_cell
from engine.rules.compile import compile_cell
from engine.rules.faults import Locate
from engine.rules.foreign import MAX_NESTING, TYPES, Refused
from engine.rules.parse import parse_foreign
from engine.rules.runtime.logic import kind_of
from engine.rules.scope import Scope
from engine.rules.types import ANY, FOREIGN, ListOf, Record, Type, family

_MOST_STEPS = 10_000
_OPEN = ("Any", "any", "")
Test = Callable[[Any], bool]


def _record_test(parts: Mapping[str, Test]) -> Test:
    def fits(value: Any) -> bool:
        if value is None:
            return True
        if not isinstance(value, Mapping) or not parts.keys() <= value.keys():
            return False
        return all(test(value[name]) for name, test in parts.items())

    return fits


class DeclaredTypes:
    """The item definitions of a record."""

    def __init__(self, definitions: Mapping[str, Any], locate: Locate) -> None:
        self._definitions = definitions
        self._locate = locate
        self._steps = 0

    def _count_step(self) -> None:
        """Types that use each other twice per level would double with every level."""
        self._steps += 1
        if self._steps > _MOST_STEPS:
            raise Refused("malformed", "The type definitions are too large.")

    def resolve(self, name: Any, depth: int = 0) -> Type:
        """The type of a name; `ANY` where nothing is promised, `FOREIGN` if rules lack it."""
        if name is None or name in _OPEN:
            return ANY
        if not isinstance(name, str):
            raise Refused("malformed", "A type is a name.")
        if name in self._definitions:
            return self._item(self._definitions[name], depth)
        return TYPES.get(name, FOREIGN)

    def _item(self, item: Any, depth: int) -> Type:
        self._count_step()
        if not isinstance(item, Mapping) or depth > MAX_NESTING:
            raise Refused("malformed", "A type definition cannot be read.")
        if item.get("function"):
            return FOREIGN
        components = item.get("components")
        if isinstance(components, Mapping) and components:
            found: Type = Record(
                {name: self._item(one, depth + 1) for name, one in components.items()}
            )
        else:
            found = self.resolve(item.get("base"), depth + 1)
        return ListOf(found) if item.get("collection") else found

    def conforming(self, name: str | None) -> Callable[[Any], Any]:
        """Makes a value what the declared type has it be; null if it does not fit.

        A list of one stands for its element and the other way round (DMN, 10.3.2.9.4). A type
        that rules do not have is refused now, before anything runs.
        """
        if name is None or name in _OPEN:
            return lambda value: value
        kind = self.resolve(name)
        if kind == FOREIGN:
            raise Refused("not-in-subset", f"Rules have no type »{name}«.")
        fits = self._fitting(name, 0)

        def conform(value: Any) -> Any:
            if value is None or fits(value):
                return value
            if isinstance(value, list | tuple) and len(value) == 1 and fits(value[0]):
                return value[0]
            return [value] if fits([value]) else None

        return conform

    def _fitting(self, name: str | None, depth: int) -> Test:
        if name is None or name in _OPEN:
            return lambda value: True
        kind = family(self.resolve(name, depth))
        if name in self._definitions:
            return self._fitting_item(self._definitions[name], depth + 1)
        kinds = (kind, "far_date") if kind == "date" else (kind,)
        return lambda value: value is None or kind_of(value) in kinds

    def _fitting_item(self, item: Any, depth: int) -> Test:
        self._count_step()
        if not isinstance(item, Mapping) or item.get("function") or depth > MAX_NESTING:
            raise Refused("not-in-subset", "Rules do not have this kind of type.")
        components = item.get("components")
        if components:
            parts = {name: self._fitting_item(one, depth + 1) for name, one in components.items()}
            fits = _record_test(parts)
        else:
            fits = self._fitting(item.get("base"), depth)
        allowed = self._allowed(item)
        if not item.get("collection"):
            return lambda value: value is None or (fits(value) and allowed(value))
        return lambda value: (
            value is None
            or (
                isinstance(value, list | tuple) and all(fits(one) and allowed(one) for one in value)
            )
        )

    def _allowed(self, item: Mapping[str, Any]) -> Test:
        written = item.get("allowedValues")
        if not written:
            return lambda value: True
        return self.accepting(str(written), self.resolve(item.get("base")))

    def accepting(self, written: str, kind: Type) -> Test:
        """The test that a list of allowed values is; null is always allowed."""
        tree, found = parse_foreign(written, self._locate, (), cell=True)
        if tree is not None:
            typed, more = check_cell(tree, kind, Scope({}, is_foreign=True), self._locate)
            if typed is not None and not has_errors([*found, *more]):
                accepts = compile_cell(typed)
                return lambda value: value is None or accepts(value, {})
        raise Refused("not-in-subset", "The allowed values cannot be read.")
