"""The Quick Check holds together: what is named exists, and every outcome can be given."""

from collections.abc import Iterator
from dataclasses import dataclass

from engine.check.directory import Directory, unknown
from engine.check.free_names import free_names
from engine.diagnostics import Findings, Severity
from engine.model import Decision, Expression, Procedure, QuickCheck
from engine.model_parts import Word
from engine.rules.tree import Choose, Name, Node, Null, Text


def check_quick_check(procedure: Procedure, names: Directory, findings: Findings) -> None:
    """Everything between decisions and outcomes."""
    check = procedure.quick_check
    if check is None:
        return
    _named_decisions(check, names, findings)
    for decision in check.decisions:
        _columns(decision, names, findings)
    _outcomes(check, names, findings)
    _unused(check, names, findings)


def _named_decisions(check: QuickCheck, names: Directory, findings: Findings) -> None:
    for word in (check.result, check.earliest or "", *check.reasons, *check.fulfilled):
        if word and word not in names.decisions:
            unknown(findings, "unknown-decision", word, names.decisions)
    for word in (*check.reasons, *check.fulfilled):
        decision = names.decisions.get(word)
        if decision is not None and not decision.rules and isinstance(word, Word):
            findings.add("reason-not-a-table", word.span, {"name": word})


def _columns(decision: Decision, names: Directory, findings: Findings) -> None:
    """Columns are questions or decisions; cells stand in columns."""
    known = {**names.questions, **names.decisions}
    for word in decision.inputs:
        if word not in known:
            unknown(findings, "unknown-input", word, known)
    columns = decision.inputs or tuple(known)
    for rule in decision.rules:
        for key in rule.cells:
            if key not in columns:
                unknown(findings, "cell-without-column", key, columns)


@dataclass(frozen=True, slots=True)
class _Result:
    """A text that a decision can give, and the rule in which it stands."""

    text: Text
    rule: Expression
    is_direct: bool


def _outcomes(check: QuickCheck, names: Directory, findings: Findings) -> None:
    decision = names.decisions.get(check.result)
    if decision is None:
        return
    results = list(_results(decision, names, []))
    given = set()
    for result in results:
        if result is None:
            continue
        given.add(result.text.value)
        # What another decision gives may be filtered before it becomes the result.
        if result.is_direct and result.text.value not in names.outcomes:
            _unknown_outcome(result, names, findings)
    if None in results:
        return  # something is computed: what it gives is only known when it runs
    for outcome in check.outcomes:
        if outcome.id not in given:
            values = {"name": outcome.id, "decision": check.result}
            findings.add("outcome-never-given", outcome.span, values, severity=Severity.WARNING)


def _unknown_outcome(result: _Result, names: Directory, findings: Findings) -> None:
    span = result.rule.at(result.text.start, result.text.end)
    word = Word(result.text.value, span)
    unknown(findings, "unknown-outcome", word, names.outcomes)


def _results(decision: Decision, names: Directory, visited: list[str]) -> Iterator[_Result | None]:
    """Every text a decision can give; None for what is not written out."""
    if decision.id in visited:
        return
    visited.append(decision.id)
    is_direct = len(visited) == 1
    rules = [rule.then for rule in decision.rules]
    for rule in (decision.value, *rules, decision.otherwise):
        if rule is None or rule.tree is None:
            continue
        for leaf in _leaves(rule.tree):
            if isinstance(leaf, Text):
                yield _Result(leaf, rule, is_direct)
            elif isinstance(leaf, Name) and leaf.name in names.decisions:
                yield from _results(names.decisions[leaf.name], names, visited)
            elif not isinstance(leaf, Null):
                yield None


def _leaves(tree: Node) -> Iterator[Node]:
    """What comes out at the ends of `if … then … else …`."""
    if isinstance(tree, Choose):
        yield from _leaves(tree.then)
        yield from _leaves(tree.otherwise)
    else:
        yield tree


def _unused(check: QuickCheck, names: Directory, findings: Findings) -> None:
    """A decision that nobody asks for is probably a forgotten one."""
    used = {check.result, check.earliest, *check.reasons, *check.fulfilled}
    for decision in check.decisions:
        used.update(decision.inputs)
        for rule in rules_of(decision):
            used.update(names_in(rule))
    for decision in check.decisions:
        if decision.id not in used:
            findings.add(
                "decision-never-used",
                decision.span,
                {"name": decision.id},
                severity=Severity.WARNING,
            )


def rules_of(decision: Decision) -> Iterator[Expression]:
    """Every expression of a decision, cells included."""
    if decision.value is not None:
        yield decision.value
    for rule in decision.rules:
        yield from rule.cells.values()
        if rule.condition is not None:
            yield rule.condition
        yield rule.then
    if decision.otherwise is not None:
        yield decision.otherwise


def names_in(rule: Expression) -> frozenset[str]:
    """The names a rule takes from outside."""
    return (
        frozenset() if rule.tree is None else frozenset(one.name for one in free_names(rule.tree))
    )
