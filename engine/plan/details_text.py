"""Generated code for what pages show: visible, required, texts, pages, documents.

It runs on the values of an evaluation, where hidden is null already, and only when asked.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TypeGuard

from engine.model import Document, Expression, Field, Group, Info, Item, Page
from engine.plan.evaluation import DocumentNeed
from engine.plan.names import Names
from engine.plan.places import ALWAYS, Place, required_if, shown_if
from engine.plan.rule_text import RuleText
from engine.plan.source_text import SourceText


class DetailsText:
    """Writes one function body; `V` holds all values, the lists are named below."""

    def __init__(self, text: SourceText, rules: RuleText, names: Names) -> None:
        self._text = text
        self._rules = rules
        self._names = names
        self._read: frozenset[str] = frozenset()
        self._waiting: dict[str, list[str]] = {}

    def write(self, pages: tuple[Page, ...], documents: tuple[Document, ...]) -> None:
        """The whole body."""
        place = Place(names=Names(self._names))
        self._read = self._rules.reads(_rules_of(pages, documents))
        for page in pages:
            place.load(self._text, page.items, "V", self._read)
        for page in pages:
            with self._only_if(page.show_if, place):
                self._page(page, place)
        self._flush()
        items = (item for page in pages for item in page.items)
        groups = {item.id: item for item in items if isinstance(item, Group)}
        for document in documents:
            self._document(document, place, groups)
        self._text.line("return visible, required, infos, pages, documents")

    def _page(self, page: Page, place: Place) -> None:
        if any(_always_shown(item) for item in page.items):
            self._say("pages", repr(page.id))
            self._items(page.items, place)
            return
        self._flush()
        self._text.line("before = len(visible) + len(infos)")
        self._items(page.items, place)
        self._flush()
        with self._text.block("if len(visible) + len(infos) > before"):
            self._text.line(f"pages.append({page.id!r})")

    def _items(self, items: tuple[Item, ...], place: Place) -> None:
        for item in items:
            if isinstance(item, Field) and not item.internal:
                with self._only_if(item.show_if, place):
                    self._field(item, place)
            elif isinstance(item, Info):
                with self._only_if(item.show_if, place):
                    self._say("infos", place.path_of(item.id))
            elif isinstance(item, Group):
                with self._only_if(item.show_if, place):
                    self._group(item, place)

    def _field(self, one: Field, place: Place) -> None:
        path = place.path_of(one.id)
        self._say("visible", path)
        if one.required_if is not None:
            with self._only_if(one.required_if, place):
                self._say("required", path)
        elif one.required:
            self._say("required", path)

    def _group(self, group: Group, place: Place) -> None:
        path = place.path_of(group.id)
        self._say("visible", path)
        if group.minimum > 0:
            self._say("required", path)
        elif group.required_if is not None:
            with self._only_if(group.required_if, place):
                self._say("required", path)
        self._flush()
        with self._rows(group, place) as inner:
            self._items(group.items, inner)
            self._flush()

    @contextmanager
    def _rows(self, group: Group, place: Place) -> Iterator[Place]:
        number, row = self._text.name("i"), self._text.name("r")
        rows = f"{place.names[group.id]} or ()"
        inner = place.inner(group, number)
        with self._text.block(f"for {number}, {row} in enumerate({rows})"):
            inner.load(self._text, group.items, row, self._read)
            yield inner

    def _document(self, one: Document, place: Place, groups: dict[str, Group]) -> None:
        group = groups.get(one.each or "")
        if group is None:
            self._need(one, place, None)
            return
        with self._rows(group, place) as inner:
            self._need(one, inner, inner.numbers[-1])

    def _need(self, one: Document, place: Place, row: str | None) -> None:
        word = "if"
        for condition, required in _conditions(one):
            with self._text.block(f"{word} {self._test(condition, place)}"):
                self._text.line(f"documents.append({self._made(one, place, row, required)})")
            word = "elif"

    def _made(self, one: Document, place: Place, row: str | None, required: bool) -> str:
        must = required and one.min_files > 0
        if row is None:
            return self._text.constant(DocumentNeed(one.id, must))
        title = "''" if one.item is None else self._rules.template(one.item, place.names)
        return f"DocumentNeed({one.id!r}, {must}, {row}, {title})"

    def _test(self, condition: Expression | None, place: Place) -> str:
        return ALWAYS if condition is None else self._rules.is_true(condition, place.names)

    @contextmanager
    def _only_if(self, condition: Expression | None, place: Place) -> Iterator[None]:
        if condition is None:
            yield
            return
        self._flush()
        with self._text.block(f"if {self._test(condition, place)}"):
            yield
            self._flush()

    def _say(self, target: str, value: str) -> None:
        self._waiting.setdefault(target, []).append(value)

    def _flush(self) -> None:
        """Neighbours that are shown together are added together."""
        for target, values in self._waiting.items():
            self._text.line(f"{target} += ({', '.join(values)},)")
        self._waiting.clear()


def _conditions(one: Document) -> list[tuple[Expression | None, bool]]:
    if one.required_if is None and one.optional_if is None:
        return [(None, True)]
    given = ((one.required_if, True), (one.optional_if, False))
    return [(condition, required) for condition, required in given if condition is not None]


def _always_shown(item: Item) -> bool:
    if isinstance(item, Field):
        return item.show_if is None and not item.internal
    return isinstance(item, (Info, Group)) and item.show_if is None


def _rules_of(
    pages: tuple[Page, ...], documents: tuple[Document, ...]
) -> Iterator[Expression | None]:
    for page in pages:
        yield page.show_if
        yield from shown_if(page.items)
        yield from required_if(page.items)
    for one in documents:
        yield from (one.required_if, one.optional_if)
        yield from (part for part in (one.item.parts if one.item else ()) if _is_rule(part))


def _is_rule(part: str | Expression) -> TypeGuard[Expression]:
    return isinstance(part, Expression)
