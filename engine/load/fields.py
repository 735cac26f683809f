"""One question: its type, its options, its limits, and when it has to be answered."""

from datetime import date
from decimal import Decimal

from engine.fields import FIELD_TYPES
from engine.fields.field_type import FieldType
from engine.kinds import Kind
from engine.load.block import Block
from engine.load.changeable import load_changeable
from engine.load.checks import load_checks, short_checks
from engine.load.field_keys import TYPE_KEYS
from engine.load.lists import load_options
from engine.load.unknown_type import UNKNOWN_TYPE
from engine.model import Check, CodeList, Field
from engine.model_parts import Word
from engine.nodes import Scalar, head
from engine.source import Span

STATES = "staaten"
_CHOOSING = (Kind.CHOICE, Kind.CHOICES)
_NEVER_PRESELECTED = (Kind.YES_NO, Kind.DECLARATION)  # a person says yes or no, not a rule


def load_field(
    block: Block, path: str, names: dict[str, Word], checks: dict[str, Word], purpose: str = ""
) -> Field | None:
    """The field of a mapping that begins with `field:`; `purpose` is that of what is around it."""
    loading = block.loading
    scalar = block.scalar("field")
    if scalar is None:
        return None
    name = loading.name(scalar)
    loading.declare(names, name)
    block.path = f"{path}.field.{name}"
    kind = _type(block)
    block.both("required", "required_if", "required-twice")
    return _read(block, name, kind, _checks(block, name, checks), purpose)


def _read(
    block: Block, name: Word, kind: FieldType, checks: tuple[Check, ...], purpose: str
) -> Field:
    options = _options(block, kind)
    changeable, instead = load_changeable(block, kind.kind, options)
    minimum, maximum = _bounds(block, kind)
    shortest, longest = _lengths(block)
    return Field(
        id=name,
        type=kind,
        label=block.needed_text("label"),
        help=block.text("help"),
        hint=block.text("hint"),
        example=block.optional("example"),
        options=options,
        required=block.flag("required"),
        required_if=block.rule("required_if"),
        show_if=block.rule("show_if"),
        checks=checks,
        minimum=minimum,
        maximum=maximum,
        min_length=shortest,
        max_length=longest,
        pattern=_pattern(block),
        pattern_message=block.text("pattern_message"),
        decimals=_decimals(block),
        datatype=block.word("datatype", ("A", "B", "C", "D"), "") or None,
        autocomplete=block.optional("autocomplete"),
        version=_version(block, kind),
        purpose=block.string("purpose", default=purpose),
        was=block.optional("was"),
        internal=block.flag("internal"),
        span=name.span,
        changeable=changeable,
        after_summary=block.flag("after_summary"),
        prefill=block.rule("prefill"),
        instead=instead,
        picture=block.optional("picture"),
    )


def _type(block: Block) -> FieldType:
    """The type; after a wrong one the field is unknown and nothing else is said about it."""
    scalar = block.scalar("type", required=True)
    if scalar is None:
        return UNKNOWN_TYPE
    found = FIELD_TYPES.get(scalar.text.strip())
    if found is None:
        block.loading.unknown_word("unknown-field-type", scalar, tuple(FIELD_TYPES))
        return UNKNOWN_TYPE
    for key in TYPE_KEYS:
        entry = block.entry(key)
        takes = key in found.keys or (key == "prefill" and found.kind not in _NEVER_PRESELECTED)
        if entry is not None and not takes:
            takers = [one.name for one in FIELD_TYPES.values() if key in one.keys]
            values = {"key": key, "type": found.name, "types": ", ".join(takers)}
            block.loading.findings.add("key-not-for-type", entry.key.span, values)
    return found


def _options(block: Block, kind: FieldType) -> CodeList | None:
    loading = block.loading
    if "options" in kind.keys:
        value = block.value("options", required=True)
        found = None if value is None else load_options(loading, value, f"{block.path}.option")
        return found or CodeList("", (), head(block.node))
    if kind.kind not in _CHOOSING and kind.kind is not Kind.ADDRESS:
        return None
    if STATES in loading.shared:
        loading.used.add(STATES)
        return loading.shared[STATES]
    if kind.kind in _CHOOSING:
        loading.findings.add("unknown-list", head(block.node), {"name": STATES, "allowed": ""})
        return CodeList("", (), head(block.node))
    return None


def _checks(block: Block, name: Word, known: dict[str, Word]) -> tuple[Check, ...]:
    return (*short_checks(block, name), *load_checks(block, block.path, known, (name,)))


def _bounds(block: Block, kind: FieldType) -> tuple[Decimal | date | None, Decimal | date | None]:
    dates = kind.kind in (Kind.DATE, Kind.PARTIAL_DATE)
    minimum, maximum = (_bound(block, key, dates) for key in ("min", "max"))
    if minimum is not None and maximum is not None and _reversed(minimum, maximum):
        _bounds_reversed(block, "min", "max")
    return minimum, maximum


def _bound(block: Block, key: str, is_date: bool) -> Decimal | date | None:
    scalar = block.scalar(key)
    if scalar is None:
        return None
    return block.loading.day(scalar) if is_date else block.loading.number(scalar)


def _reversed(low: Decimal | date, high: Decimal | date) -> bool:
    if isinstance(low, Decimal) and isinstance(high, Decimal):
        return low > high
    return isinstance(low, date) and isinstance(high, date) and low > high


def _bounds_reversed(block: Block, low: str, high: str) -> None:
    entry = block.entry(low)
    if entry is not None:
        values = {"low": low, "high": high}
        block.loading.findings.add("bounds-reversed", head(entry.value), values)


def _lengths(block: Block) -> tuple[int | None, int | None]:
    shortest = _whole(block, "min_length", 0, 4000)
    longest = _whole(block, "max_length", 1, 4000)
    if shortest is not None and longest is not None and shortest > longest:
        _bounds_reversed(block, "min_length", "max_length")
    return shortest, longest


def _decimals(block: Block) -> int | None:
    return _whole(block, "decimals", 0, 9)


def _whole(block: Block, key: str, low: int, high: int) -> int | None:
    scalar = block.scalar(key)
    return None if scalar is None else block.loading.integer(scalar, low, high)


def _pattern(block: Block) -> str | None:
    scalar = block.scalar("pattern")
    if scalar is None:
        return None
    if "pattern_message" not in block:
        values = {"key": "pattern", "missing": "pattern_message"}
        block.loading.findings.add("rule-without-message", _key_span(block, scalar), values)
    return Word(scalar.text, scalar.span)


def _key_span(block: Block, scalar: Scalar) -> Span:
    entry = block.entry("pattern")
    return entry.key.span if entry is not None else scalar.span


def _version(block: Block, kind: FieldType) -> str | None:
    """Which wording somebody agreed to must be told years later."""
    required = kind.kind is Kind.DECLARATION
    return block.string("version", required=required) or None
