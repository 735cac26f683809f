"""One language for explanations: the product's sentences, the author's texts, values."""

from collections.abc import Callable, Sequence
from datetime import date
from decimal import Decimal
from typing import TypeAlias

from engine.kinds import Kind
from engine.model import Field, Option
from engine.model_parts import Text
from engine.rules.durations import Days, Months
from engine.texts import shown
from engine.texts.catalogue import Catalogue, fill, product
from engine.values import PartialDate

TextOf: TypeAlias = Callable[[Text], str]


def sentences(language: str) -> Catalogue:
    """The sentences of explanations."""
    return product("words", language=language)


def german(text: Text) -> str:
    """The author's own words."""
    return text.german


class Speech:
    """Says things in one language; `text_of` translates what the author wrote."""

    def __init__(self, language: str = "de", text_of: TextOf = german) -> None:
        self.language = language
        self._texts = sentences(language)
        self._text_of = text_of

    def t(self, key: str, **values: str) -> str:
        """A sentence of the product with its places filled."""
        return fill(self._texts.get(key) or key, values)

    def has(self, key: str) -> bool:
        """Whether there is such a sentence."""
        return self._texts.get(key) is not None

    def author(self, text: Text) -> str:
        """A sentence of the author, on one line."""
        return " ".join(self.whole(text).split())

    def whole(self, text: Text) -> str:
        """A text of the author as it stands, with its lines."""
        return self._text_of(text)

    def field(self, text: Text) -> str:
        """The label of a question, in quotes."""
        return self.t("quote.field", text=self.author(text))

    def quoted(self, text: str) -> str:
        """A value in quotes."""
        return self.t("quote.value", text=text)

    def joined(self, items: Sequence[str], *, by_or: bool = False) -> str:
        """»A, B und C«."""
        return shown.joined(list(items), self.language, by_or=by_or)

    def value(self, value: object, field: Field | None = None) -> str:
        """A value as the field shows it; texts and options in quotes."""
        match value:
            case None:
                return self.t("value.none")
            case bool():
                return self.quoted(self.t("answer.yes" if value else "answer.no"))
            case Decimal() | int():
                return self._number(Decimal(value), field)
            case PartialDate():
                return self._partial(value)
            case date():
                return shown.show_day(value, self.language)
            case Months(count=count):
                return shown.show_months(count, self.language)
            case Days(count=count):
                return shown.show_days(count, self.language)
            case list() | tuple():
                return self._several(value, field)
            case dict():
                return ", ".join(self.value(one) for one in value.values())
            case _:
                return self.quoted(self.option(str(value), field))

    def option(self, value: str, field: Field | None) -> str:
        """The label of a value, without quotes; a text stays as it is."""
        if field is None or field.options is None or field.type.kind is Kind.ADDRESS:
            return value
        found = next((one for one in field.options.options if one.value == value), None)
        return value if found is None else self._label(found)

    def _label(self, option: Option) -> str:
        named = shown.state_name(option.iso, self.language) if option.iso else None
        if named and self.language != "de":
            return named
        return self.author(option.label)

    def _number(self, number: Decimal, field: Field | None) -> str:
        if field is not None and field.type.name == "money":
            return shown.show_money(number, self.language)
        return shown.show_number(number, self.language)

    def _partial(self, value: PartialDate) -> str:
        if value.month is None:
            return f"{value.year:04d}"
        if value.day is None:
            return shown.show_month(value.year, value.month, self.language)
        return shown.show_day(date(value.year, value.month, value.day), self.language)

    def _several(self, values: Sequence[object], field: Field | None) -> str:
        if not values:
            return self.t("value.empty_list")
        if isinstance(values[0], dict):
            return self.t("value.rows", count=self.value(Decimal(len(values))))
        return self.joined([self.value(one, field) for one in values])
