"""Checked tree → Python expression; it may use the names it is given and the global `rt`."""

from collections.abc import Callable
from dataclasses import dataclass

from engine.rules.checks.loops import ELEMENT
from engine.rules.emit_truth import Truth
from engine.rules.operands import Reading, compared_literal, literal
from engine.rules.scope import Known, Local, Root, Typed
from engine.rules.tree import (
    Arithmetic,
    Binding,
    Call,
    Choose,
    Filter,
    Input,
    Interval,
    Listing,
    Loop,
    Negation,
    Node,
    Path,
    Quantified,
    walk,
)
from engine.rules.types import NULL, NUMBER, YES_NO, ListOf, Record, plain

Names = Callable[[str], str]


@dataclass(frozen=True, slots=True)
class Compared:
    """How values are written that are only compared: more quickly, if the plan knows a way."""

    name: Callable[[str], str | None] = lambda _: None  # None: as everywhere
    literal: Callable[[object], str] = compared_literal


_AS_USUAL = Compared()


def emit(typed: Typed, names: Names, compared: Compared = _AS_USUAL) -> str:
    """The value of a rule; yes/no values are True, False or None."""
    return Emitter(typed, names, compared=compared).whole(Reading.VALUE)


def emit_test(typed: Typed, names: Names, compared: Compared = _AS_USUAL) -> str:
    """Truthy exactly if the rule is true: for show_if, required_if, warn_if."""
    return Emitter(typed, names, compared=compared).whole(Reading.TRUE)


def emit_not_false(typed: Typed, names: Names, compared: Compared = _AS_USUAL) -> str:
    """Truthy exactly if the rule is not false: for valid_if, which fails only on false."""
    return Emitter(typed, names, compared=compared).whole(Reading.NOT_FALSE)


def emit_cell(typed: Typed, column: str, names: Names) -> str:
    """Truthy exactly if the cell accepts the value of its column; `column` is its Python name."""
    return Emitter(typed, names, column).whole(Reading.TRUE)


