"""Generated code for decisions: values, and tables as `engine/rules/table_text` writes them."""

from engine.model import Decision, TableRule
from engine.plan.names import Names
from engine.plan.rule_text import RuleText
from engine.plan.source_text import SourceText
from engine.rules.table_text import HitPolicy, RuleCode, table_lines, test_of

POLICIES = {
    "unique": HitPolicy.UNIQUE,
    "any": HitPolicy.ANY,
    "first": HitPolicy.FIRST,
    "rule_order": HitPolicy.RULE_ORDER,
    "collect": HitPolicy.COLLECT,
    "collect_sum": HitPolicy.SUM,
    "collect_min": HitPolicy.MIN,
    "collect_max": HitPolicy.MAX,
    "collect_count": HitPolicy.COUNT,
}


class DecisionsText:
    """Writes decisions; afterwards `names` knows the variable of each."""

    def __init__(self, text: SourceText, rules: RuleText, names: Names) -> None:
        self._text = text
        self._rules = rules
        self._names = names

    def write(self, decision: Decision) -> None:
        """One decision, after those that it reads."""
        name = self._text.name("d")
        if decision.value is not None:
            self._text.line(f"{name} = {self._rules.value(decision.value, self._names)}")
        else:
            self._table(decision, name)
        self._names[decision.id] = name

    def _table(self, decision: Decision, name: str) -> None:
        otherwise = None
        if decision.otherwise is not None:
            otherwise = f"({self._rules.value(decision.otherwise, self._names)})"
        rules = [self._rule(decision, rule) for rule in decision.rules]
        policy, results = POLICIES[decision.hit_policy], self._text.name("t")
        for line in table_lines(name, results, policy, rules, otherwise):
            self._text.line(line)

    def _rule(self, decision: Decision, rule: TableRule) -> RuleCode:
        tests = [self._rules.cell(cell, column, self._names) for column, cell in rule.cells.items()]
        if rule.condition is not None:
            tests.append(self._rules.is_true(rule.condition, self._names))
        value = self._rules.value(rule.then, self._names)
        return RuleCode(test_of(tests), value, f"H({(str(decision.id), str(rule.id))!r})")
