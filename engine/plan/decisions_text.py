"""Generated code for decisions: values and tables with their hit policies (DMN).

if v1 is False:             # rule E01 of a table with hit policy `first`
    d3 = 'nicht_moeglich'
    H(('ergebnis', 'E01'))
elif …
"""

from engine.model import Decision, TableRule
from engine.plan.places import ALWAYS
from engine.plan.rule_text import RuleText
from engine.plan.source_text import SourceText

_LISTS = ("collect", "rule_order")
_NUMBERS = {"collect_sum": "total", "collect_min": "smallest", "collect_max": "greatest"}


class DecisionsText:
    """Writes decisions; afterwards `names` knows the variable of each."""

    def __init__(self, text: SourceText, rules: RuleText, names: dict[str, str]) -> None:
        self._text = text
        self._rules = rules
        self._names = names

    def write(self, decision: Decision) -> None:
        """One decision, after those that it reads."""
        name = self._text.name("d")
        if decision.value is not None:
            self._text.line(f"{name} = {self._rules.value(decision.value, self._names)}")
        elif decision.hit_policy == "first":
            self._first(decision, name)
        else:
            self._several(decision, name)
        self._names[decision.id] = name

    def _first(self, decision: Decision, name: str) -> None:
        """Left at the first hit. Not a chain of `elif`: Python would nest thousands of them."""
        with self._text.block("while True"):
            for rule in decision.rules:
                with self._text.only_if(self._test(rule)):
                    self._text.line(f"{name} = {self._rules.value(rule.then, self._names)}")
                    self._text.line(f"H({(str(decision.id), str(rule.id))!r})")
                    self._text.line("break")
            self._text.line(f"{name} = {self._otherwise(decision)}")
            self._text.line("break")

    def _several(self, decision: Decision, name: str) -> None:
        """Every rule is tried; what the results make together is up to the policy."""
        results = self._text.name("t")
        self._text.line(f"{results} = []")
        for rule in decision.rules:
            with self._text.block(f"if {self._test(rule)}"):
                result = self._rules.value(rule.then, self._names)
                self._text.line(f"{results}.append({result})")
                self._text.line(f"H({(str(decision.id), str(rule.id))!r})")
        self._text.line(f"{name} = {self._together(decision, results)}")

    def _together(self, decision: Decision, results: str) -> str:
        policy, otherwise = decision.hit_policy, self._otherwise(decision)
        if policy == "collect_count":
            return f"rt.count({results})"
        if policy in _LISTS:
            none = "()" if decision.otherwise is None else f"({otherwise},)"
            return f"tuple({results}) if {results} else {none}"
        if policy in _NUMBERS:
            return f"rt.{_NUMBERS[policy]}({results}) if {results} else {otherwise}"
        combine = "agreed" if policy == "any" else "only"
        return f"{combine}({results}) if {results} else {otherwise}"

    def _otherwise(self, decision: Decision) -> str:
        if decision.otherwise is None:
            return "None"
        return f"({self._rules.value(decision.otherwise, self._names)})"

    def _test(self, rule: TableRule) -> str:
        tests = [self._rules.cell(cell, column, self._names) for column, cell in rule.cells.items()]
        if rule.condition is not None:
            tests.append(self._rules.is_true(rule.condition, self._names))
        return " and ".join(f"({test})" for test in tests if test != ALWAYS) or ALWAYS
