"""Decisions: columns, cells and results have types that fit."""

from collections.abc import Iterator

from engine.check.asked import made, trees
from engine.check.directory import Directory
from engine.check.scopes import Scopes
from engine.check.typing import Typing, type_of
from engine.model import Decision, Procedure, TableRule
from engine.rules.bounds import largest, size, sized
from engine.rules.cells import asks_input
from engine.rules.facts import Asked
from engine.rules.scope import Scope, Typed
from engine.rules.tree import Cell, Membership, Name, Node, Text
from engine.rules.types import (
    DATE,
    NULL,
    NUMBER,
    TEXT,
    UNKNOWN,
    Choice,
    Given,
    ListOf,
    Type,
    alike,
    family,
    plain,
    united,
)

_LISTING = ("collect", "rule_order")
_NUMBERS = ("collect_sum", "collect_min", "collect_max")


def check_decisions(
    procedure: Procedure,
    names: Directory,
    order: tuple[str, ...],
    scopes: Scopes,
    typing: Typing,
) -> None:
    """Questions' conditions and all decisions, those that others read first."""
    check = procedure.quick_check
    if check is None:
        return
    for name in order:
        decision = names.decisions.get(name)
        if decision is not None:
            # The result names an outcome, so it is a text.
            wanted = TEXT if name == check.result else None
            scopes.decided(name, *_decide(decision, scopes.quick_check, typing, wanted))
    for question in check.questions:
        scope = scopes.quick_check
        typing.condition(question.show_if, scope)
        typing.condition(question.required_if, scope)
        for one in question.checks:
            typing.check(one, scope)
    _earliest(names.decisions.get(check.earliest or ""), scopes, typing)


def _decide(
    decision: Decision, scope: Scope, typing: Typing, wanted: Type | None
) -> tuple[Type, Asked]:
    """The type, and when there is a value."""
    if decision.value is not None:
        value = typing.rule(decision.value, scope, wanted)
        return type_of(value), made(value) if value is not None else _ALWAYS
    results = _results(decision, scope, typing, wanted)
    if not results or any(one is None for one in results):
        return UNKNOWN, _ALWAYS
    known = [one for one in results if one is not None]
    kind = united([one.type for one in known])
    kind = None if kind is None else sized(kind, largest(map(size, known)))
    if kind is None:
        _differ(decision, known, typing)
        return UNKNOWN, _ALWAYS
    certain = decision.otherwise is not None and all(() in made(one).certain for one in known)
    asked = _ALWAYS if certain else Asked()
    return _by_policy(decision, _as_choice(decision, kind, known), known, typing), asked


_ALWAYS = Asked((), ((),))


def _results(
    decision: Decision, scope: Scope, typing: Typing, wanted: Type | None
) -> list[Typed | None]:
    results = []
    for rule in decision.rules:
        for name, cell in rule.cells.items():
            found = scope.find(name)
            if found is not None:
                typing.cell(cell, found[0], scope)
        hit = scope.where(*_accepted(rule))
        typing.condition(rule.condition, hit)
        results.append(typing.rule(rule.then, hit.where(*trees(rule.condition)), wanted))
    if decision.otherwise is not None:
        results.append(typing.rule(decision.otherwise, scope, wanted))
    return results


def _accepted(rule: TableRule) -> Iterator[Node]:
    """What the cells of a rule that hits say of their columns, as conditions."""
    for name, cell in rule.cells.items():
        match cell.tree:
            case Cell(tests=tests, negated=False) if tests and not any(map(asks_input, tests)):
                yield Membership(0, 0, Name(0, 0, name), tests)


def _differ(decision: Decision, results: list[Typed], typing: Typing) -> None:
    """Results of different types: the first one that does not fit is named."""
    rules = [rule.then for rule in decision.rules]
    if decision.otherwise is not None:
        rules.append(decision.otherwise)
    first = results[0].type
    for rule, result in zip(rules, results, strict=True):
        if not alike(first, result.type):
            values = {
                "name": decision.id,
                "wanted": f"type:{family(first)}",
                "found": f"type:{family(result.type)}",
            }
            typing.findings.add("results-differ", rule.span, values)
            return


def _as_choice(decision: Decision, kind: Type, results: list[Typed]) -> Type:
    """A decision that gives one of a few texts is as good as a code list."""
    texts = [one.tree.value for one in results if isinstance(one.tree, Text)]
    nulls = sum(plain(one.type) == NULL for one in results)
    if texts and len(texts) + nulls == len(results):
        return Choice(decision.id, frozenset(texts))
    return kind


def _by_policy(decision: Decision, kind: Type, results: list[Typed], typing: Typing) -> Type:
    policy = decision.hit_policy
    if policy in _LISTING:
        return Given(ListOf(plain(kind), len(results)))
    if policy == "collect_count":
        return Given(NUMBER)
    if policy in _NUMBERS:
        if plain(kind) not in (NUMBER, NULL, UNKNOWN):
            values = {"policy": policy, "found": f"type:{family(kind)}"}
            typing.findings.add("policy-needs-numbers", decision.rules[0].then.span, values)
            return UNKNOWN
        return NUMBER
    is_given = decision.otherwise is not None and not any(one.may_be_null for one in results)
    return Given(plain(kind)) if is_given else plain(kind)


def _earliest(decision: Decision | None, scopes: Scopes, typing: Typing) -> None:
    if decision is None:
        return
    kind = plain(scopes.quick_check_types.get(decision.id, UNKNOWN))
    if kind not in (DATE, NULL, UNKNOWN):
        values = {"name": decision.id, "found": f"type:{family(kind)}"}
        typing.findings.add("earliest-not-a-date", decision.span, values)
