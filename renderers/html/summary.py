"""Check your answers: every answer that counts, and nothing else (R05)."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from engine.model import Computed, Field, Group, Item, Page
from engine.values import Value
from renderers.html.shown import show, show_plain
from renderers.html.words import Said, Words

Pair = tuple[Said, Said]
RowTitle = Callable[[Group, str, Mapping[str, Value]], str]  # group, row path, row -> title


@dataclass(frozen=True, slots=True)
class Block:
    """Answers under one title: of a page, or of a row."""

    title: str
    depth: int
    rows: tuple[Pair, ...]


@dataclass(frozen=True, slots=True)
class Section:
    """A page of the form."""

    id: str
    title: Said
    address: str  # where to change it; "" where that is not up to the reader
    blocks: tuple[Block, ...]
    note: str = ""


@dataclass(frozen=True, slots=True)
class Given:
    """Answers with what is needed to show them."""

    values: Mapping[str, Value]
    words: Words
    row_title: RowTitle


def section(page: Page, given: Given, address: str) -> Section:
    """What was answered on a page."""
    blocks = tuple(_blocks(page.items, given.values, given, "", "", 0))
    title = given.words.text(page.title)
    return Section(f"s-{page.id}", title, address, tuple(one for one in blocks if _says(one)))


def _says(block: Block) -> bool:
    return bool(block.rows or block.title)


def pairs(items: Sequence[Item], values: Mapping[str, Value], given: Given) -> tuple[Pair, ...]:
    """Labels and answers of the questions directly in `items`; computed values with a label too."""
    return tuple(_pairs(items, values, given.words))


def _pairs(items: Sequence[Item], values: Mapping[str, Value], words: Words) -> Iterator[Pair]:
    for item in items:
        value = values.get(item.id)
        if value is None:
            continue
        if isinstance(item, Field):
            yield words.text(item.label), show(value, item, words)
        elif isinstance(item, Computed) and item.label:
            yield words.text(item.label), Said(show_plain(value, words, is_money=item.is_money))


def _blocks(
    items: Sequence[Item],
    values: Mapping[str, Value],
    given: Given,
    prefix: str,
    title: str,
    depth: int,
) -> Iterator[Block]:
    """The answers before a group, then the group's rows, in the order of the form."""
    held: list[Item] = []
    head = title
    for item in items:
        if not isinstance(item, Group):
            held.append(item)
            continue
        yield Block(head, depth, pairs(held, values, given))
        held, head = [], ""
        yield from _rows(item, values, given, prefix, depth)
    yield Block(head, depth, pairs(held, values, given))


def _rows(
    group: Group, values: Mapping[str, Value], given: Given, prefix: str, depth: int
) -> Iterator[Block]:
    rows = values.get(group.id)
    for number, row in enumerate(rows if isinstance(rows, list) else []):
        path = f"{prefix}{group.id}[{number}]"
        title = given.row_title(group, path, row)
        yield from _blocks(group.items, row, given, f"{path}.", title, depth + 1)
