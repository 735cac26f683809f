"""One check under way: what was found so far, and how mistakes are taken down."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any, TypeAlias

from engine.diagnostics import Diagnostic, Fix, Severity
from engine.rules.faults import Locate, report
from engine.rules.scope import Findings, Gap, Known, Matched, Place, Scope
from engine.rules.tree import Call, Node
from engine.rules.types import NULL, UNKNOWN, YES_NO, ListOf, Type, family, plain

UNREADABLE = Known(UNKNOWN, True)
# Null for ever, where foreign FEEL is read: nobody is warned there.
FOR_EVER = frozenset({Gap("", True, "")})
NOTHING = Known(NULL, True, FOR_EVER, None)


class Checking:
    """Goes through a tree once; `of` gives what is known of a node."""

    def __init__(self, locate: Locate, rules: "Rules", *, is_foreign: bool) -> None:
        self.locate = locate
        self.is_foreign = is_foreign
        self.diagnostics: list[Diagnostic] = []
        self.known: dict[Node, Known] = {}
        self.places: dict[Node, Place] = {}
        self.calls: dict[Call, Matched] = {}
        self.steps: dict[Node, tuple[str, ...]] = {}
        self.reads: set[str] = set()
        self.input: Known | None = None  # what `?` is, in a cell
        self.roundings = 0  # how many rounding functions stand around
        self._rules = rules

    def of(self, node: Node, scope: Scope) -> Known:
        """The type of a node and of all below it."""
        found = self._rules[type(node)](self, node, scope)
        self.known[node] = found
        return found

    def findings(self) -> Findings:
        """Everything, for those who compile."""
        return Findings(self.known, self.places, self.calls, self.steps)

    def report(
        self,
        code: str,
        node: Node,
        values: Mapping[str, str] | None = None,
        *,
        fix: str | None = None,
        at: tuple[int, int] | None = None,
        fix_at: Node | None = None,
    ) -> Known:
        """A mistake; what it makes unknown says nothing more."""
        start, end = at or (node.start, node.end)
        found = report(code, start, end, values or {}, self.locate, fix=fix)
        if found.fix is not None and fix_at is not None:
            span = self.locate(fix_at.start, fix_at.end)
            found = replace(found, fix=Fix(span, found.fix.text))
        self.diagnostics.append(found)
        return UNREADABLE

    def warn(
        self, code: str, node: Node, values: Mapping[str, str], *, fix: str | None = None
    ) -> None:
        """A trap that the author may have meant."""
        if self.is_foreign:
            return
        severity = Severity.WARNING
        self.diagnostics.append(
            report(code, node.start, node.end, values, self.locate, fix=fix, severity=severity)
        )

    def null_or(
        self,
        code: str,
        node: Node,
        values: Mapping[str, str],
        *,
        fix: str | None = None,
        fix_at: Node | None = None,
    ) -> Known:
        """What FEEL makes null: refused in definitions, null where foreign FEEL is read."""
        if self.is_foreign:
            return NOTHING
        return self.report(code, node, values, fix=fix, fix_at=fix_at)

    def condition(self, node: Node, scope: Scope) -> Known:
        """A part that must be yes or no."""
        found = self.of(node, scope)
        kind = plain(found.type)
        if kind in (YES_NO, UNKNOWN):
            return found
        if self.is_foreign:
            self.known[node] = found
            return Known(YES_NO, True, FOR_EVER, None)
        self.report("condition-not-yes-no", node, {"found": word(kind)})
        return UNREADABLE


# Each rule takes the one kind of node it is filed under.
Rule: TypeAlias = Callable[[Checking, Any, Scope], Known]
Rules: TypeAlias = Mapping[type[Node], Rule]


def word(one: Type) -> str:
    """A type as a key of the texts (`type:date`); lists name their elements where it helps."""
    return f"type:{family(one)}"


def item_of(one: Type) -> Type | None:
    """The type of the elements, if it is a list."""
    one = plain(one)
    return one.item if isinstance(one, ListOf) else None
