"""And, or, comparisons, `in`, `between`, `if`."""

from collections.abc import Iterable

from engine.rules.checking import FOR_EVER, UNREADABLE, Checking, item_of, word
from engine.rules.checks import hints, repairs
from engine.rules.faults import nearby
from engine.rules.print import print_tree, quoted
from engine.rules.scope import NO_GAPS, Gaps, Known, Scope
from engine.rules.tree import (
    Between,
    Both,
    Choose,
    Comparison,
    Either,
    Interval,
    Listing,
    Membership,
    Node,
    Test,
    Text,
)
from engine.rules.types import (
    ANY,
    DATE,
    DAYS,
    FAR_DATE,
    MONTHS,
    NULL,
    ORDERED,
    PARTIAL_DATE,
    RANGE,
    UNKNOWN,
    YES_NO,
    Choice,
    Simple,
    Type,
    alike,
    family,
    plain,
    united,
)
from engine.suggest import nearest


def check_both(c: Checking, node: Both, scope: Scope) -> Known:
    """`and`: what one part guards, the parts behind it may rely on."""
    parts: list[Known] = []
    inside = scope
    for part in node.parts:
        parts.append(c.condition(part, inside))
        inside = inside.where(part)
    return _joined(parts)


def check_either(c: Checking, node: Either, scope: Scope) -> Known:
    """`or`: the parts behind one count only where it is false."""
    parts: list[Known] = []
    inside = scope
    for part in node.parts:
        parts.append(c.condition(part, inside))
        inside = inside.where_not(part, parts[-1])
    return _joined(parts)


def _joined(parts: list[Known]) -> Known:
    if any(plain(one.type) == UNKNOWN for one in parts):
        return UNREADABLE
    null = any(one.may_be_null for one in parts)
    return Known(YES_NO, null, _all_gaps(parts))


def _all_gaps(parts: Iterable[Known]) -> Gaps:
    return NO_GAPS.union(*(one.gaps for one in parts))


def check_comparison(c: Checking, node: Comparison, scope: Scope) -> Known:
    """`left operator right`."""
    left, right = c.of(node.left, scope), c.of(node.right, scope)
    found = compared(c, node, node.operator, (node.left, left), (node.right, right))
    if plain(found.type) != UNKNOWN:
        hints.on_comparison(c, node, scope)
    return found


Side = tuple[Node, Known]


def compared(c: Checking, node: Node, operator: str, left: Side, right: Side) -> Known:
    """What a comparison of two values gives."""
    kinds = plain(left[1].type), plain(right[1].type)
    if UNKNOWN in kinds:
        return UNREADABLE
    if FAR_DATE in kinds:
        return c.report("operation-not-possible", node, {"sign": operator} | _sides(kinds))
    if operator in ("=", "!="):
        return _equal(c, node, left, right)
    if NULL in kinds or RANGE in kinds:
        return _different(c, node, operator, left, right)
    if kinds[0] == PARTIAL_DATE or kinds[1] == PARTIAL_DATE:
        return _partial(c, node, left, right)
    if ANY not in kinds:
        if not alike(*kinds):
            return _different(c, node, operator, left, right)
        if family(kinds[0]) not in ORDERED:
            values = {"operator": operator, "type": word(kinds[0])}
            return c.null_or("no-order", node, values)
    null = left[1].may_be_null or right[1].may_be_null or ANY in kinds
    return Known(YES_NO, null, left[1].gaps | right[1].gaps)


def _equal(c: Checking, node: Node, left: Side, right: Side) -> Known:
    kinds = plain(left[1].type), plain(right[1].type)
    if NULL in kinds:
        return Known(YES_NO)
    if not alike(*kinds):
        if {family(one) for one in kinds} == {"partial_date", "date"}:
            return _partial(c, node, left, right)
        return _different(c, node, "=", left, right)
    for one, other in ((left, right), (right, left)):
        kind = plain(one[1].type)
        if isinstance(kind, Choice) and not in_list(c, kind, *other):
            return UNREADABLE
    simple = all(isinstance(one, Simple | Choice) and one != ANY for one in kinds)
    return Known(YES_NO, not simple)


def in_list(c: Checking, choice: Choice, node: Node, known: Known) -> bool:
    """Whether a text that is compared with a choice can be its value at all."""
    value = known.constant
    if not isinstance(value, str) or value in choice.values:
        return True
    near = nearest(value, sorted(choice.values))
    values = {"value": value, "list": choice.name} | nearby(near)
    place = (node.start + 1, node.end - 1) if isinstance(node, Text) and value else None
    fix = near[0] if near and quoted(near[0]) == f'"{near[0]}"' and place else None
    c.report("value-not-in-list", node, values, fix=fix, at=place)
    return False


def _different(c: Checking, node: Node, operator: str, left: Side, right: Side) -> Known:
    kinds = plain(left[1].type), plain(right[1].type)
    if set(kinds) == {MONTHS, DAYS}:
        instead = repairs.period(c, operator, left[0], right[0])
        return c.null_or(
            "two-kinds-of-duration", node, {"instead": instead} if instead else {}, fix=instead
        )
    values = {"operator": operator} | _sides(kinds)
    for one, other in ((left, right), (right, left)):
        literal = repairs.literal_as(one[0], other[1].type)
        if literal is not None:
            values["instead"] = literal
            return c.null_or("compare-different-types", node, values, fix=literal, fix_at=one[0])
    return c.null_or("compare-different-types", node, values)


