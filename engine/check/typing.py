"""Types every rule in its place; what a mistake makes unknown says nothing more."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from engine.check.free_names import free_names
from engine.check.scopes import Scopes
from engine.diagnostics import Diagnostic, Findings, Note, Severity
from engine.model import Check, Expression, Template
from engine.rules.bounds import excess, size, sized
from engine.rules.cells import check_cell
from engine.rules.check import check
from engine.rules.scope import Scope, Typed
from engine.rules.tree import Both, Either, Node
from engine.rules.types import UNKNOWN, YES_NO, Given, ListOf, Record, Type, family, plain
from engine.source import Span

# What is said about types; everything else is about names and spelling.
_DISAGREEING = frozenset(
    {
        "branches-differ",
        "compare-different-types",
        "condition-not-yes-no",
        "no-order",
        "no-such-part",
        "not-a-list",
        "operation-not-possible",
        "wrong-argument-type",
    }
)


_OPEN = "unanswered-not-equal"
# What leaves a condition undecided; an error check fails only on false, so it does no harm there.
_MISSING = frozenset({"empty-group", "undecided-not", "undecided-sum"})


class Typing:
    """The typed rules so far, by expression."""

    def __init__(self, findings: Findings, scopes: Scopes) -> None:
        self.findings = findings
        self.scopes = scopes
        self.typed: dict[Expression, Typed] = {}

    def rule(
        self, rule: Expression | None, scope: Scope, expected: Type | None = None
    ) -> Typed | None:
        """A rule where `expected` is needed."""
        if rule is None or rule.tree is None or self.findings.are_full:
            return None
        typed, found = check(rule.tree, scope, expected, rule.at)
        return self._keep(rule, typed, self._declared(rule, scope, found))

    def condition(self, rule: Expression | None, scope: Scope) -> None:
        """A rule that says yes or no."""
        self._told_apart(self.rule(rule, scope, YES_NO), rule)

    def _told_apart(self, typed: Typed | None, rule: Expression | None) -> None:
        """A condition that reads nothing is the same for everybody."""
        if typed is not None and rule is not None and not typed.reads:
            values = {"rule": rule.text[:60]}
            self.findings.add("condition-always-same", rule.span, values, severity=Severity.WARNING)

    def check(self, one: Check, scope: Scope) -> None:
        """The condition of a check.

        An error check fails only on false, so what holds before anybody has answered does no harm
        there, and the guard that is right elsewhere would refuse an empty optional answer.
        """
        if one.is_warning:
            self.condition(one.condition, scope)
        else:
            self.not_false(one.condition, scope)
        self.template(one.filled, scope)

    def not_false(self, rule: Expression, scope: Scope) -> None:
        """A condition that fails only on false."""
        if rule.tree is None or self.findings.are_full:
            return
        typed, found = check(rule.tree, scope, YES_NO, rule.at)
        held = {rule.at(node.start, node.end) for node in _conjuncts(rule.tree)}
        told = [
            one
            for one in found
            if one.code not in _MISSING and (one.code != _OPEN or one.span not in held)
        ]
        self._told_apart(self._keep(rule, typed, self._declared(rule, scope, told)), rule)

    def cell(self, cell: Expression, column: Type, scope: Scope) -> None:
        """A cell of a decision table."""
        if cell.tree is None or plain(column) == UNKNOWN:
            return
        typed, found = check_cell(cell.tree, column, scope, cell.at)
        self._keep(cell, typed, found)

    def template(self, template: Template | None, scope: Scope) -> None:
        """The places of a template: single values, not lists."""
        for part in () if template is None else template.parts:
            if isinstance(part, Expression):
                typed = self.rule(part, scope)
                if typed is not None and isinstance(plain(typed.type), ListOf | Record):
                    values = {"name": part.text, "found": f"type:{family(typed.type)}"}
                    self.findings.add("placeholder-not-a-value", part.span, values)

    def _declared(
        self, rule: Expression, scope: Scope, found: Iterable[Diagnostic]
    ) -> Iterator[Diagnostic]:
        """Where two types disagree, the second place is where the name got its type."""
        for one in found:
            yield self._with_places(rule, scope, one) if one.code in _DISAGREEING else one

    def _with_places(self, rule: Expression, scope: Scope, one: Diagnostic) -> Diagnostic:
        notes: dict[str, Note] = {}
        for node in () if rule.tree is None else free_names(rule.tree):
            declared = scope.find(node.name)
            place = self.scopes.place(node.name, scope)
            span = rule.at(node.start, node.end)
            if place is None or declared is None or not _inside(span, one.span):
                continue
            values = {"name": node.name, "type": f"type:{family(declared[0])}"}
            notes.setdefault(node.name, Note("declared-here:as", place, values))
        return replace(one, related=(*one.related, *list(notes.values())[:2]))

    def _keep(
        self, rule: Expression, typed: Typed | None, found: Iterable[Diagnostic]
    ) -> Typed | None:
        self.findings.extend(found)
        if typed is None:
            return None
        self.typed[rule] = typed
        beyond = excess(typed)
        if beyond is not None:
            values = {"what": f"type:{beyond.what}", "count": f"{beyond.count:,}"}
            values["limit"] = f"{beyond.limit:,}"
            self.findings.add("rule-may-run-long", rule.span, values)
        return typed


def _conjuncts(tree: Node) -> Iterator[Node]:
    """What `and` and `or` put together; a part that holds makes none of the others fail."""
    if isinstance(tree, Both | Either):
        for part in tree.parts:
            yield from _conjuncts(part)
    else:
        yield tree


def _inside(span: Span, other: Span) -> bool:
    return other.start <= span.start and span.end <= other.end


def type_of(typed: Typed | None) -> Type:
    """The type of a value that other rules may read."""
    if typed is None:
        return UNKNOWN
    kind = sized(plain(typed.type), size(typed))
    return kind if typed.may_be_null else Given(kind)
