"""What a plan finds out about answers; what is rarely asked is worked out when it is asked."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from itertools import chain
from typing import Any, TypeAlias

from engine.answers.problem import Problem
from engine.answers.read import items_of
from engine.answers.write import Json, tell_value
from engine.model import Computed, Field, Group, Item, Procedure
from engine.plan.messages import Say, german
from engine.plan.places import with_values
from engine.plan.runtime import WHOLE
from engine.values import Answers, Value

Values: TypeAlias = "tuple[tuple[Value | int, ...], ...]"  # in parts, as generated code hands over


@dataclass(frozen=True, slots=True)
class DocumentNeed:
    """A document asked for: once, or once per row of the group it belongs to."""

    document: str  # id
    required: bool
    row: int | None = None  # number of the row in the document's group
    title: str = ""  # the row in the author's words (`item`), "" without one


@dataclass(frozen=True, slots=True)
class Details:
    """What pages show and ask, given the answers."""

    visible: tuple[str, ...]
    required: tuple[str, ...]
    infos: tuple[str, ...]
    pages: tuple[str, ...]
    documents: tuple[DocumentNeed, ...]


class Shape:
    """What all evaluations of one set of questions have in common."""

    def __init__(
        self,
        procedure: Procedure,
        items: tuple[Item, ...],
        details_of: Callable[[Mapping[str, Value], date], Details],
    ) -> None:
        self.procedure = procedure
        self.details_of = details_of
        valued = with_values(items)
        self._names = tuple(one.id for one in valued)
        self._whole = tuple(one.id for one in valued if _is_whole(one))

    def named(self, values: Values) -> dict[str, Value]:
        """Values by name; what is still an int becomes a decimal like every other number."""
        together = chain.from_iterable(values)
        found: dict[str, Any] = dict(zip(self._names, together, strict=True))
        for name in self._whole:
            found[name] = WHOLE[found[name]]
        return found


class Evaluation:
    """Answers against the definition on one day. Unanswered and hidden values are null."""

    def __init__(
        self,
        shape: Shape,
        values: Values,
        problems: tuple[Problem, ...],
        warnings: tuple[Problem, ...],
        today: date,
    ) -> None:
        self.problems = problems
        self.warnings = warnings
        self._shape = shape
        self._values = values
        self._today = today

    @property
    def procedure(self) -> Procedure:
        """The definition it is held against."""
        return self._shape.procedure

    @cached_property
    def all_values(self) -> Mapping[str, Value]:
        """Every name; None where there is no value."""
        return self._shape.named(self._values)

    @cached_property
    def values(self) -> Answers:
        """Answers that count and computed values; nothing hidden, nothing empty."""
        return _filled(self.all_values)

    @cached_property
    def details(self) -> Details:
        """Worked out once, on demand."""
        return self._shape.details_of(self.all_values, self._today)

    @property
    def visible(self) -> tuple[str, ...]:
        """Paths of all fields and groups that are asked, in the order of the form."""
        return self.details.visible

    @property
    def required(self) -> tuple[str, ...]:
        """Paths of those that must be answered."""
        return self.details.required

    @property
    def infos(self) -> tuple[str, ...]:
        """Paths of the texts between questions that are shown."""
        return self.details.infos

    @property
    def pages(self) -> tuple[str, ...]:
        """Ids of the pages that show something."""
        return self.details.pages

    @property
    def documents(self) -> tuple[DocumentNeed, ...]:
        """Documents asked for, in the order of the definition."""
        return self.details.documents

    @cached_property
    def computed(self) -> Mapping[str, Value]:
        """Values made by rules, by path."""
        return dict(_computed(items_of(self.procedure), self.all_values, ""))

    def as_json(self, say: Say = german) -> dict[str, Json]:
        """The form that `vordruck evaluate` prints; groups are flat paths."""
        return {
            "visible": list(self.visible),
            "required": list(self.required),
            "problems": [_problem_json(one, say) for one in self.problems],
            "warnings": [_problem_json(one, say) for one in self.warnings],
            "documents": _documents_json(self.documents),
            "computed": {path: tell_value(value) for path, value in self.computed.items()},
            "pages": list(self.pages),
        }


def _is_whole(item: Field | Computed | Group) -> bool:
    return isinstance(item, Field) and item.type.name == "integer"


def _filled(values: Mapping[str, Value]) -> dict[str, Value]:
    found: dict[str, Value] = {}
    for name, value in values.items():
        if value is None or value == []:
            continue
        found[name] = [_filled(row) for row in value] if isinstance(value, list) else value
    return found


def _computed(
    items: tuple[Item, ...], values: Mapping[str, Value], prefix: str
) -> Iterator[tuple[str, Value]]:
    for item in items:
        if isinstance(item, Computed) and values.get(item.id) is not None:
            yield prefix + item.id, values[item.id]
        elif isinstance(item, Group):
            rows = values.get(item.id)
            for number, row in enumerate(rows if isinstance(rows, list) else ()):
                yield from _computed(item.items, row, f"{prefix}{item.id}[{number}].")


def _problem_json(problem: Problem, say: Say) -> dict[str, Json]:
    return {"field": problem.field, "code": problem.code, "message": say(problem)}


def _documents_json(needs: tuple[DocumentNeed, ...]) -> list[Json]:
    """Each document once; required if it is for any row."""
    required: dict[str, bool] = {}
    for need in needs:
        required[need.document] = required.get(need.document, False) or need.required
    return [{"id": name, "required": flag} for name, flag in required.items()]
