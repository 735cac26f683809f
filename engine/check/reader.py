"""Which answers a rule, a template, or any part of the outputs reads, by their paths."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, fields, is_dataclass, replace

from engine.model import Group, Procedure, with_paths
from engine.model_dms import AkteLink
from engine.model_outputs import MapEach
from engine.model_parts import Expression
from engine.rules.tree import Filter, Loop, Name, Node, Path, Quantified, children


@dataclass(frozen=True, slots=True)
class Reader:
    """Which answers a rule reads, from where it stands."""

    known: frozenset[str]  # paths of all items
    prefixes: tuple[str, ...] = ("",)  # of the rows around, the innermost first
    bound: Mapping[str, str | None] = field(default_factory=dict)  # loop name -> path of the group

    def inside(self, *groups: Group) -> "Reader":
        """In a row of these groups."""
        prefixes = [""]
        for group in groups:
            prefixes.insert(0, f"{prefixes[0]}{group.id}[].")
        return replace(self, prefixes=tuple(prefixes))

    def read(self, part: object) -> Iterator[str]:
        """The paths that a rule, a template, or any part of the outputs reads."""
        match part:
            case Expression(tree=tree):
                yield from () if tree is None else self._below(tree)
            case MapEach(over=each, content=rest):
                yield from self.read(each)
                yield from self.row(each).read(rest)
            case AkteLink(each=each, title=title, found_by=found_by):
                yield from self.read(each)
                yield from self.row(each).read((title, found_by))
            case tuple():
                for one in part:
                    yield from self.read(one)
            case Mapping():
                yield from self.read(tuple(part.values()))
            case _ if is_dataclass(part):
                yield from self.read(tuple(getattr(part, one.name) for one in fields(part)))

    def row(self, each: Expression) -> "Reader":
        """Where `item` is a row, or a value, of what is gone through."""
        return self._with("item", None if each.tree is None else self._place(each.tree))

    def _with(self, name: str, place: str | None) -> "Reader":
        return replace(self, bound={**self.bound, name: place})

    def _below(self, node: Node) -> Iterator[str]:
        match node:
            case (
                Quantified(bindings=bindings, condition=body) | Loop(bindings=bindings, result=body)
            ):
                reader = self
                for binding in bindings:
                    yield from reader._below(binding.source)
                    reader = reader._with(binding.name, reader._place(binding.source))
                yield from reader._below(body)
            case Filter(source=source, condition=condition):
                yield from self._below(source)
                yield from self._with("item", self._place(source))._below(condition)
            case Name() | Path():
                place = self._place(node)
                if place is not None:
                    yield place
                elif isinstance(node, Path):
                    yield from self._below(node.of)
            case _:
                for child in children(node):
                    yield from self._below(child)

    def _place(self, node: Node) -> str | None:
        """The item that a name or a path means; of an address the address."""
        match node:
            case Name(name=name):
                if name in self.bound:
                    return self.bound[name]
                paths = (prefix + name for prefix in self.prefixes)
                return next((path for path in paths if path in self.known), None)
            case Path(of=of, name=name):
                place = self._place(of)
                inner = f"{place}[].{name}"
                return inner if inner in self.known else place
            case Filter(source=source):
                return self._place(source)
            case _:
                return None


def reader_of(procedure: Procedure) -> Reader:
    """The reader for rules outside of rows."""
    items = (path for page in procedure.pages for path, _ in with_paths(page.items))
    return Reader(frozenset(items))
