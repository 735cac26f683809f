"""Where the content of an element comes from: answers, parts of an address, literal texts."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from engine.check.directory import Directory
from engine.fields.address import LONGEST
from engine.kinds import Kind
from engine.model import CodeList, Computed, Field, Group, Item
from engine.model_outputs import MapChoose, MapEach, MapNode
from engine.rules.facts import Facts, values_of
from engine.rules.print import print_tree
from engine.rules.tree import (
    Arithmetic,
    Both,
    Call,
    Choose,
    Comparison,
    Either,
    Filter,
    Name,
    Node,
    Number,
    Path,
    Text,
)

_DEPTH = 12  # values made of values made of …: beyond that nobody looks
_ADDRESS_LETTERS = "B"
_JOINING = frozenset({"string", "upper case", "lower case", "concatenate", "string join"})


@dataclass(frozen=True, slots=True)
class Origin:
    """A literal text, or an answer; of an address one part."""

    text: str | None = None
    field: Field | None = None
    part: str = ""
    name: str = ""  # as the rule calls it

    @property
    def options(self) -> CodeList | None:
        """The list it is chosen from."""
        return None if self.field is None or self.part not in ("", "staat") else self.field.options

    @property
    def longest(self) -> int | None:
        """So many characters it can have; None if nobody knows."""
        if self.text is not None:
            return len(self.text)
        if self.options is not None:
            return max(map(len, self.options.values), default=0)
        if self.part:
            return LONGEST.get(self.part)
        one = self.field
        if one is None or one.type.kind not in (Kind.TEXT, Kind.MULTILINE):
            return None
        return min(one.max_length or one.type.max_length, one.type.max_length)

    @property
    def letters(self) -> str | None:
        """The datatype of DIN 91379 it keeps to; "" for numbers and keys, None for any script."""
        if self.part:
            return _ADDRESS_LETTERS
        one = self.field
        if one is None or one.options is not None or one.type.name not in _ANY_LETTERS:
            return ""
        if one.pattern is not None and _NAMED_LETTERS.fullmatch(one.pattern):
            return ""
        return one.datatype or one.type.datatype


# Nothing in it stands for letters that it does not name.
_NAMED_LETTERS = re.compile(
    r"(?:\\[dws.+*?()\[\]{}|/-]|\[(?!\^)(?:[ -\[^-~À-ž]|\\[dws.\]-])*\]"
    r"|\((?!\?)|[!-'*-,/-Z_-~ )-])*"
)
# All others read digits and letters of ASCII, or of German.
_ANY_LETTERS = frozenset({"text", "multiline", "name"})


@dataclass(frozen=True, slots=True)
class Guard:
    """What holds where a node is written."""

    facts: Facts = field(default_factory=Facts)
    excluded: Mapping[str, frozenset[object]] = field(default_factory=dict)
    lengths: Mapping[str, int] = field(default_factory=dict)  # of texts, by rule

    def where(self, condition: Node) -> "Guard":
        """This, and that a condition is true."""
        facts = self.facts.learning((condition,), (), lambda name: None)
        lengths, excluded = dict(self.lengths), dict(self.excluded)
        for one in _conjuncts(condition):
            limit = _limit(one)
            if limit is not None:
                lengths[limit[0]] = limit[1]
            _exclude(excluded, _denied(one))
        return Guard(facts, excluded, lengths)

    def where_not(self, condition: Node) -> "Guard":
        """This, and that a condition is not true: what it names is not the case."""
        excluded = dict(self.excluded)
        parts = condition.parts if isinstance(condition, Either) else (condition,)
        for one in parts:
            _exclude(excluded, values_of(one))
        return replace(self, excluded=excluded)

    def allows(self, name: str, value: object) -> bool:
        """Whether something can have this value here."""
        if value in self.excluded.get(name, ()):
            return False
        allowed = self.facts.values.get(name)
        return allowed is None or value in allowed


def _exclude(excluded: dict[str, frozenset[object]], found: tuple[str, frozenset[object]]) -> None:
    name, values = found
    if name:
        excluded[name] = excluded.get(name, frozenset()) | values


def _conjuncts(node: Node) -> Iterator[Node]:
    if isinstance(node, Both):
        for part in node.parts:
            yield from _conjuncts(part)
    else:
        yield node


def _limit(node: Node) -> tuple[str, int] | None:
    """`string length(x) <= 35`."""
    match node:
        case Comparison(
            operator="<=",
            left=Call(function="string length", arguments=(only,)),
            right=Number(value=most),
        ):
            return print_tree(only.value), int(most)
        case _:
            return None


def _denied(node: Node) -> tuple[str, frozenset[object]]:
    """`not(x = "a")`, `x != "a"`."""
    match node:
        case Call(function="not", arguments=(only,)):
            return values_of(only.value)
        case Comparison(operator="!="):
            return values_of(replace(node, operator="="))
        case _:
            return "", frozenset()


@dataclass(frozen=True, slots=True)
class Place:
    """Where a node stands: what `item` is, and what holds there."""

    names: Directory
    item: Item | None = None
    guard: Guard = field(default_factory=Guard)
    row: Group | None = None  # inside a value of a row
    depth: int = _DEPTH

    def found(self, node: Node) -> Item | None:
        """The item that a name or path stands for; of a list the one it is picked from."""
        match node:
            case Name(name="item") if self.item is not None:
                return self.item
            case Name(name=name):
                rows = () if self.row is None else self.row.items
                inner = next((one for one in rows if one.id == name), None)
                return inner or self.names.form.get(name)
            case Path(of=of, name=name):
                whole = self.found(of)
                items = whole.items if isinstance(whole, Group) else ()
                return next((one for one in items if one.id == name), None)
            case Filter(source=source):
                return self.found(source)
            case _:
                return None

    def inside(self, each: MapEach) -> "Place":
        """What is written per row or value."""
        tree = each.over.tree
        return replace(self, item=None if tree is None else self.found(tree))

    def origins(self, node: Node) -> Iterator[Origin]:
        """Everything the value of a rule may be, or be made of."""
        match node:
            case Text(value=value):
                yield Origin(text=value)
            case Name() | Path():
                yield from self._named(node)
            case Choose(then=then, otherwise=otherwise):
                yield from self.origins(then)
                yield from self.origins(otherwise)
            case Arithmetic(first=first, rest=rest):
                for one in (first, *(operand for _, operand in rest)):
                    yield from self.origins(one)
            case Call(function=function, arguments=arguments) if function in _JOINING:
                for argument in arguments:
                    yield from self.origins(argument.value)

    def _named(self, node: Name | Path) -> Iterator[Origin]:
        name = print_tree(node)
        item = self.found(node)
        if isinstance(item, Field):
            yield Origin(field=item, name=name)
        elif isinstance(item, Computed) and item.value.tree is not None and self.depth:
            row = self.item if isinstance(self.item, Group) else self.row
            inner = replace(self, row=row, depth=self.depth - 1)
            yield from inner.origins(item.value.tree)
        elif isinstance(node, Path):
            whole = self.found(node.of)
            if isinstance(whole, Field) and whole.type.kind is Kind.ADDRESS:
                yield Origin(field=whole, part=node.name, name=name)

    def longest(self, node: Node) -> int | None:
        """So many characters the value of a rule can have; None if nobody knows."""
        limited = self.guard.lengths.get(print_tree(node))
        if limited is not None:
            return limited
        match node:
            case Arithmetic(first=first, rest=rest):
                parts = [first, *(operand for _, operand in rest)]
                return _sum([self.longest(one) for one in parts])
            case Choose(then=then, otherwise=otherwise):
                return _most([self.longest(then), self.longest(otherwise)])
            case Name() | Path():
                item = self.found(node)
                if isinstance(item, Computed) and item.value.tree is not None and self.depth:
                    row = self.item if isinstance(self.item, Group) else self.row
                    inner = replace(self, row=row, depth=self.depth - 1)
                    return inner.longest(item.value.tree)
        return _most([one.longest for one in self.origins(node)])


def _sum(lengths: Sequence[int | None]) -> int | None:
    known = [one for one in lengths if one is not None]
    return sum(known) if len(known) == len(lengths) else None


def _most(lengths: Sequence[int | None]) -> int | None:
    known = [one for one in lengths if one is not None]
    return max(known) if known and len(known) == len(lengths) else None


def branches(node: MapChoose, place: Place) -> Iterator[tuple[MapNode, Place]]:
    """The contents of a choice, each where it is written."""
    guard = place.guard
    for branch in node.branches:
        tree = None if branch.condition is None else branch.condition.tree
        here = guard if tree is None else guard.where(tree)
        yield branch.content, replace(place, guard=here)
        if tree is not None:
            guard = guard.where_not(tree)
