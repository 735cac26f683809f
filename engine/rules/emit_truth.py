"""Conditions as Python, in three readings: their value, whether true, whether not false."""

from abc import abstractmethod

from engine.rules.operands import (
    Operand,
    Reading,
    compare,
    compared_literal,
    constant,
    guarded,
    three,
    together,
)
from engine.rules.scope import Known
from engine.rules.tree import (
    COLUMN,
    Between,
    Both,
    Call,
    Cell,
    Choose,
    Comparison,
    Either,
    Input,
    Interval,
    Listing,
    Membership,
    Node,
    Quantified,
    Test,
    walk,
)
from engine.rules.types import ANY, NULL, RANGE, YES_NO, ListOf, Record, family, plain

_MIRRORED = {Reading.TRUE: Reading.NOT_FALSE, Reading.NOT_FALSE: Reading.TRUE}


class Truth:
    """The part of the emitter that writes conditions."""

    @abstractmethod
    def known(self, node: Node) -> Known:
        """What the checker found out."""

    @abstractmethod
    def compared(self, node: Node) -> str:
        """The value of a part that is only compared."""

    @abstractmethod
    def value(self, node: Node) -> str:
        """The value of any part."""

    @abstractmethod
    def call(self, node: Call) -> str:
        """A function of the run-time module."""

    @abstractmethod
    def quantified(self, node: Quantified) -> str:
        """`some` and `every`, three-valued."""

    def truth(self, node: Node, reading: Reading) -> str:
        """A part that is yes or no; what is neither counts as undecided (foreign FEEL only)."""
        known = self.known(node)
        kind = plain(known.type)
        if known.is_constant or kind not in (YES_NO, ANY):
            decided = known.constant if isinstance(known.constant, bool) else None
            return constant(reading, decided)
        match node:
            case Both(parts=parts) | Either(parts=parts):
                word = "and" if isinstance(node, Both) else "or"
                written = [self.truth(one, reading) for one in parts]
                return together(reading, word, written, known.may_be_null)
            case Comparison(operator=operator, left=left, right=right):
                return compare(reading, operator, self.operand(left), self.operand(right))
            case Between(value=value, low=low, high=high):
                bounds = Interval(node.start, node.end, low, high, True, True)
                return self._tested(value, (bounds,), reading, known.may_be_null)
            case Membership(value=value, tests=tests):
                return self._tested(value, tests, reading, known.may_be_null)
            case Quantified():
                return three(reading, self.quantified(node))
            case Choose(condition=condition, then=then, otherwise=otherwise):
                test = self.truth(condition, Reading.TRUE)
                yes, no = self.truth(then, reading), self.truth(otherwise, reading)
                return f"({yes} if {test} else {no})"
            case Cell():
                return self._cell(node)
            case Call():
                return self._called(node, reading)
            case _:
                return self._plain(node, kind == ANY, reading)

    def _plain(self, node: Node, is_any: bool, reading: Reading) -> str:
        code = self.value(node)
        if is_any and reading is Reading.TRUE:
            return f"({code} is True)"
        return three(reading, code)

    def _called(self, node: Call, reading: Reading) -> str:
        only = node.arguments[0].value if node.arguments else node
        if node.function == "angegeben":
            if self.known(only).is_constant:
                return constant(reading, self.known(only).constant is not None)
            return f"({self.compared(only)} is not None)"
        if node.function != "not":
            return three(reading, self.call(node))
        if reading is not Reading.VALUE:
            return f"(not {self.truth(only, _MIRRORED[reading])})"
        inner = self.truth(only, reading)
        return f"rt.negated({inner})" if self.known(only).may_be_null else f"(not {inner})"

    def operand(self, node: Node) -> Operand:
        """A value beside a comparison."""
        known = self.known(node)
        if known.is_constant:
            is_null = known.constant is None
            kind = NULL if is_null else known.type
            return Operand(self.compared(node), kind, is_null, True)
        return Operand(self.compared(node), known.type, known.may_be_null)

    def _tested(
        self, value: Node, tests: tuple[Node, ...], reading: Reading, any_null: bool
    ) -> str:
        """`value in (tests)`; a value that costs something is worked out once."""
        left = self.operand(value)
        if left.is_atom:
            return self._any_test(left, tests, reading, any_null)
        bound = Operand("_v", left.type, left.may_be_null)
        return f"(lambda _v: {self._any_test(bound, tests, reading, any_null)})({left.code})"

    def _any_test(
        self, left: Operand, tests: tuple[Node, ...], reading: Reading, any_null: bool
    ) -> str:
        values: list[object] = []
        parts: list[str] = []
        for test in tests:
            listed = self._constants(left, test)
            if listed is None:
                parts.append(self._one_test(left, test, reading))
            else:
                values.extend(listed)
        if values:
            parts.insert(0, _in_values(left, values))
        return together(reading, "or", parts, any_null)

    def _constants(self, left: Operand, test: Node) -> tuple[object, ...] | None:
        """The values a test lists, if Python's own `in` decides it."""
        if isinstance(test, Test | Interval):
            return None
        known = self.known(test)
        kind = plain(known.type)
        if not known.is_constant or isinstance(plain(left.type), ListOf | Record):
            return None
        if isinstance(kind, ListOf):
            values = known.constant if isinstance(known.constant, tuple) else ()
            kind = plain(kind.item)
        else:
            values = (known.constant,)
        if kind in (ANY, RANGE, NULL) or isinstance(kind, ListOf) or None in values:
            return None
        return values if values and family(kind) == family(left.type) else None

    def _one_test(self, left: Operand, test: Node, reading: Reading) -> str:
        if isinstance(test, Test):
            return compare(reading, test.operator, left, self.operand(test.operand))
        if isinstance(test, Interval):
            return self._within(left, test, reading)
        known = self.known(test)
        if isinstance(plain(known.type), ListOf):
            return self._listed(left, test, known, reading)
        return compare(reading, "=", left, self.operand(test))

    def _listed(self, left: Operand, test: Node, known: Known, reading: Reading) -> str:
        items = self.value(test)
        if isinstance(test, Listing) and any(isinstance(one, Interval) for one in test.items):
            return three(reading, f"rt.member({left.code}, {items})")
        if isinstance(plain(left.type), ListOf):
            # A list is in a list of lists, or equal to the list itself.
            equal = f"rt.same({left.code}, {items}) is True"
            return f"({equal} or rt.member({left.code}, {items}) is True)"
        return three(reading, f"rt.member({left.code}, {items})")

    def _within(self, left: Operand, interval: Interval, reading: Reading) -> str:
        low, high = self.operand(interval.low), self.operand(interval.high)
        above, below = (
            (">=" if interval.low_closed else ">"),
            ("<=" if interval.high_closed else "<"),
        )
        operands = (low, left, high)
        kinds = {family(one.type) for one in operands}
        nullable = [one for one in operands if one.may_be_null]
        if len(kinds) == 1 and "any" not in kinds and reading is not Reading.VALUE:
            first = "<=" if interval.low_closed else "<"
            code = f"{low.code} {first} {left.code} {below} {high.code}"
            if not nullable:
                return f"({code})"
            if all(one.is_atom for one in nullable) and reading is Reading.TRUE:
                return guarded(reading, nullable, code)
        parts = [compare(reading, above, left, low), compare(reading, below, left, high)]
        return together(reading, "and", parts, bool(nullable) or len(kinds) > 1)

    def _cell(self, cell: Cell) -> str:
        """Truthy if the cell accepts; a column that is no simple name is worked out once."""
        if cell.accepts_all:
            return "True"
        reading = Reading.NOT_FALSE if cell.negated else Reading.TRUE
        parts: list[str] = []
        column = self.operand(COLUMN)
        for test in cell.tests:
            if any(isinstance(one, Input) for one in walk(test)):
                parts.append(self.truth(test, reading))
            else:
                parts.append(self._any_test(column, (test,), reading, True))
        code = together(reading, "or", parts, True)
        return f"(not {code})" if cell.negated else code


def _in_values(left: Operand, values: list[object]) -> str:
    if len(values) == 1:
        value = values[0]
        if isinstance(value, bool):
            return f"({left.code} is {value})"
        return f"({left.code} == {compared_literal(value)})"
    listed = ", ".join(compared_literal(one) for one in dict.fromkeys(values))
    if all(isinstance(one, str) for one in values):
        return f"({left.code} in {{{listed}}})"
    return f"({left.code} in ({listed},))"
