"""What stands on a page of the form, item by item: questions, texts, groups with their rows."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TypeAlias

from markupsafe import Markup

from engine.answers import Problem
from engine.kinds import Kind
from engine.model import Expression, Field, Group, Info, Item
from engine.values import ADDRESS_PARTS
from renderers.html.conditions import Trigger, trigger
from renderers.html.german import GermanView, german_text, german_view
from renderers.html.problems import say
from renderers.html.purposes import PurposeView
from renderers.html.widgets import Question, Widget, html_id, widget
from renderers.html.words import Said, Words

# Rows of groups like "citizenships" are so small that opening and closing them would be a burden.
_SMALL_GROUP, _FEW_ROWS = 3, 10


@dataclass(frozen=True, slots=True)
class InfoView:
    """A text between questions."""

    id: str
    text: Markup
    hidden: bool
    trigger: Trigger | None
    german: Markup | None = None  # folded away; None where it stands beside the text


@dataclass(frozen=True, slots=True)
class RowView:
    """One row of a group: open with its questions, or closed with what was answered."""

    path: str
    id: str
    title: str
    is_open: bool
    items: tuple["ItemView", ...]
    answers: tuple[tuple[Said, Said], ...]
    can_close: bool
    errors: tuple[Said, ...]


@dataclass(frozen=True, slots=True)
class GroupView:
    """A repeating group."""

    path: str
    id: str
    label: Said
    help: Markup | None
    rows: tuple[RowView, ...]
    can_add: bool
    can_remove: bool
    required: bool
    errors: tuple[Said, ...]
    warnings: tuple[Said, ...]
    level: int  # of its heading
    trigger: Trigger | None
    purpose: PurposeView | None = None  # if it is not that of the page
    german: GermanView | None = None

    @property
    def look(self) -> str:
        """The macro that draws it."""
        return "group"

    @property
    def focus(self) -> str:
        """Where links of the error summary lead."""
        return self.id


ItemView: TypeAlias = "Widget | InfoView | GroupView"


@dataclass(frozen=True, slots=True)
class Asking:
    """What is to be shown and how: the answers as typed, and what the evaluation says of them."""

    words: Words
    visible: frozenset[str] | set[str]
    required: frozenset[str] | set[str]
    problems: Sequence[Problem] = ()
    warnings: Sequence[Problem] = ()
    open_rows: frozenset[str] = frozenset()
    more: frozenset[str] = frozenset()
    incomplete: frozenset[str] = frozenset()  # rows that still lack something
    titles: Mapping[str, str] = field(default_factory=dict)  # row path -> title from its answers
    shown: Mapping[str, tuple[tuple[Said, Said], ...]] = field(default_factory=dict)
    tokens: Mapping[str, str] = field(default_factory=dict)  # autocomplete by field
    purposes: Mapping[str, PurposeView] = field(default_factory=dict)  # by id

    def errors_at(self, path: str) -> tuple[Said, ...]:
        """Messages at this place."""
        return tuple(say(one, self.words) for one in self.problems if one.field == path)

    def warnings_at(self, path: str) -> tuple[Said, ...]:
        """Warnings at this place."""
        return tuple(say(one, self.words) for one in self.warnings if one.field == path)


@dataclass(frozen=True, slots=True)
class _Around:
    """Where items stand: the page, or a row of a group."""

    prefix: str = ""  # of their paths
    names: Mapping[str, str] = field(default_factory=dict)  # fields a browser can watch
    level: int = 2  # of headings
    purpose: str = ""  # the one already told


def views(
    items: Sequence[Item], raw: Mapping[str, object], asking: Asking, purpose: str = ""
) -> tuple[ItemView, ...]:
    """The page's items in order, without those that are hidden for good."""
    return _views(items, raw, asking, _Around(purpose=purpose))


def _views(
    items: Sequence[Item], raw: Mapping[str, object], asking: Asking, around: _Around
) -> tuple[ItemView, ...]:
    around = replace(around, names={**around.names, **_names(items, around.prefix)})
    found: list[ItemView] = []
    for item in items:
        view: ItemView | None = None
        if isinstance(item, Field) and not item.internal:
            view = _question(item, raw, asking, around)
        elif isinstance(item, Info):
            view = _info(item, asking, around)
        elif isinstance(item, Group):
            view = _group(item, raw, asking, around)
        if view is not None:
            found.append(view)
    return _calm(found)


def _calm(views: Sequence[ItemView]) -> tuple[ItemView, ...]:
    """Of questions in a row with the same purpose the first one tells it, and for which others."""
    found: list[ItemView] = []
    teller: tuple[int, Widget] | None = None
    for view in views:
        told = view.purpose if isinstance(view, Widget) else None
        if teller and isinstance(view, Widget) and told is not None and told is teller[1].purpose:
            first = replace(teller[1], also=(*teller[1].also, view.label))
            teller = (teller[0], first)
            found[teller[0]] = first
            found.append(replace(view, purpose=None))
            continue
        # What is hidden now may be shown without us: it neither tells for others nor ends a row.
        if isinstance(view, Widget) and not view.hidden:
            teller = None if told is None else (len(found), view)
        elif isinstance(view, GroupView):
            teller = None
        found.append(view)
    return tuple(found)


