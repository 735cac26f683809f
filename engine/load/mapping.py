"""The mapping of a message: elements in order, and the instructions that begin with `$`."""

import re
from collections.abc import Callable, Iterable

from engine.load.block import Block
from engine.load.loading import Loading
from engine.model import Expression
from engine.model_outputs import (
    MapAddress,
    MapBranch,
    MapChoose,
    MapCode,
    MapDocument,
    MapEach,
    MapList,
    MapNode,
    MapPartial,
    MapTree,
    MapValue,
)
from engine.model_parts import Word
from engine.nodes import Entry, Mapping, Node, Scalar, Sequence, head
from engine.values import ADDRESS_PARTS

# What wraps content, outermost first; what is content; what belongs to a content.
WRAPPERS = ("$document", "$each", "$when")
CONTENTS = ("$value", "$code", "$code_of", "$partial", "$address", "$choose")
COMPANIONS = {
    "$limit": ("$each",),
    "$table": ("$code_of",),
    "$list": ("$code", "$code_of"),
    "$version": ("$code", "$code_of"),
}
INSTRUCTIONS = (*WRAPPERS, *CONTENTS, *COMPANIONS)
MAX_LIMIT = 1000
_ELEMENT = re.compile(r"[A-Za-z_][A-Za-z0-9_.-]{0,127}")


def load_tree(loading: Loading, node: Node) -> MapTree | None:
    """The elements of the message."""
    if not isinstance(node, Mapping):
        loading.wrong_shape(node, "mapping")
        return None
    _known_instructions(loading, node)
    return _children(loading, node.entries, node)


def _children(loading: Loading, entries: Iterable[Entry], node: Node) -> MapTree:
    found: list[tuple[str, MapNode]] = []
    for entry in entries:
        key = entry.key
        if key.text.startswith("$"):
            continue  # an unknown one, and already reported
        if not _ELEMENT.fullmatch(key.text):
            loading.findings.add("wrong-element-name", key.span, {"name": key.text[:80]})
            continue
        content = load_node(loading, entry.value)
        if content is not None:
            found.append((Word(key.text, key.span), content))
    return MapTree(tuple(found), head(node))


def load_node(loading: Loading, node: Node) -> MapNode | None:
    """The content of one element."""
    if isinstance(node, Scalar):
        if node.is_empty:
            loading.findings.add("empty-value", node.span, {"key": ""})
            return None
        return MapValue(loading.rule(node), node.span)
    if isinstance(node, Sequence):
        entries = (load_node(loading, one) for one in node.items)
        return MapList(tuple(one for one in entries if one is not None), head(node))
    _known_instructions(loading, node)
    return _wrapped(loading, node, WRAPPERS)


def _known_instructions(loading: Loading, node: Mapping) -> None:
    keys = {entry.key.text for entry in node.entries}
    for entry in node.entries:
        key = entry.key
        if not key.text.startswith("$"):
            continue
        if key.text not in INSTRUCTIONS:
            loading.unknown_word("unknown-instruction", key, INSTRUCTIONS)
        owners = COMPANIONS.get(key.text)
        if owners and not keys.intersection(owners):
            values = {"key": key.text, "owners": ", ".join(owners)}
            loading.findings.add("instruction-alone", key.span, values)


def _wrapped(loading: Loading, node: Mapping, wrappers: tuple[str, ...]) -> MapNode | None:
    """Peel off one wrapper after the other; inside is the content."""
    for position, wrapper in enumerate(wrappers):
        value = node.get(wrapper)
        if value is None:
            continue
        content = _wrapped(loading, node, wrappers[position + 1 :])
        return None if content is None else _WRAP[wrapper](loading, node, value, content)
    return _content(loading, node)


def _document(loading: Loading, node: Mapping, value: Node, content: MapNode) -> MapNode | None:
    return MapDocument(tuple(loading.words(value)), content, head(node))


def _each(loading: Loading, node: Mapping, value: Node, content: MapNode) -> MapNode | None:
    over = _rule(loading, value)
    if over is None:
        return None
    limit = node.get("$limit")
    most = loading.integer(limit, 1, MAX_LIMIT) if isinstance(limit, Scalar) else None
    return MapEach(over, content, most, head(node))


