"""Claims about decision tables: no gaps, no overlaps, no rule and no outcome for nothing."""

from collections.abc import Iterator
from functools import partial

from engine.check.quick_check import names_in, rules_of
from engine.model import Decision, QuickCheck
from engine.prove.claims.claim import Claim
from engine.prove.decisions import Decided
from engine.prove.terms import Bool, both, either, no
from engine.prove.values import Text, Value, is_given, same
from engine.prove.world import Run, World
from engine.rules.tree import Call, Comparison, Name, Node, Null, Tree, walk
from engine.source import Span

_MAY_HAVE_GAPS = ("collect", "rule_order", "collect_sum", "collect_min", "collect_max",
                  "collect_count")  # fmt: skip


def table_claims(world: World) -> Iterator[Claim]:
    """Everything about decisions and outcomes."""
    quick_check = world.plan.procedure.quick_check
    if quick_check is None or world.decisions is None:
        return
    for decided in world.decisions.all.values():
        if decided.decision.rules:
            yield from _gaps(decided, world, quick_check)
            yield from _overlaps(decided)
            yield from _dead(decided)
    yield from _outcomes(world, quick_check)


# --- Gaps ---------------------------------------------------------------------------------------


def _gaps(decided: Decided, world: World, quick_check: QuickCheck) -> Iterator[Claim]:
    """For every set of answers a rule, unless the author reckons with none."""
    one = decided.decision
    if one.hit_policy in _MAY_HAVE_GAPS or one.otherwise is not None:
        return
    if one.id == quick_check.earliest or _is_asked_for_null(one.id, quick_check):
        return
    needs: dict[str, Bool] | None = None
    if one.hit_policy == "first" and one.id != quick_check.result:
        needs = _handing_on(one.id, world)
    if needs == {}:
        return
    yield Claim(
        "table-complete",
        one.id,
        one.span,
        is_wanted=False,
        is_valid=True,
        formula=both(decided.none, True if needs is None else either(*needs.values())),
        happens=partial(_has_gap, tuple(rule.id for rule in one.rules), tuple(needs or ())),
        values={"name": one.id},
        decision=one.id,
    )


def _has_gap(rules: tuple[str, ...], needs: tuple[str, ...], run: Run) -> bool:
    hits = run.result.hits
    if any(rule in hits for rule in rules):
        return False
    return not needs or any(rule in hits for rule in needs)


def _handing_on(name: str, world: World) -> dict[str, Bool] | None:
    """The rules that hand the value of a table on as theirs, and when; None: others read it, too.

    A table that is told as a reason and that nobody reads says nothing where nothing is to say.
    """
    assert world.decisions is not None  # noqa: S101 - the table is one of them
    handed_on: dict[str, Bool] = {}
    for other in world.decisions.all.values():
        bare = 0
        for number, rule in enumerate(other.decision.rules):
            if name in rule.cells:
                return None
            if rule.then.tree is not None and _is_name(rule.then.tree, name):
                is_first = other.decision.hit_policy == "first"
                handed_on[rule.id] = other.first(number) if is_first else other.hits[number]
                bare += 1
        reads = [rule for rule in rules_of(other.decision) if name in names_in(rule)]
        if len(reads) > bare:
            return None
    return handed_on


def _is_asked_for_null(name: str, quick_check: QuickCheck) -> bool:
    """A rule asks whether the table decided anything: then nothing is an answer, too."""
    trees = (rule.tree for decision in quick_check.decisions for rule in rules_of(decision))
    return any(_asks_for_null(tree, name) for tree in trees if tree is not None)


def _asks_for_null(tree: Tree, name: str) -> bool:
    for node in walk(tree):
        match node:
            case Call(function="angegeben", arguments=(only,)) if _is_name(only.value, name):
                return True
            case Comparison(left=left, right=Null()) if _is_name(left, name):
                return True
    return False


def _is_name(node: Node, name: str) -> bool:
    return isinstance(node, Name) and node.name == name


# --- Overlaps -----------------------------------------------------------------------------------


