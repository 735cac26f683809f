"""The outputs: documents and code tables they name exist, and the reader can be addressed."""

from collections.abc import Iterator

from engine.check.directory import Directory, unknown
from engine.check.dms import check_dms
from engine.diagnostics import Findings
from engine.model import Procedure
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

SUMMARY, ALL = "summary", "*"


def check_outputs(procedure: Procedure, names: Directory, findings: Findings) -> None:
    """Filing and message."""
    dms, xoev = procedure.outputs.dms, procedure.outputs.xoev
    if dms is not None:
        check_dms(procedure, dms, names, findings)
    if xoev is None:
        return
    for key in ("ags", "dvdv_key"):
        if not getattr(procedure.authority, key):
            findings.add("reader-not-named", xoev.span, {"key": key})
    for node in map_nodes(xoev.tree):
        if isinstance(node, MapDocument):
            for word in node.documents:
                if word not in (SUMMARY, ALL) and word not in names.documents:
                    unknown(findings, "unknown-document", word, names.documents)


def map_nodes(node: MapNode) -> Iterator[MapNode]:
    """The node and everything below it."""
    waiting: list[MapNode] = [node]
    while waiting:
        one = waiting.pop()
        yield one
        waiting.extend(reversed(_below(one)))


def _below(node: MapNode) -> tuple[MapNode, ...]:
    match node:
        case MapTree(children=children):
            return tuple(content for _, content in children)
        case MapChoose(branches=branches):
            return tuple(branch.content for branch in branches)
        case MapList(entries=entries):
            return entries
        case MapEach(content=content) | MapDocument(content=content):
            return (content,)
        case MapValue() | MapCode() | MapPartial() | MapAddress():
            return ()
