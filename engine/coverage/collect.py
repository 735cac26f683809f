"""Goes through a procedure and takes down its conditions and boundaries."""

from collections.abc import Iterable

from engine.coverage.boundaries import boundaries_of
from engine.coverage.conditions import Condition, Edge, Found, Role, Round, Where
from engine.coverage.formula import All, Formula, Leaf, Some, cell_formula, formula_of, part
from engine.coverage.spot import World
from engine.coverage.steps import Steps
from engine.model import (
    Check,
    Computed,
    Decision,
    Document,
    Expression,
    Field,
    Group,
    Info,
    Item,
    Page,
    TableRule,
    with_paths,
)
from engine.plan import Plan
from engine.rules import YES_NO, Typed
from engine.rules.tree import Choose, Filter, Loop, Node, Quantified, children


def collect(plan: Plan) -> Found:
    """Everything of the form, its documents and the Quick Check; not what is only sent out."""
    found = _Collector(plan)
    found.form()
    found.quick_check()
    return Found(tuple(found.conditions), tuple(found.edges), tuple(found.otherwise))


class _Collector:
    def __init__(self, plan: Plan) -> None:
        self.conditions: list[Condition] = []
        self.edges: list[Edge] = []
        self.otherwise: list[tuple[Decision, Where]] = []
        self._procedure = plan.procedure
        self._typed = plan.checked.typed
        self._steps = Steps(plan)

    def form(self) -> None:
        where = Where(World.FORM)
        for page in self._procedure.pages:
            self._condition(Role.SHOWN, page.id, page.show_if, where)
            around = where.under(self._formula(page.show_if))
            self._items(page.items, "", around)
            for check in page.checks:
                self._check(check, around.under(self._any_shown(check, page)))
        for document in self._procedure.documents:
            self._document(document)

    def quick_check(self) -> None:
        quick_check = self._procedure.quick_check
        if quick_check is None:
            return
        where = Where(World.QUICK_CHECK)
        self._items(quick_check.questions, "", where)
        for decision in quick_check.decisions:
            self._decision(decision, where)

    def _items(self, items: Iterable[Item], row: str, where: Where) -> None:
        for item in items:
            path = row + item.id
            if isinstance(item, Computed):
                self._value(path, item.value, where)
            elif isinstance(item, Field):
                if not item.internal:
                    self._field(item, path, where)
            elif isinstance(item, Info):
                self._condition(Role.SHOWN, path, item.show_if, where)
            else:
                self._group(item, path, where)

    def _field(self, field: Field, path: str, where: Where) -> None:
        self._condition(Role.SHOWN, path, field.show_if, where)
        shown = where.under(self._formula(field.show_if))
        self._condition(Role.REQUIRED, path, field.required_if, shown)
        for check in field.checks:
            self._check(check, shown)

    def _group(self, group: Group, path: str, where: Where) -> None:
        self._condition(Role.SHOWN, path, group.show_if, where)
        shown = where.under(self._formula(group.show_if))
        self._condition(Role.REQUIRED, path, group.required_if, shown)
        row = f"{path}[]."
        self._items(group.items, row, Where(where.world, row, shown.guards))
        for check in group.checks:
            self._check(check, shown)

    def _check(self, check: Check, where: Where) -> None:
        role = Role.WARNING if check.is_warning else Role.ERROR
        self._condition(role, check.id, check.condition, where, wants=check.is_warning)

    def _any_shown(self, check: Check, page: Page) -> Formula | None:
        """A check is asked if one of the questions it is shown at is; None: always."""
        shown: list[Formula] = []
        for name in check.fields:
            for other in self._procedure.pages:
                for item in other.items:
                    if item.id != name and not _holds_field(item, name):
                        continue
                    rules = [None if other is page else other.show_if]
                    rules += [] if isinstance(item, Computed) else [item.show_if]
                    formulas = [one for one in map(self._formula, rules) if one is not None]
                    if not formulas:
                        return None
                    shown.append(All(tuple(formulas)))
        return Some(tuple(shown)) if shown else None

    def _document(self, document: Document) -> None:
        where = Where(World.FORM, f"{document.each}[]." if document.each else "")
        self._condition(Role.REQUIRED, document.id, document.required_if, where)
        otherwise = where.under(self._formula(document.required_if), holding=False)
        self._condition(Role.OPTIONAL, document.id, document.optional_if, otherwise)

    def _decision(self, decision: Decision, where: Where) -> None:
        if decision.value is not None:
            self._value(decision.id, decision.value, where)
        free = where
        tried: list[Formula] = []
        for rule in decision.rules:
            tried.append(self._rule(decision, rule, where))
            if decision.hit_policy == "first":
                where = where.under(tried[-1], holding=False)
        if decision.otherwise is not None:
            otherwise = free.under(Some(tuple(tried)), holding=False)
            self.otherwise.append((decision, otherwise))
            self._inside(decision.id, decision.otherwise, otherwise)

    def _rule(self, decision: Decision, rule: TableRule, where: Where) -> Formula:
        parts = []
        for column, cell in rule.cells.items():
            parts.append(cell_formula(self._typed[cell], column))
        if rule.condition is not None:
            parts.append(formula_of(self._typed[rule.condition], wants=True))
        subject = f"{decision.id}.{rule.id}"
        formula = All(tuple(parts))
        self.conditions.append(Condition(Role.RULE, subject, formula, None, where, rule.span))
        if rule.condition is not None:
            self._inside(subject, rule.condition, where)
        self._inside(subject, rule.then, where.under(formula))
        return formula

    def _value(self, subject: str, expression: Expression, where: Where) -> None:
        if self._typed[expression].type == YES_NO:
            self._condition(Role.VALUE, subject, expression, where)
        else:
            self._inside(subject, expression, where)

    def _condition(
        self,
        role: Role,
        subject: str,
        expression: Expression | None,
        where: Where,
        *,
        wants: bool = True,
    ) -> None:
        if expression is None:
            return
        typed = self._typed[expression]
        formula = formula_of(typed, wants=wants)
        whole = Leaf(typed, wants)
        self.conditions.append(Condition(role, subject, formula, whole, where, expression.span))
        self._inside(subject, expression, where)

    def _formula(self, expression: Expression | None) -> Formula | None:
        return None if expression is None else formula_of(self._typed[expression], wants=True)

    def _inside(self, subject: str, expression: Expression, where: Where) -> None:
        _Inside(self, subject, expression).of(self._typed[expression], where)

    def edges_of(self, typed: Typed, subject: str, where: Where, rule: Expression) -> None:
        """The boundaries of a rule or of the body of a loop."""
        for one in boundaries_of(typed, self._steps.names_at(where.world, where.row)):
            span = rule.at(one.node.start, one.node.end)
            self.edges.append(Edge(one, subject, where, span))


