"""What somebody else fills in: an employer, a sponsor, a landlord, by an invitation."""

from dataclasses import dataclass
from datetime import timedelta

from engine.model_parts import Expression, Text
from engine.source import Span


@dataclass(frozen=True, slots=True, eq=False)
class Invitation:
    """Pages for an invited person, and the only answers of the applicant that come along."""

    id: str
    title: Text  # who is invited: "Arbeitgeber"
    text: Text | None  # for the invited person: who invites, why, what happens with the answers
    offer: Text | None  # for the applicant: why to invite
    show_if: Expression | None  # when the invitation is offered
    required: bool  # the applicant cannot fill in these pages
    pages: tuple[str, ...]  # theirs to read and to write
    documents: tuple[str, ...]  # theirs to hand in
    sees: tuple[str, ...]  # answers of the applicant that are shown to them
    uses: tuple[str, ...]  # answers that rules of their pages may read, never shown
    valid_for: timedelta
    span: Span
