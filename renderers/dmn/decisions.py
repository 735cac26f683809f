"""Decisions of the author as decisions of DMN."""

from collections.abc import Mapping, Sequence

from engine.model import Decision, Expression, TableRule
from engine.rules import NULL, NUMBER, Choice, ListOf, Type, Typed
from engine.rules.portable import LATEST, portable_name, print_value
from engine.rules.tree import Text
from engine.rules.types import PARTIAL_DATE, plain, united
from renderers.dmn import graph
from renderers.dmn.sources import Sources
from renderers.dmn.types import ANYTHING, Types

# Our policies: the name of DMN, and how hits are put together.
POLICIES = {
    "unique": ("UNIQUE", ""),
    "any": ("ANY", ""),
    "first": ("FIRST", ""),
    "rule_order": ("RULE ORDER", ""),
    "collect": ("COLLECT", ""),
    "collect_sum": ("COLLECT", "SUM"),
    "collect_min": ("COLLECT", "MIN"),
    "collect_max": ("COLLECT", "MAX"),
    "collect_count": ("COLLECT", "COUNT"),
}
_LISTS = ("collect", "rule_order")
ANNOTATIONS = ("Regel", "Rechtsgrundlage", "Begründung")
CONDITION = "Bedingung"
ANY = "-"


class Decisions:
    """Writes decisions in an order in which each comes after those it reads."""

    def __init__(
        self,
        typed: Mapping[Expression, Typed],
        sources: Sources,
        types: Types,
        known: Mapping[str, Type],
    ) -> None:
        self._typed = typed
        self._sources = sources
        self._types = types
        self._kinds = dict(known)  # of questions and decisions, by name

    def write(self, decision: Decision, labels: Mapping[str, str]) -> graph.Decision:
        """One decision; `labels` are the words for names."""
        self._sources.declare(decision.id)
        kind = self._kind(decision)
        self._kinds[decision.id] = kind
        name = self._types.name(kind, decision.id)
        needs: set[str] = set()
        logic: str | graph.Table
        if decision.value is not None:
            found = self._sources.rule(self._typed[decision.value])
            needs |= found.reads
            logic = found.text
        else:
            logic = self._table(decision, kind, labels, needs)
        return graph.Decision(
            decision.id,
            name,
            logic,
            tuple(sorted(needs)),
            label=labels.get(decision.id, ""),
            description=decision.because or "",
        )

    def _kind(self, decision: Decision) -> Type:
        """The type of what comes out: a few texts are as good as a code list."""
        if decision.value is not None:
            return self._typed[decision.value].type
        if decision.hit_policy == "collect_count":
            return NUMBER
        results = [self._typed[one] for one in _results(decision)]
        kind = united([one.type for one in results]) or NULL
        texts = [one.tree.value for one in results if isinstance(one.tree, Text)]
        nulls = sum(plain(one.type) == NULL for one in results)
        if texts and len(texts) + nulls == len(results):
            kind = Choice(decision.id, frozenset(texts))
        return ListOf(kind) if decision.hit_policy in _LISTS else kind

    def _table(
        self, decision: Decision, kind: Type, labels: Mapping[str, str], needs: set[str]
    ) -> graph.Table:
        columns = [self._column(name, labels, needs) for name in decision.inputs]
        has_conditions = any(rule.condition is not None for rule in decision.rules)
        if has_conditions or not columns:
            # Against `true`, a condition and the value it has are the same test for every engine.
            columns.append(graph.Column("true", "boolean", CONDITION))
        policy, aggregation = POLICIES[decision.hit_policy]
        return graph.Table(
            policy,
            aggregation,
            tuple(columns),
            _allowed(kind),
            self._otherwise(decision, needs),
            ANNOTATIONS,
            tuple(self._row(rule, decision.inputs, len(columns), needs) for rule in decision.rules),
        )

    def _column(self, name: str, labels: Mapping[str, str], needs: set[str]) -> graph.Column:
        kind = self._kinds.get(name)
        outside = portable_name(name)
        if kind is not None and plain(kind) == PARTIAL_DATE:
            outside += LATEST
        root = outside.partition(".")[0]
        needs.add(root)
        self._sources.note(root)
        type_name = ANYTHING if kind is None else self._types.name(kind, name)
        return graph.Column(outside, type_name, labels.get(name, name))

    def _row(
        self, rule: TableRule, inputs: Sequence[str], width: int, needs: set[str]
    ) -> graph.Row:
        cells = []
        for name in inputs:
            cell = rule.cells.get(name)
            cells.append(ANY if cell is None else self._cell(cell, needs))
        if len(cells) < width:
            cells.append(ANY if rule.condition is None else self._test(rule.condition, needs))
        then = self._sources.rule(self._typed[rule.then])
        needs |= then.reads
        reason = rule.reason.german if rule.reason else ""
        return graph.Row(tuple(cells), then.text, (rule.id, rule.because or "", reason))

    def _cell(self, cell: Expression, needs: set[str]) -> str:
        found = self._sources.cell(self._typed[cell])
        needs |= found.reads
        return found.text

    def _test(self, condition: Expression, needs: set[str]) -> str:
        """In brackets where a cell would read it otherwise: `not(…)` turns a whole cell around."""
        found = self._sources.rule(self._typed[condition])
        needs |= found.reads
        return f"({found.text})"

    def _otherwise(self, decision: Decision, needs: set[str]) -> str | None:
        if decision.otherwise is None:
            return None
        found = self._sources.rule(self._typed[decision.otherwise])
        needs |= found.reads
        return found.text


def _results(decision: Decision) -> list[Expression]:
    results = [rule.then for rule in decision.rules]
    return results if decision.otherwise is None else [*results, decision.otherwise]


def _allowed(kind: Type) -> tuple[str, ...]:
    kind = plain(kind)
    if isinstance(kind, ListOf):
        kind = plain(kind.item)
    return tuple(map(print_value, sorted(kind.values))) if isinstance(kind, Choice) else ()
