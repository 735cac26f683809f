"""What a rule may name, place by place, with types."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from engine.answers.read import SPARE_ROWS
from engine.check.asked import always, asked_in, asked_on, made, trees
from engine.check.directory import Directory, Placed
from engine.model import (
    Computed,
    Duration,
    Field,
    Group,
    Item,
    Procedure,
    Setting,
    SettingValue,
)
from engine.rules.answered import filled
from engine.rules.bounds import size_of
from engine.rules.facts import Asked
from engine.rules.scope import Scope, Typed
from engine.rules.types import (
    DATE,
    DAYS,
    MONTHS,
    NUMBER,
    TEXT,
    UNKNOWN,
    YES_NO,
    Given,
    ListOf,
    Record,
    Simple,
    Type,
)
from engine.source import Span

SUBMISSION = Record({"id": Given(TEXT), "date": Given(DATE), "time": Given(TEXT)})
AUTHORITY = Record(
    dict.fromkeys(
        ("name", "street", "postcode", "town", "email", "phone", "ags", "dvdv_key"), Given(TEXT)
    )
)
DOCUMENT = Record(
    {
        **dict.fromkeys(("title", "name", "format", "content"), Given(TEXT)),
        "number": Given(NUMBER),
    }
)


@dataclass(slots=True)
class Scopes:
    """The scopes of a procedure. Types of computed values are filled in as they become known."""

    form_types: dict[str, Type]
    row_types: dict[str, dict[str, Type]]  # path of a group -> names of its rows
    quick_check_types: dict[str, Type]
    law: Mapping[str, Type]
    asked: dict[str, dict[str, Asked]]  # by the same paths; "" for the form, "?" for questions
    certain: dict[str, set[str]]  # by path: what a complete row always has
    spans: dict[tuple[int, str], Span] = field(default_factory=dict)  # by names table and name
    _form: Scope = field(init=False)

    def __post_init__(self) -> None:
        self._form = Scope(self.form_types, outer=Scope(self.law), asked=self.asked[""])

    @property
    def form(self) -> Scope:
        """Outside of groups."""
        return self._form

    def row(self, groups: tuple[Group, ...]) -> Scope:
        """Inside a row: its names first, then those around it."""
        return self._row(self._form, groups)

    def at(self, one: Placed) -> Scope:
        """Where an item stands: its page and the groups around it are shown."""
        return self._row(self._form.where(*trees(one.page.show_if)), one.groups)

    def _row(self, scope: Scope, groups: tuple[Group, ...]) -> Scope:
        path = ""
        for group in groups:
            scope = scope.where(*trees(group.show_if), answered=(group.id, filled(group.id)))
            path += f"{group.id}[]."
            scope = scope.inner(self.row_types[path], self.asked[path])
        return scope

    @property
    def quick_check(self) -> Scope:
        """Questions and decisions."""
        return Scope(self.quick_check_types, outer=Scope(self.law), asked=self.asked["?"])

    @property
    def outputs(self) -> Scope:
        """What is sent out may name the submission and the authority, too."""
        return self._form.inner({"submission": SUBMISSION, "authority": AUTHORITY})

    def place(self, name: str, scope: Scope) -> Span | None:
        """Where the author declared what a name means in a scope."""
        found = scope.find(name)
        return None if found is None else self.spans.get((id(found[1].names), name))

    def learn(self, path: str, kind: Type, typed: Typed | None) -> None:
        """The type of a computed value, and when it is there."""
        prefix, _, name = path.rpartition(".")
        prefix = f"{prefix}." if prefix else ""
        names = self.row_types[prefix] if prefix else self.form_types
        names[name] = kind
        if typed is not None:
            asked = made(typed, self.asked[prefix][name].shown)
            self.asked[prefix][name] = asked
            if prefix and () in asked.certain:
                self.certain[prefix].add(name)

    def decided(self, name: str, kind: Type, asked: Asked) -> None:
        """The type of a decision, and when it decides."""
        self.quick_check_types[name] = kind
        self.asked["?"][name] = asked


def scopes(procedure: Procedure, names: Directory) -> Scopes:
    """All scopes, computed values and decisions still unknown."""
    found = _Names()
    form: dict[str, Type] = {}
    for page in procedure.pages:
        form.update(found.types(page.items, "", is_shown=page.show_if is None))
        found.asked[""].update(asked_on(page))
    questions: dict[str, Type] = {
        name: field_type(question) for name, question in names.questions.items()
    }
    questions.update(dict.fromkeys(names.decisions, UNKNOWN))
    settings = {one.id: Given(setting_type(one)) for one in procedure.settings}
    law: dict[str, Type] = {"setting": Record(settings), "stichtag": Given(DATE)}
    if procedure.quick_check is not None:
        found.asked["?"].update(asked_in(procedure.quick_check.questions))
    whole = Scopes(form, found.rows, questions, law, found.asked, found.certain)
    whole.spans.update(_spans(names, whole))
    return whole


def _spans(names: Directory, found: Scopes) -> Iterator[tuple[tuple[int, str], Span]]:
    for one in names.placed:
        prefix = one.path.rpartition(".")[0]
        table = found.row_types[f"{prefix}."] if prefix else found.form_types
        yield (id(table), one.item.id), one.item.span
    for question in names.questions.values():
        yield (id(found.quick_check_types), question.id), question.span
    for decision in names.decisions.values():
        yield (id(found.quick_check_types), decision.id), decision.span


@dataclass(slots=True)
class _Names:
    """The tables of all names, while the procedure is gone through."""

    rows: dict[str, dict[str, Type]] = field(default_factory=dict)
    asked: dict[str, dict[str, Asked]] = field(default_factory=lambda: {"": {}, "?": {}})
    certain: dict[str, set[str]] = field(default_factory=dict)

    def types(self, items: tuple[Item, ...], prefix: str, *, is_shown: bool) -> dict[str, Type]:
        """The types of items and, by the way, of everything below them."""
        found: dict[str, Type] = {}
        for item in items:
            if isinstance(item, Field):
                found[item.id] = field_type(item)
            elif isinstance(item, Computed):
                found[item.id] = UNKNOWN
            elif isinstance(item, Group):
                rows = self._group(item, f"{prefix}{item.id}[].")
                # What is shown has its rows, and be it none; only what is hidden is null.
                found[item.id] = Given(rows) if is_shown and item.show_if is None else rows
        return found

    def _group(self, group: Group, path: str) -> Type:
        self.asked[path] = asked_in(group.items)
        self.certain[path] = always(self.asked[path])
        self.rows[path] = self.types(group.items, path, is_shown=True)
        rows = Record(self.rows[path], self.certain[path])
        return ListOf(rows, group.maximum + SPARE_ROWS)


def field_type(field: Field) -> Type:
    """What rules see of a field, and how large it can be."""
    kind = field.type.rule_type(field)
    if kind == TEXT:
        return Simple("text", field.max_length or field.type.max_length)
    if isinstance(kind, ListOf) and field.options is not None:
        return ListOf(kind.item, len(field.options.options))
    return kind


def setting_type(setting: Setting) -> Type:
    """All values of a setting are of one type, which the loader made sure of."""
    kinds = [_value_type(one.value) for one in setting.values]
    return max(kinds, key=lambda one: size_of(one).items)


def _value_type(value: SettingValue) -> Type:
    match value:
        case bool():
            return YES_NO
        case Decimal():
            return NUMBER
        case date():
            return DATE
        case Duration(months=months):
            return MONTHS if months else DAYS
        case tuple():
            return ListOf(TEXT, len(value))
        case _:
            return TEXT
