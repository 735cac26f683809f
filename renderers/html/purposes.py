"""Why we ask, and where the answers go: told at every page, and where a question differs."""

from collections.abc import Mapping
from dataclasses import dataclass

from engine.model import Procedure
from engine.model_purposes import Purpose
from engine.texts.languages import GERMAN
from renderers.html.words import Said, Words


@dataclass(frozen=True, slots=True)
class PurposeView:
    """A purpose in words for applicants."""

    text: Said
    legal_basis: Said
    recipients: tuple[Said, ...]
    kept: tuple[Said, ...]  # in the portal, and then where the authority keeps it


def purpose_views(procedure: Procedure, words: Words) -> Mapping[str, PurposeView]:
    """The purposes of a procedure by id."""
    recipients = {one.id: words.text(one.text) for one in procedure.recipients}
    classes = {one.id: words.text(one.text) for one in procedure.retention_classes}
    days = {key: period.days for key, period in procedure.retention.items()}
    portal = words.said("data.portal", drafts=days["drafts"], submissions=days["submissions"])
    return {
        one.id: _view(one, recipients, (portal, classes.get(one.retention)), words)
        for one in procedure.purposes
    }


def _view(
    one: Purpose, recipients: Mapping[str, Said], kept: tuple[Said | None, ...], words: Words
) -> PurposeView:
    return PurposeView(
        text=_sentence(words.text(one.text)),
        # Paragraphs are German in every language.
        legal_basis=Said(one.legal_basis, None if words.language == GERMAN else GERMAN),
        recipients=tuple(recipients[word] for word in one.recipients),
        kept=tuple(_sentence(said) for said in kept if said is not None),
    )


def _sentence(said: Said) -> Said:
    """With the full stop that authors leave out."""
    return Said(f"{said.text}.", said.language, f"{said.german}." if said.german else "")