class Emitter(Truth):
    """Writes one rule. `Truth` writes its conditions."""

    def __init__(
        self,
        typed: Typed,
        names: Names,
        column: str = "None",
        compared: Compared = _AS_USUAL,
    ) -> None:
        self._typed = typed
        self._findings = typed.findings
        self._names = names
        self._compared = compared
        self._column = column
        self._elements: dict[Node, str] = {}  # loop or filter → Python name of its element
        self._counts_steps = _has_loop_in_loop(typed.tree)

    def whole(self, reading: Reading) -> str:
        """The rule from its top."""
        if reading is Reading.VALUE and plain(self._typed.type) != YES_NO:
            code = self.value(self._typed.tree)
        else:
            code = self.truth(self._typed.tree, reading)
        return f"(lambda _b: {code})(rt.Budget())" if self._counts_steps else code

    def known(self, node: Node) -> Known:
        """What the checker found out."""
        return self._findings.known[node]

    def compared(self, node: Node) -> str:
        """The value of a part that is only compared."""
        known = self.known(node)
        if known.is_constant:
            return self._compared.literal(known.constant)
        place = self._findings.places.get(node)
        name = self._compared.name(place.name) if isinstance(place, Root) else None
        return name or self.value(node)

    def value(self, node: Node) -> str:
        """The value of any part."""
        known = self.known(node)
        if known.is_constant and not (plain(known.type) == NULL and known.constant is not None):
            return literal(known.constant)
        place = self._findings.places.get(node)
        if place is not None:
            return self._root(place.name) if isinstance(place, Root) else self._local(place)
        if plain(known.type) == YES_NO and not isinstance(node, Path | Input | Filter | Choose):
            return self.truth(node, Reading.VALUE)
        return self._made(node)

    def _made(self, node: Node) -> str:
        match node:
            case Input():
                return self._column
            case Path(of=of):
                return self._path(node, of)
            case Listing(items=items):
                return f"({''.join(f'{self._item(one)}, ' for one in items)})"
            case Negation(operand=operand):
                return f"rt.negate({self.value(operand)})"
            case Arithmetic():
                return self._arithmetic(node)
            case Choose(condition=condition, then=then, otherwise=otherwise):
                test = self.truth(condition, Reading.TRUE)
                return f"({self.value(then)} if {test} else {self.value(otherwise)})"
            case Loop(bindings=bindings, result=result):
                return self._loop(bindings, "each", lambda: self.value(result))
            case Filter():
                return self._filter(node)
            case Call():
                return self.call(node)
            case _:
                raise TypeError(type(node).__name__)

    def _root(self, name: str) -> str:
        """A name of the plan; if it has none for `anschrift.plz`, the part of `anschrift`."""
        try:
            return self._names(name)
        except KeyError:
            family, _, part = name.rpartition(".")
            if not family:
                raise
            return f"rt.part({self._root(family)}, {part!r})"

    def _local(self, place: Local) -> str:
        element = self._elements[place.owner]
        if isinstance(place.owner, Filter) and place.name != ELEMENT:
            return f"rt.part({element}, {place.name!r})"
        return element

    def _path(self, node: Path, of: Node) -> str:
        kind = plain(self.known(of).type)
        if isinstance(kind, Record):
            return f"rt.part({self.value(of)}, {node.name!r})"
        if isinstance(kind, ListOf):
            return f"rt.item_parts({self.value(of)}, {node.name!r})"
        return f"rt.{node.name}({self.value(of)})" if kind != NULL else "None"

    def _item(self, node: Node) -> str:
        if isinstance(node, Interval):
            bounds = f"{self.value(node.low)}, {self.value(node.high)}"
            return f"rt.Range({bounds}, {node.low_closed}, {node.high_closed})"
        return self.value(node)

    def _arithmetic(self, node: Arithmetic) -> str:
        """The chain from the left; a long one is flat, because Python limits nested brackets."""
        code = self.value(node.first)
        flat: list[str] = []
        for name, (_, operand) in zip(self._findings.steps[node], node.rest, strict=True):
            if not name:
                code, flat = "None", []
            elif name.endswith("<"):
                code, flat = f"rt.{name[:-1]}({self.value(operand)}, {_folded(code, flat)})", []
            elif len(node.rest) > _SHORT:
                flat.append(f"rt.{name}, {self.value(operand)}")
            else:
                code = f"rt.{name}({code}, {self.value(operand)})"
        return _folded(code, flat)

    def call(self, node: Call) -> str:
        """A function of the run-time module."""
        matched = self._findings.calls[node]
        given = [one for one in matched.arguments if one is not None]
        if matched.are_spread:
            items = "".join(f"{self._handed(node, one)}, " for one in given)
            return f"rt.{matched.signature.emit}(({items}))"
        arguments: list[str] = []
        is_gap = False
        for parameter, one in zip(matched.signature.parameters, matched.arguments, strict=False):
            if one is None:
                is_gap = True
            elif is_gap:  # named arguments may leave out one in the middle
                name = parameter.name.replace(" ", "_")
                arguments.append(f"{name}={self._handed(node, one)}")
            else:
                arguments.append(self._handed(node, one))
        return f"rt.{matched.signature.emit}({', '.join(arguments)})"

    def _handed(self, call: Call, argument: Node) -> str:
        """An argument; foreign FEEL hands over a single value where a list is wanted."""
        code = self.value(argument)
        is_single = argument in self._findings.calls[call].singles
        return f"rt.listed({code})" if is_single else code

    def quantified(self, node: Quantified) -> str:
        """`some` and `every`, three-valued."""
        name = "every" if node.every else "some"
        return self._loop(node.bindings, name, lambda: self.truth(node.condition, Reading.VALUE))

    def _loop(self, bindings: tuple[Binding, ...], name: str, inside: Callable[[], str]) -> str:
        first, *rest = bindings
        source = self._rows(first.source)
        element = self._bind(first)
        if not rest:
            return f"rt.{name}({source}, lambda {element}: {inside()})"
        inner = self._loop(tuple(rest), name, inside)
        code = f"rt.{name}({source}, lambda {element}: {inner})"
        return f"rt.flat({code})" if name == "each" else code

    def _filter(self, node: Filter) -> str:
        is_list = isinstance(plain(self.known(node.source).type), ListOf)
        source = self._rows(node.source) if is_list else f"({self.value(node.source)},)"
        if plain(self.known(node.condition).type) == NUMBER:
            return f"rt.at({source}, {self.value(node.condition)})"
        element = self._bind(node)
        return f"rt.keep({source}, lambda {element}: {self.truth(node.condition, Reading.TRUE)})"

    def _rows(self, source: Node) -> str:
        counter = "_b" if self._counts_steps else "rt"
        if isinstance(source, Interval):
            bounds = f"{self.value(source.low)}, {self.value(source.high)}"
            return f"{counter}.rows(rt.span({bounds}))"
        return f"{counter}.rows({self.value(source)})"

    def _bind(self, owner: Node) -> str:
        name = f"_e{len(self._elements)}"
        self._elements[owner] = name
        return name


_SHORT = 4  # steps; a chain is only worth a call of its own beyond that


def _folded(code: str, steps: list[str]) -> str:
    return f"rt.fold({code}, {', '.join(steps)})" if steps else code


def _has_loop_in_loop(tree: Node) -> bool:
    loops = [one for one in walk(tree) if isinstance(one, Quantified | Loop | Filter)]
    return any(len(one.bindings) > 1 for one in loops if not isinstance(one, Filter)) or any(
        inner is not outer and isinstance(inner, Quantified | Loop | Filter)
        for outer in loops
        for inner in walk(outer)
    )
