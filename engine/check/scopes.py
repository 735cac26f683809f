"""What a rule may name, place by place, with types."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from engine.check.directory import Directory
from engine.model import (
    Computed,
    Duration,
    Field,
    Group,
    Info,
    Item,
    Procedure,
    Setting,
    SettingValue,
)
from engine.rules.scope import Scope
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
    spans: dict[tuple[int, str], Span] = field(default_factory=dict)  # by names table and name
    _form: Scope = field(init=False)

    def __post_init__(self) -> None:
        self._form = Scope(self.form_types, outer=Scope(self.law))

    @property
    def form(self) -> Scope:
        """Outside of groups."""
        return self._form

    def row(self, groups: tuple[Group, ...]) -> Scope:
        """Inside a row: its names first, then those around it."""
        scope = self._form
        path = ""
        for group in groups:
            path += f"{group.id}[]."
            scope = scope.inner(self.row_types[path])
        return scope

    @property
    def quick_check(self) -> Scope:
        """Questions and decisions."""
        return Scope(self.quick_check_types, outer=Scope(self.law))

    @property
    def outputs(self) -> Scope:
        """What is sent out may name the submission and the authority, too."""
        return self._form.inner({"submission": SUBMISSION, "authority": AUTHORITY})

    def place(self, name: str, scope: Scope) -> Span | None:
        """Where the author declared what a name means in a scope."""
        found = scope.find(name)
        return None if found is None else self.spans.get((id(found[1].names), name))

    def learn(self, path: str, kind: Type) -> None:
        """The type of a computed value."""
        prefix, _, name = path.rpartition(".")
        names = self.row_types[f"{prefix}."] if prefix else self.form_types
        names[name] = kind


def scopes(procedure: Procedure, names: Directory) -> Scopes:
    """All scopes, computed values and decisions still unknown."""
    rows: dict[str, dict[str, Type]] = {}
    form: dict[str, Type] = {}
    for page in procedure.pages:
        form.update(_types(page.items, "", rows))
    questions: dict[str, Type] = {
        name: question.type.rule_type(question) for name, question in names.questions.items()
    }
    questions.update(dict.fromkeys(names.decisions, UNKNOWN))
    settings = {one.id: Given(setting_type(one)) for one in procedure.settings}
    law: dict[str, Type] = {"setting": Record(settings), "stichtag": Given(DATE)}
    found = Scopes(form, rows, questions, law)
    found.spans.update(_spans(names, found))
    return found


def _spans(names: Directory, found: Scopes) -> Iterator[tuple[tuple[int, str], Span]]:
    for one in names.placed:
        prefix = one.path.rpartition(".")[0]
        table = found.row_types[f"{prefix}."] if prefix else found.form_types
        yield (id(table), one.item.id), one.item.span
    for question in names.questions.values():
        yield (id(found.quick_check_types), question.id), question.span
    for decision in names.decisions.values():
        yield (id(found.quick_check_types), decision.id), decision.span


def _types(
    items: tuple[Item, ...], prefix: str, rows: dict[str, dict[str, Type]]
) -> dict[str, Type]:
    found: dict[str, Type] = {}
    for item in items:
        if isinstance(item, Field):
            found[item.id] = item.type.rule_type(item)
        elif isinstance(item, Computed):
            found[item.id] = UNKNOWN
        elif isinstance(item, Group):
            path = f"{prefix}{item.id}[]."
            rows[path] = _types(item.items, path, rows)
            found[item.id] = ListOf(Record(rows[path]))
        elif isinstance(item, Info):
            continue
    return found


def setting_type(setting: Setting) -> Type:
    """All values of a setting are of one type, which the loader made sure of."""
    return _value_type(setting.values[-1].value)


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
            return ListOf(TEXT)
        case _:
            return TEXT
