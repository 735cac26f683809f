"""The privacy notice of a procedure, made of what its definition declares (Art. 13 DSGVO)."""

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from engine.data_use import data_use
from engine.model import Procedure
from renderers.html.purposes import PurposeView, purpose_views
from renderers.html.words import Said, Words


@dataclass(frozen=True, slots=True)
class ForPurpose:
    """A purpose with the questions that are asked for it."""

    view: PurposeView
    questions: Sequence[Said]


@dataclass(frozen=True, slots=True)
class Notice:
    """Everything that the definition says about data."""

    text: Markup | None  # the author's own
    purposes: Sequence[ForPurpose]
    recipients: Sequence[Said]
    has_quick_check: bool


def notice_of(procedure: Procedure, words: Words) -> Notice:
    """The notice, purposes in the order in which the form meets them."""
    views = purpose_views(procedure, words)
    asked: dict[str, list[Said]] = {}
    for one in data_use(procedure):
        if not one.field.internal:
            asked.setdefault(one.purpose.id, []).append(words.text(one.field.label))
    return Notice(
        text=words.markdown(procedure.privacy) if procedure.privacy else None,
        purposes=[ForPurpose(views[name], labels) for name, labels in asked.items()],
        recipients=[words.text(one.text) for one in procedure.recipients],
        has_quick_check=procedure.quick_check is not None,
    )
