"""Why data is asked for, who gets it, and how long it is kept; declared once, named at fields."""

from dataclasses import dataclass

from engine.model_parts import Cite, Text
from engine.source import Span

# Ways an application leaves the portal that a recipient can be named for.
DESTINATIONS = ("xoev", "dms", "invitation")


@dataclass(frozen=True, slots=True, eq=False)
class Recipient:
    """Somebody who gets answers."""

    id: str
    text: Text
    receives: tuple[str, ...]  # of DESTINATIONS: what the portal itself sends there
    span: Span


@dataclass(frozen=True, slots=True, eq=False)
class RetentionClass:
    """How long the authority keeps what it got, told in words; periods of the portal are days."""

    id: str
    text: Text
    source: str | None
    span: Span


@dataclass(frozen=True, slots=True, eq=False)
class Purpose:
    """What answers are needed for."""

    id: str
    text: Text
    legal_basis: Cite
    recipients: tuple[str, ...]  # ids of recipients
    retention: str  # drafts submissions uploads, or the id of a retention class
    by_hand: bool  # a person reads the answers, so no rule needs to
    source: str | None  # where the law does not say so: who has to check it
    span: Span
