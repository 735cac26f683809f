"""Formulas over unknown answers: yes/no, whole numbers and words, with constants folded away.

Constants are Python's own `bool`, `int` and `str`; everything else is a `Term`. A variable carries
what is always true of it (`facts`): its domain, or what defines it. The solver is handed the facts
of exactly those variables that a question reaches, so a question never grows beyond its cone.
"""

from collections.abc import Iterable, Iterator
from hashlib import blake2b
from typing import TypeAlias, TypeVar


class Term:
    """A part of a formula; frozen but for the facts of a variable, which may name itself."""

    __slots__ = (
        "_digest",
        "args",
        "exact",
        "facts",
        "high",
        "low",
        "op",
        "ordered_by",
        "reason",
        "value",
    )

    def __init__(self, op: str, args: "tuple[Part, ...]", value: object = None) -> None:
        self.op = op
        self.args = args
        self.value = value  # of a variable its name, of `among` its words
        self.facts: tuple[Bool, ...] = ()
        self.reason = ""  # what a variable stands in for, if it is less than we know
        self.exact: Bool = True  # the whole truth about a variable, if it is hard to work with
        self.low: int | None = None
        self.high: int | None = None
        self.ordered_by: Int = 0  # of the number of a day: what orders days as well
        self._digest = b""

    @property
    def digest(self) -> bytes:
        """The same for the same formula, on every machine and in every run."""
        waiting: list[Term] = [] if self._digest else [self]
        while waiting:
            one = waiting[-1]
            missing = [part for part in one.args if isinstance(part, Term) and not part._digest]
            if missing:
                waiting += missing
                continue
            waiting.pop()
            parts = b"".join(map(digest_of, one.args))
            head = f"{one.op} {_spelt(one.value)} ".encode()
            one._digest = blake2b(head + parts, digest_size=16).digest()
        return self._digest


class BoolTerm(Term):
    """True or false."""

    __slots__ = ()


class IntTerm(Term):
    """A whole number."""

    __slots__ = ()


class WordTerm(Term):
    """A text of which only matters which one it is."""

    __slots__ = ()


Bool: TypeAlias = bool | BoolTerm
Int: TypeAlias = int | IntTerm
Word: TypeAlias = str | WordTerm
Part: TypeAlias = Bool | Int | Word
Sort = TypeVar("Sort", Bool, Int, Word)


def _spelt(value: object) -> str:
    return ",".join(sorted(map(repr, value))) if isinstance(value, frozenset) else str(value)


def digest_of(part: Part) -> bytes:
    """The digest of any part; constants included."""
    return part.digest if isinstance(part, Term) else f"{part!r};".encode()


def below(*tops: "Part | Term", done: set[int] | None = None) -> Iterator[Term]:
    """The terms and all below them, each once, parts before wholes; without recursion.

    `done` has the ids of those met before, which are left out; whoever gives it keeps them alive.
    """
    done = set() if done is None else done
    waiting: list[tuple[Term, bool]] = [(one, False) for one in tops if isinstance(one, Term)]
    while waiting:
        term, is_ready = waiting.pop()
        if id(term) in done:
            continue
        if is_ready:
            done.add(id(term))
            yield term
            continue
        waiting.append((term, True))
        for one in term.args:
            if isinstance(one, Term) and id(one) not in done:
                waiting.append((one, False))


# --- Yes and no ---------------------------------------------------------------------------------


def both(*parts: Bool) -> Bool:
    """All of them."""
    return _joined("and", parts, False)


def either(*parts: Bool) -> Bool:
    """One of them."""
    return _joined("or", parts, True)


def _joined(op: str, parts: Iterable[Bool], decides: bool) -> Bool:
    kept: dict[int, BoolTerm] = {}
    for part in parts:
        if part is decides:
            return decides
        if isinstance(part, BoolTerm):
            for one in part.args if part.op == op else (part,):
                if isinstance(one, BoolTerm):
                    kept[id(one)] = one
    for one in kept.values():
        if one.op == "not" and id(one.args[0]) in kept:
            return decides
    if len(kept) < 2:
        return next(iter(kept.values()), not decides)
    return BoolTerm(op, tuple(kept.values()))


def no(part: Bool) -> Bool:
    """The opposite."""
    if isinstance(part, bool):
        return not part
    if part.op == "not":
        inner = part.args[0]
        assert isinstance(inner, BoolTerm)  # noqa: S101 - only made below
        return inner
    return BoolTerm("not", (part,))


def implies(one: Bool, other: Bool) -> Bool:
    """Where the first holds, so does the other."""
    return either(no(one), other)


def alike(one: Bool, other: Bool) -> Bool:
    """Both or neither."""
    if isinstance(one, bool):
        return other if one else no(other)
    if isinstance(other, bool):
        return one if other else no(one)
    return True if one is other else BoolTerm("iff", (one, other))


# --- Choosing -----------------------------------------------------------------------------------


def if_bool(test: Bool, then: Bool, otherwise: Bool) -> Bool:
    """One of two truths."""
    if isinstance(test, bool):
        return then if test else otherwise
    if then is otherwise:
        return then
    if isinstance(then, bool):
        return either(test, otherwise) if then else both(no(test), otherwise)
    if isinstance(otherwise, bool):
        return either(no(test), then) if otherwise else both(test, then)
    return BoolTerm("ite", (test, then, otherwise))


