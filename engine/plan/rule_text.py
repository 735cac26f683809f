"""Rules inside generated code: each in the reading that its place needs."""

from collections.abc import Iterable, Mapping
from datetime import date

from engine.model import Expression, Field, Template
from engine.plan.names import Names
from engine.plan.shows import shower
from engine.plan.source_text import SourceText
from engine.rules import Compared, Typed, emit, emit_cell, emit_not_false, emit_test
from engine.rules.operands import compared_literal
from engine.rules.tree import Name


class RuleText:
    """Writes rules; `names` says which Python stands for each name of a rule."""

    def __init__(
        self, typed: Mapping[Expression, Typed], text: SourceText, fields: Mapping[str, Field]
    ) -> None:
        self._typed = typed
        self._text = text
        self._fields = fields
        self._days: dict[date, str] = {}

    def value(self, rule: Expression, names: Names) -> str:
        """The value, None where it is undecided."""
        return emit(self._typed[rule], names.__getitem__, self._compared(names))

    def is_true(self, rule: Expression, names: Names) -> str:
        """Truthy exactly if the rule is true."""
        return emit_test(self._typed[rule], names.__getitem__, self._compared(names))

    def not_false(self, rule: Expression, names: Names) -> str:
        """Truthy exactly if the rule is not false."""
        return emit_not_false(self._typed[rule], names.__getitem__, self._compared(names))

    def cell(self, cell: Expression, column: str, names: Names) -> str:
        """Truthy exactly if the cell accepts its column; "True" for an empty one."""
        return emit_cell(self._typed[cell], names[column], names.__getitem__)

    def _compared(self, names: Names) -> Compared:
        return Compared(names.ints.get, self._literal)

    def _literal(self, value: object) -> str:
        """Days are constants of the plan: looking them up costs more than comparing them."""
        if type(value) is not date:
            return compared_literal(value)
        if value not in self._days:
            self._days[value] = self._text.constant(value, "D")
        return self._days[value]

    def reads(self, rules: Iterable[Expression | None]) -> frozenset[str]:
        """The first word of every name that the rules read."""
        known = (self._typed[rule].reads for rule in rules if rule is not None)
        return frozenset(name.partition(".")[0] for reads in known for name in reads)

    def field_named(self, rule: Expression) -> Field | None:
        """The field, if the rule is nothing but its name."""
        return named_field(rule, self._fields)

    def template(self, template: Template, names: Names) -> str:
        """A text with its places filled; what is not answered is left out."""
        parts = []
        for part in template.parts:
            if isinstance(part, str):
                parts.append(repr(part))
            else:
                show = self._text.constant(shower(named_field(part, self._fields)), "show")
                parts.append(f"{show}({self.value(part, names)})")
        return " + ".join(parts) or "''"


def named_field(rule: Expression, fields: Mapping[str, Field]) -> Field | None:
    """The field, if the rule is nothing but its name."""
    return fields.get(rule.tree.name) if isinstance(rule.tree, Name) else None
