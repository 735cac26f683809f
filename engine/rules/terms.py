"""Reading single values: literals, names, calls, lists, ranges, and what follows them."""

from abc import abstractmethod
from collections.abc import Iterator
from contextlib import contextmanager
from decimal import Decimal

from engine.rules.cursor import Cursor
from engine.rules.durations import is_duration
from engine.rules.faults import Fault, left_out_values, nearby
from engine.rules.functions import FUNCTION_PHRASES, FUNCTIONS
from engine.rules.lex import Kind, Token
from engine.rules.tree import (
    Argument,
    Call,
    Filter,
    Flag,
    Input,
    Interval,
    Listing,
    Name,
    Node,
    Null,
    Number,
    Path,
    Text,
)
from engine.rules.words import KEYWORDS, LEFT_OUT, Phrases
from engine.suggest import nearest

MAX_DIGITS = 34
MAX_EXPONENT = 6_000


class Terms(Cursor):
    """The part of the grammar below the operators."""

    def __init__(self, text: str, names: Phrases) -> None:
        super().__init__(text)
        self._names = names
        self._bound_ends = False  # inside a range, `[` may be its end instead of a filter

    @abstractmethod
    def expression(self) -> Node:
        """Anything that has a value."""

    @abstractmethod
    def additive(self) -> Node:
        """Sums; what stands beside a comparison."""

    @abstractmethod
    def compound(self) -> Node | None:
        """`if`, `for`, `some`, `every`."""

    def left_out(self, start: int, end: int, what: str, instead: str) -> Fault:
        """FEEL knows it, rules do not."""
        return Fault("not-in-subset", start, end, left_out_values(what, instead))

    def term(self) -> Node:
        """A value with its paths and filters."""
        found = self._value()
        while True:
            if self.is_sign(".") and self.ahead().kind is Kind.WORD:
                self.take()
                start = self.here.start
                name = self._part_name()
                found = Path(found.start, self.last_end, found, name, start)
            elif self.is_sign("[") and not self._bound_ends:
                self.take()
                with self._inside():
                    condition = self.expression()
                found = Filter(found.start, self.expect("]").end, found, condition)
            elif self.is_sign("("):
                token = self.here
                raise Fault("rule-syntax", token.start, token.end, {"found": "("})
            else:
                return found

    @contextmanager
    def _inside(self) -> Iterator[None]:
        """Inside brackets of its own, a `[` is a filter again."""
        outer, self._bound_ends = self._bound_ends, False
        try:
            yield
        finally:
            self._bound_ends = outer

    def _value(self) -> Node:
        token = self.here
        match token.kind:
            case Kind.NUMBER:
                return self._number()
            case Kind.TEXT:
                self.take()
                return Text(token.start, token.end, token.value)
            case Kind.WORD:
                return self._word()
            case Kind.SIGN:
                return self._sign(token)
            case _:
                raise self.unexpected("")

    def _number(self) -> Node:
        token = self.take()
        value = Decimal(token.text)
        if len(value.as_tuple().digits) > MAX_DIGITS or abs(value.adjusted()) > MAX_EXPONENT:
            raise Fault("number-too-long", token.start, token.end, {"limit": str(MAX_DIGITS)})
        return Number(token.start, token.end, value)

    def _sign(self, token: Token) -> Node:
        if token.text in ("(", "[", "]"):
            interval = self.try_interval()
            if interval is not None:
                return interval
        if token.text == "(":
            return self._bracketed()
        if token.text == "[":
            return self._listing()
        if token.text == "@":
            return self._at()
        if token.text == "?":
            self.take()
            return Input(token.start, token.end)
        if token.text == "{":
            raise self.left_out(token.start, token.end, "{…}", "computed:")
        raise self.unexpected("")

    def _bracketed(self) -> Node:
        self.expect("(")
        with self._inside():
            found = self.expression()
        self.expect(")")
        return found

    def _listing(self) -> Node:
        start = self.expect("[").start
        items: list[Node] = []
        with self._inside():
            while not self.is_sign("]"):
                items.append(self.expression())
                if not self.is_sign(","):
                    break
                self.take()
                if self.is_sign("]"):
                    raise self.unexpected("")
        return Listing(start, self.expect("]").end, tuple(items))

    def try_interval(self) -> Node | None:
        """`[a..b]`, `(a..b)`, `]a..b[`; None, and nothing read, if no range stands here."""
        if not self._range_ahead():
            return None
        opening = self.take()
        with self._inside(), self.nested():
            self._bound_ends = True
            low = self.additive()
            self.expect("..")
            high = self.additive()
        closing = self.here
        if not self.is_sign("]", ")", "["):
            raise self.unexpected("]")
        self.take()
        return Interval(
            opening.start, closing.end, low, high, opening.text == "[", closing.text == "]"
        )

    def _range_ahead(self) -> bool:
        """Whether `..` comes before the bracket that opens here is closed."""
        depth = 0
        for token in self.tokens[self.at + 1 :]:
            if token.kind is not Kind.SIGN:
                continue
            if depth == 0 and token.text == "..":
                return True
            if depth == 0 and token.text in ("]", ")", ","):
                return False
            depth += (token.text in "([{") - (token.text in ")]}")
        return False

    def _at(self) -> Node:
        """`@"…"` is another spelling of `date("…")` and `duration("…")`."""
        start = self.expect("@").start
        token = self.here
        if token.kind is not Kind.TEXT:
            raise self.unexpected("")
        self.take()
        text = Text(token.start, token.end, token.value)
        if is_duration(token.value):
            function = "duration"
        elif "T" in token.value or ":" in token.value:
            raise self.left_out(start, token.end, f"@{token.text}", 'date("…")')
        else:
            function = "date"
        argument = Argument(token.start, token.end, "", text)
        return Call(start, token.end, function, (argument,), start + 1)

    def _word(self) -> Node:
        known = self.phrase(self._names)
        function = self._function_ahead()
        # `date(…)` stays a call even where something else is called `date`.
        if known is not None and (function is None or known[1] > function[1]):
            start = self.here.start
            self.at += known[1]
            return Name(start, self.last_end, known[0])
        if function is not None:
            return self._call(*function)
        token = self.here
        if token.text in KEYWORDS:
            return self._keyword(token)
        words = self.words_ahead()
        if self.ahead(words).text == "(":
            raise self._no_such_function(words)
        self.take()
        return Name(token.start, token.end, token.text)

    def _keyword(self, token: Token) -> Node:
        if token.text in ("true", "false"):
            self.take()
            return Flag(token.start, token.end, token.text == "true")
        if token.text == "null":
            self.take()
            return Null(token.start, token.end)
        if token.text == "function":
            raise self.left_out(token.start, token.end, "function(…)", "computed:")
        found = self.compound()
        if found is None:
            raise self.unexpected("")
        return found

    def _function_ahead(self) -> tuple[str, int] | None:
        found = self.phrase(FUNCTION_PHRASES)
        if found is None or self.ahead(found[1]).text != "(":
            return None
        return found

    def _no_such_function(self, words: int) -> Fault:
        first, last = self.here, self.ahead(words - 1)
        name = " ".join(self.ahead(index).text for index in range(words))
        near = nearest(name, FUNCTIONS)
        values = {"name": name} | nearby(near)
        fix = near[0] if near else None
        return Fault("unknown-function", first.start, last.end, values, fix)

    def _call(self, name: str, words: int) -> Node:
        start = self.here.start
        self.at += words
        name_end = self.last_end
        if name in LEFT_OUT:
            raise self.left_out(start, name_end, f"{name}(…)", LEFT_OUT[name])
        self.expect("(")
        arguments: list[Argument] = []
        with self._inside():
            while not self.is_sign(")"):
                arguments.append(self._argument())
                if not self.is_sign(","):
                    break
                self.take()
                if self.is_sign(")"):
                    raise self.unexpected("")
        return Call(start, self.expect(")").end, name, tuple(arguments), name_end)

    def _argument(self) -> Argument:
        start = self.here.start
        words = 0
        while self.ahead(words).kind is Kind.WORD:
            words += 1
        name = ""
        if words and self.ahead(words).text == ":":
            name = " ".join(self.take().text for _ in range(words))
            self.expect(":")
        value = self.expression()
        return Argument(start, value.end, name, value)

    def _part_name(self) -> str:
        known = self.phrase(self._names)
        if known is not None:
            self.at += known[1]
            return known[0]
        return self.take().text

    def new_name(self) -> str:
        """A name that a loop gives to its element."""
        token = self.here
        if token.kind is not Kind.WORD or token.text in KEYWORDS:
            raise self.unexpected("")
        known = self.phrase(self._names)
        if known is not None and self.ahead(known[1]).text == "in":
            self.at += known[1]
            return known[0]
        return self.take().text