def if_int(test: Bool, then: Int, otherwise: Int) -> Int:
    """One of two numbers."""
    if isinstance(test, bool):
        return then if test else otherwise
    if then is otherwise or (isinstance(then, int) and then == otherwise):
        return then
    made = IntTerm("ite", (test, then, otherwise))
    made.low, made.high = _around(bounds(then), bounds(otherwise))
    return made


def if_word(test: Bool, then: Word, otherwise: Word) -> Word:
    """One of two words."""
    if isinstance(test, bool):
        return then if test else otherwise
    if then is otherwise or (isinstance(then, str) and then == otherwise):
        return then
    return WordTerm("ite", (test, then, otherwise))


# --- Whole numbers ------------------------------------------------------------------------------

Bounds: TypeAlias = tuple[int | None, int | None]


def bounds(number: Int) -> Bounds:
    """Between which numbers it lies, as far as its making tells."""
    return (number, number) if isinstance(number, int) else (number.low, number.high)


def _around(one: Bounds, other: Bounds) -> Bounds:
    low = None if one[0] is None or other[0] is None else min(one[0], other[0])
    high = None if one[1] is None or other[1] is None else max(one[1], other[1])
    return low, high


def plus(*parts: Int) -> Int:
    """The sum."""
    constant = sum(one for one in parts if isinstance(one, int))
    terms = tuple(one for one in parts if isinstance(one, IntTerm))
    if not terms:
        return constant
    if len(terms) == 1 and not constant:
        return terms[0]
    made = IntTerm("add", (*terms, constant) if constant else terms)
    sides = [bounds(one) for one in made.args if isinstance(one, (int, IntTerm))]
    lows, highs = [low for low, _ in sides], [high for _, high in sides]
    made.low = None if None in lows else sum(one for one in lows if one is not None)
    made.high = None if None in highs else sum(one for one in highs if one is not None)
    return made


def times(factor: int, number: Int) -> Int:
    """A constant multiple."""
    if isinstance(number, int):
        return factor * number
    if factor in (0, 1):
        return number if factor else 0
    made = IntTerm("mul", (factor, number))
    sides = [None if one is None else one * factor for one in bounds(number)]
    made.low, made.high = sides if factor > 0 else reversed(sides)
    return made


def product(one: Int, other: Int) -> Int:
    """Of two unknown numbers: hard for the solver, so only for a second look."""
    return IntTerm("product", (one, other))


def minus(one: Int, other: Int) -> Int:
    """The difference."""
    return plus(one, times(-1, other))


def quotient(number: Int, divisor: int) -> Int:
    """Divided by a positive constant, rounded down."""
    if isinstance(number, int):
        return number // divisor
    if divisor == 1:
        return number
    made = IntTerm("div", (number, divisor))
    made.low, made.high = (None if one is None else one // divisor for one in bounds(number))
    return made


def remainder(number: Int, divisor: int) -> Int:
    """What is left over when divided by a positive constant; never negative."""
    if isinstance(number, int):
        return number % divisor
    made = IntTerm("mod", (number, divisor))
    made.low, made.high = 0, divisor - 1
    return made


def at_most(one: Int, other: Int) -> Bool:
    """`one <= other`."""
    (low, high), (other_low, other_high) = bounds(one), bounds(other)
    if high is not None and other_low is not None and high <= other_low:
        return True
    if low is not None and other_high is not None and low > other_high:
        return False
    return True if one is other else BoolTerm("le", (one, other))


def less(one: Int, other: Int) -> Bool:
    """`one < other`."""
    return no(at_most(other, one))


def equal(one: Int, other: Int) -> Bool:
    """The same number."""
    if isinstance(one, int) and isinstance(other, int):
        return one == other
    (low, high), (other_low, other_high) = bounds(one), bounds(other)
    if None not in (low, other_high) and low > other_high:  # type: ignore[operator]  # just asked
        return False
    if None not in (high, other_low) and high < other_low:  # type: ignore[operator]  # just asked
        return False
    return True if one is other else BoolTerm("eq", (one, other))


def within(low: int, number: Int, high: int) -> Bool:
    """From `low` to `high`, both included."""
    return both(at_most(low, number), at_most(number, high))


# --- Words --------------------------------------------------------------------------------------


def same_word(one: Word, other: Word) -> Bool:
    """The same text."""
    if isinstance(one, str) and isinstance(other, str):
        return one == other
    return True if one is other else BoolTerm("same", (one, other))


def among(word: Word, words: frozenset[str]) -> Bool:
    """One of these."""
    return word in words if isinstance(word, str) else BoolTerm("among", (word,), words)


# --- Variables ----------------------------------------------------------------------------------


def bool_var(name: str, reason: str = "") -> BoolTerm:
    """A truth that nobody knows yet."""
    made = BoolTerm("var", (), name)
    made.reason = reason
    return made


def int_var(name: str, low: int | None, high: int | None, reason: str = "") -> IntTerm:
    """A number between two bounds."""
    made = IntTerm("var", (), name)
    made.reason = reason
    facts = []
    if low is not None:
        facts.append(at_most(low, made))
    if high is not None:
        facts.append(at_most(made, high))
    made.facts = tuple(facts)
    made.low, made.high = low, high
    return made


def word_var(name: str, words: frozenset[str] | None, reason: str = "") -> WordTerm:
    """A text; one of a closed list, or any."""
    made = WordTerm("var", (), name)
    made.reason = reason
    if words is not None:
        made.facts = (among(made, words),)
    return made
