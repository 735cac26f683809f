"""Conditions as formulas: true and false apart, so that undecided is neither."""

from abc import abstractmethod

from engine.prove import calendar, lists
from engine.prove.terms import Bool, both, less, no
from engine.prove.values import (
    FALSE,
    TRUE,
    UNDECIDED,
    Day,
    Items,
    Nothing,
    Number,
    Span,
    Text,
    Truth,
    Value,
    all_of,
    chosen,
    decided,
    guarded,
    is_given,
    key_of,
    levelled,
    one_of,
    opposite,
    same,
    unknown_truth,
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
from engine.rules.types import NULL, ORDERED, YES_NO, ListOf, family, plain

_MIRRORED = {"<": ">", "<=": ">=", ">": "<", ">=": "<="}


class Truths:
    """The part of the encoder that reads conditions."""

    @abstractmethod
    def known(self, node: Node) -> Known:
        """What the checker found out."""

    @abstractmethod
    def value(self, node: Node) -> Value:
        """The value of any part."""

    @abstractmethod
    def call(self, node: Call) -> Value:
        """A function of the run-time module."""

    @abstractmethod
    def quantified(self, node: Quantified) -> Truth:
        """`some` and `every`."""

    def truth(self, node: Node) -> Truth:
        """A part that is yes or no; what is neither is undecided (foreign FEEL only)."""
        known = self.known(node)
        if known.is_constant or plain(known.type) != YES_NO:
            if known.constant is True:
                return TRUE
            return FALSE if known.constant is False else UNDECIDED
        match node:
            case Both(parts=parts):
                return all_of([self.truth(one) for one in parts])
            case Either(parts=parts):
                return one_of([self.truth(one) for one in parts])
            case Comparison(operator=operator, left=left, right=right):
                return self._compared(operator, left, right)
            case Between(value=value, low=low, high=high):
                bounds = Interval(node.start, node.end, low, high, True, True)
                return self._tested(value, (bounds,))
            case Membership(value=value, tests=tests):
                return self._tested(value, tests)
            case Quantified():
                return self.quantified(node)
            case Choose(condition=condition, then=then, otherwise=otherwise):
                test = self.truth(condition).is_true
                return chosen(test, self.truth(then), self.truth(otherwise))
            case Cell():
                return self._cell(node)
            case Call():
                return self._called(node)
            case _:
                return as_truth(self.value(node))

    def _called(self, node: Call) -> Truth:
        only = node.arguments[0].value if node.arguments else node
        if node.function == "angegeben":
            return decided(is_given(self.value(only)))
        if node.function == "not":
            return opposite(self.truth(only))
        return as_truth(self.call(node))

    def _compared(self, operator: str, left: Node, right: Node) -> Truth:
        return self._compare(operator, self._side(left), self._side(right))

    def _side(self, node: Node) -> "tuple[Value, str]":
        return self.value(node), family(self.known(node).type)

    def _compare(
        self, operator: str, left: "tuple[Value, str]", right: "tuple[Value, str]"
    ) -> Truth:
        null = family(NULL)
        if operator in ("=", "!="):
            if left[1] != right[1] and null not in (left[1], right[1]):
                return UNDECIDED
            equal = same(left[0], right[0])
            return opposite(equal) if operator == "!=" else equal
        if left[1] != right[1] or left[1] not in ORDERED:
            return UNDECIDED
        return ordered(operator, left[0], right[0])

    def _tested(self, value: Node, tests: tuple[Node, ...]) -> Truth:
        side = self._side(value)
        return one_of([self._one_test(side, test) for test in tests])

    def _one_test(self, left: "tuple[Value, str]", test: Node) -> Truth:
        if isinstance(test, Test):
            return self._compare(test.operator, left, self._side(test.operand))
        if isinstance(test, Interval):
            low = self._compare(">=" if test.low_closed else ">", left, self._side(test.low))
            high = self._compare("<=" if test.high_closed else "<", left, self._side(test.high))
            return all_of([low, high])
        if isinstance(plain(self.known(test).type), ListOf):
            return self._listed(left[0], test)
        return self._compare("=", left, self._side(test))

    def _listed(self, left: Value, test: Node) -> Truth:
        items = self.value(test)
        if isinstance(items, Nothing):
            return UNDECIDED
        has_ranges = isinstance(test, Listing) and any(
            isinstance(one, Interval) for one in test.items
        )
        if isinstance(items, Items) and not has_ranges and not isinstance(left, Items):
            return lists.contains(items, left)
        return unknown_truth(f"in{key_of(left, items)}", "in […]", is_given(items))

    def _cell(self, cell: Cell) -> Truth:
        """True if the cell accepts its column, else false."""
        if cell.accepts_all:
            return TRUE
        parts: list[Truth] = []
        for test in cell.tests:
            if any(isinstance(one, Input) for one in walk(test)):
                parts.append(self.truth(test))
            else:
                parts.append(self._one_test(self._side(COLUMN), test))
        found = one_of(parts)
        return decided(found.is_false if cell.negated else found.is_true)


def as_truth(value: Value) -> Truth:
    """A value that is yes or no."""
    if isinstance(value, Truth):
        return value
    if isinstance(value, Nothing):
        return UNDECIDED
    return unknown_truth(f"yes{key_of(value)}", getattr(value, "reason", ""), is_given(value))


def ordered(operator: str, left: Value, right: Value) -> Truth:
    """`<` and its kin; undecided where one is null."""
    if isinstance(left, Nothing) or isinstance(right, Nothing):
        return UNDECIDED
    there = both(is_given(left), is_given(right))
    if operator in (">", ">="):
        left, right, operator = right, left, _MIRRORED[operator]
    holds = is_less(left, right) if operator == "<" else _not(is_less(right, left))
    if holds is None:
        name = f"<{key_of(left, right)}" if operator == "<" else f"<{key_of(right, left)}"
        found = unknown_truth(name, _reason(left, right)).is_true
        holds = found if operator == "<" else no(found)
    return guarded(there, holds)


def _reason(*values: Value) -> str:
    return next((one.reason for one in values if hasattr(one, "reason")), "<")


def _not(holds: Bool | None) -> Bool | None:
    return None if holds is None else no(holds)


def is_less(left: Value, right: Value) -> Bool | None:
    """Whether one comes before the other, if both are there; None: formulas cannot say."""
    match left, right:
        case Number(), Number() if not (left.is_cut or right.is_cut):
            one, other, _ = levelled(left, right)
            return less(one, other)
        case Day(), Day():
            return calendar.before(left, right)
        case Span(), Span() if left.in_months is right.in_months:
            return less(left.count, right.count)
        case Text(word=str() as one_word), Text(word=str() as other_word):
            return one_word < other_word
        case _:
            return None
