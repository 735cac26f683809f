"""Literals, lists, and arithmetic."""

from decimal import Decimal

from engine.rules.checking import NOTHING, UNREADABLE, Checking, word
from engine.rules.checks import hints
from engine.rules.durations import Days, Months
from engine.rules.print import print_tree
from engine.rules.scope import NO_GAPS, Known, Scope
from engine.rules.tree import (
    Arithmetic,
    Flag,
    Interval,
    Listing,
    Negation,
    Node,
    Null,
    Number,
    Text,
)
from engine.rules.types import (
    ANY,
    DATE,
    DAYS,
    FAR_DATE,
    MONTHS,
    NULL,
    NUMBER,
    PARTIAL_DATE,
    RANGE,
    TEXT,
    UNKNOWN,
    YES_NO,
    ListOf,
    Type,
    family,
    plain,
    united,
)


def check_literal(c: Checking, node: Number | Text | Flag | Null, scope: Scope) -> Known:
    """A number, a text, true or false, null."""
    match node:
        case Number(value=number):
            return Known(NUMBER, constant=number)
        case Text(value=text):
            return Known(TEXT, constant=text)
        case Flag(value=flag):
            return Known(YES_NO, constant=flag)
        case Null():
            return NOTHING


def check_listing(c: Checking, node: Listing, scope: Scope) -> Known:
    """`[a, b]`: elements of one type."""
    items = [_item(c, one, scope) for one in node.items]
    types = [one.type for one in items]
    if UNKNOWN in map(plain, types):
        return UNREADABLE
    nulls = [one for one, known in zip(node.items, items, strict=True) if plain(known.type) == NULL]
    if nulls and not c.is_foreign:
        return c.report("null-as-value", nulls[0])
    joined = united(types)
    if joined is None:
        if not c.is_foreign:
            first = types[0]
            other = next(one for one in types if united([first, one]) is None)
            values = {"first": word(first), "other": word(other)}
            return c.report("list-of-different-types", node, values)
        joined = ANY
    if not node.items:
        joined = ANY
    if all(one.is_constant for one in items):
        return Known(ListOf(joined), constant=tuple(one.constant for one in items))
    return Known(ListOf(joined), item_gaps=NO_GAPS.union(*(one.gaps for one in items)))


def _item(c: Checking, node: Node, scope: Scope) -> Known:
    if isinstance(node, Interval) and c.is_foreign:
        bounds = [c.of(one, scope) for one in (node.low, node.high)]
        if any(plain(one.type) == UNKNOWN for one in bounds):
            return UNREADABLE
        c.known[node] = Known(RANGE)
        return c.known[node]
    return c.of(node, scope)


def check_interval(c: Checking, node: Node, scope: Scope) -> Known:
    """A range that does not stand after `in`."""
    return c.report("not-in-subset", node, {"what": print_tree(node), "instead": "… in […]"})


def check_negation(c: Checking, node: Negation, scope: Scope) -> Known:
    """`-x`: of a literal; elsewhere `0 - x` says the same."""
    inner = c.of(node.operand, scope)
    kind = plain(inner.type)
    if kind == UNKNOWN:
        return UNREADABLE
    if kind not in (NUMBER, MONTHS, DAYS):
        return c.null_or(
            "operation-not-possible",
            node,
            {"sign": "-", "left": word(kind), "right": word(kind)},
        )
    match inner.constant:
        case Decimal() as number:
            return Known(kind, constant=number.copy_negate() if number else number)
        case Months(count=count):
            return Known(kind, constant=Months(-count))
        case Days(count=count):
            return Known(kind, constant=Days(-count))
    if not c.is_foreign:
        instead = f"0 - {print_tree(node.operand)}"
        return c.report("not-in-subset", node, {"what": "-…", "instead": instead})
    return Known(kind, inner.may_be_null, inner.gaps)