def _overlaps(decided: Decided) -> Iterator[Claim]:
    """`unique`: no two rules hit; `any`: those that hit say the same."""
    one = decided.decision
    if one.hit_policy not in ("unique", "any") or len(one.rules) < 2:
        return
    pairs = tuple(
        _overlap(decided, first, second)
        for second in range(len(one.rules))
        for first in range(second)
    )
    yield Claim(
        pairs[0].code,
        one.id,
        one.span,
        is_wanted=False,
        is_valid=True,
        formula=either(*(pair.formula for pair in pairs)),
        happens=lambda run: any(pair.happens(run) for pair in pairs),
        values={"name": one.id},
        details=pairs,
    )


def _overlap(decided: Decided, first: int, second: int) -> Claim:
    one = decided.decision
    rules = one.rules[first], one.rules[second]
    formula = both(decided.hits[first], decided.hits[second])
    if one.hit_policy == "any":
        formula = both(formula, no(same(decided.results[first], decided.results[second]).is_true))
    return Claim(
        "rules-disjoint" if one.hit_policy == "unique" else "rules-agree",
        f"{one.id}: {rules[0].id}, {rules[1].id}",
        rules[1].span,
        is_wanted=False,
        is_valid=True,
        formula=formula,
        happens=partial(_both_hit, one, rules[0].id, rules[1].id),
        values={
            "name": one.id,
            "first": rules[0].id,
            "second": rules[1].id,
            "first_result": rules[0].then.text,
            "second_result": rules[1].then.text,
        },
    )


def _both_hit(decision: Decision, first: str, second: str, run: Run) -> bool:
    result = run.result
    if first not in result.hits or second not in result.hits:
        return False
    return decision.hit_policy == "unique" or result.decisions.get(decision.id) is None


# --- Rules and outcomes for nothing -------------------------------------------------------------


def _dead(decided: Decided) -> Iterator[Claim]:
    """Every rule can decide something."""
    one = decided.decision
    for number, rule in enumerate(one.rules):
        earlier: dict[str, Bool] = {}
        formula = decided.hits[number]
        if one.hit_policy == "first":
            earlier = {
                other.id: no(hit)
                for other, hit in zip(one.rules[:number], decided.hits, strict=False)
            }
            formula = both(formula, *earlier.values())
        yield Claim(
            "rule-can-hit",
            f"{one.id}: {rule.id}",
            rule.span,
            is_wanted=True,
            is_valid=True,
            formula=formula,
            happens=partial(_hits, rule.id),
            values={"name": one.id, "rule": rule.id},
            own_parts=decided.parts[number],
            other_parts=earlier,
        )


def _hits(rule: str, run: Run) -> bool:
    return rule in run.result.hits


def _outcomes(world: World, quick_check: QuickCheck) -> Iterator[Claim]:
    assert world.decisions is not None  # noqa: S101 - asked by the caller
    value = world.decisions.names[quick_check.result]
    given: list[Bool] = []
    for outcome in quick_check.outcomes:
        comes = _is_text(value, outcome.id)
        given.append(comes)
        yield Claim(
            "outcome-can-come",
            outcome.id,
            outcome.span,
            is_wanted=True,
            is_valid=True,
            formula=comes,
            happens=partial(_comes, outcome.id),
            values={"name": outcome.id},
        )
    result = world.decisions.all[quick_check.result]
    # Gaps and overlaps of the table itself are told as such.
    is_told = result.clash
    if result.hits and result.decision.otherwise is None:
        is_told = either(is_told, result.none)
    yield Claim(
        "always-an-outcome",
        quick_check.result,
        _span_of(quick_check, quick_check.result),
        is_wanted=False,
        is_valid=True,
        formula=both(no(either(*given)), no(is_told)),
        happens=partial(_no_outcome, result.decision),
        values={"name": quick_check.result},
        decision=quick_check.result,
    )


def _no_outcome(table: Decision, run: Run) -> bool:
    if run.result.outcome is not None:
        return False
    hits = sum(rule.id in run.result.hits for rule in table.rules)
    is_gap = bool(table.rules) and table.otherwise is None and not hits
    return not is_gap and not (hits > 1 and table.hit_policy in ("unique", "any"))


def _is_text(value: Value, text: str) -> Bool:
    return both(is_given(value), same(value, Text(True, text)).is_true)


def _comes(outcome: str, run: Run) -> bool:
    found = run.result.outcome
    return found is not None and found.id == outcome


def _span_of(quick_check: QuickCheck, name: str) -> Span:
    found = (one.span for one in quick_check.decisions if one.id == name)
    return next(found, quick_check.span)
