"""One answer for one question: valid as such, often at a boundary. All persons are invented."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date, timedelta
from decimal import Decimal

from engine.fields.address import GERMANY
from engine.fields.iban import remainder
from engine.fields.numerals import places
from engine.fields.options import positions
from engine.kinds import Kind
from engine.model import Field
from engine.sample.dice import Dice
from engine.sample.hints import Hints
from engine.sample.matching import matching

NAMES = (
    "Beispiel", "Muster", "Müller-Beispiel", "Özdemir", "D’Angelo", "Łukasz", "Nguyễn", "Þór",
    "van der Muster", "Ó", "Ibn Muster", "C̨̆emal", "K͟hān", "Ḫalīl", "Straße", "Ẑeynep",
    "Ana María", "Jean-François", "Null", "Ṃuster", "Ǧamīla", "O'Beispiel",
)  # fmt: skip
WORDS = (
    "Beispiel", "Erfundener Text", "Musterstraße 5", "Abteilung B & C", "Größe: 12 m²",
    "1. Obergeschoss", "Zweck <unbekannt>", "„Anführung“ nein", "A", "50 % Anteil",
)  # fmt: skip
TOWNS = ("Musterstadt", "Beispielhausen", "Bad Muster a. d. Probe", "Ankara", "Łódź")
STREETS = ("Erfundene Straße", "Musterweg", "Straße des 30. Februar", "Am Beispiel")


class Draw:
    """Throws answers; `used` counts options, so that every one gets its turn."""

    def __init__(self, dice: Dice, hints: Hints, today: date, district: tuple[str, ...]) -> None:
        self._dice = dice
        self._hints = hints
        self._today = today
        self._postcodes = district or ("12345", "01067", "99998")
        self._used: dict[tuple[str, str], int] = {}

    def answer(self, field: Field, path: str, beside: Sequence[object] = ()) -> object:
        """A raw answer; `beside` holds answers that a check compares it with."""
        made = _BY_TYPE.get(field.type.name) or _BY_KIND[field.type.kind]
        return made(self, field, path, beside)

    def count(self, low: int, high: int, path: str) -> int:
        """How many rows: the bounds, and numbers people have."""
        usual = [one for one in (low, 1, 2, 3) if low <= one <= high]
        if self._dice.chance(3) and high <= 20:
            return high
        return int(self._least_used([str(one) for one in usual], path))

    def _text(self, field: Field, path: str, beside: Sequence[object]) -> object:
        if field.pattern is not None:
            return matching(field.pattern, self._dice) or str(field.example or "")
        words = [word for one in beside if isinstance(one, str) for word in (one, *one.split())]
        pool = [*words, *self._hints.texts] if words or self._dice.chance(20) else []
        text = self._dice.one_of(pool) if pool else self._dice.one_of(WORDS)
        return self._fitting(field, text)

    def _fitting(self, field: Field, text: str) -> str:
        low = field.min_length or 1
        high = min(field.max_length or field.type.max_length, field.type.max_length)
        if field.max_length and high <= 200 and self._dice.chance(5):
            text = text * high
        while len(text) < low:
            text += " und noch mehr"
        text = text[:high].strip() or "A"
        return text if field.type.parse(text, field) == text else "Beispiel"[:high]

    def _name(self, field: Field, path: str, beside: Sequence[object]) -> object:
        words = [word for one in beside if isinstance(one, str) for word in (one, *one.split())]
        if words and self._dice.chance(70):
            return self._fitting(field, self._dice.one_of(words))
        name = self._dice.one_of(NAMES)
        if self._dice.chance(25):
            name += " " + self._dice.one_of(NAMES)
        return self._fitting(field, name)

    def _multiline(self, field: Field, path: str, beside: Sequence[object]) -> object:
        if self._dice.chance(50):
            return self._text(field, path, beside)
        lines = f"{self._dice.one_of(WORDS)}\n\n{self._dice.one_of(WORDS)}"
        return self._fitting(field, lines)

    def _email(self, field: Field, path: str, beside: Sequence[object]) -> object:
        return f"person{self._dice.number(1000)}@beispiel.example"

    def _phone(self, field: Field, path: str, beside: Sequence[object]) -> object:
        return self._dice.one_of(("+49 30 0000000", "030 000000-12", "(0351) 00 00 00"))

    def _postcode(self, field: Field, path: str, beside: Sequence[object]) -> object:
        pool = [one for one in self._hints.texts if len(one) == 5 and one.isdigit()]
        return self._dice.one_of([*self._postcodes, *pool])

    def _iban(self, field: Field, path: str, beside: Sequence[object]) -> object:
        account = f"00000000{self._dice.number(10**10):010d}"
        return f"DE{98 - remainder(f'DE00{account}'):02d}{account}"

    def _number(self, field: Field, path: str, beside: Sequence[object]) -> object:
        low = field.minimum if isinstance(field.minimum, Decimal) else Decimal(0)
        high = field.maximum if isinstance(field.maximum, Decimal) else max(low + 5000, Decimal(99))
        near = [one + step for one in beside if isinstance(one, Decimal) for step in (-1, 0, 1)]
        pool = [one for one in (*near, *self._hints.numbers) if low <= one <= high]
        unit = Decimal(1).scaleb(-places(field))
        if pool and self._dice.chance(50):
            value = self._dice.one_of(pool)
        elif self._dice.chance(30):
            value = self._dice.one_of((low, high))
        else:
            value = low + unit * self._dice.number(int((min(high, low + 400) - low) / unit) + 1)
        return f"{min(max(value.quantize(unit), low), high).quantize(unit):f}"

    def _date(self, field: Field, path: str, beside: Sequence[object]) -> object:
        return self._day(field, beside).isoformat()

    def _partial_date(self, field: Field, path: str, beside: Sequence[object]) -> object:
        known = self._dice.one_of((4, 7, 10, 10))
        return self._day(field, beside).isoformat()[:known]

    def _day(self, field: Field, beside: Sequence[object]) -> date:
        low = field.minimum if isinstance(field.minimum, date) else date(1900, 1, 1)
        high = field.maximum if isinstance(field.maximum, date) else date(2199, 12, 31)
        near = [one + timedelta(days=step) for one in beside if isinstance(one, date)
                for step in (-400, -1, 0, 1, 400)]  # fmt: skip
        if near and self._dice.chance(60):
            day = self._dice.one_of(near)
        elif self._dice.chance(45):
            day = self._dice.one_of(self._hints.days)
        else:
            back = self._dice.one_of((400, 4_000, 20_000))
            day = self._today - timedelta(days=self._dice.number(back) - 30)
        return min(max(day, low), high)

    def _yes_no(self, field: Field, path: str, beside: Sequence[object]) -> object:
        return self._least_used(("true", "false"), path) == "true"

    def _choice(self, field: Field, path: str, beside: Sequence[object]) -> object:
        return self._least_used(self._values(field), path)

    def _choices(self, field: Field, path: str, beside: Sequence[object]) -> object:
        values = self._values(field)
        most = int(field.maximum) if isinstance(field.maximum, Decimal) else min(len(values), 4)
        chosen = {self._least_used(values, path)}
        if self._dice.chance(40):
            chosen |= {*self._dice.some_of(values, self._dice.number(most) + 1)}
        return [one for one in values if one in chosen][:most]

    def _address(self, field: Field, path: str, beside: Sequence[object]) -> object:
        parts = {
            "strasse": self._dice.one_of(STREETS),
            "hausnummer": self._dice.one_of(("1", "12a", "5-7", "3 1/2")),
            "plz": self._dice.one_of(self._postcodes),
            "ort": self._dice.one_of(TOWNS),
        }
        if self._dice.chance(20):
            parts["adresszusatz"] = "Hinterhaus, 2. Stock"
        states = self._values(field)
        if states and self._dice.chance(40):
            parts["staat"] = self._dice.one_of(states)
            if self._dice.chance(30):
                return (
                    {"ort": "Beispiel City", "staat": parts["staat"]} if _abroad(parts) else parts
                )
        return parts

    def _declaration(self, field: Field, path: str, beside: Sequence[object]) -> object:
        return True

    def _values(self, field: Field) -> tuple[str, ...]:
        return tuple(positions(field.options)) if field.options else ()

    def _least_used(self, values: Sequence[str], path: str) -> str:
        """Mostly what had the fewest turns; of long lists mostly what rules speak of."""
        if len(values) > 20:
            spoken = [one for one in values if one in self._hints.texts]
            values = spoken if spoken and self._dice.chance(70) else values
        if self._dice.chance(35):
            value = self._dice.one_of(values)
        else:
            least = min(self._used.get((path, one), 0) for one in values)
            value = self._dice.one_of(
                [one for one in values if self._used.get((path, one), 0) == least]
            )
        self._used[path, value] = self._used.get((path, value), 0) + 1
        return value


def _abroad(parts: Mapping[str, str]) -> bool:
    return parts.get("staat", GERMANY) != GERMANY


_Make = Callable[[Draw, Field, str, Sequence[object]], object]
_BY_TYPE: Mapping[str, _Make] = {
    "name": Draw._name,
    "email": Draw._email,
    "phone": Draw._phone,
    "postcode": Draw._postcode,
    "iban": Draw._iban,
}
_BY_KIND: Mapping[Kind, _Make] = {
    Kind.TEXT: Draw._text,
    Kind.MULTILINE: Draw._multiline,
    Kind.NUMBER: Draw._number,
    Kind.DATE: Draw._date,
    Kind.PARTIAL_DATE: Draw._partial_date,
    Kind.YES_NO: Draw._yes_no,
    Kind.CHOICE: Draw._choice,
    Kind.CHOICES: Draw._choices,
    Kind.ADDRESS: Draw._address,
    Kind.DECLARATION: Draw._declaration,
}
