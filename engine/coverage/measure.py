"""What a set of answers has shown of a procedure, as numbers of goals."""

from collections.abc import Iterator

from engine.coverage.answers import AnswerGoals
from engine.coverage.collect import collect
from engine.coverage.formula import deciding, leaves_of, truth_of
from engine.coverage.goals import ConditionGoals, Goal, RuleGoals
from engine.coverage.spot import Seen
from engine.plan import Plan


class Measure:
    """All goals of a procedure, and which of them answers meet."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        found = collect(plan)
        self.conditions = found.conditions
        self._rules = RuleGoals(found)
        self._answers = AnswerGoals(plan, len(self._rules.goals))
        self.goals: tuple[Goal, ...] = (*self._rules.goals, *self._answers.goals)

    @property
    def ends(self) -> list[tuple[int, int]]:
        """Goals of conditions that are not rules of tables: true and false."""
        found = self._rules.conditions
        return [(one.true, one.false) for one in found if one.condition.whole is not None]

    @property
    def leaves(self) -> list[tuple[int, int]]:
        """Goals of leaves: deciding alone one way, and the other (MC/DC)."""
        return [(on, off) for one in self._rules.conditions for _, on, off in one.leaves]

    def met(self, seen: Seen) -> frozenset[int]:
        """The numbers of the goals that these answers meet."""
        return frozenset((*self._by_rules(seen), *self._answers.seen(seen)))

    def _by_rules(self, seen: Seen) -> Iterator[int]:
        for one in self._rules.conditions:
            if one.condition.where.world is seen.world:
                yield from _shown(one, seen)
        for where, number in self._rules.otherwise:
            if where.world is seen.world and any(True for _ in where.asked(seen)):
                yield number
        for edge in self._rules.edges:
            where, boundary = edge.edge.where, edge.edge.boundary
            if where.world is not seen.world:
                continue
            for spot in where.asked(seen):
                distance = boundary.distance(spot.env)
                if distance is not None and distance in edge.numbers:
                    yield edge.numbers[distance]


def _shown(one: ConditionGoals, seen: Seen) -> Iterator[int]:
    condition = one.condition
    leaves = tuple(leaves_of(condition.formula))
    for spot in condition.where.asked(seen):
        env = spot.env
        truth = {leaf: leaf.holds(env) for leaf in leaves}
        alone = frozenset(deciding(condition.formula, truth))
        for leaf, holding, not_holding in one.leaves:
            if leaf in alone:
                yield holding if truth[leaf] else not_holding
        whole = condition.whole
        value = truth_of(condition.formula, truth) if whole is None else whole.value(env)
        if value is True:
            yield one.true
        elif value is False:
            yield one.false
        elif one.undecided is not None:
            yield one.undecided
