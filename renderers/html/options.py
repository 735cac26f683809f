"""The options of a choice in the reader's language; states by their Babel names, sorted."""

import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from markupsafe import Markup, escape

from engine.model import CodeList, Option
from engine.texts.languages import language as language_of
from renderers.html.words import Said, Words

_GERMANY = "DE"


@dataclass(frozen=True, slots=True)
class Choice:
    """One option as shown."""

    value: str
    label: Said


def choices(options: CodeList, words: Words) -> tuple[Choice, ...]:
    """All options: an author's list in the author's order, states in the order of their names."""
    if any(option.iso for option in options.options):
        return _states(options, words)
    return tuple(Choice(option.value, words.text(option.label)) for option in options.options)


def label(option: Option, words: Words) -> Said:
    """How an option is called: a state by Babel, anything else by its author."""
    if option.iso:
        name = _territories(words.language).get(option.iso)
        if name:
            return Said(name)
    return words.text(option.label)


def label_of(value: str, options: CodeList | None, words: Words) -> Said:
    """How the value is called; the value itself if the list does not have it."""
    for option in options.options if options else ():
        if option.value == value:
            return label(option, words)
    return Said(value)


def option_html(options: tuple[Choice, ...], chosen: str) -> Markup:
    """The options of a select; what was sent but is no option is shown as well."""
    lines = _lines(options)
    mark = f'<option value="{escape(chosen)}"'
    if chosen and mark not in lines:
        lines += f"{mark}>{escape(chosen)}</option>\n"
    return Markup(lines.replace(mark, f"{mark} selected", 1) if chosen else lines)  # noqa: S704  # escaped above


@lru_cache(maxsize=256)
def _lines(options: tuple[Choice, ...]) -> str:
    """Two hundred states are escaped once, not for every question of every page."""
    return "".join(
        f'<option value="{escape(one.value)}"{_language(one.label)}>'
        f"{escape(_both(one.label))}</option>\n"
        for one in options
    )


def _both(label: Said) -> str:
    """An option holds nothing but text, so the German words follow in the same line."""
    return f"{label.text} · {label.german}" if label.german else label.text


def _language(label: Said) -> str:
    return f' lang="{escape(label.language)}"' if label.language else ""


@lru_cache(maxsize=64)
def _states(options: CodeList, words: Words) -> tuple[Choice, ...]:
    """Germany, states by name, then what is no state of today (former ones, stateless, unclear)."""
    named = [(option, label(option, words)) for option in options.options]
    germany = [pair for pair in named if pair[0].iso == _GERMANY]
    states = [pair for pair in named if pair[0].iso and pair[0].iso != _GERMANY]
    others = [pair for pair in named if not pair[0].iso]
    states.sort(key=lambda pair: sort_key(str(pair[1])))
    return tuple(Choice(option.value, said) for option, said in [*germany, *states, *others])


@lru_cache(maxsize=16)
def _territories(language: str) -> dict[str, str]:
    return dict(language_of(language).locale.territories)


def sort_key(name: str) -> tuple[str, str]:
    """Letters without their marks first: Ägypten stands beside Afghanistan, not behind Zypern."""
    plain = "".join(
        sign for sign in unicodedata.normalize("NFKD", name) if not unicodedata.combining(sign)
    )
    return plain.casefold(), name
