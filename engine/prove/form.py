"""A form before anyone has filled it in: what is shown, what every name means, what is wrong.

It says what the generated plan does: hidden is null, `show_if` and `required_if` need true, a check
fails only on false, a check of a field waits until the field is answered.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from engine.kinds import Kind
from engine.model import (
    Check,
    Computed,
    Expression,
    Field,
    Group,
    Info,
    Item,
    Page,
)
from engine.plan.places import groups_around, in_order
from engine.prove.answers import Asked, asked
from engine.prove.encode import encode, encode_truth
from engine.prove.solving import Assignment, value_of
from engine.prove.terms import (
    Bool,
    Int,
    both,
    either,
    if_int,
    int_var,
    less,
    no,
    plus,
)
from engine.prove.values import Item as ListItem
from engine.prove.values import Items, Row, Truth, Value, is_given, only_if
from engine.rules import Typed
from engine.source import Span

ROWS = 3  # of a group; what lies behind is unknown
INNER_ROWS = 2  # of a group inside a row


@dataclass(frozen=True, slots=True)
class Trouble:
    """Something that keeps the form from being submitted."""

    path: str
    code: str  # missing, check, too-few-rows
    check: Check | None
    happens: Bool


@dataclass(slots=True)
class Room:
    """The form, or one row of a group: names and what is shown in it."""

    path: str = ""  # with row numbers
    outer: "Room | None" = None
    there: Bool = True  # whether the row exists and its group is shown
    names: dict[str, Value] = field(default_factory=dict)
    shown: dict[str, Bool] = field(default_factory=dict)

    def find(self, name: str) -> Value:
        """The row's own names first; raises KeyError, as a plan does."""
        room: Room | None = self
        while room is not None:
            if name in room.names:
                return room.names[name]
            room = room.outer
        raise KeyError(name)

    def owner_of(self, name: str) -> "Room | None":
        """The innermost room that has the name."""
        room: Room | None = self
        while room is not None and name not in room.shown:
            room = room.outer
        return room


@dataclass(frozen=True, slots=True)
class Rows:
    """The rows of a group as far as they are looked at."""

    group: Group
    rooms: tuple[Room, ...]
    count: Int


@dataclass(frozen=True, slots=True)
class Condition:
    """A condition in its place: whether it is asked at all, and what it says."""

    expression: Expression
    role: str  # show_if required_if valid_if warn_if optional_if
    subject: str  # plain path of what it belongs to
    span: Span
    asked: Bool
    truth: Truth


