"""Where a call would meet null. To us that is null; some engines give up the whole decision."""

from collections.abc import Iterator, Mapping

from engine.rules.functions.signature import Nulls
from engine.rules.print import print_tree
from engine.rules.scope import Findings
from engine.rules.tree import (
    Argument,
    Arithmetic,
    Both,
    Call,
    Comparison,
    Listing,
    Negation,
    Node,
    Null,
    Path,
    children,
)
from engine.rules.types import DATE, DAYS, MONTHS, plain

_ORDER = frozenset({"<", "<=", ">", ">="})
_WITH_PROPERTIES = (DATE, MONTHS, DAYS)
# The arguments whose null makes the call null, where it is not all of them.
_DECIDING: Mapping[str, tuple[int, ...]] = {"all": (), "any": (), "list contains": (0,)}
# These bear null everywhere, or become mere comparisons.
_PATIENT = frozenset({"not", "string", "frist nach ereignis", "fruehestens", "spaetestens"})


class Guards:
    """Looks for what must be there, given what is known to be there."""

    def __init__(self, findings: Findings) -> None:
        self._findings = findings

    def chain(self, node: Node) -> Iterator[Node]:
        """The node and what is below it, as far as one null makes all of it null."""
        if not self._is_strict(node):
            return
        yield node
        for child in self._operands(node):
            yield from self.chain(child)

    def needed(self, node: Node) -> tuple[Node, ...]:
        """The names and terms in the chain that a call must not meet as null."""
        found: dict[str, Node] = {}
        for one in self.chain(node):
            for operand in self._feared(one):
                for leaf in self._leaves(operand):
                    found.setdefault(print_tree(leaf), leaf)
        return tuple(found.values())

    def _is_strict(self, node: Node) -> bool:
        match node:
            case Arithmetic() | Negation():
                return True
            case Comparison(operator=operator):
                return operator in _ORDER
            case Call():
                return self._is_strict_call(node)
            case Path(of=of):
                return self._is_property(of)
            case _:
                return False

    def _is_strict_call(self, node: Call) -> bool:
        matched = self._findings.calls.get(node)
        return matched is not None and matched.signature.nulls is not Nulls.NEVER

    def _is_property(self, of: Node) -> bool:
        known = self._findings.known.get(of)
        return known is not None and plain(known.type) in _WITH_PROPERTIES

    def _operands(self, node: Node) -> tuple[Node, ...]:
        """What makes all of it null."""
        if not isinstance(node, Call):
            return children(node)
        values = tuple(one.value for one in node.arguments)
        return tuple(values[one] for one in _DECIDING.get(node.function, range(len(values))))

    def _feared(self, node: Node) -> tuple[Node, ...]:
        """The operands that must be there; arithmetic bears null everywhere.

        To some engines `null <= null` is true, because null equals null: one side must be there.
        """
        match node:
            case (
                Comparison(operator="<=" | ">=", left=left)
                | Call(function="volle frist", arguments=(Argument(value=left), *_))
            ):
                is_open = sum(map(self._may_be_null, self._operands(node))) > 1
                return (left,) if is_open else ()
            case Call(function=function):
                return () if function in _PATIENT else self._operands(node)
            case Path(of=of):
                return (of,)
            case _:
                return ()

    def _may_be_null(self, node: Node) -> bool:
        known = self._findings.known.get(node)
        return known is not None and known.may_be_null

    def _leaves(self, node: Node) -> Iterator[Node]:
        if not self._may_be_null(node) or isinstance(node, Listing):
            return
        if self._is_strict(node):
            for child in self._operands(node):
                yield from self._leaves(child)
        else:
            yield node


def told_by(condition: Node) -> Iterator[str]:
    """What is there where a condition is true, as text: `angegeben(x) and …`, `x != null and …`."""
    parts = condition.parts if isinstance(condition, Both) else (condition,)
    for part in parts:
        match part:
            case Call(function="angegeben", arguments=(argument,)):
                yield print_tree(argument.value)
            case Comparison(operator="!=", left=left, right=Null()):
                yield print_tree(left)
