"""Settings: named values of the law, each with the day from which it holds and its source."""

import itertools
from datetime import date

from engine.diagnostics import Note
from engine.load.block import Block, open_block
from engine.load.citations import in_words
from engine.model import DatedValue, Setting, SettingValue
from engine.model_parts import Text, Word, place_of
from engine.nodes import Mapping, Node, Scalar, Sequence, Style, head

VALUE_KEYS = ("value", "valid_from", "source")


def load_settings(block: Block) -> tuple[Setting, ...]:
    """All settings, their values in the order of time."""
    value = block.value("settings")
    if value is None:
        return ()
    if not isinstance(value, Mapping):
        block.loading.wrong_shape(value, "mapping")
        return ()
    found = (_load_setting(block, entry.key, entry.value) for entry in value.entries)
    return tuple(one for one in found if one is not None)


def _load_setting(block: Block, key: Scalar, node: Node) -> Setting | None:
    name = block.loading.name(key)
    nodes = node.items if isinstance(node, Sequence) else (node,)
    found = (_load_value(block, one, f"setting.{name}") for one in nodes)
    values = [one for one in found if one is not None]
    if not values:
        if isinstance(node, Sequence) and not node.items:
            block.loading.findings.add("empty-list", key.span, {"key": name})
        return None
    values.sort(key=lambda one: one.valid_from or date.min)
    _agree(block, name, values)
    return Setting(name, tuple(values), key.span)


def _load_value(block: Block, node: Node, path: str) -> DatedValue | None:
    inner = open_block(block.loading, node, VALUE_KEYS)
    if inner is None:
        return None
    value = inner.value("value", required=True)
    source = inner.string("source", required=True)
    scalar = inner.scalar("valid_from")
    valid_from = None if scalar is None else block.loading.day(scalar)
    if value is None:
        return None
    read = _read(block, value)
    if read is None:
        return None
    words = in_words(source)
    at = f"{path}.{valid_from}.source" if valid_from else f"{path}.source"
    told = Text(at, words, place_of(source, head(value))) if words else None
    return DatedValue(read, valid_from, source, head(value), told)


def _read(block: Block, node: Node) -> SettingValue | None:
    if isinstance(node, Sequence):
        return tuple(block.loading.words(node))
    scalar = block.loading.scalar(node)
    if scalar is None:
        return None
    text = scalar.text.strip()
    if scalar.style is not Style.PLAIN:
        return text
    if text in ("true", "false"):
        return text == "true"
    if text[:1] == "P" and text[1:2].isdigit():
        return block.loading.duration(scalar)
    if text[:1].isdigit() or text[:1] == "-":
        return _number_or_date(block, scalar)
    return text


def _number_or_date(block: Block, scalar: Scalar) -> SettingValue | None:
    text = scalar.text.strip()
    if text[4:5] == "-" or text.count(".") == 2:
        return block.loading.day(scalar)
    return block.loading.number(scalar)


def _agree(block: Block, name: Word, values: list[DatedValue]) -> None:
    """All values of a setting are of one sort, and no two begin on the same day."""
    for before, after in itertools.pairwise(values):
        if before.valid_from == after.valid_from:
            note = Note("setting-same-day:first", before.span)
            day = str(after.valid_from) if after.valid_from else "–"
            found = {"name": name, "day": day}
            block.loading.findings.add("setting-same-day", after.span, found, related=(note,))
        if _sort(before.value) != _sort(after.value):
            note = Note("setting-changes-type:first", before.span)
            block.loading.findings.add(
                "setting-changes-type", after.span, {"name": name}, related=(note,)
            )


def _sort(value: SettingValue) -> type[object]:
    return type(value)
