"""Cases: examples that must come out as expected."""

import re
from collections.abc import Mapping as AnyMapping
from datetime import date
from decimal import Decimal

from engine.diagnostics import Fix
from engine.load.block import Block, open_block
from engine.model import Case
from engine.model_parts import Word
from engine.nodes import Mapping, Node, Scalar, Sequence, Style

CASE_KEYS = ("case", "title", "on", "based_on", "quick_check", "given", "expect")
LIST_KEYS = (
    "reasons", "pages", "visible", "hidden", "required", "problems", "warnings",
    "no_warnings", "documents", "required_documents",
)  # fmt: skip
MAPPING_KEYS = ("decisions", "computed")
EXPECT_KEYS = ("outcome", "earliest", *LIST_KEYS, *MAPPING_KEYS)
_NUMBER = re.compile(r"-?(0|[1-9][0-9]{0,17})(\.[0-9]{1,9})?")
_NOTHING = ("", "~", "null")


# Keys of the file beside a definition that holds nothing but cases.
FILE_KEYS = ("procedure", "cases")


def load_cases(block: Block, beside: Node | None = None) -> tuple[Case, ...]:
    """All examples: those in the definition, then those of the file beside it."""
    known: dict[str, Word] = {}
    found: list[Case] = []
    _load_list(block, known, found)
    if beside is not None:
        inner = open_block(block.loading, beside, FILE_KEYS)
        if inner is not None:
            _same_procedure(inner, block)
            _load_list(inner, known, found)
    return tuple(found)


def _load_list(block: Block, known: dict[str, Word], found: list[Case]) -> None:
    for node in block.items("cases"):
        inner = open_block(block.loading, node, CASE_KEYS)
        case = None if inner is None else _load_case(inner, known, found)
        if case is not None:
            found.append(case)


def _same_procedure(beside: Block, block: Block) -> None:
    """A file of cases says whose they are, so that none is read for another procedure."""
    named = beside.scalar("procedure", required=True)
    own = block.string("procedure")
    if named is not None and named.text.strip() != own:
        fix = Fix(named.span, own)
        values = {"name": named.text.strip()[:80], "own": own}
        block.loading.findings.add("cases-of-another", named.span, values, fix=fix)


def _load_case(block: Block, known: dict[str, Word], before: list[Case]) -> Case | None:
    scalar = block.scalar("case", required=True)
    on = _day(block, before)
    if scalar is None:
        return None
    name = block.loading.label(scalar)
    block.loading.declare(known, name)
    return Case(
        id=name,
        title=block.string("title"),
        on=on or date(2000, 1, 1),
        based_on=block.optional("based_on"),
        quick_check=_answers(block, "quick_check"),
        given=_answers(block, "given"),
        expect=_expect(block),
        span=name.span,
    )


def _day(block: Block, before: list[Case]) -> date | None:
    """The day of the case; one that builds on an earlier case takes over its day."""
    based_on = block.optional("based_on")
    base = next((case for case in before if case.id == based_on), None)
    scalar = block.scalar("on", required=base is None)
    if scalar is None:
        return None if base is None else base.on
    return block.loading.day(scalar)


def _answers(block: Block, key: str) -> AnyMapping[str, object]:
    value = block.value(key)
    if value is None:
        return {}
    if not isinstance(value, Mapping):
        block.loading.wrong_shape(value, "mapping")
        return {}
    return {
        Word(entry.key.text, entry.key.span): raw_answer(entry.value) for entry in value.entries
    }


def raw_answer(node: Node) -> object:
    """An answer as in an answer file; texts stay texts, the field says what they mean."""
    if isinstance(node, Sequence):
        return [raw_answer(one) for one in node.items]
    if isinstance(node, Mapping):
        return {
            Word(entry.key.text, entry.key.span): raw_answer(entry.value) for entry in node.entries
        }
    if node.style is Style.PLAIN:
        if node.text in _NOTHING:
            return None
        if node.text in ("true", "false"):
            return node.text == "true"
    return Word(node.text, node.span)


def _expect(block: Block) -> AnyMapping[str, object]:
    inner = block.block("expect", EXPECT_KEYS)
    if inner is None:
        return {}
    found: dict[str, object] = {}
    for key in EXPECT_KEYS:
        entry = inner.entry(key)
        if entry is None:
            continue
        if key in LIST_KEYS:
            found[key] = list(block.loading.words(entry.value))
        elif key in MAPPING_KEYS:
            found[key] = _results(block, entry.value)
        else:
            found[key] = _result(entry.value)
    return found


def _results(block: Block, node: Node) -> AnyMapping[str, object]:
    if not isinstance(node, Mapping):
        block.loading.wrong_shape(node, "mapping")
        return {}
    return {Word(entry.key.text, entry.key.span): _result(entry.value) for entry in node.entries}


def _result(node: Node) -> object:
    """A result: numbers are numbers here, since no field says what they are."""
    raw = raw_answer(node)
    plain = isinstance(node, Scalar) and node.style is Style.PLAIN
    if plain and isinstance(raw, str) and _NUMBER.fullmatch(raw):
        return Decimal(raw)
    if isinstance(node, Sequence):
        return [_result(one) for one in node.items]
    return raw
