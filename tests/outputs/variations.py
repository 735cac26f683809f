"""Many different accepted applications of a real procedure, from a seed."""

import random
from collections.abc import Iterator
from datetime import date, timedelta

from engine.answers.paths import flatten, unflatten
from engine.cases import answers_of
from engine.kinds import Kind
from engine.model import Field
from engine.plan import Evaluation, Plan
from outputs.application import Application
from tests.outputs.plans import RECEIVED, real_plan

_NAMES = ("Beispiel", "Nguyễn-Çelik", "Ǧāmiʿ", "O'Neil", "Łukaszewski", "Ä")
_TEXTS = ("Erfunden 1", "a & b < c", '"Zitat"', "Straße 7", "Ā ž ß", "1")
_ROUNDS = 12


class Variations:
    """Starts from the cases of a definition, changes answers and mends what no longer fits."""

    def __init__(self, name: str, seed: int) -> None:
        self._plan: Plan = real_plan(name)
        self._dice = random.Random(seed)  # noqa: S311 - the same seed, the same applications
        self._fields = dict(self._plan.procedure.fields())
        self._cases = [one for one in self._plan.procedure.cases if one.given]

    def applications(self, count: int) -> Iterator[Application]:
        """Accepted ones only; stops with an error if the procedure hardly accepts any."""
        found = tried = 0
        while found < count:
            tried += 1
            assert tried < 40 * count + 100, f"only {found} of {tried} tries were accepted"
            case = self._dice.choice(self._cases)
            raw = flatten(answers_of(self._plan, case)[1])
            accepted = self._mended(self._changed(raw), raw, case.on)
            if accepted is not None:
                found += 1
                yield Application(self._plan, accepted, f"T-{found}", RECEIVED, case.on, "de")

    def _changed(self, raw: dict[str, object]) -> dict[str, object]:
        changed = dict(raw)
        for path in raw:
            throw = self._dice.random()
            if throw < 0.03:
                del changed[path]
            elif throw < 0.15:
                self._set(changed, path)
        return changed

    def _mended(
        self, raw: dict[str, object], before: dict[str, object], today: date
    ) -> Evaluation | None:
        for _ in range(_ROUNDS):
            evaluation = self._plan.check(unflatten(raw), today)
            if not evaluation.problems:
                return evaluation
            for problem in evaluation.problems:
                path = problem.field
                if path in before and self._dice.random() < 0.5:
                    raw[path] = before[path]
                else:
                    self._set(raw, path)
        return None

    def _set(self, raw: dict[str, object], path: str) -> None:
        plain = "".join("[]" if part.isdigit() else part for part in _parts(path))
        field = self._fields.get(plain) or self._fields.get(plain.rpartition(".")[0])
        if field is None or field.pattern is not None:
            return
        if field.type.kind is Kind.ADDRESS:
            base = path if plain in self._fields else path.rpartition(".")[0]
            parts = {
                "strasse": "Erfundene Straße",
                "hausnummer": "1a",
                "plz": "12345",
                "ort": "Ort",
            }
            raw.update({f"{base}.{part}": text for part, text in parts.items()})
        else:
            raw[path] = self._value(field)

    def _value(self, field: Field) -> object:
        dice = self._dice
        options = [one.value for one in field.options.options] if field.options else []
        match field.type.kind:
            case Kind.YES_NO:
                return dice.random() < 0.5
            case Kind.DECLARATION:
                return True
            case Kind.CHOICE:
                return dice.choice(options)
            case Kind.CHOICES:
                return dice.sample(options, k=min(len(options), dice.randint(1, 3)))
            case Kind.NUMBER:
                low, high = field.minimum or 0, field.maximum or 60
                return dice.randint(int(str(low).partition(".")[0]), int(float(str(high))))
            case Kind.DATE:
                return (date(2026, 12, 31) - timedelta(days=dice.randint(0, 20_000))).isoformat()
            case Kind.PARTIAL_DATE:
                day = date(2026, 1, 1) - timedelta(days=dice.randint(0, 25_000))
                return dice.choice((str(day.year), f"{day:%Y-%m}", day.isoformat()))
            case _:
                return self._text(field)

    def _text(self, field: Field) -> str:
        special = {
            "email": "wer@beispiel.example", "phone": "+49 30 0000000", "postcode": "12345",
            "iban": "DE89370400440532013000", "name": self._dice.choice(_NAMES),
        }  # fmt: skip
        text = special.get(field.type.name) or self._dice.choice(_TEXTS)
        return text + " und so weiter" * (len(text) < (field.min_length or 0))


def _parts(path: str) -> Iterator[str]:
    for part in path.replace("]", "").split("["):
        head = part.partition(".")[0]
        if head.isdigit():
            yield head
            yield part.removeprefix(head)
        else:
            yield part
