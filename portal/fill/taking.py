"""From a posted form to raw answers: only what this page asked, all as it was typed (R35)."""

from collections.abc import Collection, Iterator, Mapping, Sequence

from engine.kinds import Kind
from engine.model import Field, Group, Item
from engine.values import ADDRESS_PARTS
from portal.web.posted import Posted
from renderers.html.items import rows_of

Raw = Mapping[str, object]

ASKED, ROW = "_asked", "_row"
_DATE_PARTS = ("day", "month", "year")
_DATES = frozenset({Kind.DATE, Kind.PARTIAL_DATE})


def take(
    items: Sequence[Item], before: Raw, posted: Posted, asked: Collection[str]
) -> dict[str, object]:
    """`before` with the posted answers to the questions in `asked`; nothing else changes."""
    return _take(items, before, posted, frozenset(asked), frozenset(posted.all(ROW)), "")


def _take(
    items: Sequence[Item],
    before: Raw,
    posted: Posted,
    asked: frozenset[str],
    rows: frozenset[str],
    prefix: str,
) -> dict[str, object]:
    after = dict(before)
    for item in items:
        path = f"{prefix}{item.id}"
        if isinstance(item, Field):
            if path in asked and not item.internal:
                value = _value(item, path, posted)
                after.pop(item.id, None)
                if value is not None:
                    after[item.id] = value
        elif isinstance(item, Group):
            taken = _take_rows(item, before, posted, asked, rows, path)
            if taken or item.id in after:
                after[item.id] = taken
    return after


def _take_rows(
    group: Group,
    before: Raw,
    posted: Posted,
    asked: frozenset[str],
    rows: frozenset[str],
    path: str,
) -> list[object]:
    held = rows_of(before, group)
    taken: list[object] = []
    for number in range(max(len(held), group.maximum)):
        here = f"{path}[{number}]"
        if number >= len(held) and here not in rows:
            break
        old = held[number] if number < len(held) else {}
        is_open = here in rows
        new = _take(group.items, old, posted, asked, rows, f"{here}.") if is_open else old
        taken.append(dict(new))
    return taken


def _value(one: Field, path: str, posted: Posted) -> object:
    """What was typed or chosen; None for nothing."""
    kind = one.type.kind
    if kind in _DATES:
        return _parts(path, _DATE_PARTS, posted)
    if kind is Kind.ADDRESS:
        return _parts(path, ADDRESS_PARTS, posted)
    if kind is Kind.CHOICES:
        return [value for value in posted.all(path) if value] or None
    text = posted.get(path)
    return text if text.strip() else None


def _parts(path: str, names: Sequence[str], posted: Posted) -> dict[str, str] | None:
    typed = {name: posted.get(f"{path}.{name}").strip() for name in names}
    return {name: text for name, text in typed.items() if text} or None


def readable(items: Sequence[Item], raw: Raw) -> dict[str, object]:
    """Raw answers in the form that the engine reads: dates as one text."""
    read = dict(raw)
    for item in items:
        if isinstance(item, Field) and item.type.kind in _DATES:
            value = raw.get(item.id)
            if isinstance(value, Mapping):
                read[item.id] = joined(value)
        elif isinstance(item, Group) and item.id in raw:
            read[item.id] = [readable(item.items, row) for row in rows_of(raw, item)]
    return read


def joined(parts: Mapping[str, object]) -> str:
    """30.11.1990; unknown parts are 00. A whole date typed into one box is understood as well."""
    typed = [str(parts.get(name) or "").strip() for name in _DATE_PARTS]
    alone = [text for text in typed if text]
    if len(alone) == 1 and not alone[0].isdigit():
        return alone[0]
    return ".".join(text or "00" for text in typed)


def padded(items: Sequence[Item], raw: Raw) -> dict[str, object]:
    """With the rows a group must have at least, so that their questions can be shown."""
    full = dict(raw)
    for item in items:
        if isinstance(item, Group):
            rows = rows_of(raw, item)
            more: list[Raw] = [{}] * max(0, item.minimum - len(rows))
            both = [*rows, *more]
            if both:
                full[item.id] = [padded(item.items, row) for row in both]
    return full


def row_paths(items: Sequence[Item], raw: Raw, prefix: str = "") -> Iterator[str]:
    """The path of every row: `kinder[0]`, `kinder[0].schulen[1]`."""
    for item in items:
        if isinstance(item, Group):
            for number, row in enumerate(rows_of(raw, item)):
                path = f"{prefix}{item.id}[{number}]"
                yield path
                yield from row_paths(item.items, row, f"{path}.")
