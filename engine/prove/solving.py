"""Questions to the solver: the only module that knows Z3."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import Enum, auto
from functools import cached_property
from hashlib import blake2b
from importlib import import_module
from typing import Any, TypeAlias

from engine.prove.terms import (
    Bool,
    BoolTerm,
    IntTerm,
    Term,
    WordTerm,
    alike,
    at_most,
    below,
    digest_of,
)


class _Late:
    """A module that is loaded when it is first used.

    The solver takes a quarter of a second, and is not needed where all is known already.
    """

    def __init__(self, name: str) -> None:
        self._name = name

    def __getattr__(self, name: str) -> Any:
        found = getattr(import_module(self._name), name)
        setattr(self, name, found)
        return found


z3, z3core = _Late("z3"), _Late("z3.z3core")

LIMIT = 5_000  # milliseconds a question

Assignment: TypeAlias = Mapping[str, bool | int | str]


class Said(Enum):
    """What the solver says."""

    YES = auto()  # there is an example
    NO = auto()  # there is none, and that is a proof
    UNDECIDED = auto()  # the time was up


@dataclass(frozen=True, slots=True)
class Reply:
    """The reply, with the values of all variables if there is an example."""

    said: Said
    example: Assignment


class Solver:
    """Translates formulas once and asks many questions about them."""

    def __init__(self, limit: int = LIMIT) -> None:
        self._limit = limit
        self._made: dict[int, Any] = {}  # id of a term -> its translation
        self._kept: list[Term] = []  # so that no id is used twice
        self._numbers: dict[str, int] = {}  # words as numbers
        self._words: dict[int, str] = {}
        self.asked = 0

    @cached_property
    def _context(self) -> Any:
        return z3.Context()

    def session(self, *base: Bool) -> "Session":
        """A place to ask questions that share a ground."""
        solver = z3.Solver(ctx=self._context)
        solver.set("timeout", self._limit)
        session = Session(self, solver)
        session.learn(*base)
        return session

    def translated(self, term: Term) -> Any:
        """The solver's own form."""
        if id(term) not in self._made:
            for one in below(term):
                if id(one) not in self._made:
                    self._made[id(one)] = self._make(one)
                    self._kept.append(one)
        return self._made[id(term)]

    def number_of(self, word: str) -> int:
        """Words that are named together get numbers in a row: a closed list is an interval."""
        if word not in self._numbers:
            number = len(self._numbers)
            self._numbers[word], self._words[number] = number, word
        return self._numbers[word]

    def word_of(self, number: int) -> str:
        """The word, or a name for one that no rule speaks of."""
        return self._words.get(number) or f"{OTHER}{number}"

    def _make(self, term: Term) -> Any:
        if term.op == "var":
            return self._variable(term)
        if term.op == "among":
            return self._among(term)
        name, count = _MAKERS[term.op]
        make = getattr(z3core, name)
        held = [self._part(one) for one in term.args]  # alive until the whole is made
        parts = [one.as_ast() for one in held]
        context = self._context.ref()
        if count is None:
            array = (z3.Ast * len(parts))(*parts)
            made = make(context, len(parts), array)
        else:
            made = make(context, *parts)
        wrap = z3.BoolRef if isinstance(term, BoolTerm) else z3.ArithRef
        return wrap(made, self._context)

    def _part(self, part: object) -> Any:
        if isinstance(part, Term):
            return self._made[id(part)]
        if isinstance(part, bool):
            return z3.BoolVal(part, ctx=self._context)
        if isinstance(part, str):
            return z3.IntVal(self.number_of(part), ctx=self._context)
        return z3.IntVal(part, ctx=self._context)

    def _variable(self, term: Term) -> Any:
        name = str(term.value)
        if isinstance(term, BoolTerm):
            return z3.Bool(name, ctx=self._context)
        return z3.Int(name, ctx=self._context)

    def _among(self, term: Term) -> Any:
        word = self._part(term.args[0])
        assert isinstance(term.value, frozenset)  # noqa: S101 - made by `among` only
        numbers = sorted(self.number_of(one) for one in sorted(term.value))
        spans = [z3.And(low <= word, word <= high) for low, high in _in_rows(numbers)]
        return z3.Or(*spans) if spans else z3.BoolVal(False, ctx=self._context)


