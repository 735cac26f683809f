"""What the Quick Check answers: an outcome, why, from when, and what was decided on the way."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from engine.answers.write import Json, tell_value
from engine.model import Outcome
from engine.model_parts import Cite, Text


@dataclass(frozen=True, slots=True)
class Reason:
    """A rule that hit, with its paragraph and its sentence."""

    rule: str
    because: Cite | None
    text: Text | None


@dataclass(frozen=True, slots=True)
class QuickCheckResult:
    """Decided on one day from the answers given; nothing is stored."""

    outcome: Outcome | None  # None: no rule decided
    reasons: tuple[Reason, ...]
    fulfilled: tuple[Reason, ...]  # what is in order already
    earliest: date | None
    decisions: Mapping[str, object]
    table_hits: tuple[tuple[str, str], ...]  # all table rules that hit: (decision, rule)

    @property
    def hits(self) -> tuple[str, ...]:
        """Ids of all table rules that hit."""
        return tuple(rule for _, rule in self.table_hits)

    def as_json(self) -> dict[str, Json]:
        """The form that `vordruck quick-check` prints."""
        return {
            "outcome": self.outcome.id if self.outcome else None,
            "reasons": [_told(one) for one in self.reasons],
            "fulfilled": [_told(one) for one in self.fulfilled],
            "earliest": self.earliest.isoformat() if self.earliest else None,
            "decisions": {name: tell_value(value) for name, value in self.decisions.items()},
        }


def _told(one: Reason) -> dict[str, Json]:
    return {
        "rule": one.rule,
        "because": one.because,
        "text": one.text.german if one.text else None,
    }
