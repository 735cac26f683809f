"""Traps that are correct FEEL: what is true while a question is unanswered, and deadlines."""

from collections.abc import Iterable
from dataclasses import replace

from engine.rules.answered import answered_if_true, filled, operands, takes_null
from engine.rules.checking import Checking, item_of
from engine.rules.print import print_tree
from engine.rules.scope import NO_GAPS, Gap, Known, Local, Scope
from engine.rules.tree import (
    Arithmetic,
    Between,
    Call,
    Comparison,
    Either,
    Filter,
    Interval,
    Loop,
    Membership,
    Name,
    Node,
    Null,
    Path,
    walk,
)
from engine.rules.types import DATE, MONTHS, NUMBER, UNKNOWN, Record, plain


def on_comparison(c: Checking, node: Comparison, scope: Scope) -> None:
    """Warnings about `!=` and about deadlines."""
    if node.operator == "!=" and not isinstance(node.left, Null) and not _is_null(node.right):
        unanswered(c, node, (node.left, node.right))
    _deadline(c, node)


def _is_null(node: Node) -> bool:
    return isinstance(node, Null)


def unanswered(c: Checking, node: Node, sides: tuple[Node, ...]) -> None:
    """Something that is true while a question is unanswered, without a guard."""
    gaps = _named(NO_GAPS.union(*(c.known[one].gaps for one in sides)))
    if not gaps:
        return
    values = {"name": _names(gaps), "rule": print_tree(node)}
    c.warn("unanswered-not-equal", node, values, fix=_guarded(gaps, node))


def undecided(c: Checking, condition: Node, known: Known) -> None:
    """`if` whose condition may be undecided takes the `else` without a word."""
    # A list that is missing has no element either: to ask for one is decided both ways.
    has = answered_if_true(condition)
    gaps = _named(one for one in known.staying if filled(one.name) not in has)
    if gaps:
        fix = _guarded(gaps, condition)
        values = {"name": _names(gaps), "condition": print_tree(condition)}
        if fix is not None:
            values["instead"] = fix
        c.warn("condition-undecided", condition, values, fix=fix)


def _named(gaps: Iterable[Gap]) -> tuple[Gap, ...]:
    """Those with a name, in the order of their names."""
    return tuple(sorted((one for one in gaps if one.name), key=lambda one: one.name))


def _names(gaps: Iterable[Gap]) -> str:
    return ", ".join(dict.fromkeys(one.name for one in gaps))


def _guarded(gaps: Iterable[Gap], condition: Node) -> str | None:
    """The condition behind a guard for each gap; None where one cannot be guarded from outside."""
    guards = list(dict.fromkeys(one.guard for one in gaps))
    if not all(guards):
        return None
    text = print_tree(condition)
    return f"{' and '.join(guards)} and {f'({text})' if isinstance(condition, Either) else text}"


def sum_with_gaps(
    c: Checking, node: Node, terms: tuple[Node, ...], result: Known, scope: Scope
) -> Known:
    """`a + b` where one may be missing while the other is there: then there is no sum at all."""
    if plain(result.type) != NUMBER or not _is_sum(node) or c.is_foreign:
        return result
    read = [one for one in terms if _depends_on_answers(c, one, scope)][:_COMPARED]
    others = [(one, scope.where(answered=operands(one))) for one in read]
    told = NO_GAPS
    for term in terms:
        gaps = _named(c.known[term].staying)
        beside = [where for other, where in others if other is not term]
        if not gaps or all(_are_there(gaps, where) for where in beside):
            continue
        told |= frozenset(gaps)
        text = print_tree(term)
        instead = fix = None
        if isinstance(term, Name | Path):
            instead = fix = f"(if angegeben({text}) then {text} else 0)"
        _no_sum(c, term, gaps, instead, fix)
    return replace(result, gaps=result.gaps - told)


def _are_there(gaps: tuple[Gap, ...], scope: Scope) -> bool:
    """Whether what may be missing is not missing in this scope."""
    return all(scope.is_answered(one.name) or scope.is_certain(one.name) for one in gaps)


_COMPARED = 20  # terms of a sum; in longer ones the first ones stand for all


def _no_sum(
    c: Checking, node: Node, gaps: tuple[Gap, ...], instead: str | None, fix: str | None
) -> None:
    values = {"name": _names(gaps)}
    if instead is not None:
        values["instead"] = instead
    c.warn("undecided-sum", node, values, fix=fix)


def _is_sum(node: Node) -> bool:
    if isinstance(node, Arithmetic):
        return all(sign in "+-" for sign, _ in node.rest)
    return True


