"""The names a rule takes from outside: what its own loops bind is left out."""

from collections.abc import Iterator

from engine.rules.tree import Binding, Filter, Loop, Name, Node, Quantified, Tree, children


def free_names(tree: Tree) -> Iterator[Name]:
    """Every free name, in the order of the text; depth is bounded by the parser."""
    yield from _free(tree, frozenset())


def _free(node: Node, bound: frozenset[str]) -> Iterator[Name]:
    match node:
        case Name(name=name):
            if name not in bound:
                yield node
        case Quantified(bindings=bindings, condition=body) | Loop(bindings=bindings, result=body):
            yield from _loop(bindings, body, bound)
        case Filter(source=source, condition=condition):
            yield from _free(source, bound)
            yield from _free(condition, bound | {"item"})
        case _:
            for child in children(node):
                yield from _free(child, bound)


def _loop(bindings: tuple[Binding, ...], body: Node, bound: frozenset[str]) -> Iterator[Name]:
    for binding in bindings:
        yield from _free(binding.source, bound)
        bound |= {binding.name}
    yield from _free(body, bound)
