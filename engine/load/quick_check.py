"""The Quick Check: questions, decisions that build on each other, outcomes."""

from engine.load.block import Block, open_block
from engine.load.field_keys import QUESTION_KEYS
from engine.load.fields import load_field
from engine.model import Decision, Expression, Field, Outcome, QuickCheck, TableRule
from engine.model_parts import Word
from engine.nodes import Mapping, Node, Scalar, head

QUICK_CHECK_KEYS = (
    "title", "intro", "questions", "decisions", "result", "reasons", "fulfilled", "earliest",
    "outcomes",
)  # fmt: skip
DECISION_KEYS = (
    "decision", "value", "hit_policy", "inputs", "rules", "otherwise", "because",
)  # fmt: skip
RULE_KEYS = ("rule", "when", "if", "then", "because", "reason")
OUTCOME_KEYS = ("outcome", "title", "text", "next", "may_apply", "reached")
HIT_POLICIES = (
    "unique", "any", "first", "collect", "rule_order", "collect_sum", "collect_min", "collect_max",
    "collect_count",
)  # fmt: skip


def load_quick_check(head_block: Block) -> QuickCheck | None:
    """The Quick Check, if the procedure has one."""
    block = head_block.block("quick_check", QUICK_CHECK_KEYS, "quick_check")
    entry = head_block.entry("quick_check")
    if block is None or entry is None:
        return None
    names: dict[str, Word] = {}
    questions = _questions(block, names)
    decisions = _decisions(block, names)
    return QuickCheck(
        title=block.needed_text("title"),
        intro=block.text("intro"),
        questions=questions,
        decisions=decisions,
        result=block.string("result", required=True),
        reasons=block.words("reasons"),
        fulfilled=block.words("fulfilled"),
        earliest=block.optional("earliest"),
        outcomes=_outcomes(block),
        span=entry.key.span,
    )


def _questions(block: Block, names: dict[str, Word]) -> tuple[Field, ...]:
    found = []
    for node in block.items("questions", required=True):
        inner = open_block(block.loading, node, QUESTION_KEYS)
        if inner is None:
            continue
        if "field" not in inner:
            inner.missing("field")
            continue
        question = load_field(inner, block.path, names, {})
        if question is not None:
            found.append(question)
    return tuple(found)


def _decisions(block: Block, names: dict[str, Word]) -> tuple[Decision, ...]:
    found = []
    for node in block.items("decisions", required=True):
        inner = open_block(block.loading, node, DECISION_KEYS)
        decision = None if inner is None else _decision(inner, names)
        if decision is not None:
            found.append(decision)
    return tuple(found)


def _decision(block: Block, names: dict[str, Word]) -> Decision | None:
    scalar = block.scalar("decision", required=True)
    if scalar is None:
        return None
    name = block.loading.name(scalar)
    block.loading.declare(names, name)
    block.path = f"quick_check.decision.{name}"
    block.both("value", "rules", "value-and-rules")
    if "rules" not in block and "value" not in block:
        values = {"key": "rules", "other": "value"}
        block.loading.findings.add("decision-without-value", name.span, values)
    value = block.rule("value")
    is_table = "rules" in block
    policy = block.word("hit_policy", HIT_POLICIES, "unique")
    return Decision(
        id=name,
        value=value,
        hit_policy=policy if is_table else "",
        inputs=block.words("inputs"),
        rules=_rules(block),
        otherwise=block.rule("otherwise"),
        because=block.cite("because"),
        span=name.span,
    )


def _rules(block: Block) -> tuple[TableRule, ...]:
    known: dict[str, Word] = {}
    found = []
    for node in block.items("rules"):
        inner = open_block(block.loading, node, RULE_KEYS)
        rule = None if inner is None else _rule(inner, block.path, known)
        if rule is not None:
            found.append(rule)
    return tuple(found)


def _rule(block: Block, path: str, known: dict[str, Word]) -> TableRule | None:
    scalar = block.scalar("rule", required=True)
    then = block.rule("then", required=True)
    cells = _cells(block)
    condition = block.rule("if")
    if scalar is None or then is None:
        return None
    name = block.loading.label(scalar)
    block.loading.declare(known, name)
    block.path = f"{path}.{name}"
    reason = block.text("reason")
    return TableRule(name, cells, condition, then, block.cite("because"), reason, name.span)


def _cells(block: Block) -> dict[str, Expression]:
    value = block.value("when")
    if value is None:
        return {}
    if not isinstance(value, Mapping):
        block.loading.wrong_shape(value, "mapping")
        return {}
    cells: dict[str, Expression] = {}
    for entry in value.entries:
        scalar = _cell(block, entry.value)
        if scalar is not None:
            cells[Word(entry.key.text, entry.key.span)] = block.loading.cell(scalar)
    return cells


def _cell(block: Block, node: Node) -> Scalar | None:
    """`[1..10]` without quotes is a YAML list: say what to do, not what it is."""
    if isinstance(node, Scalar):
        return node
    block.loading.findings.add("cell-without-quotes", head(node))
    return None


def _outcomes(block: Block) -> tuple[Outcome, ...]:
    known: dict[str, Word] = {}
    found = []
    for node in block.items("outcomes", required=True):
        inner = open_block(block.loading, node, OUTCOME_KEYS)
        scalar = None if inner is None else inner.scalar("outcome", required=True)
        if inner is None or scalar is None:
            continue
        name = block.loading.label(scalar)
        block.loading.declare(known, name)
        inner.path = f"quick_check.outcome.{name}"
        title, text = inner.needed_text("title"), inner.text("text")
        following, may = inner.text("next"), inner.flag("may_apply")
        reached = inner.flag("reached")
        found.append(Outcome(name, title, text, following, may, name.span, reached))
    return tuple(found)
