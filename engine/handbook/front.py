"""Title page, how to read the book, what the procedure is about, and who signs."""

from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass

from engine.handbook.structure import (
    CODE,
    Block,
    Cell,
    Line,
    Paragraphs,
    Run,
    Section,
    Signatures,
    Table,
    cell,
    line,
    numbered,
)
from engine.handbook.telling import Telling, law
from engine.model import Case
from engine.model_dms import DmsOutput
from engine.source import Source
from engine.unconfirmed import MARK

_PLACES = {
    "Setting": "open.setting",
    "Purpose": "open.purpose",
    "RetentionClass": "open.retention",
    "Retention": "open.period",
    "DmsOutput": "open.aktenplan",
}
_DIGEST = 8  # characters that are read in one go


def title_facts(one: Telling) -> Table:
    """What is signed, exactly."""
    procedure, t = one.procedure, one.t
    rows = (
        (t("fact.procedure"), procedure.id),
        (t("fact.version"), procedure.version),
        (t("fact.digest"), digest(procedure.digest)),
        (t("fact.law_as_of"), one.date(procedure.law_as_of)),
        (t("fact.day"), one.date(one.day)),
        (t("fact.leika"), ", ".join(procedure.leika)),
        (t("fact.legal_basis"), law("; ".join(procedure.legal_basis))),
    )
    return _pairs(rows)


def digest(text: str) -> str:
    """In groups, to be compared by eye and to break into lines."""
    return " ".join(text[at : at + _DIGEST] for at in range(0, len(text), _DIGEST))


def authority_lines(one: Telling) -> tuple[str, ...]:
    """Who is responsible."""
    who = one.procedure.authority
    reach = " · ".join(filter(None, (who.email, who.phone)))
    return who.name, f"{who.street}, {who.postcode} {who.town}", reach


def reading(one: Telling) -> Section:
    """Chapter 1: how the book is made and read."""
    lines = tuple(line(one.t(f"reading.{number}")) for number in range(1, 8))
    return Section("1", one.t("chapter.reading"), "lesen", (Paragraphs(lines),))


def overview(one: Telling) -> Section:
    """Chapter 2: what the service page says, the authority, and the book in numbers."""
    parts = (
        (one.t("overview.service"), "leistung", (_service(one),)),
        (one.t("overview.authority"), "behoerde", (_authority(one),)),
        (one.t("overview.numbers"), "zahlen", (_numbers(one),)),
        (one.t("overview.privacy"), "datenschutzhinweis", tuple(_privacy(one))),
    )
    return Section("2", one.t("chapter.overview"), "ueberblick", (), numbered("2", parts))


def _service(one: Telling) -> Table:
    service, t = one.procedure.service, one.t
    rows: list[tuple[str, Cell]] = [(t("service.summary"), one.paragraphs(one.procedure.summary))]
    rows += [
        (t(f"service.{name}"), one.paragraphs(getattr(service, name)))
        for name in ("who", "cost", "duration", "result")
    ]
    steps = tuple(Line((Run(one.author(step)),), 1) for step in service.next_steps)
    rows.append((t("service.next_steps"), steps))
    return _table(rows)


def _authority(one: Telling) -> Table:
    who, t = one.procedure.authority, one.t
    rows = [
        (t("authority.name"), cell(who.name)),
        (t("authority.address"), cell(f"{who.street}, {who.postcode} {who.town}")),
        (t("authority.reach"), cell(", ".join(filter(None, (who.email, who.phone))))),
        (t("authority.ags"), cell(who.ags, CODE)),
        (t("authority.dvdv_key"), cell(who.dvdv_key, CODE)),
        (t("authority.district"), cell(", ".join(who.district) or t("authority.everywhere"))),
        (t("authority.sign_in"), cell(t(f"sign_in.{one.procedure.sign_in}"))),
        (t("authority.languages"), cell(", ".join(one.procedure.languages), CODE)),
    ]
    return _table(rows)


def _numbers(one: Telling) -> Table:
    procedure, check = one.procedure, one.procedure.quick_check
    counts = {
        "pages": len(procedure.pages),
        "fields": sum(1 for _ in procedure.fields()),
        "questions": len(check.questions) if check else 0,
        "rules": sum(len(decision.rules) for decision in check.decisions) if check else 0,
        "outcomes": len(check.outcomes) if check else 0,
        "documents": len(procedure.documents),
        "settings": len(procedure.settings),
        "open": len(open_points(one)),
        "cases": sum(1 for case in procedure.cases if case.expect),
    }
    return _table([(one.t(f"count.{name}"), cell(str(count))) for name, count in counts.items()])


def open_points(one: Telling) -> tuple[tuple[str, str, str], ...]:
    """What the authority has to check: where it stands, its id, and the source as written."""
    return tuple(_open(one))


def _open(one: Telling) -> Iterator[tuple[str, str, str]]:
    found: dict[tuple[str, str, str], None] = {}
    for kind, name, source in _unchecked(one.procedure, "", ""):
        where = one.t(_PLACES.get(kind, "open.rule"))
        found[where, name, source] = None
    yield from found


def _unchecked(part: object, kind: str, name: str) -> Iterator[tuple[str, str, str]]:
    """Every source and paragraph that says so, with the nearest id around it."""
    match part:
        case str() if MARK in part:
            yield kind, name, str(part)
        case tuple():
            for each in part:
                yield from _unchecked(each, kind, name)
        case Mapping():
            yield from _unchecked(tuple(part.values()), kind, name)
        case Source() | Case():
            return  # the text of the file itself, and examples
        case _ if is_dataclass(part):
            own = getattr(part, "id", None)
            if isinstance(own, str):
                kind, name = type(part).__name__, own
            elif isinstance(part, DmsOutput):
                kind, name = "DmsOutput", part.aktenplan
            for each in fields(part):
                yield from _unchecked(getattr(part, each.name), kind, name)


def _privacy(one: Telling) -> Iterator[Block]:
    said = one.paragraphs(one.procedure.privacy)
    yield Paragraphs(said or cell(one.t("none")))


def release(one: Telling) -> Section:
    """The last chapter: this version, and who signs it."""
    t, procedure = one.t, one.procedure
    heads = tuple(t(f"release.{name}") for name in ("version", "law_as_of", "digest", "change"))
    row = (
        cell(procedure.version),
        cell(one.date(procedure.law_as_of)),
        cell(digest(procedure.digest), CODE),
        cell(t("release.this")),
    )
    history = Table(t("release.history"), heads, (16, 16, 38, 30), (row, ((), (), (), ())))
    signed = Paragraphs((line(t("release.signed", version=procedure.version)),))
    columns = tuple(t(f"release.{name}") for name in ("who", "day", "signature"))
    people = tuple(t(f"release.{name}") for name in ("unit", "law", "privacy"))
    blocks = (history, signed, Signatures(columns, people))
    return Section("12", t("chapter.release"), "freigabe", blocks)


def _pairs(rows: tuple[tuple[str, str], ...]) -> Table:
    return _table([(name, cell(value)) for name, value in rows if value])


def _table(rows: list[tuple[str, Cell]]) -> Table:
    """Name and value; what has none is left out."""
    found = tuple((cell(name, "strong"), value) for name, value in rows if value)
    return Table("", (), (30, 70), found)
