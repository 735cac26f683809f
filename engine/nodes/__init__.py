"""YAML text to nodes that know their place (bounded: R22)."""

from engine.nodes.bounds import MAX_BYTES, source_from_bytes, too_large
from engine.nodes.compose import read_nodes
from engine.nodes.node import Entry, Mapping, Node, Scalar, Sequence, Style, head
from engine.nodes.places import place

__all__ = [
    "MAX_BYTES",
    "Entry",
    "Mapping",
    "Node",
    "Scalar",
    "Sequence",
    "Style",
    "head",
    "place",
    "read_nodes",
    "source_from_bytes",
    "too_large",
]
