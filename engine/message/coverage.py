"""Which elements of a message a mapping writes, and which optional ones it leaves alone."""

from collections.abc import Iterator
from dataclasses import dataclass

from engine.message.shape import MessageShape, Parts
from engine.model_outputs import (
    MapChoose,
    MapDocument,
    MapEach,
    MapList,
    MapNode,
    MapTree,
)


@dataclass(frozen=True, slots=True)
class Coverage:
    """Paths in message order; of what is left alone the topmost element stands for all in it."""

    mapped: tuple[str, ...]
    unmapped: tuple[str, ...]

    def by_parent(self) -> dict[str, list[str]]:
        """The names of what is left alone, by the element they would stand in; "": the message."""
        found: dict[str, list[str]] = {}
        for path in self.unmapped:
            parent, _, name = path.rpartition("/")
            found.setdefault(parent, []).append(name)
        return found


def coverage(shape: MessageShape, tree: MapTree) -> Coverage:
    """Of a mapping that fits its message.

    Alternatives count as optional, except the marks that only say that there is nothing to say.
    """
    found = dict(_walked("", shape.parts, (tree,), shape))
    mapped = tuple(path for path, is_mapped in found.items() if is_mapped)
    return Coverage(mapped, tuple(path for path, is_mapped in found.items() if not is_mapped))


def _walked(
    path: str, parts: Parts, trees: tuple[MapTree, ...], shape: MessageShape
) -> Iterator[tuple[str, bool]]:
    """Elements that are mapped, and those that could be; all contents of an element as one."""
    for element in parts.elements:
        here = path + element.name
        nodes = [node for tree in trees for name, node in tree.children if name == element.name]
        is_mark = parts.is_choice and element.fixed is not None
        if nodes or ((element.least == 0 or parts.is_choice) and not is_mark):
            yield here, bool(nodes)
        kind = shape.kind(element)
        inner = tuple(one for node in nodes for one in _trees(node))
        if isinstance(kind, Parts) and inner:
            yield from _walked(f"{here}/", kind, inner, shape)


def _trees(node: MapNode) -> Iterator[MapTree]:
    """Every content of an element that has children of its own."""
    match node:
        case MapTree():
            yield node
        case MapChoose(branches=branches):
            for branch in branches:
                yield from _trees(branch.content)
        case MapList(entries=entries):
            for entry in entries:
                yield from _trees(entry)
        case MapEach(content=content) | MapDocument(content=content):
            yield from _trees(content)