class Form:
    """Pages of a procedure, or the questions of its Quick Check."""

    def __init__(
        self,
        pages: tuple[Page, ...],
        typed: Mapping[Expression, Typed],
        order: Mapping[str, int],
        law: Mapping[str, Value],
        literals: frozenset[str],
    ) -> None:
        self.pages = pages
        self.top = Room(names=dict(law))
        self.questions: list[Asked] = []
        self.rows: dict[str, Rows] = {}  # path of a group, with row numbers
        self.troubles: list[Trouble] = []
        self.conditions: list[Condition] = []
        self.page_shown: dict[str, Bool] = {}
        self.shown: dict[str, list[Bool]] = {}  # plain path -> in which rows it is shown
        self._typed = typed
        self._order = order
        self._literals = literals
        self._values()
        self._problems()

    @property
    def valid(self) -> Bool:
        """Nothing keeps the form from being submitted."""
        return both(*(no(one.happens) for one in self.troubles))

    @property
    def more_rows(self) -> tuple[Bool, ...]:
        """Groups with rows behind those that are looked at."""
        return tuple(less(len(one.rooms), one.count) for one in self.rows.values())

    def truth(self, rule: Expression, room: Room) -> Truth:
        """A condition of this place."""
        return encode_truth(self._typed[rule], room.find)

    def value(self, rule: Expression, room: Room) -> Value:
        """The value of a rule of this place."""
        return encode(self._typed[rule], room.find)

    def answers(self, example: Assignment) -> dict[str, Any]:
        """The raw answers of an example; words that no rule speaks of are still names."""
        found = {one.path: one.read(example) for one in self.questions}
        items = (item for page in self.pages for item in page.items)
        return self._answers(tuple(items), "", found, example)

    def _answers(
        self, items: tuple[Item, ...], path: str, found: Mapping[str, Any], example: Assignment
    ) -> dict[str, Any]:
        answers: dict[str, Any] = {}
        for item in items:
            here = path + item.id
            if isinstance(item, Field) and found.get(here) is not None:
                answers[item.id] = found[here]
            elif isinstance(item, Group):
                rows = self.rows[here]
                count = int(value_of(rows.count, example))
                numbers = [min(number, len(rows.rooms) - 1) for number in range(count)]
                made = [
                    self._answers(item.items, f"{here}[{number}].", found, example)
                    for number in numbers
                ]
                if made:
                    answers[item.id] = made
        return answers

    # --- First half: values in the order of dependence ------------------------------------------

    def _values(self) -> None:
        page_of = {item.id: page for page in self.pages for item in page.items}
        items = tuple(item for page in self.pages for item in page.items)
        for item in in_order(items, self._order, ""):
            self._item(item, self._page(page_of[item.id]), self.top)
        for page in self.pages:
            self._infos(page.items, self._page(page), self.top)

    def _page(self, page: Page) -> Bool:
        if page.id not in self.page_shown:
            self.page_shown[page.id] = self._condition(
                page.show_if, "show_if", f"page {page.id}", page.span, True, self.top
            )
        return self.page_shown[page.id]

    def _condition(
        self,
        rule: Expression | None,
        role: str,
        subject: str,
        span: Span,
        around: Bool,
        room: Room,
    ) -> Bool:
        """Whether something is shown, given what is around it."""
        if rule is None:
            return around
        truth = self.truth(rule, room)
        self.conditions.append(Condition(rule, role, subject, span, around, truth))
        return both(around, truth.is_true)

    def _flag(
        self, name: str, rule: Expression | None, around: Bool, room: Room, span: Span
    ) -> Bool:
        subject = plain_path(room.path + name)
        flag = self._condition(rule, "show_if", subject, span, around, room)
        room.shown[name] = flag
        self.shown.setdefault(subject, []).append(both(room.there, flag))
        return flag

    def _infos(self, items: tuple[Item, ...], around: Bool, room: Room) -> None:
        for item in items:
            if isinstance(item, Info):
                self._flag(item.id, item.show_if, around, room, item.span)

    def _item(self, item: Field | Computed | Group, around: Bool, room: Room) -> None:
        around = both(room.there, around)
        if isinstance(item, Field):
            flag = self._flag(item.id, item.show_if, around, room, item.span)
            question = asked(item, room.path + item.id, self._literals)
            self.questions.append(question)
            room.names[item.id] = only_if(flag, question.value)
            if item.internal:
                room.shown[item.id] = False
        elif isinstance(item, Computed):
            room.names[item.id] = only_if(around, self.value(item.value, room))
            room.shown[item.id] = around
        else:
            self._group(item, around, room)

    def _group(self, group: Group, around: Bool, room: Room) -> None:
        flag = self._flag(group.id, group.show_if, around, room, group.span)
        path = room.path + group.id
        most = min(ROWS if not room.path else INNER_ROWS, group.maximum)
        count = int_var(f"{path}#", 0, group.maximum)
        rooms = []
        for number in range(most):
            inner = Room(f"{path}[{number}].", room, both(flag, less(number, count)))
            for item in in_order(group.items, self._order, plain_path(inner.path)):
                self._item(item, True, inner)
            self._infos(group.items, inner.there, inner)
            rooms.append(inner)
        self.rows[path] = Rows(group, tuple(rooms), count)
        more = less(most, count) if most < group.maximum else False
        rest = plus(count, -most)
        items = tuple(
            ListItem(less(number, count), Row(True, inner.names))
            for number, inner in enumerate(rooms)
        )
        room.names[group.id] = Items(flag, items, more, if_int(more, rest, 0))

    # --- Second half: what is missing or against a check ----------------------------------------

    def _problems(self) -> None:
        for page in self.pages:
            flag = self.page_shown[page.id]
            self._problems_of(page.items, self.top)
            self._checks(page.checks, self.top, flag, (), page.id)

    def _problems_of(self, items: tuple[Item, ...], room: Room) -> None:
        for item in items:
            if isinstance(item, Field):
                self._field_problems(item, room)
            elif isinstance(item, Group):
                self._group_problems(item, room)

    def _field_problems(self, one: Field, room: Room) -> None:
        flag = both(room.there, room.shown[one.id])
        if flag is False:
            return
        value = room.names[one.id]
        answered = is_given(value)
        if one.type.kind is Kind.DECLARATION and isinstance(value, Truth):
            answered = value.is_true
        needed: Bool = one.required
        subject = plain_path(room.path + one.id)
        if one.required_if is not None:
            needed = self._condition(one.required_if, "required_if", subject, one.span, flag, room)
        missing = both(flag, needed, no(answered))
        self._trouble(room.path + one.id, "missing", missing)
        self._checks(one.checks, room, both(flag, no(missing)), (), subject)

    def _group_problems(self, group: Group, room: Room) -> None:
        flag = both(room.there, room.shown[group.id])
        rows = self.rows[room.path + group.id]
        path = room.path + group.id
        if group.minimum > 0:
            self._trouble(path, "too-few-rows", both(flag, less(rows.count, group.minimum)))
        elif group.required_if is not None:
            needed = self._condition(
                group.required_if, "required_if", plain_path(path), group.span, flag, room
            )
            self._trouble(path, "too-few-rows", both(needed, less(rows.count, 1)))
        for inner in rows.rooms:
            self._problems_of(group.items, inner)
        self._checks(group.checks, room, flag, (group,), plain_path(path))

    def _checks(
        self,
        checks: Iterable[Check],
        room: Room,
        around: Bool,
        below: tuple[Item, ...],
        subject: str,
    ) -> None:
        for check in checks:
            shown = [self._shown_at(name, room, below) for name in check.fields]
            happens_at = both(around, either(*shown))
            if happens_at is False:
                continue
            truth = self.truth(check.condition, room)
            role = "warn_if" if check.is_warning else "valid_if"
            name = f"{subject}.{check.id}" if check.id not in subject else subject
            self.conditions.append(
                Condition(check.condition, role, name, check.span, happens_at, truth)
            )
            if not check.is_warning:
                at = room.path + check.fields[0]
                happens = both(happens_at, truth.is_false)
                self.troubles.append(Trouble(at, "check", check, happens))

    def _shown_at(self, name: str, room: Room, below: tuple[Item, ...]) -> Bool:
        owner = room.owner_of(name)
        if owner is not None:
            return both(owner.there, owner.shown[name])
        items = tuple(item for page in self.pages for item in page.items)
        around = groups_around(below, name) or groups_around(items, name) or ()
        outermost = room.owner_of(around[0].id) if around else None
        return outermost.shown[around[0].id] if outermost and around else False

    def _trouble(self, path: str, code: str, happens: Bool) -> None:
        if happens is not False:
            self.troubles.append(Trouble(path, code, None, happens))


def plain_path(path: str) -> str:
    """`kinder[0].name` as `kinder[].name`."""
    parts = path.split("[")
    return "[".join([parts[0], *(part[part.index("]") :] for part in parts[1:])])
