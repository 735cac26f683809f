"""What would change a result, in the reader's words: another answer, or a later day."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from markupsafe import Markup, escape

from engine.explain.explanation import Change, Suggestion, waiting_words
from engine.explain.speech import Speech
from engine.model import Field
from engine.values import Value
from renderers.html.shown import show, show_date
from renderers.html.words import Said, Words


@dataclass(frozen=True, slots=True)
class ChangeView:
    """A question with the answer that would help, or "" where it is about waiting."""

    question: Said | None
    said: Markup


@dataclass(frozen=True, slots=True)
class BetterView:
    """An outcome and the ways to it; each way is everything that has to be different."""

    outcome: Said
    ways: tuple[tuple[ChangeView, ...], ...]


def better_views(found: Sequence[Suggestion], today: date, words: Words) -> list[BetterView]:
    """The better outcomes, in the order in which they come first."""
    titles = {one.outcome.id: one.outcome.title for one in found}
    return [
        BetterView(
            words.text(title),
            tuple(
                tuple(_change(change, today, words) for change in one.changes)
                for one in found
                if one.outcome.id == name
            ),
        )
        for name, title in titles.items()
    ]


def _change(one: Change, today: date, words: Words) -> ChangeView:
    if one.question is None:
        return ChangeView(None, _waiting(one.after, today, words))
    question = words.text(one.question.label)
    if one.after is None:
        return ChangeView(question, escape(words.t("change.empty")))
    after = _answer(one.after, one.question, words)
    if one.before is None:
        return ChangeView(question, _put(words.t("change.new"), after=after))
    before = _answer(one.before, one.question, words)
    return ChangeView(question, _put(words.t("change.instead"), after=after, before=before))


def _waiting(after: Value, today: date, words: Words) -> Markup:
    if not isinstance(after, date):
        return Markup("")
    time = waiting_words(today, after, Speech(words.language))
    day = Said(show_date(after, words))
    return _put(words.t("change.wait"), day=day, time=Said(time))


def _answer(value: Value, field: Field, words: Words) -> Said:
    return show(value, field, words)


def _put(sentence: str, **values: Said) -> Markup:
    """Texts of authors put into a sentence of ours, each marked with its language."""
    said = escape(sentence)
    for name, value in values.items():
        said = said.replace(f"{{{name}}}", value.__html__())
    return said
