"""Chapter 4: the Quick Check, its questions, decisions and outcomes."""

from collections.abc import Iterator

from engine.explain.tables import decision_words, rule_words
from engine.handbook.fields import question_table
from engine.handbook.structure import (
    CODE,
    QUIET,
    STRONG,
    Block,
    Cell,
    Line,
    Paragraphs,
    Run,
    Section,
    Table,
    cell,
    line,
    named,
    numbered,
)
from engine.handbook.telling import Telling
from engine.model import Decision, Outcome, QuickCheck, TableRule
from engine.rules.tree import Text


def quick_check(one: Telling) -> Section:
    """Everything that is decided before anybody applies."""
    t, check = one.t, one.procedure.quick_check
    if check is None:
        return Section("4", t("chapter.quick_check"), "quick-check", (Paragraphs(cell(t("none"))),))
    intro = Paragraphs((line(one.author(check.title), STRONG), *one.paragraphs(check.intro)))
    questions = question_table(one, check)
    parts: list[tuple[str, str, tuple[Block, ...]]] = [
        (t("check.questions"), "fragen", (questions,)),
        (t("check.outcomes"), "ergebnisse", (_outcomes(one, check),)),
    ]
    parts += [
        (
            f"{t('check.decision')} {decision.id}",
            f"entscheidung-{decision.id}",
            tuple(_decision(one, check, decision)),
        )
        for decision in check.decisions
    ]
    return Section("4", t("chapter.quick_check"), "quick-check", (intro,), numbered("4", parts))


def _outcomes(one: Telling, check: QuickCheck) -> Table:
    t = one.t
    heads = tuple(t(f"outcome.{name}") for name in ("id", "text", "may_apply"))
    rows = tuple(_outcome(one, outcome) for outcome in check.outcomes)
    anchors = tuple(f"ergebnis-{outcome.id}" for outcome in check.outcomes)
    return Table(t("check.outcomes"), heads, (26, 60, 14), rows, anchors)


def _outcome(one: Telling, outcome: Outcome) -> tuple[Cell, ...]:
    text = [line(one.author(outcome.title), STRONG), *one.paragraphs(outcome.text)]
    if outcome.next is not None:
        text.append(named(one.t("outcome.next"), one.author(outcome.next)))
    if outcome.reached:
        text.append(line(one.t("outcome.reached"), QUIET))
    return cell(outcome.id, CODE), tuple(text), cell(one.yes(outcome.may_apply))


def _decision(one: Telling, check: QuickCheck, decision: Decision) -> Iterator[Block]:
    yield Paragraphs(tuple(_about(one, check, decision)))
    if not decision.rules:
        return
    t, typed = one.t, one.plan.checked.typed
    said = decision_words(decision, typed, one.questions, one.speech)
    heads = tuple(t(f"rule.{name}") for name in ("id", "when", "then", "because"))
    rows = [
        (cell(rule.id, CODE), _when(one, rule), _then(one, check, decision, rule, row.then),
         _because(one, rule))
        for rule, row in zip(decision.rules, said.rows, strict=True)
    ]  # fmt: skip
    if decision.otherwise is not None:
        otherwise = (line(said.otherwise), one.feel(decision.otherwise))
        rows.append((cell(t("rule.otherwise"), STRONG), (), otherwise, ()))
    anchors = tuple(f"regel-{decision.id}-{rule.id}" for rule in decision.rules)
    yield Table(
        f"{t('check.decision')} {decision.id}", heads, (9, 48, 18, 25), tuple(rows), anchors
    )


def _about(one: Telling, check: QuickCheck, decision: Decision) -> Iterator[Line]:
    t = one.t
    if decision.id == check.result:
        yield line(t("check.is_result"))
    if decision.id in check.reasons:
        yield line(t("check.is_reason"))
    if decision.id in check.fulfilled:
        yield line(t("check.is_fulfilled"))
    if decision.id == check.earliest:
        yield line(t("check.is_earliest"))
    if decision.because:
        yield named(t("because"), one.law(decision.because))
    if decision.value is not None:
        yield named(t("check.value"), one.value(decision.value, one.questions))
        yield one.feel(decision.value)
    if decision.rules:
        yield named(t("check.policy"), one.speech.t(f"policy.{decision.hit_policy}"))


def _when(one: Telling, rule: TableRule) -> Cell:
    """A line per cell and one for the condition, then both as the engine reads them."""
    said = rule_words(rule, one.plan.checked.typed, one.questions, one.speech)
    lines = [line(words) for words in said] or [line(one.speech.t("table.always"))]
    written = [(name, test) for name, test in rule.cells.items()]
    for name, test in written:
        runs = (Run("FEEL: ", QUIET), Run(f"{name}: {one.feel(test).runs[1].text}", CODE))
        lines.append(Line(runs))
    if rule.condition is not None:
        lines.append(one.feel(rule.condition))
    return tuple(lines)


def _then(one: Telling, check: QuickCheck, decision: Decision, rule: TableRule, said: str) -> Cell:
    feel = one.feel(rule.then)
    written = feel.runs[1].text
    if decision.id == check.result:
        titles = {f'"{outcome.id}"': one.author(outcome.title) for outcome in check.outcomes}
        said = titles.get(written, said)
    elif isinstance(rule.then.tree, Text):
        return cell(rule.then.tree.value, CODE)  # a name of the author: words would say the same
    return line(said), feel


def _because(one: Telling, rule: TableRule) -> Cell:
    lines = [*cell(one.law(rule.because))]
    if rule.reason is not None:
        lines.append(named(one.t("rule.reason"), one.author(rule.reason)))
    return tuple(lines)
