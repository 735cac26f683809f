"""Lists, rows of groups, and loops over them."""

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from typing import Any, TypeAlias

from engine.rules.runtime.budget import MAX_ITEMS, RuleBudgetExceeded
from engine.rules.runtime.logic import Range, all_of, kind_of, one_of, same, within

Items: TypeAlias = Sequence[Any] | None


def part(record: Any, name: str) -> Any:
    """A named part of a row or an address; null where there is none."""
    try:
        return record[name]
    except (KeyError, TypeError):
        return None


def item_parts(items: Items, name: str) -> Items:
    """That part of every row."""
    return None if items is None else [part(one, name) for one in items]


def some(items: Items, test: Callable[[Any], Any]) -> bool | None:
    """`some … satisfies`: as `or` over the elements."""
    return None if items is None else one_of(*map(test, items))


def every(items: Items, test: Callable[[Any], Any]) -> bool | None:
    """`every … satisfies`: as `and` over the elements."""
    return None if items is None else all_of(*map(test, items))


def each(items: Items, make: Callable[[Any], Any]) -> Items:
    """`for … return`."""
    return None if items is None else [make(one) for one in items]


def flat(lists: Items) -> Items:
    """The lists of an inner loop in one; null if one of them is."""
    if lists is None or any(one is None for one in lists):
        return None
    return _limited([value for one in lists for value in one])


def listed(value: Any) -> Items:
    """A single value as a list of one; null stays null."""
    return None if value is None else [value]


def span(low: Decimal | None, high: Decimal | None) -> Items:
    """Whole numbers from one to the other, up or down."""
    if low is None or high is None or low != int(low) or high != int(high):
        return None
    first, last = int(low), int(high)
    if abs(last - first) >= MAX_ITEMS:
        raise RuleBudgetExceeded("list")
    step = 1 if first <= last else -1
    return [Decimal(number) for number in range(first, last + step, step)]


def keep(items: Items, test: Callable[[Any], Any]) -> Items:
    """`items[condition]`: those for which it is true."""
    return None if items is None else [one for one in items if test(one)]


def at(items: Items, position: Decimal | None) -> Any:
    """`items[position]`, counted from 1, or from the end if negative."""
    if items is None or position is None or position != int(position):
        return None
    place = int(position)
    if place == 0 or abs(place) > len(items):
        return None
    return items[place - 1 if place > 0 else place]


def member(value: Any, items: Items) -> bool | None:
    """`value in list`: equal to an element, or inside a range that is one."""
    if items is None:
        return None
    return any(
        (within(value, one) if isinstance(one, Range) else same(value, one)) is True
        for one in items
    )


def count(items: Items) -> Decimal | None:
    """The number of elements."""
    return None if items is None else Decimal(len(items))


def _extreme(items: Items, choose: Callable[[Sequence[Any]], Any]) -> Any:
    if not items or len({kind_of(one) for one in items}) > 1:
        return None
    return choose(items)


def smallest(items: Items) -> Any:
    """The smallest element; null if there is none, or not all of one kind."""
    return None if items and None in items else _extreme(items, min)


def greatest(items: Items) -> Any:
    """The greatest element; null if there is none, or not all of one kind."""
    return None if items and None in items else _extreme(items, max)


def every_true(items: Items) -> bool | None:
    """`all`."""
    return None if items is None else all_of(*items)


def any_true(items: Items) -> bool | None:
    """`any`."""
    return None if items is None else one_of(*items)


def list_contains(items: Items, element: Any) -> bool | None:
    """Whether an element equals the value; null equals null."""
    if items is None:
        return None
    return any(same(one, element) is True for one in items)


def distinct_values(items: Items) -> Items:
    """The first of equal elements each."""
    if items is None:
        return None
    if all(isinstance(one, str) for one in items):
        return list(dict.fromkeys(items))
    if len(items) > 200:  # pairs of anything are compared one by one
        raise RuleBudgetExceeded("steps")
    kept: list[Any] = []
    for one in items:
        if not list_contains(kept, one):
            kept.append(one)
    return kept


def concatenate(lists: Sequence[Items] | None) -> Items:
    """The lists one after the other; null if one of them is."""
    return flat(lists)


def _limited(items: list[Any]) -> list[Any]:
    if len(items) > MAX_ITEMS:
        raise RuleBudgetExceeded("list")
    return items


def fetch(env: Mapping[str, Any], name: str) -> Any:
    """A name with dots: as such, or part by part."""
    if name in env:
        return env[name]
    first, *parts = name.split(".")
    found = env.get(first)
    for one in parts:
        found = part(found, one)
    return found
