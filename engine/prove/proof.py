"""What is claimed, and what became of it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from engine.answers.write import Json
from engine.source import Span


class Result(StrEnum):
    """There is no fourth."""

    PROVED = "proved"
    REFUTED = "refuted"
    NOT_PROVED = "not_proved"


@dataclass(frozen=True, slots=True)
class Example:
    """Answers that show it: a case an author can paste. Words of the solver never stand in it."""

    on: date
    about_form: bool  # else about the Quick Check
    answers: Mapping[str, Json]
    outcome: Mapping[str, Json] = field(default_factory=dict, compare=False)  # as of today

    def as_json(self) -> dict[str, Json]:
        """The keys of a case."""
        key = "given" if self.about_form else "quick_check"
        return {"on": self.on.isoformat(), key: dict(self.answers)}


@dataclass(frozen=True, slots=True)
class Proof:
    """One claim. `values` are what its sentences may insert; `reason` is a code with the same."""

    claim: str  # code: table-complete, can-be-shown, …
    subject: str  # id or path in the author's words
    span: Span
    result: Result
    values: Mapping[str, str] = field(default_factory=dict)
    example: Example | None = None
    reason: str = ""

    @property
    def key(self) -> str:
        """The same claim in every run."""
        return f"{self.claim} {self.subject}"
