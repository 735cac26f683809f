"""Rules of documents and outputs: templates, mapping, code tables."""

from engine.check.directory import Directory
from engine.check.dms_rules import check_dms_rules
from engine.check.scopes import DOCUMENT, Scopes
from engine.check.typing import Typing
from engine.diagnostics import Severity
from engine.model import Procedure
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
from engine.rules.scope import Scope
from engine.rules.types import (
    PARTIAL_DATE,
    UNKNOWN,
    Choice,
    ListOf,
    Record,
    Type,
    family,
    plain,
)
from engine.values import ADDRESS_PARTS


def check_document_rules(
    procedure: Procedure, names: Directory, scopes: Scopes, typing: Typing
) -> None:
    """Conditions and titles of documents, in a row of their group if they have one."""
    groups = names.groups()
    for document in procedure.documents:
        group = groups.get(document.each or "")
        scope = scopes.form if group is None else scopes.row((group,))
        typing.condition(document.required_if, scope)
        typing.condition(document.optional_if, scope)
        typing.template(document.item, scope)


def check_output_rules(
    procedure: Procedure, names: Directory, scopes: Scopes, typing: Typing
) -> None:
    """Titles of the filing, and the mapping of the message."""
    dms, xoev = procedure.outputs.dms, procedure.outputs.xoev
    if dms is not None:
        check_dms_rules(dms, names.groups(), scopes.outputs, typing)
    if xoev is not None:
        _node(xoev.tree, scopes.outputs, typing)


def _node(node: MapNode, scope: Scope, typing: Typing) -> None:
    match node:
        case MapTree(children=children):
            for _, content in children:
                _node(content, scope, typing)
        case MapChoose(branches=branches):
            for branch in branches:
                _branch(branch, scope, typing)
        case MapList(entries=entries):
            for entry in entries:
                _node(entry, scope, typing)
        case MapEach(content=content):
            _node(content, _item_scope(node, scope, typing), typing)
        case MapDocument(content=content):
            _node(content, scope.inner({"document": DOCUMENT}), typing)
        case _:
            _content(node, scope, typing)


def _branch(branch: MapBranch, scope: Scope, typing: Typing) -> None:
    typing.condition(branch.condition, scope)
    _node(branch.content, scope, typing)


def _item_scope(each: MapEach, scope: Scope, typing: Typing) -> Scope:
    typed = typing.rule(each.over, scope)
    kind = UNKNOWN if typed is None else plain(typed.type)
    if kind == UNKNOWN:
        return scope.inner({"item": UNKNOWN})
    if not isinstance(kind, ListOf):
        values = {"found": f"type:{family(kind)}"}
        typing.findings.add("each-needs-a-list", each.over.span, values)
        return scope.inner({"item": UNKNOWN})
    return scope.inner({"item": kind.item})


def _content(node: MapNode, scope: Scope, typing: Typing) -> None:
    match node:
        case MapValue(value=value):
            typed = typing.rule(value, scope)
            if typed is not None and isinstance(plain(typed.type), ListOf | Record):
                values = {"found": f"type:{family(typed.type)}"}
                typing.findings.add("element-needs-a-value", value.span, values)
        case MapCode():
            _code(node, scope, typing)
        case MapPartial(value=value):
            typed = typing.rule(value, scope)
            if typed is not None and plain(typed.type) != PARTIAL_DATE:
                values = {"found": f"type:{family(typed.type)}"}
                typing.findings.add("partial-needs-a-partial-date", value.span, values)
        case MapAddress():
            _address(node, scope, typing)


def _address(node: MapAddress, scope: Scope, typing: Typing) -> None:
    for part in node.parts.values():
        typing.rule(part, scope)
    typed = typing.rule(node.value, scope)
    if typed is None or node.value is None:
        return
    kind = plain(typed.type)
    if not isinstance(kind, Record) or not set(ADDRESS_PARTS) <= set(kind.fields):
        values = {"found": f"type:{family(kind)}"}
        typing.findings.add("address-needs-an-address", node.value.span, values)


def _code(node: MapCode, scope: Scope, typing: Typing) -> None:
    typed = typing.rule(node.value, scope)
    if typed is None or not node.table:
        return
    kind: Type = plain(typed.type)
    if not isinstance(kind, Choice):
        return
    for word in node.table:
        if word not in kind.values and isinstance(word, Word):
            values = {"name": word, "list": kind.name}
            typing.findings.add("table-value-not-in-list", word.span, values)
    missing = sorted(kind.values - set(node.table))
    if missing:
        values = {"missing": ", ".join(missing[:5]), "count": str(len(missing))}
        span = node.value.span if node.value is not None else node.span
        typing.findings.add("table-has-gaps", span, values, severity=Severity.WARNING)