def _depends_on_answers(c: Checking, node: Node, scope: Scope) -> bool:
    """Whether it reads more than settings, the day, and values with a default for everything."""
    for one in walk(node):
        place = c.places.get(one)
        if isinstance(place, Local):
            return True
        if place is not None and not place.name.startswith(("setting.", "stichtag")):
            asked = scope.asked_of(place.name)
            if asked is None or not asked.is_always_there:
                return True
    return False


def over_list(c: Checking, node: Call, items: Node, result: Known, scope: Scope) -> Known:
    """`sum`, `mean`, `min`, `max` of a list: empty lists and empty elements have no result."""
    if c.is_foreign:
        return result
    _empty_elements(c, node, items)
    empty = may_be_empty(c, items, scope)
    if empty is None:
        return result
    text = print_tree(node)
    if empty.stays:
        guarded = f"if {empty.guard} then {text} else"
        fix = f"({guarded} 0)" if node.function == "sum" else None
        values = {"name": empty.name, "function": node.function, "instead": f"{guarded} 0"}
        c.warn("empty-group", node, values, fix=fix)
    told = {gap for gap in result.gaps if gap.name == empty.name}
    return replace(result, gaps=result.gaps - told)


def _empty_elements(c: Checking, node: Call, items: Node) -> None:
    gaps = _named(one for one in c.known[items].item_gaps if one.stays)
    if not gaps:
        return
    place, instead, fix = items, None, None
    if isinstance(items, Loop):
        place = items.result
        if isinstance(place, Name | Path) and node.function == "sum":
            text = print_tree(place)
            instead = fix = f"if angegeben({text}) then {text} else 0"
    _no_sum(c, place, gaps, instead, fix)


def may_be_empty(c: Checking, node: Node, scope: Scope) -> Gap | None:
    """That a list may have no element here."""
    text = print_tree(node)
    if scope.is_answered(filled(text)):
        return None
    match node:
        case Filter():
            return Gap(text, True, f"count({text}) > 0")
        case Loop(bindings=bindings):
            found = [may_be_empty(c, one.source, scope) for one in bindings]
            return next((one for one in found if one is not None), None)
        case Path(of=of) if item_of(c.known[of].type if of in c.known else UNKNOWN) is not None:
            return may_be_empty(c, of, scope)
        case Call(function="distinct values", arguments=(only,)):
            return may_be_empty(c, only.value, scope)
        case Call(function="concatenate", arguments=arguments):
            found = [may_be_empty(c, one.value, scope) for one in arguments]
            return found[0] if all(found) else None
        case Name() | Path():
            is_group = isinstance(plain(item_of(c.known[node].type) or UNKNOWN), Record)
            if is_group:
                return Gap(text, not scope.is_certain(filled(text)), f"count({text}) > 0")
    return None


def on_not(c: Checking, node: Call) -> None:
    """`not(x = "a")`, `not(x in (…))`: true while `x` is unanswered."""
    inner = node.arguments[0].value
    match inner:
        case Comparison(operator="=", left=left, right=right):
            if not _is_null(left) and not _is_null(right):
                unanswered(c, node, (left, right))
        case Membership(value=value, tests=tests):
            if not any(isinstance(one, Interval) or takes_null(one) for one in tests):
                unanswered(c, node, (value,))
            elif any(isinstance(one, Interval) for one in tests):
                _undecided_not(c, node, inner)
        case Comparison(operator="<" | "<=" | ">" | ">=") | Between():
            _undecided_not(c, node, inner)


def _undecided_not(c: Checking, node: Call, inner: Node) -> None:
    """`not(x < 18)` is no yes while `x` is unanswered: it is open, like `x < 18` itself."""
    gaps = _named(c.known[inner].staying)
    if gaps:
        fix = _guarded(gaps, node)
        values = {"name": _names(gaps), "rule": print_tree(node)}
        if fix is not None:
            values["instead"] = fix
        c.warn("undecided-not", node, values, fix=fix)


def _deadline(c: Checking, node: Comparison) -> None:
    """`start + P5Y <= day` is a day early for starts on 29 February."""
    if node.operator == "<=":
        begin, day = node.left, node.right
    elif node.operator == ">=":
        begin, day = node.right, node.left
    else:
        return
    match begin:
        case Arithmetic(first=first, rest=(("+", duration),)):
            kinds = plain(c.known[first].type), plain(c.known[duration].type)
        case _:
            return
    if kinds == (MONTHS, DATE):
        first, duration = duration, first
    elif kinds != (DATE, MONTHS):
        return
    parts = ", ".join(print_tree(one) for one in (first, duration, day))
    instead = f"volle frist({parts})"
    values = {"rule": print_tree(node), "instead": instead}
    c.warn("deadline-comparison", node, values, fix=instead)