OTHER = "\x00"  # begins the name of a text that no rule speaks of


def _in_rows(numbers: Iterable[int]) -> Iterator[tuple[int, int]]:
    low = high = None
    for number in numbers:
        if high is not None and low is not None and number != high + 1:
            yield low, high
            low = number
        low = number if low is None else low
        high = number
    if low is not None and high is not None:
        yield low, high


_MAKERS: Mapping[str, tuple[str, int | None]] = {
    "and": ("Z3_mk_and", None),
    "or": ("Z3_mk_or", None),
    "not": ("Z3_mk_not", 1),
    "iff": ("Z3_mk_iff", 2),
    "ite": ("Z3_mk_ite", 3),
    "add": ("Z3_mk_add", None),
    "mul": ("Z3_mk_mul", None),
    "product": ("Z3_mk_mul", None),
    "div": ("Z3_mk_div", 2),
    "mod": ("Z3_mk_mod", 2),
    "le": ("Z3_mk_le", 2),
    "eq": ("Z3_mk_eq", 2),
    "same": ("Z3_mk_eq", 2),
}


class Session:
    """A ground, and questions on it. What a question needs of facts comes along by itself."""

    def __init__(self, owner: Solver, solver: Any) -> None:
        self._owner = owner
        self._solver = solver
        self._facts: set[str] = set()  # variables whose facts the ground has
        self._variables: list[Term] = []

    def learn(self, *ground: Bool) -> None:
        """From now on this holds."""
        for one in _with_facts(ground, self._facts, self._variables):
            self._solver.add(self._translated(one))

    def ask(self, *more: Bool) -> Reply:
        """Is there an example of the ground in which these hold, too?"""
        if any(one is False for one in more):
            return Reply(Said.NO, {})
        self._solver.push()
        facts, variables = set(self._facts), list(self._variables)
        try:
            for one in _with_facts(more, facts, variables):
                self._solver.add(self._translated(one))
            reply = self._checked(variables)
            exact = [one.exact for one in variables if one.exact is not True]
            if reply.said is not Said.YES or not exact:
                return reply
            for one in _with_facts(exact, facts, variables):
                self._solver.add(self._translated(one))
            second = self._checked(variables)
            return reply if second.said is Said.UNDECIDED else second
        finally:
            self._solver.pop()

    def core(self, parts: Mapping[str, Bool]) -> tuple[str, ...]:
        """Of parts that cannot hold together on this ground: so few that each one is needed."""
        needed = {name: parts[name] for name in self._rough_core(parts)}
        for name in list(needed):
            rest = [one for key, one in needed.items() if key != name]
            if self.ask(*rest).said is Said.NO:
                del needed[name]
        return tuple(needed)

    def _rough_core(self, parts: Mapping[str, Bool]) -> list[str]:
        """What the solver itself made use of; in the order of the parts."""
        self._solver.push()
        facts, variables = set(self._facts), list(self._variables)
        try:
            names: dict[str, Any] = {}
            for number, (name, part) in enumerate(parts.items()):
                names[name] = z3.Bool(f"part {number}", ctx=self._owner._context)
                own, *more = _with_facts((part,), facts, variables)
                self._solver.add(z3.Implies(names[name], self._translated(own)))
                for one in more:
                    self._solver.add(self._translated(one))
            if self._solver.check(*names.values()) != z3.unsat:
                return list(parts)
            used = {str(one) for one in self._solver.unsat_core()}
            return [name for name, one in names.items() if str(one) in used]
        finally:
            self._solver.pop()

    def _translated(self, one: Bool) -> Any:
        if isinstance(one, bool):
            return z3.BoolVal(one, ctx=self._owner._context)
        return self._owner.translated(one)

    def _checked(self, variables: list[Term]) -> Reply:
        self._owner.asked += 1
        found = self._solver.check()
        if found == z3.unsat:
            return Reply(Said.NO, {})
        if found != z3.sat:
            return Reply(Said.UNDECIDED, {})
        model = self._solver.model()
        return Reply(Said.YES, {str(one.value): self._value(model, one) for one in variables})

    def _value(self, model: Any, variable: Term) -> bool | int | str:
        found = model.eval(self._owner.translated(variable), model_completion=True)
        if isinstance(variable, BoolTerm):
            return bool(z3.is_true(found))
        number = int(found.as_long())
        return self._owner.word_of(number) if isinstance(variable, WordTerm) else number


