"""The accessibility statement (§ 7 BITV 2.0): what the last campaign of tests found, in words.

`accessibility.json` is written by tests/browser/accessibility/campaign.py; nothing that the page
tells about tests is written by hand.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files

from markupsafe import Markup

from portal.settings import Settings
from renderers.html.markdown import to_html
from renderers.html.shown import show_date
from renderers.html.words import Words


@dataclass(frozen=True, slots=True)
class Results:
    """What was tested, and what is left."""

    tested_on: date
    standard: str
    languages: int
    states: int
    findings: int  # of the tests, not mended yet
    faults: int  # put in on purpose, to test the tests; all were found
    open: tuple[str, ...]  # keys of what no test decides

    @property
    def is_complete(self) -> bool:
        """Whether nothing at all is left."""
        return not self.findings and not self.open


@cache
def results() -> Results:
    """Those of the last campaign."""
    told = json.loads((files("portal") / "start" / "accessibility.json").read_text("utf-8"))
    return Results(
        tested_on=date.fromisoformat(told["tested_on"]),
        standard=told["standard"],
        languages=len(told["languages"]),
        states=told["states"],
        findings=told["findings"],
        faults=told["seeded_faults"] + told["further_faults"],
        open=tuple(told["open"]),
    )


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the statement."""

    title: str
    text: Markup


def statement(found: Results, settings: Settings, words: Words) -> tuple[Section, ...]:
    """Status, what is missing, method, feedback, arbitration."""
    day = show_date(found.tested_on, words)
    status = "full" if found.is_complete else "partly"
    parts = {
        "status": words.t(f"statement.status.{status}", standard=found.standard),
        "missing": "\n".join(f"- {one}" for one in _missing(found, words)),
        "method": _method(found, words, day),
        "feedback": words.t("statement.feedback.text", email=settings.feedback_email),
        "arbitration": words.t("statement.arbitration.text", arbitration=settings.arbitration),
    }
    return tuple(
        Section(words.t(f"statement.{name}.title"), to_html(text))
        for name, text in parts.items()
        if text
    )


def _missing(found: Results, words: Words) -> Iterator[str]:
    if found.findings:
        yield words.count("statement.findings", found.findings)
    yield from (words.t(f"statement.open.{name}") for name in found.open)


def _method(found: Results, words: Words, day: str) -> str:
    told = (
        words.t("statement.method.text", date=day, standard=found.standard),
        words.t("statement.method.pages", states=found.states, languages=found.languages),
        words.t("statement.method.own", faults=found.faults),
        words.t("statement.method.again", date=day),
    )
    return "\n\n".join(told)
