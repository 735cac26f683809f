"""What is said about a value: it is equal, smaller, later, one of, given, or it holds."""

from abc import abstractmethod
from collections.abc import Sequence
from decimal import Decimal

from engine.explain.word_calls import CallWords
from engine.model import Field
from engine.rules.scope import Root
from engine.rules.tree import (
    COLUMN,
    Arithmetic,
    Call,
    Flag,
    Input,
    Interval,
    Node,
    Null,
    Path,
    Test,
    walk,
)
from engine.rules.types import YES_NO, ListOf
from engine.texts.shown import calendar_name

MIRRORED = {"=": "=", "!=": "!=", "<": ">", "<=": ">=", ">": "<", ">=": "<="}
OPPOSITE = {"=": "!=", "!=": "=", "<": ">=", "<=": ">", ">": "<=", ">=": "<"}
_KEYS = {"<": "less", "<=": "at_most", ">": "more", ">=": "at_least"}
_NAMED_DAYS = ("day of week", "month of year")


class PredicateWords(CallWords):
    """The part of the words that says something about a value."""

    @abstractmethod
    def negated(self, node: Node) -> str:
        """The opposite of a condition."""

    def compared(self, left: Node, operator: str, right: Node, *, is_negated: bool) -> str:
        """`left operator right`."""
        is_own = self._is_own(left) and not self._is_setting(left)
        if self.kind(left) == YES_NO and isinstance(right, Flag) and is_own:
            wanted = right.value is (operator == "=")
            return self.holds(left, is_true=wanted, is_negated=is_negated)
        said = self._predicate(left, OPPOSITE[operator] if is_negated else operator, right)
        return self.speech.t("sentence", subject=self.subject(left), predicate=said)

    def given(self, node: Node, *, is_given: bool) -> str:
        """Whether something is answered, or has a value at all."""
        thing = self.thing(node)
        kind = "answer" if isinstance(thing, Field) else "value"
        key = f"is.{'given' if is_given else 'missing'}.{kind}"
        return self.speech.t("sentence", subject=self.value(node), predicate=self.speech.t(key))

    def holds(self, node: Node, *, is_true: bool, is_negated: bool = False) -> str:
        """A yes/no value that stands alone or beside true and false."""
        thing = self.thing(node)
        if isinstance(thing, Field) or self._is_setting(node):
            answer = self.speech.value(is_true is not is_negated)
            said = self.speech.t("is.equal", x=answer)
            return self.speech.t("sentence", subject=self.subject(node), predicate=said)
        if is_negated:
            key = "is.not_true" if is_true else "is.not_false"
        else:
            key = "is.true" if is_true else "is.false"
        subject = self.part(node)
        return self.speech.t("sentence", subject=subject, predicate=self.speech.t(key))

    def tested(self, value: Node, tests: Sequence[Node], *, is_negated: bool) -> str:
        """`value in (tests)`."""
        said = self._predicates(value, tests, is_negated)
        return self.speech.t("sentence", subject=self.subject(value), predicate=said)

    def column_tested(self, tests: Sequence[Node], is_negated: bool) -> str:
        """The tests of a cell; conditions with `?` stand for themselves."""
        column = _column_of(tests)
        own = [one for one in tests if any(isinstance(part, Input) for part in walk(one))]
        rest = [one for one in tests if one not in own]
        said = [self.negated(one) if is_negated else self.inline(one) for one in own]
        if rest and self._is_own(column) and all(isinstance(one, Flag) for one in rest):
            flags = {one.value for one in rest if isinstance(one, Flag)}
            if len(flags) == 1:
                said.append(self.holds(column, is_true=flags.pop(), is_negated=is_negated))
                rest = []
        if rest:
            said.append(self.tested(column, rest, is_negated=is_negated))
        return self.speech.joined(said, by_or=not is_negated)

    def _is_setting(self, node: Node) -> bool:
        place = self.typed.findings.places.get(node)
        return isinstance(place, Root) and place.name.startswith("setting.")

    def _is_own(self, node: Node) -> bool:
        return not isinstance(self.thing(node), Field)

    def _predicates(self, value: Node, tests: Sequence[Node], is_negated: bool) -> str:
        """Values are listed after one verb; ranges have their own."""
        values: list[Node] = []
        said: list[str] = []
        for test in tests:
            if isinstance(test, Interval):
                said.append(self._interval(value, test, is_negated))
            elif isinstance(test, Test):
                operator = OPPOSITE[test.operator] if is_negated else test.operator
                said.append(self._tested_once(value, operator, test.operand))
            elif isinstance(test, Null):
                key = f"is.{'given' if is_negated else 'missing'}.answer"
                said.append(self.speech.t(key))
            else:
                values.append(test)
        if values:
            said.insert(0, self._one_of(value, values, is_negated))
        return self.speech.joined(said, by_or=not is_negated)

    def _tested_once(self, value: Node, operator: str, operand: Node) -> str:
        if isinstance(operand, Null):
            return self.speech.t(f"is.{'given' if operator == '!=' else 'missing'}.answer")
        return self._predicate(value, operator, operand)

    def _one_of(self, value: Node, values: Sequence[Node], is_negated: bool) -> str:
        field = self.field_of(value)
        lists = [one for one in values if isinstance(self.kind(one), ListOf)]
        if lists and not isinstance(self.kind(value), ListOf):
            said = self.speech.joined([self.value(one, field=field) for one in lists])
            return self.speech.t("is.not_one_of" if is_negated else "is.one_of", x=said)
        shown = [self._shown(value, one) for one in values]
        said = self.speech.joined(shown, by_or=True)
        none = "is.none_of" if len(values) > 1 else "is.not_equal"
        return self.speech.t(none if is_negated else "is.equal", x=said)

    def _predicate(self, left: Node, operator: str, right: Node) -> str:
        if operator in ("=", "!="):
            key = "is.equal" if operator == "=" else "is.not_equal"
            return self.speech.t(key, x=self._shown(left, right))
        kind = self.family(left)
        key = f"is.{_KEYS[operator]}.{kind}"
        form = "to" if kind == "date" and operator in "<>" else ""
        is_last = isinstance(
            right, Arithmetic | Call
        )  # nothing follows it, so it needs no brackets
        return self.speech.t(key, x=(self.value if is_last else self.part)(right, form))

    def _shown(self, left: Node, right: Node) -> str:
        """A value beside another one: with the words of the question that is asked."""
        constant = self.constant(right)
        if isinstance(left, Call) and left.function in _NAMED_DAYS and isinstance(constant, str):
            named = calendar_name(constant, self.speech.language)
            return self.speech.quoted(named or constant)
        if isinstance(left, Path) and left.name == "year" and isinstance(constant, Decimal):
            return f"{constant:f}"  # a year has no thousands
        return self.part(right, field=self.field_of(left))

    def _interval(self, value: Node, interval: Interval, is_negated: bool) -> str:
        kind = self.family(value)
        if interval.low_closed and interval.high_closed and not is_negated:
            form = "to" if kind == "date" else ""
            bounds = {"low": self.part(interval.low, form), "high": self.part(interval.high, form)}
            return self.speech.t("is.between.date" if kind == "date" else "is.between", **bounds)
        low = ">=" if interval.low_closed else ">"
        high = "<=" if interval.high_closed else "<"
        if is_negated:
            low, high = OPPOSITE[low], OPPOSITE[high]
        bounds_said = [
            self._predicate(value, low, interval.low),
            self._predicate(value, high, interval.high),
        ]
        return self.speech.joined(bounds_said, by_or=is_negated)


def _column_of(tests: Sequence[Node]) -> Input:
    """The column of a cell; the checker knows it under this node where it is not written."""
    for test in tests:
        for node in walk(test):
            if isinstance(node, Input):
                return node
    return COLUMN
