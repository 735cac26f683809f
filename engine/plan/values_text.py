"""Generated code, first half: which values count, in the order in which they depend on each other.

v1 = get('plz')                       # a field that is always asked
s2 = v1 == '12345'                    # whether the next one is shown
v2 = get('parkzone') if s2 else None  # hidden: null, whatever was sent
"""

from collections.abc import Mapping
from itertools import chain

from engine.model import Computed, Expression, Field, Group, Item, Page
from engine.plan.places import (
    ALWAYS,
    NEVER,
    Place,
    checks_of,
    in_order,
    is_quiet,
    with_values,
)
from engine.plan.reading_text import GAP, ReadingText
from engine.plan.rule_text import RuleText
from engine.plan.source_text import SourceText, both


class ValuesText:
    """Writes the values of a form; afterwards `place` knows every variable and flag."""

    def __init__(
        self,
        text: SourceText,
        rules: RuleText,
        order: Mapping[str, int],
        place: Place,
        reading: ReadingText | None,
    ) -> None:
        self.place = place
        self._text = text
        self._rules = rules
        self._order = order
        self._reading = reading  # None: the answers are canonical
        self._told_of: frozenset[str] = frozenset()  # fields at which checks are shown

    @property
    def gap(self) -> str:
        """A variable that is true if a required answer is missing; "True" if nobody has looked."""
        return GAP if self._reading else ALWAYS

    def write(self, pages: tuple[Page, ...]) -> None:
        """Every value of every page."""
        self._text.line("get = A.get")
        if self._reading:
            self._text.line(f"{GAP} = False")
        self._told_of = frozenset(chain.from_iterable(check.fields for check in checks_of(pages)))
        page_of = {item.id: page for page in pages for item in page.items}
        items = tuple(item for page in pages for item in page.items)
        for item in in_order(items, self._order, ""):
            self._item(item, self._page_flag(page_of[item.id]), self.place, "get")
        if self._reading:
            self._reading.texts()
        for page in pages:  # pages without values are shown or not all the same
            self._page_flag(page)

    def _row_values(self, items: tuple[Item, ...], place: Place) -> str:
        """Python for the dictionary of all values of a row."""
        pairs = (f"{one.id!r}: {place.names[one.id]}" for one in with_values(items))
        return f"{{{', '.join(pairs)}}}"

    def _page_flag(self, page: Page) -> str:
        key = page_key(page)
        if key not in self.place.flags:
            self.place.flags[key] = self._flag(page.show_if, ALWAYS, self.place)
        return self.place.flags[key]

    def _flag(self, show_if: Expression | None, around: str, place: Place) -> str:
        """A variable that says whether something is shown, or the one of what is around it."""
        test = self._test(show_if, around, place)
        if test == around:
            return around
        name = self._text.name("s")
        self._text.line(f"{name} = {test}")
        return name

    def _test(self, show_if: Expression | None, around: str, place: Place) -> str:
        if show_if is None or around == NEVER:
            return around
        return both(around, f"({self._rules.is_true(show_if, place.names)})")

    def _asks_once(self, one: Field, place: Place) -> bool:
        """Whether nobody asks again if it is shown, unless a required answer is missing."""
        if place.numbers:
            return True
        return self._reading is not None and is_quiet(one) and one.id not in self._told_of

    def _item(self, item: Item, around: str, place: Place, get: str) -> None:
        if isinstance(item, Field):
            self._field(item, around, place, get)
        elif isinstance(item, Computed):
            self._computed(item, around, place)
        elif isinstance(item, Group):
            self._group(item, around, place, get)

    def _field(self, one: Field, around: str, place: Place, get: str) -> None:
        flag = (
            self._test(one.show_if, around, place)
            if self._asks_once(one, place)
            else self._flag(one.show_if, around, place)
        )
        name = self._text.name("v")
        place.names[one.id] = name
        place.flags[one.id] = NEVER if one.internal else flag
        if self._reading is None:
            hidden = "" if flag == ALWAYS else f" if {flag} else None"
            self._text.line(f"{name} = {get}({one.id!r}){hidden}")
            return
        asked = both(flag, "I") if one.internal else flag
        with self._text.only_if(asked):
            self._text.line(f"{name} = {get}({one.id!r})")
            self._reading.field(one, name, place)
        if asked != ALWAYS:
            with self._text.block("else"):
                self._text.line(f"{name} = None")

    def _computed(self, one: Computed, around: str, place: Place) -> None:
        name = self._text.name("c")
        hidden = "" if around == ALWAYS else f" if {around} else None"
        self._text.line(f"{name} = ({self._rules.value(one.value, place.names)}){hidden}")
        place.names[one.id] = name
        place.flags[one.id] = around

    def _group(self, group: Group, around: str, place: Place, get: str) -> None:
        flag = self._flag(group.show_if, around, place)
        rows = self._text.name("g")
        place.names[group.id] = rows
        place.flags[group.id] = flag
        self._text.line(f"{rows} = {'[]' if flag == ALWAYS else f'[] if {flag} else None'}")
        with self._text.only_if(flag):
            self._rows(group, place, get)

    def _rows(self, group: Group, place: Place, get: str) -> None:
        row = self._text.name("r")
        # So many rows were taken before this one: that is its number.
        inner = place.inner(group, f"len({place.names[group.id]})")
        given = f"{get}({group.id!r})"
        rows = (
            self._reading.rows(group, given, place.path_of(group.id))
            if self._reading
            else f"{given} or ()"
        )
        with self._text.block(f"for {row} in {rows}"):
            if self._reading:
                self._reading.row(row, inner.path_of(""))
            prefix = inner.path.replace("[%d]", "[]")
            for item in in_order(group.items, self._order, prefix):
                self._item(item, ALWAYS, inner, f"{row}.get")
            values = self._row_values(group.items, inner)
            self._text.line(f"{place.names[group.id]}.append({values})")


def page_key(page: Page) -> str:
    """Pages and fields share one table of flags; no id holds a blank."""
    return f"page {page.id}"
