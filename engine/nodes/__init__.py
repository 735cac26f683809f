"""YAML text to nodes that know their place (bounded: R22)."""

from engine.nodes.bounds import source_from_bytes
from engine.nodes.compose import read_nodes
from engine.nodes.node import Entry, Mapping, Node, Scalar, Sequence, Style, head
from engine.nodes.places import place

__all__ = [
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
]