# (sign, left, right) → (result, run-time name, whether the right operand comes first, whether the
# result may be null although both operands are there)
Step = tuple[Type, str, bool, bool]
STEPS: dict[tuple[str, str, str], Step] = {
    ("+", "number", "number"): (NUMBER, "add", False, False),
    ("-", "number", "number"): (NUMBER, "subtract", False, False),
    ("*", "number", "number"): (NUMBER, "multiply", False, True),
    ("/", "number", "number"): (NUMBER, "divide", False, True),
    ("+", "text", "text"): (TEXT, "concat", False, False),
    ("+", "date", "months"): (DATE, "add_months", False, True),
    ("+", "months", "date"): (DATE, "add_months", True, True),
    ("+", "date", "days"): (DATE, "add_days", False, True),
    ("+", "days", "date"): (DATE, "add_days", True, True),
    ("-", "date", "months"): (DATE, "sub_months", False, True),
    ("-", "date", "days"): (DATE, "sub_days", False, True),
    ("-", "date", "date"): (DAYS, "days_between", False, False),
    ("+", "months", "months"): (MONTHS, "plus_duration", False, False),
    ("-", "months", "months"): (MONTHS, "minus_duration", False, False),
    ("+", "days", "days"): (DAYS, "plus_duration", False, False),
    ("-", "days", "days"): (DAYS, "minus_duration", False, False),
}
# FEEL has a value for these, rules have not: never answer null instead.
_LEFT_OUT = {
    ("*", "number", "months"), ("*", "number", "days"), ("*", "months", "number"),
    ("*", "days", "number"), ("/", "months", "number"), ("/", "days", "number"),
    ("/", "months", "months"), ("/", "days", "days"),
}  # fmt: skip


def check_arithmetic(c: Checking, node: Arithmetic, scope: Scope) -> Known:
    """A chain of + - or of * /."""
    result = c.of(node.first, scope)
    names: list[str] = []
    start = node.first.start
    for sign, operand in node.rest:
        right = c.of(operand, scope)
        if sign == "/" and not c.roundings and not c.is_foreign:
            _division(c, node)
            return UNREADABLE
        result = _step(c, sign, result, right, (start, operand.end), node, names)
        if plain(result.type) == UNKNOWN:
            for _, rest in node.rest:
                c.of(rest, scope) if rest not in c.known else None
            return UNREADABLE
    c.steps[node] = tuple(names)
    terms = (node.first, *(one for _, one in node.rest))
    return hints.sum_with_gaps(c, node, terms, result, scope)


def _division(c: Checking, node: Node) -> None:
    rounded = f"round half up({print_tree(node)}, 2)"
    c.report("division-outside-rounding", node, {"instead": rounded}, fix=rounded)


def _step(
    c: Checking,
    sign: str,
    left: Known,
    right: Known,
    place: tuple[int, int],
    node: Arithmetic,
    names: list[str],
) -> Known:
    kinds = (plain(left.type), plain(right.type))
    if UNKNOWN in kinds:
        return UNREADABLE
    key = (sign, family(kinds[0]), family(kinds[1]))
    found = STEPS.get(key)
    if found is None:
        return _impossible(c, key, kinds, place, node, names)
    kind, name, swapped, may_fail = found
    names.append(f"{name}<" if swapped else name)
    null = left.may_be_null or right.may_be_null or may_fail
    return Known(kind, null, left.gaps | right.gaps)


def _impossible(
    c: Checking,
    key: tuple[str, str, str],
    kinds: tuple[Type, Type],
    place: tuple[int, int],
    node: Arithmetic,
    names: list[str],
) -> Known:
    values = {"sign": key[0], "left": word(kinds[0]), "right": word(kinds[1])}
    if key in _LEFT_OUT or ANY in kinds or FAR_DATE in kinds:
        return c.report("operation-not-possible", node, values, at=place)
    if c.is_foreign:
        names.append("")  # the whole step is null
        return NOTHING
    if PARTIAL_DATE in kinds:
        return _partial(c, kinds, node)
    return c.report("operation-not-possible", node, values, at=place)


def _partial(c: Checking, kinds: tuple[Type, Type], node: Arithmetic) -> Known:
    """The first operand that is a partly known date, with the fix at its place."""
    for operand in (node.first, *(one for _, one in node.rest)):
        if plain(c.known[operand].type) == PARTIAL_DATE:
            text = print_tree(operand)
            return c.report(
                "partial-date-compared", operand, {"name": text}, fix=f"spaetestens({text})"
            )
    return UNREADABLE
