"""A value as a person reads it: check-your-answers, cards of rows, lists of reasons."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

from babel.dates import format_date, format_datetime, format_skeleton, get_datetime_format
from babel.lists import format_list
from babel.numbers import format_currency, format_decimal

from engine.kinds import Kind
from engine.model import Field, Item, Template
from engine.texts.languages import GERMAN
from engine.values import ADDRESS_PARTS, PartialDate, Value
from renderers.html.options import label_of
from renderers.html.words import Said, Words

_BERLIN = ZoneInfo("Europe/Berlin")


def show(value: Value, field: Field, words: Words) -> Said:
    """The answer in the reader's language."""
    match field.type.kind:
        case Kind.YES_NO:
            return words.said("answer.yes" if value else "answer.no")
        case Kind.DECLARATION:
            return words.said("answer.agreed")
        case Kind.CHOICE:
            return label_of(str(value), field.options, words)
        case Kind.CHOICES:
            return _several(value, field, words)
        case Kind.ADDRESS:
            return Said(_address(value, field, words))
        case Kind.NUMBER if field.type.name == "money":
            return Said(show_plain(value, words, is_money=True))
        case Kind.TEXT | Kind.MULTILINE:
            return Said(str(value))
        case Kind.NUMBER | Kind.DATE | Kind.PARTIAL_DATE:
            return Said(show_plain(value, words))


def show_plain(value: object, words: Words, *, is_money: bool = False) -> str:
    """A computed value, or any other without a field."""
    match value:
        case Decimal() if is_money:
            return format_currency(value, "EUR", locale=words.locale)
        case bool():
            return words.t("answer.yes" if value else "answer.no")
        case PartialDate():
            return _partial_date(value, words)
        case datetime():
            return show_moment(value, words)
        case date():
            return show_date(value, words)
        case Decimal() | int() | float():
            return format_decimal(value, locale=words.locale, decimal_quantization=False)
        case tuple() | list():
            return format_list([show_plain(one, words) for one in value], locale=words.locale)
        case None:
            return ""
        case _:
            return str(value)


def template_text(
    template: Template, values: Mapping[str, object], items: Sequence[Item], words: Words
) -> str:
    """An author's template in the reader's language; nothing for what is not answered.

    `values` by what stands in the braces; answers of `items` are shown as answers.
    """
    fields = {item.id: item for item in items if isinstance(item, Field)}

    def said(name: str) -> str:
        value, field = values.get(name), fields.get(name)
        if value is None or field is None:
            return show_plain(value, words)
        return str(show(value, field, words))  # type: ignore[arg-type]  # its own answer

    return "".join(one if isinstance(one, str) else said(one.text) for one in template.parts)


def show_date(day: date, words: Words) -> str:
    """01.12.2026, 1 Dec 2026."""
    return format_date(day, "medium", locale=words.locale)


def show_moment(moment: datetime, words: Words) -> str:
    """Day and time in Germany, with the zone: a receipt must say which clock it means (R07)."""
    if words.locale.language == GERMAN:
        return format_datetime(moment, "d. MMMM y, HH:mm:ss z", tzinfo=_BERLIN, locale=words.locale)
    day, clock = (
        format_datetime(moment, form, tzinfo=_BERLIN, locale=words.locale)
        for form in ("d MMMM y", "HH:mm:ss")
    )
    # CLDR names the zone in German alone; for others it has "+0100", which few can read.
    zone = moment.astimezone(_BERLIN).tzname()
    joined = str(get_datetime_format("medium", words.locale))
    return f"{joined.replace('{1}', day).replace('{0}', clock)} {zone}"


def _partial_date(value: PartialDate, words: Words) -> str:
    if value.month is None:
        return f"{value.year:04d}"
    if value.day is None:
        return format_skeleton("yMMMM", date(value.year, value.month, 1), locale=words.locale)
    return show_date(date(value.year, value.month, value.day), words)


def _several(value: Value, field: Field, words: Words) -> Said:
    chosen = value if isinstance(value, (tuple, list)) else ()
    labels = [label_of(str(one), field.options, words) for one in chosen]
    languages = {said.language for said in labels}
    joined = "; ".join(str(said) for said in labels)
    german = "; ".join(said.german or said.text for said in labels) if words.beside else ""
    said = Said(joined, languages.pop() if len(languages) == 1 else None)
    return said.beside(Said(german)) if german else said


def _address(value: Value, field: Field, words: Words) -> str:
    if not isinstance(value, Mapping):
        return str(value)
    parts = {name: str(value.get(name) or "") for name in ADDRESS_PARTS}
    street = f"{parts['strasse']} {parts['hausnummer']}".strip()
    town = f"{parts['plz']} {parts['ort']}".strip()
    state = str(label_of(parts["staat"], field.options, words)) if parts["staat"] else ""
    lines = [street, parts["adresszusatz"], town, state]
    return ", ".join(line for line in lines if line)
