"""Text of a rule → tree, by precedence: or, and, comparison, + -, * /, minus, path."""

from collections.abc import Iterable

from engine.diagnostics import Diagnostic
from engine.rules.cursor import MAX_NESTING, MAX_NODES, too_long
from engine.rules.faults import Fault, Locate
from engine.rules.lex import Kind, cut
from engine.rules.terms import Terms
from engine.rules.tree import (
    Argument,
    Arithmetic,
    Between,
    Binding,
    Both,
    Call,
    Cell,
    Choose,
    Comparison,
    Either,
    Input,
    Interval,
    Loop,
    Membership,
    Negation,
    Node,
    Quantified,
    Test,
    Tree,
    height,
    walk,
)
from engine.rules.words import Phrases

COMPARISONS = ("=", "!=", "<", "<=", ">", ">=")

_OR, _AND, _COMPARED, _SUM, _PRODUCT = range(5)
_LEVELS = {
    "or": _OR,
    "and": _AND,
    **dict.fromkeys((*COMPARISONS, "in", "between"), _COMPARED),
    **dict.fromkeys("+-", _SUM),
    **dict.fromkeys("*/", _PRODUCT),
}
_GROUPS: dict[str, type[Both] | type[Either]] = {"and": Both, "or": Either}


def parse(text: str, locate: Locate) -> tuple[Tree | None, list[Diagnostic]]:
    """A whole rule. The first mistake ends the reading, so there is at most one diagnostic."""
    return _read(text, locate, Phrases(), cell=False)


def parse_cell(text: str, locate: Locate) -> tuple[Tree | None, list[Diagnostic]]:
    """A cell of a decision table: `-`, values, comparisons, ranges, `not(…)`, `angegeben`."""
    return _read(text, locate, Phrases(), cell=True)


def parse_foreign(
    text: str, locate: Locate, names: Iterable[str], *, cell: bool = False
) -> tuple[Tree | None, list[Diagnostic]]:
    """FEEL from elsewhere: names may hold spaces and signs; the longest known name wins."""
    phrases = Phrases()
    for name in names:
        try:
            pieces = [token.text for token in cut(name) if token.kind is not Kind.END]
        except Fault:
            continue  # cannot be written in a rule, so no rule uses it
        if pieces:
            phrases.add(pieces, name)
    return _read(text, locate, phrases, cell=cell)


def _read(
    text: str, locate: Locate, names: Phrases, *, cell: bool
) -> tuple[Tree | None, list[Diagnostic]]:
    try:
        parser = Parser(text, names)
        tree = parser.whole_cell() if cell else parser.expression()
        parser.expect_end()
        if sum(1 for _ in walk(tree)) > MAX_NODES:
            raise too_long(tree.start, tree.end, "nodes", MAX_NODES)
        if height(tree) > MAX_NESTING:
            raise too_long(tree.start, tree.end, "nesting", MAX_NESTING)
    except Fault as fault:
        return None, [fault.diagnostic(locate)]
    return tree, []


