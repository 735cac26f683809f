"""Types every rule in its place; what a mistake makes unknown says nothing more."""

from collections.abc import Iterable

from engine.diagnostics import Diagnostic, Findings
from engine.model import Expression, Template
from engine.rules.cells import check_cell
from engine.rules.check import check
from engine.rules.scope import Scope, Typed
from engine.rules.types import UNKNOWN, YES_NO, Choice, Given, ListOf, Record, Type, family, plain


class Typing:
    """The typed rules so far, by expression."""

    def __init__(self, findings: Findings) -> None:
        self.findings = findings
        self.typed: dict[Expression, Typed] = {}

    def rule(
        self, rule: Expression | None, scope: Scope, expected: Type | None = None
    ) -> Typed | None:
        """A rule where `expected` is needed."""
        if rule is None or rule.tree is None:
            return None
        typed, found = check(rule.tree, scope, expected, rule.at)
        return self._keep(rule, typed, found)

    def condition(self, rule: Expression | None, scope: Scope) -> None:
        """A rule that says yes or no."""
        self.rule(rule, scope, YES_NO)

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

    def _keep(
        self, rule: Expression, typed: Typed | None, found: Iterable[Diagnostic]
    ) -> Typed | None:
        self.findings.extend(found)
        if typed is not None:
            self.typed[rule] = typed
        return typed


def type_of(typed: Typed | None) -> Type:
    """The type of a value that other rules may read."""
    if typed is None:
        return UNKNOWN
    return typed.type if typed.may_be_null else Given(plain(typed.type))


def texts_as_choice(name: str, kind: Type, texts: frozenset[str] | None) -> Type:
    """A value that is one of a few texts is as good as a code list."""
    return Choice(name, texts) if texts and plain(kind) != UNKNOWN else kind
