"""How long a rule can run and how large its values can grow, before it runs (R23).

Lists are as long as the groups allow, texts as long as the questions allow. What can go beyond the
limits of the run-time is refused, so that they are never met with a checked definition.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import reduce

from engine.rules.runtime.budget import MAX_ITEMS, MAX_STEPS, MAX_TEXT
from engine.rules.scope import Local, Typed
from engine.rules.tree import (
    Arithmetic,
    Binding,
    Call,
    Choose,
    Filter,
    Listing,
    Loop,
    Node,
    Path,
    Quantified,
    children,
)
from engine.rules.types import (
    Choice,
    Given,
    ListOf,
    Record,
    Simple,
    Type,
    family,
    plain,
)

TEXT_LENGTH = 4_000  # of a question without a limit of its own
MAX_PAIRS = 200  # elements that `distinct values` compares one by one
_WRITTEN = 160  # characters of a number, date or duration
_GROWTH = 3  # "ŉ" becomes three characters in capital letters


@dataclass(frozen=True, slots=True)
class Size:
    """The most a value can be: characters of a text, elements of a list."""

    text: int = 0
    items: int = 0
    item: "Size | None" = None


@dataclass(frozen=True, slots=True)
class Excess:
    """A limit that can be exceeded; `what` is steps, elements or characters."""

    what: str
    count: int
    limit: int


def size_of(kind: Type) -> Size:
    """The most a value of a type can be."""
    match plain(kind):
        case Simple(name="text", most=most):
            return Size(TEXT_LENGTH if most is None else most)
        case Choice(values=values):
            return Size(max(map(len, values), default=0))
        case ListOf(item=item, most=most):
            return Size(0, MAX_ITEMS if most is None else most, size_of(item))
        case _:
            return Size()


def sized(kind: Type, size: Size) -> Type:
    """The type of a value of that size."""
    match kind:
        case Given(type=inner):
            return Given(sized(inner, size))
        case Simple(name="text"):
            return replace(kind, most=size.text)
        case ListOf(item=item):
            inner = item if size.item is None else sized(item, size.item)
            return replace(kind, item=inner, most=size.items)
        case _:
            return kind


def largest(sizes: Iterable[Size]) -> Size:
    """As large as any of them."""
    return reduce(_either, sizes, Size())


def _either(one: Size, other: Size) -> Size:
    item = one.item or other.item
    if one.item and other.item:
        item = _either(one.item, other.item)
    return Size(max(one.text, other.text), max(one.items, other.items), item)


def size(typed: Typed) -> Size:
    """The most the value of a rule can be."""
    return _Measuring(typed).of(typed.tree, 1)


def excess(typed: Typed) -> Excess | None:
    """The limit of the run-time that a rule can exceed, if there is one."""
    measuring = _Measuring(typed)
    measuring.of(typed.tree, 1)
    found = (
        Excess("steps", measuring.steps, MAX_STEPS),
        Excess("elements", measuring.items, MAX_ITEMS),
        Excess("elements", measuring.pairs, MAX_PAIRS),
        Excess("characters", measuring.text, MAX_TEXT),
    )
    return next((one for one in found if one.count > one.limit), None)


class _Measuring:
    """Goes through a rule once; `times` is how often a part runs."""

    def __init__(self, typed: Typed) -> None:
        self._findings = typed.findings
        self._elements: dict[Node, Size] = {}
        self.steps = self.items = self.pairs = self.text = 0

    def of(self, node: Node, times: int) -> Size:
        """The size of the value of a node; takes down what is reached on the way."""
        found = self._measured(node, times)
        self.items = max(self.items, found.items)
        self.text = max(self.text, found.text)
        return found

    def _measured(self, node: Node, times: int) -> Size:
        known = self._findings.known.get(node)
        place = self._findings.places.get(node)
        if known is not None and known.is_constant:
            return _of_constant(known.constant)
        if isinstance(place, Local) and not isinstance(plain(self._type(node)), Record):
            return self._elements.get(place.owner, size_of(self._type(node)))
        if place is not None:
            return size_of(self._type(node))
        match node:
            case Path(of=of):
                return self._path(node, of, times)
            case Arithmetic(first=first, rest=rest):
                parts = [self.of(one, times) for one in (first, *(one for _, one in rest))]
                return Size(sum(one.text for one in parts)) if self._is_text(node) else Size()
            case Choose(condition=condition, then=then, otherwise=otherwise):
                self.of(condition, times)
                return _either(self.of(then, times), self.of(otherwise, times))
            case Listing(items=items):
                return Size(0, len(items), largest(self.of(one, times) for one in items))
            case Quantified(bindings=bindings, condition=condition):
                self.of(condition, self._loop(bindings, times))
                return Size()
            case Loop(bindings=bindings, result=result):
                inside = self._loop(bindings, times)
                return Size(0, inside // max(times, 1), self.of(result, inside))
            case Filter():
                return self._filter(node, times)
            case Call():
                return self._call(node, times)
            case _:
                for child in children(node):
                    self.of(child, times)
                return Size()

    def _type(self, node: Node) -> Type:
        return self._findings.known[node].type

    def _is_text(self, node: Node) -> bool:
        return node in self._findings.known and family(self._type(node)) == "text"

    def _path(self, node: Path, of: Node, times: int) -> Size:
        source = self.of(of, times)
        kind = plain(self._type(node))
        if isinstance(kind, ListOf) and isinstance(plain(self._type(of)), ListOf):
            return Size(0, source.items, size_of(kind.item))
        return size_of(kind)

    def _loop(self, bindings: tuple[Binding, ...], times: int) -> int:
        """How often the inside of a loop runs."""
        for binding in bindings:
            source = self.of(binding.source, times)
            times *= source.items
            self.steps += times
            self._elements[binding] = source.item or Size()
        return times

    def _filter(self, node: Filter, times: int) -> Size:
        source = self.of(node.source, times)
        inside = times * source.items
        self.steps += inside
        self._elements[node] = source.item or Size()
        self.of(node.condition, inside)
        return source

    def _call(self, node: Call, times: int) -> Size:
        given = [self.of(one.value, times) for one in node.arguments]
        first = given[0] if given else Size()
        whole = node.arguments[0].value if node.arguments else node
        match node.function:
            case "upper case" | "lower case":
                return Size(first.text * _GROWTH)
            case "substring" | "substring before" | "substring after":
                return Size(first.text)
            case "string":
                return Size(first.text if self._is_text(whole) else _written(first))
            case "string join":
                between = given[1].text if len(given) > 1 else 0
                return Size(first.items * ((first.item or Size()).text + between))
            case "split":
                return Size(0, first.text + 1, Size(first.text))
            case "concatenate":
                return Size(
                    0, sum(one.items for one in given), largest(one.item or Size() for one in given)
                )
            case "distinct values":
                if not self._has_texts(whole):
                    self.pairs = max(self.pairs, first.items)
                return first
            case "min" | "max":
                is_list = len(given) == 1 and first.item is not None
                return (first.item or Size()) if is_list else largest(given)
            case "day of week" | "month of year":
                return Size(_WRITTEN)
            case _:
                return Size()

    def _has_texts(self, node: Node) -> bool:
        kind = plain(self._type(node))
        return isinstance(kind, ListOf) and family(kind.item) == "text"


def _written(value: Size) -> int:
    """The characters of a value as FEEL writes it: texts in quotes, perhaps escaped."""
    if value.item is None:
        return 2 * value.text + 2 if value.text else _WRITTEN
    return value.items * (_written(value.item) + 2) + 2


def _of_constant(value: object) -> Size:
    if isinstance(value, str):
        return Size(len(value))
    if isinstance(value, tuple):
        return Size(0, len(value), largest(map(_of_constant, value)))
    return Size()
