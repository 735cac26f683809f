"""Rules in words: every condition, value and cell of the language, in every language."""

from collections.abc import Sequence

from engine.explain.condition import Condition
from engine.explain.naming import Names, Thing
from engine.explain.predicates import MIRRORED, PredicateWords
from engine.explain.speech import Speech
from engine.explain.word_calls import WITH_OPPOSITE
from engine.rules.print import print_tree
from engine.rules.scope import NOT_CONSTANT, Typed
from engine.rules.tree import (
    Argument,
    Between,
    Binding,
    Both,
    Call,
    Cell,
    Choose,
    Comparison,
    Either,
    Interval,
    Membership,
    Node,
    Null,
    Quantified,
)
from engine.rules.types import YES_NO

_INLINE = 3  # so many sentences can be read on one line


def condition_words(typed: Typed, names: Names, speech: Speech) -> Condition:
    """A rule that is yes or no."""
    words = Wording(typed, names, speech)
    return words.condition(typed.tree)


def value_words(typed: Typed, names: Names, speech: Speech) -> str:
    """A rule that gives a value."""
    words = Wording(typed, names, speech)
    if typed.type == YES_NO and words.constant(typed.tree) is NOT_CONSTANT:
        return words.inline(typed.tree)
    return words.value(typed.tree)


def cell_words(typed: Typed, column: str, names: Names, speech: Speech) -> str:
    """A cell of a decision table, about its column; "" for one that accepts everything."""
    thing = names.find(column)
    words = Wording(typed, names, speech)
    label = words.label(thing) if thing is not None else column
    return Wording(typed, names, speech, (label, thing)).cell(typed.tree)


