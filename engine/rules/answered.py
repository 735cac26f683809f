"""What must be answered for a condition to be true, or false: read from its text alone."""

from collections.abc import Iterable
from itertools import chain

from engine.rules.functions import FUNCTIONS
from engine.rules.functions.signature import Nulls
from engine.rules.print import print_tree
from engine.rules.tree import (
    Arithmetic,
    Between,
    Both,
    Call,
    Comparison,
    Either,
    Filter,
    Flag,
    Listing,
    Loop,
    Membership,
    Name,
    Node,
    Null,
    Number,
    Path,
    Quantified,
    Test,
    Text,
)
from engine.rules.types import NULL

# Of a list handed to these, one empty element makes the whole result empty.
_OF_ALL = frozenset({"sum", "mean", "min", "max"})


def filled(name: str) -> str:
    """The word for "this list has an element"; no name looks like it."""
    return f"{name}[]"


def answered_if_true(node: Node) -> frozenset[str]:
    """The names that must be answered for this to be true."""
    match node:
        case Name() | Path():
            return operands(node)
        case Both(parts=parts):
            return _all_of(map(answered_if_true, parts))
        case Either(parts=parts):
            return _shared(map(answered_if_true, parts))
        case Comparison():
            return _compared(node, holds=True)
        case Between(value=value, low=low, high=high):
            return operands(value, low, high)
        case Membership(value=value, tests=tests):
            return operands(value) if not any(map(takes_null, tests)) else frozenset()
        case Quantified(every=every, bindings=bindings):
            source = bindings[0].source
            return operands(source) | (frozenset() if every else has_elements(source))
        case Call(function="not", arguments=(only,)):
            return answered_if_false(only.value)
        case Call():
            return _called(node)
        case _:
            return frozenset()


def answered_if_false(node: Node) -> frozenset[str]:
    """The names that must be answered for this to be false."""
    match node:
        case Name() | Path():
            return operands(node)
        case Both(parts=parts):
            return _shared(map(answered_if_false, parts))
        case Either(parts=parts):
            return _all_of(map(answered_if_false, parts))
        case Comparison():
            return _compared(node, holds=False)
        case Quantified(bindings=bindings):
            return operands(bindings[0].source)
        case Call(function="not", arguments=(only,)):
            return answered_if_true(only.value)
        case Call(function="angegeben"):
            return frozenset()
        case Call():
            return _called(node)
        case _:
            return frozenset()


def _all_of(found: Iterable[frozenset[str]]) -> frozenset[str]:
    return frozenset(chain.from_iterable(found))


def _shared(found: Iterable[frozenset[str]]) -> frozenset[str]:
    first, *rest = found
    return first.intersection(*rest)


def operands(*nodes: Node) -> frozenset[str]:
    """Names that a value is made of: if one of them is null, so is the value."""
    found: set[str] = set()
    for node in nodes:
        match node:
            case Name():
                found.add(node.name)
            case Path(of=of):
                found.add(print_tree(node))
                found |= operands(of)
            case Arithmetic(first=first, rest=rest):
                found |= operands(first, *(one for _, one in rest))
            case Filter(source=source):
                found |= operands(source)
            case Loop(bindings=bindings):
                found |= operands(bindings[0].source)
            case Call():
                found |= _strict(node)
    return frozenset(found)


def _called(node: Call) -> frozenset[str]:
    if node.function == "angegeben":
        return operands(*(one.value for one in node.arguments))
    return _strict(node)


def _strict(node: Call) -> frozenset[str]:
    """The arguments without which a function has no value."""
    function = FUNCTIONS.get(node.function)
    if function is None or any(one.name for one in node.arguments):
        return frozenset()
    signature = function.signatures[0]
    if signature.nulls is Nulls.NEVER:
        return frozenset()
    if signature.parameters[0].many:
        values = [one.value for one in node.arguments]
        return operands(*values) if function.name in _OF_ALL else frozenset()
    pairs = zip(signature.parameters, node.arguments, strict=False)
    return operands(*(one.value for parameter, one in pairs if NULL not in parameter.types))


def _compared(node: Comparison, *, holds: bool) -> frozenset[str]:
    left, right, operator = node.left, node.right, node.operator
    if operator not in ("=", "!="):
        return operands(left, right) | _counted(node, holds=holds)
    if (operator == "=") is holds:
        return _beside_literal(left, right) | _counted(node, holds=holds)
    return _beside_null(left, right) | _counted(node, holds=holds)


def _beside_null(left: Node, right: Node) -> frozenset[str]:
    if isinstance(right, Null):
        return operands(left)
    return operands(right) if isinstance(left, Null) else frozenset()


def _beside_literal(left: Node, right: Node) -> frozenset[str]:
    """`x = "a"` is only true of an answer; `x = y` also of two missing ones."""
    if isinstance(left, Null) or isinstance(right, Null):
        return frozenset()
    if _is_literal(left) == _is_literal(right):
        return frozenset()
    return operands(left, right)


def _is_literal(node: Node) -> bool:
    """A value that is never null, whatever was answered."""
    if isinstance(node, Call) and node.function in ("date", "duration"):
        return all(_is_literal(one.value) for one in node.arguments)
    return isinstance(node, Number | Text | Flag | Listing)


def _counted(node: Comparison, *, holds: bool) -> frozenset[str]:
    """`count(g) > 0` and its kin: the list has an element."""
    match (node.left, node.operator, node.right):
        case (Call(function="count", arguments=(only,)), operator, Number(value=limit)):
            pass
        case _:
            return frozenset()
    least = {">": limit >= 0, ">=": limit > 0, "=": limit > 0, "!=": limit == 0}
    if not holds:
        least = {"<=": limit >= 0, "<": limit > 0, "=": limit == 0, "!=": limit > 0}
    return has_elements(only.value) if least.get(operator, False) else frozenset()


def has_elements(node: Node) -> frozenset[str]:
    """That this list has an element, and so the lists it is picked from."""
    found = frozenset({filled(print_tree(node))})
    match node:
        case Filter(source=source):
            return found | has_elements(source)
        case Loop(bindings=(only,)):
            return found | has_elements(only.source)
        case Path(of=of):
            return found | has_elements(of)
        case _:
            return found


def takes_null(test: Node) -> bool:
    """Whether a test after `in` is true of a missing value."""
    match test:
        case Null():
            return True
        case Test(operator=operator, operand=operand):
            return operator == "!=" or isinstance(operand, Null)
        case Listing(items=items):
            return any(map(takes_null, items))
        case Path(of=Name(name="setting")):
            return False
        case Name() | Path() | Call():
            return not _is_literal(test)  # a value that is missing itself equals a missing one
        case _:
            return False
