"""The answers of an application, page by page, as plain data for the template."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TypeAlias

from engine.kinds import Kind
from engine.model import Computed, Field, Group, Item, Page
from engine.model_parts import Expression, Text
from engine.plan.shows import show, show_money, shower
from engine.texts.catalogue import Catalogue
from engine.values import PartialDate
from outputs.application import Application
from outputs.pdf import words
from outputs.pdf.glyphs import can_show, replace_missing

Data: TypeAlias = dict[str, object]

LONG_ANSWER = 600  # characters; longer ones may break across pages
MANY_QUESTIONS = 12  # rows of larger groups may break across pages
LONGEST_WORD = 40  # characters; longer ones get a place to break

_MONTH_UNKNOWN, _DAY_UNKNOWN = "Tag und Monat unbekannt", "Tag unbekannt"


@dataclass(frozen=True, slots=True)
class Printer:
    """Makes texts printable: only characters our fonts have, only translations they can show."""

    catalogue: Catalogue | None
    known: frozenset[int]

    def text(self, text: str) -> str:
        """What cannot be shown is named; words longer than a line may break."""
        return _breakable(replace_missing(text, self.known))

    def label(self, text: Text) -> str:
        """German of the author; a paragraph sign stays with its number."""
        return self.text(text.german.replace("§ ", "§\u00a0"))

    def translation(self, text: Text) -> str | None:
        """In the applicant's language; None if there is none, or no font for it."""
        if self.catalogue is None:
            return None
        found = self.catalogue.get(text.path, text.german)
        return found if found and found != text.german and can_show(found, self.known) else None


def pages(application: Application, printer: Printer) -> list[Data]:
    """Every page that was shown and has something to print."""
    writer = _Writer(application, printer)
    shown = [
        page for page in application.procedure.pages if page.id in application.evaluation.pages
    ]
    return [made for page in shown if (made := writer.page(page))["parts"]]


class _Writer:
    def __init__(self, application: Application, printer: Printer) -> None:
        self._application = application
        self._printer = printer
        self._visible = frozenset(application.evaluation.visible)

    def page(self, page: Page) -> Data:
        """Title and parts."""
        values = self._application.evaluation.all_values
        return {
            "title": self._printer.label(page.title),
            "translation": self._printer.translation(page.title),
            "parts": self._parts(page.items, values, ""),
        }

    def _parts(
        self, items: tuple[Item, ...], values: Mapping[str, object], prefix: str
    ) -> list[Data]:
        parts: list[Data] = []
        rows: list[Data] = []
        for item in items:
            if isinstance(item, Group):
                group = self._group(item, values, prefix)
                if group is not None:
                    parts.extend([{"kind": "rows", "rows": rows}] if rows else [])
                    parts.append(group)
                    rows = []
            elif isinstance(item, (Field, Computed)):
                rows.extend(self._rows(item, values, prefix))
        parts.extend([{"kind": "rows", "rows": rows}] if rows else [])
        return parts

    def _rows(
        self, item: Field | Computed, values: Mapping[str, object], prefix: str
    ) -> Iterator[Data]:
        value = values.get(item.id)
        if isinstance(item, Computed):
            if item.label is not None and value is not None:
                words = show_money(value) if item.is_money else show(value)
                yield self._row(item.label, words, None, None)
        elif value is not None or (f"{prefix}{item.id}" in self._visible and not item.internal):
            shown = None if value is None else item.type.show(value, item)  # type: ignore[arg-type]
            yield self._row(item.label, shown, self._choice(item, value), self._note(item, value))

    def _row(
        self, label: Text, shown: str | None, translation: str | None, note: str | None
    ) -> Data:
        return {
            "label": self._printer.label(label),
            "translation": self._printer.translation(label),
            "value": None if shown is None else self._printer.text(shown),
            "value_translation": translation,
            "note": note,
            "long": shown is not None and len(shown) > LONG_ANSWER,
        }

    def _choice(self, field: Field, value: object) -> str | None:
        if field.type.kind is not Kind.CHOICE or field.options is None:
            return None
        chosen = [one.label for one in field.options.options if one.value == value]
        return self._printer.translation(chosen[0]) if chosen else None

    def _note(self, field: Field, value: object) -> str | None:
        if field.type.kind is Kind.DECLARATION and value is True:
            date = f"{self._application.submitted_at:%d.%m.%Y}"
            if field.version:
                return words.DECLARED_VERSION.format(date=date, version=field.version)
            return words.DECLARED.format(date=date)
        if isinstance(value, PartialDate) and value.day is None:
            return _MONTH_UNKNOWN if value.month is None else _DAY_UNKNOWN
        return None

    def _group(self, group: Group, values: Mapping[str, object], prefix: str) -> Data | None:
        given = values.get(group.id)
        rows = given if isinstance(given, list) else []
        if not rows:
            return None
        return {
            "kind": "group",
            "title": self._printer.label(group.label),
            "translation": self._printer.translation(group.label),
            "items": [
                self._item(group, row, number, f"{prefix}{group.id}[{number}].")
                for number, row in enumerate(rows)
            ],
        }

    def _item(self, group: Group, row: Mapping[str, object], number: int, prefix: str) -> Data:
        return {
            "title": self._printer.text(self._item_title(group, row, number)),
            "parts": self._parts(group.items, row, prefix),
            "long": len(group.items) > MANY_QUESTIONS,
        }

    def _item_title(self, group: Group, row: Mapping[str, object], number: int) -> str:
        if group.item is None:
            return f"{number + 1}."
        env = {**self._application.environment, **row}
        fields = {item.id: item for item in group.items if isinstance(item, Field)}
        return f"{number + 1}. " + "".join(
            part if isinstance(part, str) else self._filled(part, fields.get(part.text), env)
            for part in group.item.parts
        )

    def _filled(self, part: Expression, field: Field | None, env: Mapping[str, object]) -> str:
        return shower(field)(self._application.plan.value(part, env))


def _breakable(text: str) -> str:
    zero_width_space = "\u200b"
    return " ".join(
        zero_width_space.join(
            word[at : at + LONGEST_WORD] for at in range(0, len(word), LONGEST_WORD)
        )
        if len(word) > LONGEST_WORD
        else word
        for word in text.split(" ")
    )
