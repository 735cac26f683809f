"""A procedure as its author declared it: frozen, and every part knows its place in the file.

The `span` of a part is its name in the file (`plz` in `field: plz`). Names that point to other
parts (`Document.each`, `Check.fields`, …) are `Word`s when they were read from a file.

The model is what `engine.load` makes of nodes. It is not yet checked: names inside rules may be
wrong. `engine.check` turns it into a `Checked` procedure, `engine.plan` compiles that.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from typing import TypeAlias

from engine.fields.field_type import FieldType
from engine.model_invitations import Invitation
from engine.model_outputs import Outputs
from engine.model_parts import Assertion, Cite, Duration, Expression, Template, Text
from engine.model_process import Process
from engine.model_purposes import Purpose, Recipient, RetentionClass
from engine.source import Source, Span

__all__ = ["Cite", "Duration", "Expression", "Template", "Text"]


@dataclass(frozen=True, slots=True, eq=False)
class Authority:
    """Who is responsible; an adopting authority changes these lines."""

    name: str
    street: str
    postcode: str
    town: str
    email: str
    phone: str
    ags: str  # 8 digits, amtlicher Gemeindeschlüssel
    dvdv_key: str  # the reader's Kennung in the XÖV header, e.g. "abh:053340000000"
    district: tuple[str, ...]  # postcodes; empty: everywhere


@dataclass(frozen=True, slots=True, eq=False)
class Service:
    """What the service page says before anybody fills in anything."""

    who: Text | None
    cost: Text | None
    duration: Text | None
    result: Text | None
    next_steps: tuple[Text, ...]


SettingValue: TypeAlias = str | bool | Decimal | date | Duration | tuple[str, ...]


@dataclass(frozen=True, slots=True, eq=False)
class DatedValue:
    """A value of the law from the day it holds."""

    value: SettingValue
    valid_from: date | None
    source: str
    span: Span
    told: Text | None = None  # the words of the source; a mere citation has none


@dataclass(frozen=True, slots=True, eq=False)
class Setting:
    """A named value that law or authority may change; rules say `setting.<id>`."""

    id: str
    values: tuple[DatedValue, ...]  # ascending by valid_from; the first may have none
    span: Span

    def on(self, day: date) -> SettingValue | None:
        """The value in force on `day`; None before the first one."""
        held: SettingValue | None = None
        for one in self.values:
            if one.valid_from is None or one.valid_from <= day:
                held = one.value
        return held


@dataclass(frozen=True, slots=True, eq=False)
class Option:
    """One value of a code list."""

    value: str
    label: Text
    iso: str | None  # ISO 3166-1 alpha-2 for states: lets Babel name them in every language
    span: Span


@dataclass(frozen=True, slots=True, eq=False)
class CodeList:
    """A closed list of values with labels; `id` is "" for options written at a field."""

    id: str
    options: tuple[Option, ...]
    span: Span

    @property
    def values(self) -> frozenset[str]:
        """All values."""
        return frozenset(option.value for option in self.options)


@dataclass(frozen=True, slots=True, eq=False)
class Check:
    """A rule over answers: an error keeps from submitting, a warning is shown and may stand."""

    id: str
    condition: Expression  # error: must not be false; warning: shown when true
    is_warning: bool
    message: Text
    because: Cite | None
    fields: tuple[str, ...]  # where it is shown; never empty
    span: Span
    filled: Template | None = None  # the message, if it names values: "mehr als {grenze}"


@dataclass(frozen=True, slots=True, eq=False)
class Field:
    """One question."""

    id: str
    type: FieldType
    label: Text
    help: Text | None
    hint: Text | None
    example: str | None
    options: CodeList | None  # CHOICE and CHOICES always have one
    required: bool  # when shown
    required_if: Expression | None
    show_if: Expression | None
    checks: tuple[Check, ...]
    minimum: Decimal | date | None
    maximum: Decimal | date | None
    min_length: int | None
    max_length: int | None
    pattern: str | None  # RE2 syntax, matched against the whole value
    pattern_message: Text | None
    decimals: int | None  # NUMBER: digits behind the comma (integer 0, money 2)
    datatype: str | None  # DIN 91379 datatype A B C D; None: the type's own, else any character
    autocomplete: str | None
    version: str | None  # DECLARATION: version of the text agreed to
    purpose: str  # id: its own, else that of the group or page around it; "" without
    was: str | None
    internal: bool  # never shown online; answered by cases or the clerk
    span: Span
    changeable: bool = True  # of the Quick Check: False is a fact nobody is advised to change
    prefill: Expression | None = None  # what is proposed on a page that nobody answered yet
    after_summary: bool = False  # a declaration asked in a step of its own behind the summary
    instead: Mapping[str, tuple[str, ...]] | None = None  # answer -> what may be proposed for it
    picture: str | None = None  # of `engine.pictures`: where the answer stands on a document


@dataclass(frozen=True, slots=True, eq=False)
class Computed:
    """A value made by a rule; shown on check-your-answers only if it has a label."""

    id: str
    value: Expression
    label: Text | None
    because: Cite | None
    span: Span
    is_money: bool = False  # shown as an amount in euros


@dataclass(frozen=True, slots=True, eq=False)
class Info:
    """A block of text between questions."""

    id: str
    text: Text
    show_if: Expression | None
    span: Span
    after_summary: bool = False  # shown in the step behind the summary instead of on its page


@dataclass(frozen=True, slots=True, eq=False)
class Group:
    """A repeating group: rows of fields; may hold groups once more, one level deep."""

    id: str
    label: Text
    help: Text | None
    item: Template | None  # title of a row
    minimum: int
    maximum: int
    show_if: Expression | None
    required_if: Expression | None
    items: tuple["Item", ...]
    checks: tuple[Check, ...]
    was: str | None
    span: Span
    purpose: str = ""  # of the fields in it, like that of a field


Item: TypeAlias = Field | Computed | Info | Group


@dataclass(frozen=True, slots=True, eq=False)
class Page:
    """One topic, one page of the form."""

    id: str
    title: Text
    intro: Text | None
    show_if: Expression | None
    items: tuple[Item, ...]
    checks: tuple[Check, ...]
    span: Span
    purpose: str = ""  # id; "" if every field says its own


@dataclass(frozen=True, slots=True, eq=False)
class TableRule:
    """A row of a decision table: cells per input and/or one condition, and what follows."""

    id: str
    cells: Mapping[str, Expression]  # input name -> unary test; absent: any
    condition: Expression | None
    then: Expression
    because: Cite | None
    reason: Text | None
    span: Span


@dataclass(frozen=True, slots=True, eq=False)
class Decision:
    """A value decided by an expression (`value`) or by a table (`rules`)."""

    id: str
    value: Expression | None
    hit_policy: str  # unique any first collect rule_order (+ collect_sum …); "" with `value`
    inputs: tuple[str, ...]
    rules: tuple[TableRule, ...]
    otherwise: Expression | None
    because: Cite | None
    span: Span


@dataclass(frozen=True, slots=True, eq=False)
class Outcome:
    """A result of the Quick Check, in words."""

    id: str
    title: Text
    text: Text | None
    next: Text | None
    may_apply: bool
    span: Span
    reached: bool = False  # nothing better is looked for


@dataclass(frozen=True, slots=True, eq=False)
class QuickCheck:
    """Anonymous questions, decisions that build on each other, and an outcome with reasons."""

    title: Text
    intro: Text | None
    questions: tuple[Field, ...]
    decisions: tuple[Decision, ...]
    result: str  # decision whose value is an outcome id
    reasons: tuple[str, ...]  # decisions whose hits are told as reasons
    fulfilled: tuple[str, ...]  # decisions whose hits are told as what is in order already
    earliest: str | None  # decision that gives a date or null
    outcomes: tuple[Outcome, ...]  # from the best to the worst
    span: Span


@dataclass(frozen=True, slots=True, eq=False)
class Document:
    """A proof the applicant hands in; neither condition given: always asked for."""

    id: str
    title: Text
    why: Text | None
    required_if: Expression | None
    optional_if: Expression | None
    each: str | None  # group id: one set per row
    item: Template | None
    formats: tuple[str, ...]  # pdf jpg png
    min_files: int
    max_files: int
    max_megabytes: int
    original: bool
    translation: bool
    later: bool
    confidential: bool
    span: Span


@dataclass(frozen=True, slots=True, eq=False)
class Case:
    """An example that must come out as expected; run by `vordruck test`."""

    id: str
    title: str
    on: date
    based_on: str | None  # id of the case whose answers come first
    quick_check: Mapping[str, object]  # raw answers as in answer files
    given: Mapping[str, object]
    expect: Mapping[str, object]
    span: Span


@dataclass(frozen=True, slots=True, eq=False)
class Procedure:
    """The whole definition."""

    id: str
    version: str
    title: Text
    summary: Text | None
    leika: tuple[str, ...]
    law_as_of: date | None
    legal_basis: tuple[Cite, ...]
    authority: Authority
    service: Service
    privacy: Text | None
    sign_in: str  # none basic substantial high
    retention: Mapping[str, timedelta]  # drafts submissions uploads
    settings: tuple[Setting, ...]
    lists: tuple[CodeList, ...]
    pages: tuple[Page, ...]
    quick_check: QuickCheck | None
    documents: tuple[Document, ...]
    outputs: Outputs
    cases: tuple[Case, ...]
    source: Source
    digest: str  # SHA-256 of the source text and the shared lists it uses, hex
    span: Span
    process: Process | None = None
    assertions: tuple[Assertion, ...] = ()
    invitations: tuple[Invitation, ...] = ()
    recipients: tuple[Recipient, ...] = ()
    purposes: tuple[Purpose, ...] = ()
    languages: Mapping[str, str] = field(default_factory=dict)  # code -> State it must have
    retention_classes: tuple[RetentionClass, ...] = ()
    drafts_because: Text | None = None  # why drafts are kept for more than 30 days

    def fields(self) -> Iterator[tuple[str, Field]]:
        """Every form field with its path: "plz", "kinder[].vornamen"."""
        for page in self.pages:
            for path, item in with_paths(page.items):
                if isinstance(item, Field):
                    yield path, item


def with_paths(items: Iterable[Item], prefix: str = "") -> Iterator[tuple[str, Item]]:
    """Every item with its path, groups before what is in them: "kinder", "kinder[].vornamen"."""
    for item in items:
        yield prefix + item.id, item
        if isinstance(item, Group):
            yield from with_paths(item.items, f"{prefix}{item.id}[].")
