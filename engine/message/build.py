"""From the mapping tree of a definition to elements, node by node; how they are spelled is for
the standard's writer to say.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from engine.fields.address import GERMANY
from engine.message.values import address_parts, as_text, partial_date
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
from engine.model_parts import Expression

Env: TypeAlias = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Made:
    """An element: text, or a code (with the node that made it), or children."""

    name: str
    text: str | None = None
    code: MapCode | None = None
    children: tuple["Made", ...] = ()
    is_abroad: bool = False  # a German address made of one in another state


class Builder:
    """Writes mapping nodes; every method yields no, one or several elements of one name.

    `value` is a rule over names, `documents` gives the names of each file of some documents.
    """

    def __init__(
        self,
        value: Callable[[Expression, Env], object],
        documents: Callable[[Sequence[str]], Iterable[Mapping[str, object]]],
    ) -> None:
        self._value = value
        self._documents = documents

    def children(self, tree: MapTree, env: Env) -> Iterator[Made]:
        """The content of an element, in message order."""
        for name, node in tree.children:
            yield from self.element(name, node, env)

    def element(self, name: str, node: MapNode, env: Env) -> Iterator[Made]:
        """The element `name`, as often as the node says."""
        match node:
            case MapValue():
                text = as_text(self._value(node.value, env))
                if text is not None:
                    yield Made(name, text)
            case MapCode():
                code = self._code(node, env)
                if code is not None:
                    yield Made(name, code, node)
            case MapPartial():
                part = partial_date(self._value(node.value, env))
                yield from _around(name, (part,) if part else ())
            case MapAddress():
                parts = self._address(node, env)
                is_abroad = parts.get("staat", GERMANY) != GERMANY
                yield from _around(name, address_parts(parts), is_abroad=is_abroad)
            case MapTree():
                made = Made(name, children=tuple(self.children(node, env)))
                if made.children or not node.children:
                    yield made
            case _:
                yield from self._repeated(name, node, env)

    def _repeated(self, name: str, node: MapNode, env: Env) -> Iterator[Made]:
        match node:
            case MapChoose():
                for branch in node.branches:
                    if branch.condition is None or self._value(branch.condition, env) is True:
                        yield from self.element(name, branch.content, env)
                        return
            case MapList():
                for entry in node.entries:
                    yield from self.element(name, entry, env)
            case MapEach():
                for item in _rows(self._value(node.over, env))[: node.limit]:
                    yield from self.element(name, node.content, {**env, "item": item})
            case MapDocument():
                for names in self._documents(node.documents):
                    yield from self.element(name, node.content, {**env, "document": names})

    def _code(self, node: MapCode, env: Env) -> str | None:
        if node.value is None:
            return node.code
        found = as_text(self._value(node.value, env))
        return None if found is None else node.table.get(found, found)

    def _address(self, node: MapAddress, env: Env) -> Mapping[str, str]:
        if node.value is not None:
            whole = self._value(node.value, env)
            return whole if isinstance(whole, Mapping) else {}
        parts = {key: as_text(self._value(rule, env)) for key, rule in node.parts.items()}
        return {key: text for key, text in parts.items() if text}


def _around(
    name: str, children: Iterable[tuple[str, str]], *, is_abroad: bool = False
) -> Iterator[Made]:
    made = tuple(Made(child, text) for child, text in children)
    if made:
        yield Made(name, children=made, is_abroad=is_abroad)


def _rows(value: object) -> list[object]:
    match value:
        case None:
            return []
        case list() | tuple():
            return list(value)
        case _:
            return [value]