class Wording(PredicateWords):
    """One rule, or one cell, in words."""

    def __init__(
        self,
        typed: Typed,
        names: Names,
        speech: Speech,
        column: tuple[str, Thing | None] = ("", None),
    ) -> None:
        super().__init__(typed, names, speech, column)

    def condition(self, node: Node, *, apart: bool = False) -> Condition:
        """A sentence; points where `and` and `or` meet, and always with `apart`."""
        match node:
            case Both(parts=parts) | Either(parts=parts) if apart or _is_deep(node):
                return self._points(node, parts, apart)
            case Quantified() if not apart and isinstance(node.condition, Both | Either):
                lead = self.speech.t(self._loop_key(node), list=self._sources(node.bindings))
                return Condition(lead, node, (self.condition(node.condition, apart=False),))
            case Call(function="not", arguments=(Argument(value=Both() | Either() as inner),)):
                lead = self.speech.t(f"points.{'not_all' if isinstance(inner, Both) else 'none'}")
                points = tuple(self.condition(one, apart=apart) for one in inner.parts)
                return Condition(lead, node, points)
            case _:
                return Condition(self.capitalised(self.inline(node)), node)

    def _points(self, node: Node, parts: Sequence[Node], apart: bool) -> Condition:
        if isinstance(node, Both) and not apart:
            parts = _without_guards(parts)
        lead = self.speech.t("points.any" if isinstance(node, Either) else "points.all")
        return Condition(lead, node, tuple(self.condition(one, apart=apart) for one in parts))

    def inline(self, node: Node) -> str:
        """A condition on one line, nested ones in brackets."""
        constant = self.constant(node)
        if isinstance(constant, bool):
            return self.speech.t("condition.always" if constant else "condition.never")
        match node:
            case Both(parts=parts):
                return self._chain(_without_guards(parts), "and")
            case Either(parts=parts):
                return self._chain(parts, "or")
            case Comparison(operator=operator, left=left, right=right):
                return self._comparison(operator, left, right)
            case Between(value=value, low=low, high=high):
                bounds = Interval(node.start, node.end, low, high, True, True)
                return self.tested(value, (bounds,), is_negated=False)
            case Membership(value=value, tests=tests):
                return self.tested(value, tests, is_negated=False)
            case Quantified():
                key, sources = self._loop_key(node), self._sources(node.bindings)
                lead = self.speech.t(key, list=sources)
                return f"{lead} {self._bracketed(node.condition)}"
            case Choose(condition=condition, then=then, otherwise=otherwise):
                return self.speech.t(
                    "value.choose",
                    condition=self._bracketed(condition),
                    then=self._branch(then),
                    otherwise=self._branch(otherwise),
                )
            case Call():
                return self._called(node)
            case _:
                return self.holds(node, is_true=True)

    def negated(self, node: Node) -> str:
        """The opposite of a condition; undecided stays undecided."""
        match node:
            case Comparison(operator=operator, left=left, right=right):
                return self._comparison(operator, left, right, is_negated=True)
            case Between(value=value, low=low, high=high):
                bounds = Interval(node.start, node.end, low, high, True, True)
                return self.tested(value, (bounds,), is_negated=True)
            case Membership(value=value, tests=tests):
                return self.tested(value, tests, is_negated=True)
            case Call(function="not", arguments=(argument,)):
                return self.inline(argument.value)
            case Call(function="angegeben", arguments=(argument,)):
                return self.given(argument.value, is_given=False)
            case Call(function=function) if function in WITH_OPPOSITE:
                return self.call(node, is_negated=True)
            case _ if self.thing(node) is not None:
                return self.holds(node, is_true=False)
            case _:
                return self.speech.t("condition.not", condition=self._bracketed(node))

    def cell(self, node: Node) -> str:
        """The tests of a cell, about the column."""
        tests = node.tests if isinstance(node, Cell) else (node,)
        is_negated = isinstance(node, Cell) and node.negated
        return self.column_tested(tests, is_negated) if tests else ""

    def _chain(self, parts: Sequence[Node], word: str) -> str:
        said = [self._bracketed(one) for one in parts]
        if len(said) == 1:
            return said[0]
        *first, last = said
        return self.speech.t(f"condition.{word}", first=", ".join(first), last=last)

    def _branch(self, node: Node) -> str:
        """What an `if` leads to: a value, or a condition once more."""
        return self._bracketed(node) if self.constant(node) is NOT_CONSTANT else self.value(node)

    def _bracketed(self, node: Node) -> str:
        said = self.inline(node)
        return f"({said})" if isinstance(node, Both | Either | Choose | Quantified) else said

    def _comparison(
        self, operator: str, left: Node, right: Node, *, is_negated: bool = False
    ) -> str:
        is_left_known = self.constant(left) is not NOT_CONSTANT
        if is_left_known and self.constant(right) is NOT_CONSTANT:
            left, right, operator = right, left, MIRRORED[operator]
        if isinstance(right, Null):
            return self.given(left, is_given=(operator == "!=") is not is_negated)
        return self.compared(left, operator, right, is_negated=is_negated)

    def _called(self, node: Call) -> str:
        first = node.arguments[0].value if node.arguments else node
        if node.function == "not":
            return self.negated(first)
        if node.function == "angegeben":
            return self.given(first, is_given=True)
        return self.call(node)

    def _loop_key(self, node: Quantified) -> str:
        return "loop.every" if node.every else "loop.some"

    def _sources(self, bindings: tuple[Binding, ...]) -> str:
        return self.speech.joined([self.value(one.source) for one in bindings])


def _without_guards(parts: Sequence[Node]) -> Sequence[Node]:
    """`angegeben(x)` says nothing new beside a test that only an answer can pass."""
    tested = {print_tree(name) for one in parts if (name := _tested(one)) is not None}
    left = [one for one in parts if _guarded(one) not in tested]
    return left or parts


def _tested(node: Node) -> Node | None:
    match node:
        case Comparison(operator=operator, left=left, right=right) if operator != "!=":
            return None if isinstance(right, Null) else left
        case Membership(value=value) | Between(value=value):
            return value
        case _:
            return None


def _guarded(node: Node) -> str | None:
    match node:
        case Call(function="angegeben", arguments=(argument,)):
            return print_tree(argument.value)
        case _:
            return None


def _is_deep(node: Node) -> bool:
    """Whether `and` and `or` are nested, or so many stand side by side that a list reads better."""
    if not isinstance(node, Both | Either):
        return False
    is_nested = any(isinstance(one, Both | Either | Quantified) for one in node.parts)
    return is_nested or len(node.parts) > _INLINE
