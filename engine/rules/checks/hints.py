"""Traps that are correct FEEL: what is true while a question is unanswered, and deadlines."""

from collections.abc import Iterable
from itertools import chain

from engine.rules.checking import Checking
from engine.rules.print import print_tree
from engine.rules.scope import Scope
from engine.rules.tree import (
    Arithmetic,
    Between,
    Both,
    Call,
    Comparison,
    Either,
    Interval,
    Listing,
    Membership,
    Name,
    Node,
    Null,
    Path,
    Test,
)
from engine.rules.types import DATE, MONTHS, plain


def answered_if_true(node: Node) -> frozenset[str]:
    """The names that must be answered for this to be true."""
    match node:
        case Name() | Path():
            return _named(node)
        case Both(parts=parts):
            return _all_of(map(answered_if_true, parts))
        case Either(parts=parts):
            return _shared(map(answered_if_true, parts))
        case Comparison(operator="!=", left=left, right=right):
            return _beside_null(left, right)
        case Comparison(operator="=", left=left, right=right):
            return _beside_literal(left, right)
        case Comparison(left=left, right=right):
            return _operands(left, right)
        case Between(value=value):
            return _operands(value)
        case Membership(value=value, tests=tests):
            return _operands(value) if not any(map(_takes_null, tests)) else frozenset()
        case Call(function="angegeben", arguments=(only,)):
            return _named(only.value)
        case Call(function="not", arguments=(only,)):
            return answered_if_false(only.value)
        case Call(function="volle frist" | "frist nach ereignis", arguments=arguments):
            return _operands(*(one.value for one in arguments))
        case _:
            return frozenset()


def answered_if_false(node: Node) -> frozenset[str]:
    """The names that must be answered for this to be false."""
    match node:
        case Name() | Path():
            return _named(node)
        case Both(parts=parts):
            return _shared(map(answered_if_false, parts))
        case Either(parts=parts):
            return _all_of(map(answered_if_false, parts))
        case Comparison(operator="=", left=left, right=right):
            return _beside_null(left, right)
        case Comparison(operator="!=", left=left, right=right):
            return _beside_literal(left, right)
        case Comparison(left=left, right=right):
            return _operands(left, right)
        case Call(function="not", arguments=(only,)):
            return answered_if_true(only.value)
        case _:
            return frozenset()


def _all_of(found: Iterable[frozenset[str]]) -> frozenset[str]:
    return frozenset(chain.from_iterable(found))


def _shared(found: Iterable[frozenset[str]]) -> frozenset[str]:
    first, *rest = found
    return first.intersection(*rest)


def _named(node: Node) -> frozenset[str]:
    """The text of a name or path."""
    return frozenset({print_tree(node)}) if isinstance(node, Name | Path) else frozenset()


def _operands(*nodes: Node) -> frozenset[str]:
    """Names that a value is made of: if one of them is null, so is the value."""
    found: set[str] = set()
    for node in nodes:
        if isinstance(node, Arithmetic):
            found |= _operands(node.first, *(one for _, one in node.rest))
        found |= _named(node)
    return frozenset(found)


def _beside_null(left: Node, right: Node) -> frozenset[str]:
    if isinstance(right, Null):
        return _named(left)
    return _named(right) if isinstance(left, Null) else frozenset()


def _beside_literal(left: Node, right: Node) -> frozenset[str]:
    """`x = "a"` is only true of an answer; `x = y` also of two missing ones."""
    if isinstance(left, Name | Path) == isinstance(right, Name | Path):
        return frozenset()
    if isinstance(left, Null) or isinstance(right, Null):
        return frozenset()
    return _operands(left, right)


def _takes_null(test: Node) -> bool:
    match test:
        case Null():
            return True
        case Test(operator=operator, operand=operand):
            return operator == "!=" or isinstance(operand, Null)
        case Listing(items=items):
            return any(isinstance(one, Null) for one in items)
        case Interval():
            return False
        case _:
            return False


def on_comparison(c: Checking, node: Comparison, scope: Scope) -> None:
    """Warnings about `!=` and about deadlines."""
    if node.operator == "!=" and not isinstance(node.left, Null) and not _is_null(node.right):
        unanswered(c, node, (node.left, node.right))
    _deadline(c, node)


def _is_null(node: Node) -> bool:
    return isinstance(node, Null)


def unanswered(c: Checking, node: Node, operands: tuple[Node, ...]) -> None:
    """Something that is true while a question is unanswered, without a guard."""
    names = [
        print_tree(one) for one in operands if isinstance(one, Name | Path) and c.known[one].is_open
    ]
    if not names:
        return
    guard = " and ".join(f"angegeben({name})" for name in names)
    values = {"name": ", ".join(names), "rule": print_tree(node)}
    c.warn("unanswered-not-equal", node, values, fix=f"{guard} and {print_tree(node)}")


def on_not(c: Checking, node: Call) -> None:
    """`not(x = "a")`, `not(x in (…))`: true while `x` is unanswered."""
    inner = node.arguments[0].value
    match inner:
        case Comparison(operator="=", left=left, right=right):
            if not _is_null(left) and not _is_null(right):
                unanswered(c, node, (left, right))
        case Membership(value=value, tests=tests):
            if not any(isinstance(one, Interval) or _takes_null(one) for one in tests):
                unanswered(c, node, (value,))


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