def _names(items: Sequence[Item], prefix: str) -> dict[str, str]:
    """Fields a browser can watch: they post one plain value."""
    plain = {Kind.YES_NO, Kind.CHOICE}
    return {
        item.id: f"{prefix}{item.id}"
        for item in items
        if isinstance(item, Field) and item.type.kind in plain and not item.internal
    }


def _followed(
    condition: Expression | None, path: str, asking: Asking, names: Mapping[str, str]
) -> tuple[bool, Trigger | None] | None:
    """(hidden now, trigger); None if the item is hidden and the browser could not show it."""
    found = trigger(condition, dict(names))
    if path in asking.visible:
        return False, found
    # The field it hangs on must itself be on the page, or nothing could ever open it.
    return (True, found) if found and found.path in asking.visible else None


def _question(
    one: Field, raw: Mapping[str, object], asking: Asking, around: _Around
) -> Widget | None:
    path = f"{around.prefix}{one.id}"
    followed = _followed(one.show_if, path, asking, around.names)
    if followed is None:
        return None
    hidden, found = followed
    parts = ADDRESS_PARTS if one.type.kind is Kind.ADDRESS else ()
    wrong = frozenset(part for part in parts if asking.errors_at(f"{path}.{part}"))
    errors = asking.errors_at(path)
    for part in parts:
        errors += _about_part(asking.errors_at(f"{path}.{part}"), part, asking.words)
    question = Question(
        field=one,
        path=path,
        raw=raw.get(one.id),
        required=one.required or path in asking.required,
        errors=errors,
        wrong_parts=wrong or (frozenset(("strasse",)) if errors and parts else frozenset()),
        warnings=asking.warnings_at(path),
        hidden=hidden,
        trigger=found,
        more=path in asking.more,
        autofill=None if around.prefix else asking.tokens.get(one.id),
        purpose=_told(one.purpose, around.purpose, asking),
    )
    return widget(question, asking.words)


def _told(purpose: str, before: str, asking: Asking) -> PurposeView | None:
    return None if purpose == before else asking.purposes.get(purpose)


def _about_part(errors: tuple[Said, ...], part: str, words: Words) -> tuple[Said, ...]:
    name = words.t(f"address.{part}")
    return tuple(Said(f"{name}: {error.text}", error.language) for error in errors)


def _info(item: Info, asking: Asking, around: _Around) -> InfoView | None:
    path = f"{around.prefix}{item.id}"
    followed = _followed(item.show_if, path, asking, around.names)
    if followed is None:
        return None
    text = asking.words.markdown(item.text)
    return InfoView(html_id(path), text, *followed, german_text(item.text, asking.words))


def _group(
    group: Group, raw: Mapping[str, object], asking: Asking, around: _Around
) -> GroupView | None:
    path = f"{around.prefix}{group.id}"
    if path not in asking.visible:
        return None
    rows = rows_of(raw, group)
    inside = replace(around, purpose=group.purpose)
    views = tuple(
        _row(group, row, f"{path}[{number}]", asking, inside, len(rows))
        for number, row in enumerate(rows)
    )
    return GroupView(
        path=path,
        id=html_id(path),
        label=asking.words.text(group.label),
        help=asking.words.markdown(group.help) if group.help else None,
        rows=views,
        can_add=len(rows) < group.maximum,
        can_remove=len(rows) > group.minimum,
        required=path in asking.required or group.minimum > 0,
        errors=asking.errors_at(path),
        warnings=asking.warnings_at(path),
        level=around.level,
        trigger=trigger(group.show_if, dict(around.names)),
        purpose=_told(group.purpose, around.purpose, asking),
        german=german_view(group, asking.words),
    )


def rows_of(raw: Mapping[str, object], group: Group) -> list[Mapping[str, object]]:
    """The rows as typed."""
    rows = raw.get(group.id)
    if not isinstance(rows, (list, tuple)):
        return []
    return [row if isinstance(row, Mapping) else {} for row in rows]


def _row(
    group: Group,
    row: Mapping[str, object],
    path: str,
    asking: Asking,
    around: _Around,
    many: int,
) -> RowView:
    number = int(path.rpartition("[")[2].rstrip("]")) + 1
    standard = asking.words.t("row.title", group=asking.words.text(group.label), number=number)
    small = _is_small(group) and many <= _FEW_ROWS
    needed = path in asking.incomplete or _has_problem(path, asking)
    is_open = small or needed or _is_named(path, asking.open_rows)
    inside = replace(around, prefix=f"{path}.", level=around.level + 2)
    return RowView(
        path=path,
        id=html_id(path),
        title=asking.titles.get(path) or standard,
        is_open=is_open,
        items=_views(group.items, row, asking, inside) if is_open else (),
        answers=() if is_open else asking.shown.get(path, ()),
        can_close=not small and not needed,
        errors=asking.errors_at(path),
    )


def _is_small(group: Group) -> bool:
    fields = [item for item in group.items if isinstance(item, Field) and not item.internal]
    has_groups = any(isinstance(item, Group) for item in group.items)
    return not has_groups and len(fields) <= _SMALL_GROUP


def _has_problem(path: str, asking: Asking) -> bool:
    return any(
        one.field == path or one.field.startswith((f"{path}.", f"{path}["))
        for one in (*asking.problems, *asking.warnings)
    )


def _is_named(path: str, named: frozenset[str]) -> bool:
    """A row is open if it or a row inside it was asked for."""
    return any(one == path or one.startswith(f"{path}.") for one in named)
