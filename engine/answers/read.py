"""Raw answers become canonical ones; whatever the definition does not ask for is dropped."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from engine.answers.problem import Complaint, Problem
from engine.model import Field, Group, Item, Procedure
from engine.values import Answers, Value

SPARE_ROWS = 10  # read beyond the maximum, so that the problem can be shown and corrected


@dataclass(frozen=True, slots=True)
class Reading:
    """What was understood, what was not, and the paths nobody asked for (to be logged)."""

    answers: Answers
    problems: tuple[Problem, ...]
    dropped: tuple[str, ...]


@dataclass(slots=True)
class _Notes:
    internal: bool
    problems: list[Problem] = field(default_factory=list)
    dropped: list[str] = field(default_factory=list)


def items_of(procedure: Procedure) -> tuple[Item, ...]:
    """All items of all pages, in order."""
    return tuple(item for page in procedure.pages for item in page.items)


def read_answers(
    source: Procedure | Iterable[Item], raw: object, *, internal: bool = False
) -> Reading:
    """Reads what fields and groups ask for; `internal` lets the clerk's questions through."""
    items = items_of(source) if isinstance(source, Procedure) else tuple(source)
    notes = _Notes(internal)
    if not isinstance(raw, Mapping):
        return Reading({}, (Problem("", "not-answers"),), ())
    answers = _read_items(items, raw, "", notes)
    return Reading(answers, tuple(notes.problems), tuple(sorted(notes.dropped)))


def _read_items(
    items: tuple[Item, ...], raw: Mapping[object, object], prefix: str, notes: _Notes
) -> dict[str, Value]:
    read: dict[str, Value] = {}
    known: set[object] = set()
    for item in items:
        if not isinstance(item, (Field, Group)):
            continue
        if isinstance(item, Field) and item.internal and not notes.internal:
            continue
        known.add(item.id)
        given = raw.get(item.id)
        if given is None or given == "":
            continue
        if isinstance(item, Group):
            value: Value = _read_rows(item, given, prefix + item.id, notes)
        else:
            value = _read_field(item, given, prefix + item.id, notes)
        if value is not None:
            read[item.id] = value
    notes.dropped.extend(f"{prefix}{key}"[:200] for key in raw if key not in known)
    return read


def _read_field(one: Field, given: object, path: str, notes: _Notes) -> Value:
    found = one.type.parse(given, one)
    if not isinstance(found, Complaint):
        return found
    notes.problems.append(problem_of(found, one, path))
    return None


def problem_of(complaint: Complaint, one: Field, path: str) -> Problem:
    """The complaint at its place; the author's own sentence for a pattern, if there is one."""
    if complaint.part:
        path = f"{path}.{complaint.part}"
    message = one.pattern_message if complaint.code == "pattern" else None
    return Problem(path, complaint.code, message, complaint.values)


def _read_rows(group: Group, given: object, path: str, notes: _Notes) -> Value:
    if not isinstance(given, (list, tuple)):
        notes.problems.append(Problem(path, "not-rows"))
        return None
    most = group.maximum + SPARE_ROWS
    notes.dropped.extend(f"{path}[{number}]" for number in range(most, min(len(given), most + 10)))
    rows: list[Mapping[str, Value]] = []
    for number, row in enumerate(given[:most]):
        if isinstance(row, Mapping):
            rows.append(_read_items(group.items, row, f"{path}[{number}].", notes))
        else:
            notes.problems.append(Problem(f"{path}[{number}]", "not-a-row"))
            rows.append({})
    return rows or None