def _when(loading: Loading, node: Mapping, value: Node, content: MapNode) -> MapNode | None:
    condition = _rule(loading, value)
    span = head(node)
    return None if condition is None else MapChoose((MapBranch(condition, content, span),), span)


_Wrap = Callable[[Loading, Mapping, Node, MapNode], MapNode | None]
_WRAP: dict[str, _Wrap] = {"$document": _document, "$each": _each, "$when": _when}


def _content(loading: Loading, node: Mapping) -> MapNode | None:
    present = [entry for entry in node.entries if entry.key.text in CONTENTS]
    elements = [entry for entry in node.entries if not entry.key.text.startswith("$")]
    if not present:
        return _children(loading, elements, node)
    for other in (*present[1:], *elements):
        values = {"key": other.key.text, "other": present[0].key.text}
        loading.findings.add("two-contents", other.key.span, values)
    first = present[0]
    return _CONTENT[first.key.text](loading, node, first.value)


def _value(loading: Loading, node: Mapping, value: Node) -> MapNode | None:
    rule = _rule(loading, value)
    return None if rule is None else MapValue(rule, head(node))


def _code(loading: Loading, node: Mapping, value: Node) -> MapNode | None:
    scalar = loading.scalar(value)
    return None if scalar is None else _coded(loading, node, scalar.text.strip(), None)


def _code_of(loading: Loading, node: Mapping, value: Node) -> MapNode | None:
    rule = _rule(loading, value)
    return None if rule is None else _coded(loading, node, None, rule)


def _coded(loading: Loading, node: Mapping, code: str | None, rule: Expression | None) -> MapCode:
    return MapCode(
        code=code,
        value=rule,
        table=_table(loading, node.get("$table")),
        list_uri=_text(loading, node.get("$list")),
        list_version=_text(loading, node.get("$version")),
        span=head(node),
    )


def _table(loading: Loading, node: Node | None) -> dict[str, str]:
    if node is None:
        return {}
    if not isinstance(node, Mapping):
        loading.wrong_shape(node, "mapping")
        return {}
    found: dict[str, str] = {}
    for entry in node.entries:
        scalar = loading.scalar(entry.value)
        if scalar is not None:
            found[Word(entry.key.text, entry.key.span)] = scalar.text.strip()
    return found


def _partial(loading: Loading, node: Mapping, value: Node) -> MapNode | None:
    rule = _rule(loading, value)
    return None if rule is None else MapPartial(rule, head(node))


def _address(loading: Loading, node: Mapping, value: Node) -> MapNode | None:
    if not isinstance(value, Mapping):
        rule = _rule(loading, value)
        return None if rule is None else MapAddress(rule, {}, head(node))
    block = Block(loading, value, ADDRESS_PARTS)
    parts = {part: block.rule(part) for part in ADDRESS_PARTS if part in block}
    known = {part: rule for part, rule in parts.items() if rule is not None}
    return MapAddress(None, known, head(node))


def _choose(loading: Loading, node: Mapping, value: Node) -> MapNode | None:
    if not isinstance(value, Sequence):
        loading.wrong_shape(value, "list")
        return None
    branches = [_branch(loading, one) for one in value.items]
    return MapChoose(tuple(one for one in branches if one is not None), head(node))


def _branch(loading: Loading, node: Node) -> MapBranch | None:
    """A branch without `$when` is the one for all other cases."""
    if not isinstance(node, Mapping):
        content = load_node(loading, node)
        return None if content is None else MapBranch(None, content, head(node))
    _known_instructions(loading, node)
    wrappers = tuple(one for one in WRAPPERS if one != "$when")
    content = _wrapped(loading, node, wrappers)
    when = node.get("$when")
    condition = None if when is None else _rule(loading, when)
    if content is None or (when is not None and condition is None):
        return None
    return MapBranch(condition, content, head(node))


def _rule(loading: Loading, node: Node) -> Expression | None:
    scalar = loading.scalar(node)
    return None if scalar is None else loading.rule(scalar)


def _text(loading: Loading, node: Node | None) -> str | None:
    scalar = None if node is None else loading.scalar(node)
    return None if scalar is None else scalar.text.strip()


_Content = Callable[[Loading, Mapping, Node], MapNode | None]
_CONTENT: dict[str, _Content] = {
    "$value": _value,
    "$code": _code,
    "$code_of": _code_of,
    "$partial": _partial,
    "$address": _address,
    "$choose": _choose,
}