def _sides(kinds: tuple[Type, Type]) -> dict[str, str]:
    return {"left": word(kinds[0]), "right": word(kinds[1])}


def _partial(c: Checking, node: Node, left: Side, right: Side) -> Known:
    """Partly known dates have no order; say which of their days is meant."""
    for operand, known in (left, right):
        if plain(known.type) == PARTIAL_DATE:
            text = print_tree(operand)
            return c.report(
                "partial-date-compared", operand, {"name": text}, fix=f"spaetestens({text})"
            )
    return UNREADABLE


def check_between(c: Checking, node: Between, scope: Scope) -> Known:
    """`value between low and high`."""
    value = (node.value, c.of(node.value, scope))
    low = compared(c, node, ">=", value, (node.low, c.of(node.low, scope)))
    if plain(low.type) in (UNKNOWN, NULL):
        c.of(node.high, scope)
        return low
    high = compared(c, node, "<=", value, (node.high, c.of(node.high, scope)))
    return high if plain(high.type) in (UNKNOWN, NULL) else _joined([low, high])


def check_membership(c: Checking, node: Membership, scope: Scope) -> Known:
    """`value in (…)`."""
    value = (node.value, c.of(node.value, scope))
    return _joined([accepted(c, test, value, scope) for test in node.tests])


def accepted(c: Checking, test: Node, value: Side, scope: Scope) -> Known:
    """What one test says of a value; shared by `in` and cells."""
    if isinstance(test, Test):
        found = compared(c, test, test.operator, value, (test.operand, c.of(test.operand, scope)))
        c.known[test] = found
        return _as_test(found)
    if isinstance(test, Interval):
        found = _in_interval(c, test, value, scope)
        c.known[test] = found
        return _as_test(found)
    known = c.of(test, scope)
    kinds = plain(value[1].type), plain(known.type)
    item = item_of(kinds[1])
    if item is not None and UNKNOWN not in kinds:
        return _in_list(c, test, value, known, item)
    return _as_test(compared(c, test, "=", value, (test, known)))


def _as_test(found: Known) -> Known:
    return Known(YES_NO, True, FOR_EVER) if plain(found.type) == NULL else found


def _in_list(c: Checking, test: Node, value: Side, known: Known, item: Type) -> Known:
    kind = plain(value[1].type)
    if isinstance(kind, Choice) and isinstance(test, Listing):
        listed = [in_list(c, kind, one, c.known[one]) for one in test.items]  # report them all
        if not all(listed):
            return UNREADABLE
    elif not alike(kind, item) and plain(item) not in (RANGE, ANY) and not c.is_foreign:
        return _different(c, test, "in", value, (test, Known(item)))
    return Known(YES_NO, known.may_be_null, known.gaps)


def _in_interval(c: Checking, test: Interval, value: Side, scope: Scope) -> Known:
    low, high = c.of(test.low, scope), c.of(test.high, scope)
    above = compared(c, test, ">=", value, (test.low, low))
    if plain(above.type) in (UNKNOWN, NULL):
        return above
    below = compared(c, test, "<=", value, (test.high, high))
    if plain(below.type) in (UNKNOWN, NULL):
        return below
    if _is_upside_down(low, high):
        values = {"low": print_tree(test.low), "high": print_tree(test.high)}
        c.warn("range-upside-down", test, values)
    return _joined([above, below])


def _is_upside_down(low: Known, high: Known) -> bool:
    if not (low.is_constant and high.is_constant) or plain(low.type) not in (DATE, MONTHS, DAYS):
        numbers = (low.constant, high.constant)
        return all(family(one.type) == "number" for one in (low, high)) and _greater(*numbers)
    return _greater(low.constant, high.constant)


def _greater(low: object, high: object) -> bool:
    try:
        return bool(low > high)  # type: ignore[operator]  # both constants of one ordered type
    except TypeError:
        return False


def _found(c: Checking, node: Choose) -> str:
    return word(c.known[node.condition].type)


def check_choose(c: Checking, node: Choose, scope: Scope) -> Known:
    """`if … then … else …`: both branches give the same type."""
    condition = c.condition(node.condition, scope)
    if condition.constant is None and plain(c.known[node.condition].type) not in (YES_NO, NULL):
        # FEEL from elsewhere: `if 5 then …` has no value at all, not that of `else`.
        return c.report("condition-not-yes-no", node.condition, {"found": _found(c, node)})
    then = c.of(node.then, scope.where(node.condition))
    otherwise = c.of(node.otherwise, scope.where_not(node.condition, condition))
    kinds = [plain(one.type) for one in (condition, then, otherwise)]
    if UNKNOWN in kinds:
        return UNREADABLE
    if not condition.is_constant:
        hints.undecided(c, node.condition, condition)
    joined = united(kinds[1:])
    if joined is None:
        values = {"then": word(kinds[1]), "else": word(kinds[2])}
        return c.report("branches-differ", node, values, at=(node.then.start, node.otherwise.end))
    null = then.may_be_null or otherwise.may_be_null
    return Known(joined, null, then.gaps | otherwise.gaps)