def cone(*tops: Bool) -> tuple[Term, ...]:
    """Every variable that the formulas reach, also through facts."""
    variables: list[Term] = []
    list(_with_facts(tops, set(), variables))
    return tuple(variables)


def question_digest(*tops: Bool) -> str:
    """What a question is about, its cone included: the key under which a reply may be kept."""
    parts = sorted(map(digest_of, _with_facts(tops, set(), [])))
    return blake2b(b"".join(parts), digest_size=16).hexdigest()


def _with_facts(tops: Iterable[Bool], known: set[str], variables: list[Term]) -> Iterator[Bool]:
    """The formulas and the facts of all variables in them that are not known yet, each once."""
    numbered = [one for one in variables if isinstance(one, IntTerm) and one.ordered_by]
    waiting, met = list(tops), set[int]()
    alive: list[Bool] = []
    while waiting:
        formula = waiting.pop()
        alive.append(formula)
        yield formula
        for term in below(formula, done=met):
            if term.op != "var" or str(term.value) in known:
                continue
            known.add(str(term.value))
            variables.append(term)
            waiting.extend(term.facts)
            if isinstance(term, IntTerm) and term.ordered_by:
                waiting.extend(_one_order(term, other) for other in numbered)
                numbered.append(term)


def _one_order(one: IntTerm, other: IntTerm) -> Bool:
    """Numbers order days as their keys do: true anyway, but hard to find out."""
    return alike(at_most(one, other), at_most(one.ordered_by, other.ordered_by))


def value_of(part: object, example: Assignment) -> bool | int | str:
    """What a formula comes to in an example; others have any value."""
    if not isinstance(part, Term):
        assert isinstance(part, bool | int | str)  # noqa: S101 - there are no other constants
        return part
    found: dict[int, Any] = {}
    for term in below(part):
        parts = [found[id(one)] if isinstance(one, Term) else one for one in term.args]
        found[id(term)] = _evaluated(term, parts, example)
    result: bool | int | str = found[id(part)]
    return result


def _evaluated(term: Term, parts: list[Any], example: Assignment) -> Any:
    if term.op == "var":
        name = str(term.value)
        return example[name] if name in example else _any_value(term)
    if term.op == "among":
        assert isinstance(term.value, frozenset)  # noqa: S101 - made by `among` only
        return parts[0] in term.value
    return _EVALUATE[term.op](parts)


def _any_value(variable: Term) -> bool | int | str:
    """Of a variable that does not matter: one that its type allows."""
    if isinstance(variable, BoolTerm):
        return False
    if isinstance(variable, WordTerm):
        lists = (one.value for one in variable.facts if isinstance(one, BoolTerm))
        return next((min(one) for one in lists if isinstance(one, frozenset)), OTHER)
    low, high = variable.low, variable.high
    if low is not None and low > 0:
        return low
    return high if high is not None and high < 0 else 0


def _product(parts: list[Any]) -> Any:
    return parts[0] * parts[1]


_EVALUATE: Mapping[str, Callable[[list[Any]], Any]] = {
    "and": all,
    "or": any,
    "not": lambda parts: not parts[0],
    "iff": lambda parts: parts[0] is parts[1],
    "ite": lambda parts: parts[1] if parts[0] else parts[2],
    "add": sum,
    "mul": _product,
    "product": _product,
    "div": lambda parts: parts[0] // parts[1],
    "mod": lambda parts: parts[0] % parts[1],
    "le": lambda parts: parts[0] <= parts[1],
    "eq": lambda parts: parts[0] == parts[1],
    "same": lambda parts: parts[0] == parts[1],
}
