"""Which element is made of which answer, as a table."""

import csv
import io
from collections.abc import Iterator, Sequence

from engine.model import Field, Group, Item, Procedure
from engine.model_outputs import (
    MapAddress,
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

Row = tuple[str, str, str, str]
_XML_HEAD = ("element", "content", "made_of", "only_if")
_JSON_HEAD = ("answer", "type", "label", "options")


def table(procedure: Procedure) -> str:
    """CSV: of the message if there is one, else of the answers."""
    output = procedure.outputs.xoev
    if output is None:
        return _csv(
            _JSON_HEAD, _answers("", [one for page in procedure.pages for one in page.items])
        )
    return _csv(_XML_HEAD, _tree(output.message, output.tree, ""))


def _csv(head: Sequence[str], rows: Iterator[Row]) -> str:
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";", lineterminator="\n")
    writer.writerow(head)
    writer.writerows(rows)
    return text.getvalue()


def _tree(path: str, tree: MapTree, condition: str) -> Iterator[Row]:
    if not tree.children:
        yield path, "empty", "", condition
    for name, node in tree.children:
        yield from _node(f"{path}/{name}", node, condition)


def _node(path: str, node: MapNode, condition: str) -> Iterator[Row]:
    match node:
        case MapTree():
            yield from _tree(path, node, condition)
        case MapValue():
            yield path, "text", node.value.text, condition
        case MapPartial():
            yield path, "day, month or year", node.value.text, condition
        case MapCode():
            yield path, f"code {node.list_uri or ''}".strip(), _code(node), condition
        case MapAddress():
            yield path, "address", _address(node), condition
        case MapChoose():
            for branch in node.branches:
                asked = branch.condition.text if branch.condition else ""
                yield from _node(path, branch.content, _and(condition, asked))
        case MapList():
            for entry in node.entries:
                yield from _node(path, entry, condition)
        case MapEach():
            yield path, "once for each", node.over.text, condition
            yield from _node(path, node.content, condition)
        case MapDocument():
            yield path, "once for each file", ", ".join(node.documents), condition
            yield from _node(path, node.content, condition)


def _code(node: MapCode) -> str:
    if node.code is not None or node.value is None:
        return f'"{node.code or ""}"'
    translated = "; ".join(f"{answer} → {code}" for answer, code in node.table.items())
    return f"{node.value.text} ({translated})" if translated else node.value.text


def _address(node: MapAddress) -> str:
    if node.value is not None:
        return node.value.text
    return ", ".join(f"{name}: {one.text}" for name, one in node.parts.items())


def _and(condition: str, more: str) -> str:
    return " and ".join(one for one in (condition, more) if one)


def _answers(path: str, items: Sequence[Item]) -> Iterator[Row]:
    for item in items:
        if isinstance(item, Group):
            yield f"{path}{item.id}", "list", item.label.german, ""
            yield from _answers(f"{path}{item.id}[].", item.items)
        elif isinstance(item, Field) and not item.internal:
            keys = ", ".join(one.value for one in item.options.options) if item.options else ""
            yield f"{path}{item.id}", item.type.name, item.label.german, keys
