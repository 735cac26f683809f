"""What is to be seen at least once, and what answers must be like to show it."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from engine.coverage.boundaries import Boundary
from engine.coverage.conditions import Condition, Edge, Found, Role, Where
from engine.coverage.formula import All, Environment, Formula, Leaf, Without, is_fixed, leaves_of
from engine.coverage.spot import World
from engine.rules.tree import Call
from engine.source import Span


class Section(StrEnum):
    """The parts of a report."""

    CONDITION = "conditions"
    LEAF = "mcdc"
    RULE = "rules"
    RESULT = "outcomes"
    BOUNDARY = "boundaries"
    OPTION = "options"
    ROWS = "rows"
    LIMIT = "limits"
    VALUE = "values"  # 29 February, names with rare letters, dates known in part
    UNDECIDED = "undecided"


@dataclass(frozen=True, eq=False)
class RuleWish:
    """A formula that holds, or does not, in one place; or a boundary at a distance."""

    where: Where
    formulas: tuple[tuple[Formula, bool], ...] = ()
    boundary: Boundary | None = None
    distance: int = 0


@dataclass(frozen=True)
class AnswerWish:
    """An answer of a certain kind: `kind` and `value` are those of engine.coverage.answers."""

    path: str
    kind: str
    value: str = ""


@dataclass(frozen=True)
class ResultWish:
    """An outcome of the Quick Check."""

    outcome: str


@dataclass(frozen=True, eq=False)
class Goal:
    """One thing to be seen."""

    number: int
    section: Section
    world: World
    subject: str
    what: str
    span: Span
    wish: RuleWish | AnswerWish | ResultWish
    is_refused: bool = False  # only answers that are refused can show it


@dataclass(frozen=True, eq=False)
class ConditionGoals:
    """The numbers of what a condition shows."""

    condition: Condition
    true: int
    false: int
    undecided: int | None
    leaves: tuple[tuple[Leaf, int, int], ...]  # where it decides: holding, not holding


@dataclass(frozen=True, eq=False)
class EdgeGoals:
    """The numbers of just below, on and just above a boundary."""

    edge: Edge
    numbers: dict[int, int]


class RuleGoals:
    """Goals of conditions and boundaries."""

    def __init__(self, found: Found) -> None:
        self.goals: list[Goal] = []
        self.conditions = [
            self._condition(one) for one in found.conditions if not _is_fixed(one.formula)
        ]
        self.otherwise = [(where, self._otherwise(one.id, where, one.span))
                          for one, where in found.otherwise]  # fmt: skip
        self.edges = [self._edge(one) for one in found.edges]

    def _add(
        self, section: Section, subject: str, what: str, span: Span, wish: RuleWish,
        *, is_refused: bool = False,
    ) -> int:  # fmt: skip
        number = len(self.goals)
        world = wish.where.world
        self.goals.append(Goal(number, section, world, subject, what, span, wish, is_refused))
        return number

    def _condition(self, one: Condition) -> ConditionGoals:
        is_rule, fails = one.role is Role.RULE, one.role is Role.ERROR
        section = Section.RULE if is_rule else Section.CONDITION
        words = ("hit", "not hit") if is_rule else ("true", "false")
        subject = one.subject if is_rule else f"{one.subject}: {one.role.value}"
        ends = []
        for word, holding in zip(words, (not fails, fails), strict=True):
            wish = RuleWish(one.where, ((one.formula, holding),))
            refused = fails and word == "false"
            ends.append(self._add(section, subject, word, one.span, wish, is_refused=refused))
        undecided = None
        if one.whole is not None and one.whole.typed.may_be_null:
            wish = RuleWish(one.where)
            undecided = self._add(Section.UNDECIDED, subject, "undecided", one.span, wish)
        leaves = tuple(self._leaves(one, subject))
        return ConditionGoals(one, ends[0], ends[1], undecided, leaves)

    def _leaves(self, one: Condition, subject: str) -> Iterator[tuple[Leaf, int, int]]:
        for leaf in leaves_of(one.formula):
            if is_fixed(leaf):
                continue
            numbers = []
            for holding in (True, False):
                wish = RuleWish(one.where, tuple(alone(one.formula, leaf, holding)))
                refused = one.role is Role.ERROR and holding
                what = f"{leaf.text} {_value(leaf, holding)}"
                numbers.append(
                    self._add(Section.LEAF, subject, what, one.span, wish, is_refused=refused)
                )
            yield leaf, numbers[0], numbers[1]

    def _otherwise(self, decision: str, where: Where, span: Span) -> int:
        return self._add(Section.RULE, f"{decision}: otherwise", "hit", span, RuleWish(where))

    def _edge(self, one: Edge) -> EdgeGoals:
        numbers = {}
        for distance in one.boundary.distances:
            words = _DAYS if one.boundary.is_day else _STEPS
            what = f"{one.boundary.text} {words[distance]}"
            wish = RuleWish(one.where, (), one.boundary, distance)
            numbers[distance] = self._add(Section.BOUNDARY, one.subject, what, one.span, wish)
        return EdgeGoals(one, numbers)


_DAYS = {-1: "the day before", 0: "on the day", 1: "the day after"}
_STEPS = {-1: "just below", 0: "equal", 1: "just above"}


def _value(leaf: Leaf, holding: bool) -> str:
    if holding:
        return "true" if leaf.wants else "false"
    return "not true" if leaf.wants else "not false"


def _is_fixed(formula: Formula) -> bool:
    return all(is_fixed(leaf) for leaf in leaves_of(formula))


def alone(formula: Formula, leaf: Leaf, holding: bool) -> Iterator[tuple[Formula, bool]]:
    """What must hold, and not, so that the leaf decides by itself; the leaf first."""
    if isinstance(formula, Leaf):
        yield formula, holding
        return
    if isinstance(formula, Without):
        yield from alone(formula.inner, leaf, holding)
        return
    inner = next(one for one in formula.parts if _has(one, leaf))
    yield from alone(inner, leaf, holding)
    neutral = isinstance(formula, All)
    yield from ((one, neutral) for one in formula.parts if one is not inner)


def is_possible(goal: Goal, env: Environment) -> bool:
    """Whether neither settings (`env`) nor the rule itself rule the goal out.

    The rule itself does where a question must be unanswered and have a certain value at once.
    """
    wish = goal.wish
    if not isinstance(wish, RuleWish):
        return True
    empty = {name: None for formula, holds in wish.formulas for name in _unanswered(formula, holds)}
    law = {name: value for name, value in env.items() if name in ("setting", "stichtag")}
    guards = ((one.formula, one.holds) for one in wish.where.guards)
    return all(_may_be(*one, law, {}) for one in guards) and all(
        _may_be(*one, law, empty) for one in wish.formulas
    )


def _unanswered(formula: Formula, holds: bool) -> Iterator[str]:
    """The name that a leaf `angegeben(name)` wants to be null."""
    if not isinstance(formula, Leaf) or formula.column or formula.wants is holds:
        return
    node = formula.typed.tree
    if isinstance(node, Call) and node.function == "angegeben":
        yield from (name for name in formula.typed.reads if "." not in name)


def _may_be(formula: Formula, holds: bool, law: Environment, empty: Environment) -> bool:
    if isinstance(formula, Leaf):
        is_known = is_fixed(formula) or (
            not formula.column and all(_is_known(one, empty) for one in formula.typed.reads)
        )
        return not is_known or formula.holds({**law, **empty}) is holds
    if isinstance(formula, Without):
        return _may_be(formula.inner, not holds, law, empty)
    parts = (_may_be(one, holds, law, empty) for one in formula.parts)
    return all(parts) if isinstance(formula, All) is holds else any(parts)


def _is_known(name: str, empty: Environment) -> bool:
    return name in empty or name == "stichtag" or name.startswith("setting.")


def _has(formula: Formula, leaf: Leaf) -> bool:
    return any(one is leaf for one in leaves_of(formula))