class _Inside:
    """The conditions inside one rule: those of `if`, and of loops and filters."""

    def __init__(self, collector: _Collector, subject: str, rule: Expression) -> None:
        self._collector = collector
        self._subject = subject
        self._rule = rule

    def of(self, typed: Typed, where: Where) -> None:
        """The rule, or the body of a loop in it."""
        self._collector.edges_of(typed, self._subject, where, self._rule)
        self._below(typed, typed.tree, where)

    def _below(self, typed: Typed, node: Node, where: Where) -> None:
        match node:
            case Choose(condition=condition, then=then, otherwise=otherwise):
                formula = self._take(Role.BRANCH, typed, condition, where)
                self._below(typed, condition, where)
                self._below(typed, then, where.under(formula))
                self._below(typed, otherwise, where.under(formula, holding=False))
            case Quantified(bindings=bindings, condition=body):
                for one in bindings:
                    self._below(typed, one.source, where)
                    where = where.inside(Round(one.name, _leaf(typed, one.source)))
                self._take(Role.LOOP, typed, body, where)
                self.of(part(typed, body), where)
            case Loop(bindings=bindings, result=body):
                for one in bindings:
                    self._below(typed, one.source, where)
                    where = where.inside(Round(one.name, _leaf(typed, one.source)))
                self.of(part(typed, body), where)
            case Filter(source=source, condition=body):
                self._below(typed, source, where)
                where = where.inside(Round("", _leaf(typed, source)))
                self._take(Role.LOOP, typed, body, where)
                self.of(part(typed, body), where)
            case _:
                for child in children(node):
                    self._below(typed, child, where)

    def _take(self, role: Role, typed: Typed, node: Node, where: Where) -> Formula:
        inner = part(typed, node)
        formula = formula_of(inner, wants=True)
        span = self._rule.at(node.start, node.end)
        condition = Condition(role, self._subject, formula, Leaf(inner, wants=True), where, span)
        self._collector.conditions.append(condition)
        return formula


def _leaf(typed: Typed, node: Node) -> Leaf:
    return Leaf(part(typed, node), wants=True)


def _holds_field(item: Item, name: str) -> bool:
    return any(one.id == name for _, one in with_paths((item,)) if one is not item)
