"""One message of each kind, with an invented person, and many different ones from a seed."""

import random
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta, timezone

from outputs.aktenversendung.messages import (
    ENDINGS,
    NAMES,
    OBSTACLES,
    PDF,
    REASONS,
    AdvanceInformation,
    Answer,
    Body,
    CompetenceAnswer,
    CompetenceQuestion,
    Confirmation,
    FileEntry,
    FileMetadata,
    Header,
    Message,
    Name,
    Office,
    Person,
    Piece,
    Reminder,
    Request,
    ResidenceCard,
)

AT = datetime(2026, 11, 24, 10, 15, 30, tzinfo=timezone(timedelta(hours=1)))
OLD = Office(
    "abh:00000001", "Ausländerbehörde Musterstadt (erfunden)", "Rathausplatz", "1", "12345",
    "Musterstadt", "abh@musterstadt.example", "+49 30 0000001",
)  # fmt: skip
NEW = Office(
    "abh:00000002", "Ausländerbehörde Beispielhausen (erfunden)", "Marktplatz", "5a", "54321",
    "Beispielhausen", "abh@beispielhausen.example",
)  # fmt: skip
PERSON = Person(
    ("439",), "w", "Musterabad, Iran", "1994-05",
    (Name("passport", "Amina Ǧamīla", "Beispielova-Muster", ""),), "940501000001",
)  # fmt: skip
ENTRY = FileEntry(
    "7c1f2a50-0f0b-4b2e-9a55-3d1c8e6b4f01", "pass.pdf", PDF, 1, ("02 Identität",),
    "Pass oder Passersatz", AT,
)  # fmt: skip
REQUEST_ID = "0b7e1c1e-4f5a-4d7c-8a10-000000010201"
# Body, and whether the office that gives the file writes it.
SAMPLES: tuple[tuple[Body, bool], ...] = (
    (CompetenceQuestion(PERSON, "AZ-1", "Weg", "12a", "54321", "Beispielhausen"), True),
    (CompetenceAnswer(PERSON, "AZ-1", "AZ-2", "Die Person ist hier nicht gemeldet."), False),
    (Request(PERSON, "AZ-2", more_formats=("045",)), False),
    (Answer(PERSON, "AZ-2", "AZ-1", obstacle="07"), True),
    (Confirmation(PERSON, "AZ-2", "AZ-1"), True),
    (AdvanceInformation(PERSON, is_card_ordered=True, conditions=("Erfunden",)), True),
    (FileMetadata(PERSON, (ENTRY,), 1, 357, (AT, "AV-1")), True),
    (Piece("0b7e1c1e-4f5a-4d7c-8a10-000000010206", 1, b"PK\x03\x04"), True),
    (Reminder(b"<a/>", REQUEST_ID, "010201", AT, "Aktenanforderung AZ-2"), False),
)  # fmt: skip


def header(*, from_old: bool, answers: str = "") -> Header:
    """Between the two invented offices."""
    reader, author = (NEW, OLD) if from_old else (OLD, NEW)
    return Header("0b7e1c1e-4f5a-4d7c-8a10-00000000000f", AT, reader, author, answers, is_test=True)


def messages() -> Iterator[Message]:
    """One of each kind."""
    for body, from_old in SAMPLES:
        yield Message(header(from_old=from_old, answers=REQUEST_ID), body)


class Varied:
    """Bodies with everything changed that may change."""

    def __init__(self, seed: int) -> None:
        self._dice = random.Random(seed)  # noqa: S311 - the same seed, the same messages

    def body(self) -> Body:
        """One of any kind."""
        dice, person = self._dice, self._person()
        text = self._text
        kinds: tuple[Body, ...] = (
            Request(
                person, text(), dice.choice(list(REASONS)), dice.random() < 0.5,
                tuple(dice.sample(list(ENDINGS), dice.randrange(3))),
            ),
            Answer(person, text(), text(), **self._reply()),  # type: ignore[arg-type]
            Confirmation(person, text(), text()),
            self._advance(person),
            FileMetadata(person, tuple(map(self._entry, range(1, dice.randrange(2, 6)))),
                         dice.randrange(1, 9), dice.randrange(10**9)),
            Piece(ENTRY.id, dice.randrange(1, 99), dice.randbytes(dice.randrange(1, 400))),
            Reminder(dice.randbytes(40), REQUEST_ID, "010201", AT, text(), text()),
            CompetenceQuestion(
                person, text(), "Weg", "3", "12345", text(), (("01", "a@b.example"),)
            ),
            CompetenceAnswer(person, text(), text(), dice.choice(["", text()])),
        )  # fmt: skip
        return dice.choice(kinds)

    def _person(self) -> Person:
        dice = self._dice
        kinds = sorted(dice.sample(list(NAMES), dice.randrange(1, 4)), key=list(NAMES).index)
        return Person(
            tuple(dice.sample(["439", "475", "163", "997"], dice.randrange(1, 4))),
            dice.choice(["d", "m", "w", "x", ""]),
            dice.choice(["", self._text()]),
            dice.choice(["", "1990", "1990-02", "1990-02-28"]),
            tuple(map(self._name, kinds)),
            f"9012{dice.randrange(1, 32):02d}{dice.randrange(10**6):06d}",
        )  # fmt: skip

    def _name(self, kind: str) -> Name:
        given, family, birth = (self._dice.choice(["", self._text()]) for _ in range(3))
        return Name(kind, given, family, birth)

    def _reply(self) -> dict[str, object]:
        return self._dice.choice([
            {"sent_on": date(2026, 11, 1)},
            {"obstacle": self._dice.choice(list(OBSTACLES))},
            {"competent": self._text()},
        ])  # fmt: skip

    def _advance(self, person: Person) -> AdvanceInformation:
        card = ResidenceCard(self._text(), "0123456789", "AB1234567", True, "7")
        words = tuple(self._text() for _ in range(self._dice.randrange(3)))
        plain = AdvanceInformation(person, bamf_number=self._text(), conditions=words)
        return replace(plain, card=card) if self._dice.random() < 0.5 else plain

    def _entry(self, position: int) -> FileEntry:
        return replace(
            ENTRY,
            position=position,
            format=self._dice.choice(list(ENDINGS)),
            path=tuple(self._text() for _ in range(self._dice.randrange(3))),
            description=self._dice.choice(["", self._text()]),
            effective_at=self._dice.choice([None, AT]),
        )

    def _text(self) -> str:
        return self._dice.choice(
            ["Beispiel", "Nguyễn-Çelik", "Ǧāmiʿ", "O'Neil", "a & b < c", "Straße 7", "1"]
        )
