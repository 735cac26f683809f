"""What is behind a name in a condition: the rule of a computed value, the rules of a table."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from engine.coverage.formula import (
    ALWAYS,
    NEVER,
    All,
    Formula,
    Leaf,
    Some,
    Without,
    cell_formula,
    formula_of,
    part,
)
from engine.coverage.spot import World
from engine.coverage.steps import Steps
from engine.model import Decision, TableRule
from engine.plan import Plan
from engine.rules import YES_NO, Typed
from engine.rules.tree import Call, Cell, Choose, Comparison, Flag, Name, Node, Number, Text


@dataclass(frozen=True)
class Said:
    """A leaf put as a formula over what is behind its name."""

    formula: Formula
    holds: bool


class Behind:
    """Unfolds leaves, so that a search sees the questions that decide them."""

    def __init__(self, plan: Plan) -> None:
        self._typed = plan.checked.typed
        self._steps = Steps(plan)
        quick_check = plan.procedure.quick_check
        decisions = quick_check.decisions if quick_check else ()
        self._decisions: Mapping[str, Decision] = {one.id: one for one in decisions}
        self._result = quick_check.result if quick_check else ""
        self._unfolded: dict[tuple[Leaf, bool, World, str], Said | None] = {}
        self._ruled: dict[str, tuple[Formula, ...]] = {}
        self._texts: dict[tuple[str, str], Formula | None] = {}

    def outcome(self, outcome: str) -> Formula:
        """What must hold for an outcome of the Quick Check."""
        return self._text(self._result, outcome) or NEVER

    def leaf(self, leaf: Leaf, *, holds: bool, world: World, row: str) -> Said | None:
        """The formula behind a leaf that is to hold, or not; None: it speaks for itself."""
        key = (leaf, holds, world, row)
        if key not in self._unfolded:
            self._unfolded[key] = self._leaf(leaf, holds, world, row)
        return self._unfolded[key]

    def _leaf(self, leaf: Leaf, holds: bool, world: World, row: str) -> Said | None:
        node = leaf.typed.tree
        is_so = holds is leaf.wants
        match node:
            case Cell(tests=(Flag(value=flag),), negated=False):
                return self._flag(leaf.column, flag, is_so, world, row)
            case Cell(tests=(Text(value=text),), negated=False):
                return self._said(self._text(leaf.column, text), is_so, world)
            case Name(name=name):
                return self._flag(name, leaf.wants, holds, world, row)
            case Comparison(operator="=", left=Name(name=name), right=Flag(value=flag)):
                return self._flag(name, flag, is_so, world, row)
            case Comparison(operator="=", left=Name(name=name), right=Text(value=text)):
                return self._said(self._text(name, text), is_so, world)
            case Comparison(
                operator=operator,
                left=Call(function="count", arguments=(argument,)),
                right=Number(value=number),
            ):
                return self._count(argument.value, operator, number, is_so, world)
            case Call(function="angegeben", arguments=(argument,)):
                return self._given(argument.value, is_so, world)
            case Call(function="list contains", arguments=(first, second)):
                if isinstance(first.value, Name) and isinstance(second.value, Text):
                    return self._said(self._text(first.value.name, second.value.value), is_so,
                                      world)  # fmt: skip
        return None

    def _said(self, formula: Formula | None, holds: bool, world: World) -> Said | None:
        if formula is None or world is World.FORM:
            return None
        return Said(formula, holds)

    def _flag(self, name: str, flag: bool, holds: bool, world: World, row: str) -> Said | None:
        rule = self._steps.computed_at(world, row)(name)
        if rule is None or rule.type != YES_NO:
            return None
        return Said(formula_of(rule, wants=flag), holds)

    def _count(
        self, node: Node, operator: str, number: Decimal, is_so: bool, world: World
    ) -> Said | None:
        """`count(table) > 0`: whether any of its rules hits."""
        decision = self._decisions.get(node.name) if isinstance(node, Name) else None
        any_hit = {(">", 0): True, (">=", 1): True, ("=", 0): False, ("<", 1): False}
        wanted = any_hit.get((operator, int(number)))
        if decision is None or not decision.rules or wanted is None or world is World.FORM:
            return None
        return Said(Some(self._rules(decision)), wanted is is_so)

    def _given(self, node: Node, is_so: bool, world: World) -> Said | None:
        """A table without `otherwise` gives something if a rule hits."""
        decision = self._decisions.get(node.name) if isinstance(node, Name) else None
        if decision is None or decision.otherwise is not None or not decision.rules:
            return None
        return self._said(Some(self._rules(decision)), is_so, world)

    def _rules(self, decision: Decision) -> tuple[Formula, ...]:
        if decision.id not in self._ruled:
            self._ruled[decision.id] = tuple(self._rule(one) for one in decision.rules)
        return self._ruled[decision.id]

    def _rule(self, rule: TableRule) -> Formula:
        parts = [cell_formula(self._typed[cell], name) for name, cell in rule.cells.items()]
        if rule.condition is not None:
            parts.append(formula_of(self._typed[rule.condition], wants=True))
        return All(tuple(parts))

    def _text(self, name: str, text: str) -> Formula | None:
        """What must hold for a decision to be, or to hold, a text."""
        if (name, text) not in self._texts:
            self._texts[name, text] = self._made_text(name, text)
        return self._texts[name, text]

    def _made_text(self, name: str, text: str) -> Formula | None:
        decision = self._decisions.get(name)
        if decision is None:
            return None
        if decision.value is not None:
            return self._gives(self._typed[decision.value], text)
        ways: list[Formula] = []
        rules = self._rules(decision)
        for number, rule in enumerate(decision.rules):
            given = self._gives(self._typed[rule.then], text)
            if given is not NEVER:
                before = rules[:number] if decision.hit_policy == "first" else ()
                ways.append(All((rules[number], given, *(Without(one) for one in before))))
        if decision.otherwise is not None:
            given = self._gives(self._typed[decision.otherwise], text)
            if given is not NEVER:
                ways.append(All((Without(Some(rules)), given)))
        return Some(tuple(ways))

    def _gives(self, typed: Typed, text: str) -> Formula:
        """What must hold for a result to be the text."""
        match typed.tree:
            case Text(value=value):
                return ALWAYS if value == text else NEVER
            case Name(name=name):
                return self._text(name, text) or NEVER
            case Choose(condition=condition, then=then, otherwise=otherwise):
                test = formula_of(part(typed, condition), wants=True)
                yes = self._gives(part(typed, then), text)
                no = self._gives(part(typed, otherwise), text)
                return Some((All((test, yes)), All((Without(test), no))))
            case _:
                return NEVER
