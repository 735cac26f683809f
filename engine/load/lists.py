"""Code lists: the procedure's own, those at a field, and the ones several procedures share."""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from engine.diagnostics import Diagnostic, Findings
from engine.load.block import Block, open_block
from engine.load.loading import Loading
from engine.model import CodeList, Option
from engine.model_parts import Word
from engine.nodes import Mapping as MappingNode
from engine.nodes import Node, Scalar, read_nodes
from engine.source import Source, Span

LIST_KEYS = ("list", "version", "source", "values")
OPTION_KEYS = ("label", "iso")
MAX_OPTIONS = 5000


@dataclass(frozen=True, slots=True, eq=False)
class SharedLists:
    """The lists of `definitions/shared/`, with the fingerprint of each file."""

    lists: Mapping[str, CodeList] = field(default_factory=dict)
    digests: Mapping[str, str] = field(default_factory=dict)  # list id -> SHA-256 of its text


def read_lists(sources: Iterable[Source]) -> tuple[SharedLists, tuple[Diagnostic, ...]]:
    """All shared lists; a broken one is reported and left out."""
    lists: dict[str, CodeList] = {}
    digests: dict[str, str] = {}
    known: dict[str, Word] = {}
    findings = Findings()
    for source in sources:
        loading = Loading(findings)
        found = _read_list(source, loading)
        if found is not None and loading.declare(known, Word(found.id, found.span)):
            lists[found.id] = found
            digests[found.id] = hashlib.sha256(source.text.encode()).hexdigest()
    return SharedLists(lists, digests), findings.sorted()


def _read_list(source: Source, loading: Loading) -> CodeList | None:
    node, found = read_nodes(source)
    loading.findings.extend(found)
    block = None if node is None else open_block(loading, node, LIST_KEYS)
    if block is None:
        return None
    scalar = block.scalar("list", required=True)
    block.string("version", required=True)
    block.string("source", required=True)
    values = block.value("values", required=True)
    if scalar is None or values is None:
        return None
    name = loading.name(scalar)
    return load_list(loading, values, name, f"list.{name}", name.span)


def load_own_lists(block: Block) -> tuple[CodeList, ...]:
    """The procedure's `lists:`; they are known to the fields from here on."""
    value = block.value("lists")
    if value is None:
        return ()
    if not isinstance(value, MappingNode):
        block.loading.wrong_shape(value, "mapping")
        return ()
    for entry in value.entries:
        name = block.loading.name(entry.key)
        found = load_list(block.loading, entry.value, name, f"list.{name}", name.span)
        if found is not None:
            block.loading.lists[name] = found
    return tuple(block.loading.lists.values())


def load_options(loading: Loading, node: Node, path: str) -> CodeList | None:
    """What stands at `options`: the name of a list, or values with labels."""
    if isinstance(node, Scalar):
        return loading.list_named(node)
    return load_list(loading, node, "", path, node.span)


def load_list(loading: Loading, node: Node, name: str, path: str, span: Span) -> CodeList | None:
    """Values and labels, in the order shown."""
    if not isinstance(node, MappingNode):
        loading.wrong_shape(node, "mapping")
        return None
    if not node.entries:
        loading.findings.add("empty-list", span, {"key": name or "options"})
    if len(node.entries) > MAX_OPTIONS:
        count, limit = str(len(node.entries)), str(MAX_OPTIONS)
        values = {"key": name or "options", "count": count, "limit": limit}
        loading.findings.add("too-many-parts", span, values)
        return None
    options = (_load_option(loading, entry.key, entry.value, path) for entry in node.entries)
    return CodeList(name, tuple(one for one in options if one is not None), span)


def _load_option(loading: Loading, key: Scalar, value: Node, path: str) -> Option | None:
    name = loading.label(key)
    if isinstance(value, Scalar):
        if value.is_empty:
            loading.findings.add("empty-value", key.span, {"key": name})
        return Option(name, loading.text(value, f"{path}.{name}"), None, key.span)
    block = open_block(loading, value, OPTION_KEYS, f"{path}.{name}")
    label = None if block is None else block.text("label", required=True, at="")
    if block is None or label is None:
        return None
    return Option(name, label, block.optional("iso"), key.span)
