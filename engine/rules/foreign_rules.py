"""Reading and checking the parts of FEEL from elsewhere: expressions, cells, boxed expressions."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from engine.diagnostics import Diagnostic, Severity
from engine.rules.cells import check_cell
from engine.rules.check import check
from engine.rules.foreign import MAX_NESTING, Refused
from engine.rules.parse import parse_foreign
from engine.rules.scope import Scope, Typed
from engine.rules.tree import Binding, Choose, Filter, Listing, Loop, Node, Quantified
from engine.rules.types import ListOf, Record, Type, plain
from engine.source import Position, Span
from engine.texts.catalogue import diagnostics
from engine.texts.sentences import words


def locate(start: int, end: int) -> Span:
    """A place in a rule that stands in no file."""
    return Span("rule", Position(1, start + 1), Position(1, end + 1))


class Rules:
    """Reads parts of one record; the first mistake refuses the whole record."""

    def __init__(self, names: Mapping[str, Type], language: str) -> None:
        self._scope = Scope(names, is_foreign=True)
        self._names = (*names, *(part for kind in names.values() for part in _parts(kind)))
        self._language = language

    def rule(self, text: object) -> Typed:
        """An expression by itself."""
        return self.checked(self._parsed(text, ()))

    def cell(self, text: object, kind: Type) -> Typed:
        """A cell of a table."""
        tree = self._parsed(text, (), cell=True)
        typed, found = check_cell(tree, kind, self._scope, locate)
        return self._sound(typed, found)

    def checked(self, tree: Node) -> Typed:
        """A tree with its types."""
        typed, found = check(tree, self._scope, None, locate)
        return self._sound(typed, found)

    def tree(self, logic: object, bound: tuple[str, ...] = (), depth: int = 0) -> Node:
        """The tree of a boxed expression; `bound` are the names that loops around it give."""
        if not isinstance(logic, Mapping):
            raise Refused("malformed", "A part of the logic is missing.")
        if depth > MAX_NESTING:
            raise Refused("rule-too-long", "The logic is nested too deeply.")
        kind = logic.get("kind")
        if kind == "literal":
            return self._parsed(logic.get("text"), bound)
        box = _BOXES.get(kind) if isinstance(kind, str) else None
        if box is None:
            raise Refused("not-in-subset", f"Rules do not have boxed expressions of kind »{kind}«.")
        return box(lambda part, *more: self.tree(part, bound + more, depth + 1), logic)

    def _parsed(self, text: object, bound: tuple[str, ...], *, cell: bool = False) -> Node:
        if not isinstance(text, str):
            raise Refused("malformed", "A part of the logic is no text.")
        tree, found = parse_foreign(text, locate, (*self._names, *bound), cell=cell)
        if tree is None:
            raise self._refused(found[0])
        return tree

    def _sound(self, typed: Typed | None, found: list[Diagnostic]) -> Typed:
        errors = [one for one in found if one.severity is Severity.ERROR]
        if typed is None or errors:
            raise self._refused(errors[0])
        return typed

    def _refused(self, diagnostic: Diagnostic) -> Refused:
        said = words(diagnostic, diagnostics(self._language))
        return Refused(diagnostic.code, said.headline)


def _parts(kind: Type) -> Iterator[str]:
    """The names of the parts of a record, which may hold spaces too."""
    kind = plain(kind)
    if isinstance(kind, ListOf):
        yield from _parts(kind.item)
    elif isinstance(kind, Record):
        for name, part in kind.fields.items():
            yield name
            yield from _parts(part)


Part = Callable[..., Node]
Logic = Mapping[str, Any]


def _name(logic: Logic) -> str:
    name = logic.get("var")
    if not isinstance(name, str) or not name:
        raise Refused("malformed", "A loop has no name for its element.")
    return name


def _choose(tree: Part, logic: Logic) -> Node:
    condition, then, otherwise = (tree(logic.get(key)) for key in ("if", "then", "else"))
    return Choose(0, 0, condition, then, otherwise)


def _loop(tree: Part, logic: Logic) -> Node:
    name = _name(logic)
    binding = Binding(0, 0, name, tree(logic.get("in")))
    return Loop(0, 0, (binding,), tree(logic.get("return"), name))


def _quantified(tree: Part, logic: Logic) -> Node:
    name = _name(logic)
    binding = Binding(0, 0, name, tree(logic.get("in")))
    condition = tree(logic.get("satisfies"), name)
    return Quantified(0, 0, logic["kind"] == "every", (binding,), condition)


def _filter(tree: Part, logic: Logic) -> Node:
    return Filter(0, 0, tree(logic.get("in")), tree(logic.get("match"), "item"))


def _list(tree: Part, logic: Logic) -> Node:
    items = logic.get("items")
    if not isinstance(items, list):
        raise Refused("malformed", "A list has no items.")
    return Listing(0, 0, tuple(tree(item) for item in items))


_BOXES: Mapping[str, Callable[[Part, Logic], Node]] = {
    "conditional": _choose,
    "for": _loop,
    "some": _quantified,
    "every": _quantified,
    "filter": _filter,
    "list": _list,
}
