"""Lists as formulas: every possible element with the condition that it is there.

Of a group only the first rows are looked at. What depends on rows behind them (`more`) is unknown
there, so what is proved holds for any number of rows, and no example is made of rows nobody saw.
"""

from collections.abc import Callable

from engine.prove.terms import Int, both, either, if_int, implies, int_var, no, plus
from engine.prove.values import (
    FALSE,
    TRUE,
    Item,
    Items,
    Number,
    Row,
    Truth,
    Unknown,
    Value,
    all_of,
    any_truth,
    chosen,
    is_given,
    key_of,
    one_of,
    only_if,
    same,
    unknown_truth,
)

MANY = "more-rows"  # the reason why something about rows is unknown


def some(items: Items, test: Callable[[Value], Truth]) -> Truth:
    """`some … satisfies`."""
    tests = [_if_present(one, test, FALSE) for one in items.items]
    return _limited(items, one_of([*tests, _behind(items, tests, FALSE)]))


def every(items: Items, test: Callable[[Value], Truth]) -> Truth:
    """`every … satisfies`."""
    tests = [_if_present(one, test, TRUE) for one in items.items]
    return _limited(items, all_of([*tests, _behind(items, tests, TRUE)]))


def _if_present(one: Item, test: Callable[[Value], Truth], otherwise: Truth) -> Truth:
    if one.present is False:
        return otherwise
    return chosen(one.present, test(one.value), otherwise)


def _behind(items: Items, tests: list[Truth], otherwise: Truth) -> Truth:
    """What the rows say that nobody looked at."""
    if items.more is False:
        return otherwise
    key = key_of(items, *tests)
    return chosen(items.more, any_truth(f"rows{key}", MANY), otherwise)


def _limited(items: Items, found: Truth) -> Truth:
    return Truth(both(items.given, found.is_true), both(items.given, found.is_false))


def each(items: Items, make: Callable[[Value], Value]) -> Items:
    """`for … return`."""
    made = tuple(
        Item(one.present, make(one.value)) for one in items.items if one.present is not False
    )
    return Items(items.given, made, items.more, items.rest)


def keep(items: Items, test: Callable[[Value], Truth]) -> Items:
    """`items[condition]`."""
    kept = tuple(
        Item(both(one.present, test(one.value).is_true), one.value)
        for one in items.items
        if one.present is not False
    )
    return Items(items.given, kept, items.more, _some_of(items, kept))


def _some_of(items: Items, kept: tuple[Item, ...]) -> Int:
    """How many of the rows behind may be kept: nobody knows, but not more than there are."""
    if items.more is False:
        return 0
    key = key_of(items, Items(True, kept))
    most = items.rest.high if not isinstance(items.rest, int) else items.rest
    left = int_var(f"?rest{key}", 0, most, MANY)
    return if_int(items.more, left, 0)


def count(items: Items) -> Number:
    """How many."""
    seen = plus(*(if_int(one.present, 1, 0) for one in items.items))
    return Number(items.given, plus(seen, items.rest))


def contains(items: Items, value: Value) -> Truth:
    """Whether an element equals the value; a null in the list equals null."""
    found = either(*(both(one.present, same(one.value, value).is_true) for one in items.items))
    if items.more is not False:
        unknown = unknown_truth(f"in{key_of(items, value)}", MANY).is_true
        found = either(found, both(items.more, unknown))
    return Truth(both(items.given, found), both(items.given, no(found)))


def distinct(items: Items) -> Items:
    """The first of equal elements each."""
    kept: list[Item] = []
    for one in items.items:
        earlier = (both(two.present, same(two.value, one.value).is_true) for two in kept)
        kept.append(Item(both(one.present, no(either(*earlier))), one.value))
    return Items(items.given, tuple(kept), items.more, _some_of(items, tuple(kept)))


def joined(lists: list[Items]) -> Items:
    """One after the other."""
    items = tuple(one for each_list in lists for one in each_list.items)
    more = either(*(one.more for one in lists))
    rest = plus(*(one.rest for one in lists))
    return Items(both(*(one.given for one in lists)), items, more, rest)


def flat(lists: Items) -> Value:
    """The lists of an inner loop in one; null if one of them is."""
    items: list[Item] = []
    given, more = [lists.given], [lists.more]
    for one in lists.items:
        if not isinstance(one.value, Items):
            return Unknown(lists.given, f"flat{key_of(lists)}", "for … for …")
        given.append(implies(one.present, one.value.given))
        more.append(both(one.present, one.value.more))
        items += [Item(both(one.present, two.present), two.value) for two in one.value.items]
    rest = int_var(f"?flat{key_of(lists)}", 0, None, MANY)
    has_more = either(*more)
    return Items(both(*given), tuple(items), has_more, if_int(has_more, rest, 0))


def parts(items: Items, name: str) -> Items:
    """That part of every row."""
    return each(items, lambda row: part(row, name))


def part(row: Value, name: str) -> Value:
    """A named part of a row or an address."""
    if isinstance(row, Row) and name in row.parts:
        return only_if(row.given, row.parts[name])
    return Unknown(is_given(row), f".{name}{key_of(row)}", f".{name}")


def of_values(values: list[Value]) -> Items:
    """A list that a rule writes down."""
    return Items(True, tuple(Item(True, one) for one in values))