class Parser(Terms):
    """The grammar above single values; `Terms` reads those."""

    def expression(self) -> Node:
        """Anything that has a value."""
        return self._operators(_OR)

    def additive(self) -> Node:
        """Sums; what stands beside a comparison."""
        return self._operators(_SUM)

    def _operators(self, lowest: int) -> Node:
        """A chain of operators that bind at least as tightly as `lowest`."""
        with self.nested():
            found = self._signed()
            made: Node | None = None  # what this chain put together; brackets are never opened
            while (level := self._level()) >= lowest:
                if level != _COMPARED:
                    sign = self.take().text
                    right = self._operators(level + 1)
                    found = made = _joined(sign, found, right, found is made)
                elif made is found and isinstance(found, Comparison | Between | Membership):
                    token = self.here
                    raise Fault("comparison-chained", token.start, token.end, {"found": token.text})
                else:
                    found = made = self._compared(found)
            return found

    def _level(self) -> int:
        """How tightly the operator at hand binds; -1 if there is none."""
        token = self.here
        if token.kind is Kind.SIGN:
            if token.text == "**":
                raise self.left_out(token.start, token.end, "**", "… * …")
            return _LEVELS.get(token.text, -1)
        if token.kind is not Kind.WORD:
            return -1
        if token.text == "instance":
            raise self.left_out(token.start, token.end, "instance of", "angegeben(…)")
        if token.text == "not" and self.ahead().text == "in":
            raise self.left_out(token.start, self.ahead().end, "not in", "not(… in (…))")
        return _LEVELS.get(token.text, -1)

    def _compared(self, left: Node) -> Node:
        operator = self.take().text
        if operator == "in":
            tests, end = self._tests_after_in()
            return Membership(left.start, end, left, tests)
        if operator == "between":
            low = self.additive()
            self.expect("and")
            high = self.additive()
            return Between(left.start, high.end, left, low, high)
        right = self.additive()
        return Comparison(left.start, right.end, operator, left, right)

    def _signed(self) -> Node:
        if not self.is_sign("-"):
            return self.term()
        with self.nested():
            start = self.take().start
            operand = self._signed()
        return Negation(start, operand.end, operand)

    def _tests_after_in(self) -> tuple[tuple[Node, ...], int]:
        if not self.is_sign("("):
            test = self._test()
            return (test,), test.end
        interval = self.try_interval()
        if interval is not None:
            return (interval,), interval.end
        self.expect("(")
        tests = self._tests()
        return tests, self.expect(")").end

    def _tests(self) -> tuple[Node, ...]:
        tests = [self._test()]
        while self.is_sign(","):
            self.take()
            tests.append(self._test())
        return tuple(tests)

    def _test(self) -> Node:
        if self.is_sign(*COMPARISONS):
            sign = self.take()
            operand = self.additive()
            return Test(sign.start, operand.end, sign.text, operand)
        return self.additive()

    def compound(self) -> Node | None:
        """`if`, `for`, `some`, `every`: they reach as far to the right as they can."""
        if self.is_word("if"):
            return self._choose()
        if self.is_word("some", "every"):
            start = self.take()
            bindings = self._bindings()
            self.expect("satisfies")
            condition = self.expression()
            return Quantified(
                start.start, condition.end, start.text == "every", bindings, condition
            )
        if self.is_word("for"):
            start = self.take()
            bindings = self._bindings()
            self.expect("return")
            result = self.expression()
            return Loop(start.start, result.end, bindings, result)
        return None

    def _choose(self) -> Node:
        start = self.expect("if").start
        condition = self.expression()
        self.expect("then")
        then = self.expression()
        self.expect("else")
        otherwise = self.expression()
        return Choose(start, otherwise.end, condition, then, otherwise)

    def _bindings(self) -> tuple[Binding, ...]:
        bindings = [self._binding()]
        while self.is_sign(","):
            self.take()
            bindings.append(self._binding())
        return tuple(bindings)

    def _binding(self) -> Binding:
        start = self.here.start
        name = self.new_name()
        self.expect("in")
        source = self.expression()
        if self.is_sign(".."):
            self.take()
            high = self.additive()
            source = Interval(source.start, high.end, source, high, True, True)
        return Binding(start, source.end, name, source)

    def whole_cell(self) -> Node:
        """A cell from its first to its last character."""
        if self.is_sign("-") and self.ahead().kind is Kind.END:
            token = self.take()
            return Cell(token.start, token.end, (), False)
        negated = self.is_word("not") and self._closes_at_end()
        start = self.here.start
        if negated:
            self.take()
            self.expect("(")
        tests = self._cell_tests()
        if negated:
            self.expect(")")
        return Cell(start, self.last_end, tests, negated)

    def _closes_at_end(self) -> bool:
        """Whether the bracket after `not` spans the rest of the cell."""
        if self.ahead().text != "(":
            return False
        depth = 0
        for token in self.tokens[self.at + 1 :]:
            if token.kind is Kind.SIGN:
                depth += (token.text in "([") - (token.text in ")]")
            if depth == 0:
                return token is self.tokens[-2]
        return False

    def _cell_tests(self) -> tuple[Node, ...]:
        tests = [self._cell_test()]
        while self.is_sign(","):
            self.take()
            tests.append(self._cell_test())
        return tuple(tests)

    def _cell_test(self) -> Node:
        if self.is_word("angegeben") and self.ahead().text != "(":
            token = self.take()
            return Call(token.start, token.end, "angegeben", (self._input_argument(),), token.end)
        if self.is_sign(*COMPARISONS):
            return self._test()
        return self.expression()

    def _input_argument(self) -> Argument:
        place = self.last_end
        return Argument(place, place, "", Input(place, place))


def _joined(sign: str, left: Node, right: Node, same_chain: bool) -> Node:
    """`left sign right`; a chain of equal rank becomes one flat node."""
    start, end = left.start, right.end
    if sign in _GROUPS:
        group = _GROUPS[sign]
        if same_chain and isinstance(left, group):
            return group(start, end, (*left.parts, right))
        return group(start, end, (left, right))
    if same_chain and isinstance(left, Arithmetic) and _LEVELS[left.rest[0][0]] == _LEVELS[sign]:
        return Arithmetic(start, end, left.first, (*left.rest, (sign, right)))
    return Arithmetic(start, end, left, ((sign, right),))
