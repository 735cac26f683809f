"""Checks: rules over answers with the sentence that is shown."""

from engine.load.block import Block, open_block
from engine.model import Check, Template
from engine.model_parts import Expression, Word
from engine.nodes import head

CHECK_KEYS = ("check", "valid_if", "warn_if", "message", "fields", "because")


def load_checks(
    block: Block, path: str, known: dict[str, Word], shown_at: tuple[str, ...] = ()
) -> tuple[Check, ...]:
    """The list at `checks`; `shown_at` is where a check without `fields` is shown."""
    found = []
    for node in block.items("checks"):
        inner = open_block(block.loading, node, CHECK_KEYS)
        if inner is not None:
            check = _load_check(inner, path, known, shown_at)
            if check is not None:
                found.append(check)
    return tuple(found)


def _load_check(
    block: Block, path: str, known: dict[str, Word], shown_at: tuple[str, ...]
) -> Check | None:
    loading = block.loading
    scalar = block.scalar("check", required=True)
    if scalar is None:
        return None
    name = loading.name(scalar)
    loading.declare(known, name)
    block.path = f"{path}.check.{name}"
    block.both("valid_if", "warn_if", "error-and-warning")
    warns = "warn_if" in block and "valid_if" not in block
    condition = block.rule("warn_if" if warns else "valid_if", required=True)
    message = block.needed_text("message")
    fields = block.words("fields", required=not shown_at) or shown_at
    if condition is None or not fields:
        return None
    filled = _filled(block, "message")
    because = block.cite("because")
    return Check(name, condition, warns, message, because, fields, name.span, filled)


def _filled(block: Block, key: str) -> Template | None:
    """The sentence with its `{name}` places, if it has any."""
    scalar = block.scalar(key)
    return block.template(key) if scalar is not None and "{" in scalar.text else None


def short_checks(block: Block, field: Word) -> tuple[Check, ...]:
    """`valid_if` with `message` and `warn_if` with `warning`, both shown at the field itself."""
    found = []
    for rule_key, text_key in (("valid_if", "message"), ("warn_if", "warning")):
        condition = block.rule(rule_key)
        if condition is None:
            if rule_key not in block and text_key in block:
                _alone(block, "message-without-rule", text_key, rule_key)
            continue
        if text_key not in block:
            _alone(block, "rule-without-message", rule_key, text_key)
            continue
        found.append(_short(block, field, condition, rule_key, text_key))
    return tuple(found)


def _alone(block: Block, code: str, key: str, missing: str) -> None:
    entry = block.entry(key)
    span = entry.key.span if entry is not None else head(block.node)
    block.loading.findings.add(code, span, {"key": key, "missing": missing})


def _short(block: Block, field: Word, condition: Expression, rule_key: str, text_key: str) -> Check:
    return Check(
        f"{field}_{rule_key}",
        condition,
        rule_key == "warn_if",
        block.needed_text(text_key),
        None,
        (field,),
        condition.span,
        _filled(block, text_key),
    )
