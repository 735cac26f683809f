"""The handbook of a procedure, as a page or as a file to sign."""

from collections.abc import Callable, Mapping
from datetime import date, datetime, time

from engine import Plan
from engine.explain.speech import Speech
from engine.handbook import Handbook, build
from engine.model_parts import Text
from engine.texts.catalogue import LANGUAGES
from portal.clock import BERLIN
from portal.commands.given import day
from portal.commands.procedures import lists_folder_of, locate
from portal.commands.words import refuse, shown
from portal.texts import Texts
from renderers.handbook import pictures, write

_NOON = time(12)


def handbook_html(name: str, plan: Plan, today: str | None, language: str) -> bytes:
    """One file, to be read in a browser and printed."""
    book, drawn, _ = _made(name, plan, today, language)
    return write(book, drawn)


def handbook_pdf(name: str, plan: Plan, today: str | None, language: str) -> bytes:
    """PDF/A-3b and PDF/UA-1, dated on the day of the law: the same every time it is made."""
    from outputs.pdf import handbook

    book, drawn, on = _made(name, plan, today, language)
    return handbook.write(book, plan.procedure, drawn, datetime.combine(on, _NOON, BERLIN))


def _made(
    name: str, plan: Plan, today: str | None, language: str
) -> tuple[Handbook, Mapping[str, tuple[bytes, ...]], date]:
    if language not in LANGUAGES:
        refuse(
            f"Das Handbuch gibt es nicht auf »{shown(language)}«, nur auf: {', '.join(LANGUAGES)}.",
            f"The handbook is written in {', '.join(LANGUAGES)} only.",
        )
    # Without a day, that of the definition: who makes it tomorrow gets the same book.
    on = plan.procedure.law_as_of if today is None and plan.procedure.law_as_of else day(today)
    say = _translated(name, plan, language)
    book = build(plan, on, Speech(language, say))
    return book, pictures(book, plan.procedure, say), on


def _translated(name: str, plan: Plan, language: str) -> Callable[[Text], str]:
    words = Texts(lists_folder_of(locate(name))).words(language, plan.procedure)
    return lambda text: str(words.text(text))
