"""The German words of a question, folded away under it: many do not trust a translation."""

from dataclasses import dataclass

from markupsafe import Markup

from engine.kinds import Kind
from engine.model import Field, Group
from engine.model_parts import Text
from engine.texts.languages import GERMAN
from renderers.html.words import Said, Words

# Longer lists are read in the select itself, with the German beside each option.
_MOST_OPTIONS = 20
_CHOICES = frozenset({Kind.CHOICE, Kind.CHOICES})


@dataclass(frozen=True, slots=True)
class GermanView:
    """What the author wrote at a question or a group."""

    label: str
    hint: str = ""
    options: tuple[str, ...] = ()
    help: Markup | None = None


def german_view(one: Field | Group, words: Words) -> GermanView | None:
    """The German words; None where they are to be seen anyway."""
    german = words.in_german
    if german is None or not _is_folded(one.label, words):
        return None
    hint = one.hint.german if isinstance(one, Field) and one.hint else ""
    help_text = german.markdown(one.help) if one.help else None
    return GermanView(one.label.german, hint, _options(one), help_text)


def german_text(text: Text, words: Words) -> Markup | None:
    """The German words of a text between questions; None where they are to be seen anyway."""
    german = words.in_german
    return german.markdown(text) if german and _is_folded(text, words) else None


def _is_folded(text: Text, words: Words) -> bool:
    return not words.has_german and words.text(text).language != GERMAN


def _options(one: Field | Group) -> tuple[str, ...]:
    if isinstance(one, Group) or one.options is None or one.type.kind not in _CHOICES:
        return ()
    options = one.options.options
    if len(options) > _MOST_OPTIONS or any(option.iso for option in options):
        return ()
    return tuple(option.label.german for option in options)


def beside(said: tuple[Said, ...], german: tuple[Said, ...]) -> tuple[Said, ...]:
    """Each with its German words."""
    return tuple(one.beside(other) for one, other in zip(said, german, strict=True))
