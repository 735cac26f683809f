"""What generated plans call where an expression of a line or two does not do."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal

from engine.answers.problem import Problem
from engine.answers.read import SPARE_ROWS, problem_of
from engine.fields.complaint import Complaint
from engine.fields.days import FIRST_YEAR, LAST_YEAR
from engine.model import Field, Group
from engine.values import Value

_MOST_WHOLE = 10_000
_MOST_DAYS = 40_000  # a century, and what it takes is known: some eight megabytes


class Whole(dict[int | None, Decimal | None]):
    """Decimals of whole numbers; the small ones, which are most of them, are made once."""

    def __missing__(self, number: int) -> Decimal:
        made = Decimal(number)
        if abs(number) <= _MOST_WHOLE:
            self[number] = made
        return made


class IsoDays(dict[str, date | None]):
    """Days by their ISO text, None for any other text; most are made once."""

    def __missing__(self, text: str) -> date | None:
        if len(text) != 10 or text[7] != "-":
            return None
        try:
            day = date.fromisoformat(text)
        except ValueError:
            return None
        if not FIRST_YEAR <= day.year <= LAST_YEAR:
            return None
        if len(self) >= _MOST_DAYS:
            self.clear()
        self[text] = day
        return day


WHOLE = Whole({None: None})


def read(field: Field, raw: object, path: str, problems: list[Problem]) -> Value:
    """The value of a raw answer; what cannot be read is a problem and no answer."""
    if raw is None or raw == "":
        return None
    found = field.type.parse(raw, field)
    if not isinstance(found, Complaint):
        return found
    problems.append(problem_of(found, field, path))
    return None


def read_rows(group: Group, raw: object, path: str, problems: list[Problem]) -> Sequence[object]:
    """The rows of a raw answer, as many as can be looked at."""
    if not isinstance(raw, (list, tuple)):
        if raw is not None and raw != "":
            problems.append(Problem(path, "not-rows"))
        return ()
    return raw[: group.maximum + SPARE_ROWS]


def read_row(raw: object, path: str, problems: list[Problem]) -> Mapping[str, object]:
    """One of these rows; what is none counts as an empty one."""
    if isinstance(raw, Mapping):
        return raw
    problems.append(Problem(path, "not-a-row"))
    return {}


def at(problem: Problem, path: str) -> Problem:
    """The problem in a row."""
    return replace(problem, field=path)


def filled(problem: Problem, values: Sequence[object]) -> Problem:
    """The problem with the values that its sentence names."""
    pairs = zip(problem.inserts, values, strict=True)
    return replace(problem, inserts=tuple(replace(one, value=value) for one, value in pairs))


def spread(
    problems: list[Problem],
    problem: Problem,
    rows: Sequence[Mapping[str, Value]] | None,
    path: str,
    names: tuple[str, ...],
) -> None:
    """A check over a whole group is shown at every row that has the field; else at the group."""
    paths = list(_answered(rows or (), path, names))
    for place in paths or [path]:
        problems.append(replace(problem, field=place))


def _answered(rows: Sequence[Mapping[str, Value]], path: str, names: tuple[str, ...]) -> list[str]:
    found: list[str] = []
    name, *inside = names
    for number, row in enumerate(rows):
        value, place = row.get(name), f"{path}[{number}].{name}"
        if not inside:
            found += [] if value is None else [place]
        elif isinstance(value, list):
            found += _answered(value, place, tuple(inside))
    return found
