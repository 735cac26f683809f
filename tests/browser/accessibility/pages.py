"""THE TABLE OF PAGES: every kind of page of the portal, and how one gets there.

A new page is one line here. `PORTAL` is looked at once per language, `PROCEDURE` once per procedure
and language, from top to bottom as an applicant comes along. Whoever adds a page with states of its
own writes a function that yields the name of each state (ways.py, together.py, afterwards.py).
"""

from dataclasses import dataclass
from typing import Final

from tests.browser.accessibility import afterwards, together, ways
from tests.browser.accessibility.ways import Way, at


@dataclass(frozen=True, slots=True)
class Stop:
    """A kind of page: what it is, what it is for, and the way to it."""

    name: str
    kind: str  # reading, questions, papers, answers, receipt
    way: Way


PORTAL: Final = (
    Stop("start", "reading", at("/")),
    Stop("imprint", "reading", at("/imprint")),
    Stop("privacy", "reading", at("/privacy")),
    Stop("statement", "reading", at("/accessibility")),
    Stop("feedback", "reading", at("/feedback")),
    Stop("continue with a code", "questions", ways.door),
    Stop("case door", "questions", afterwards.case_door),
    Stop("not found", "reading", at("/gibt-es-nicht")),
)

PROCEDURE: Final = (
    Stop("service", "reading", at("/p/{procedure}")),
    Stop("privacy notice", "reading", at("/p/{procedure}/privacy")),
    Stop("quick check", "questions", ways.quick_check),
    Stop("questions", "questions", ways.questions),
    Stop("saved draft", "reading", ways.saved),
    Stop("resume code", "questions", ways.resumed),
    Stop("draft at hand", "reading", ways.started),
    Stop("overview", "reading", ways.overview),
    Stop("my data", "reading", ways.my_data),
    Stop("changed in two places", "questions", together.clash),
    Stop("invitation", "questions", together.invitation),
    Stop("papers", "papers", ways.papers),
    Stop("check answers", "answers", ways.summary),
    Stop("last step", "questions", ways.last_step),
    Stop("receipt", "receipt", afterwards.receipt),
    Stop("case", "reading", afterwards.case),
    Stop("documents that follow", "papers", afterwards.later),
    Stop("message", "reading", afterwards.messages),
    Stop("answer", "questions", afterwards.answer),
    Stop("withdrawal", "questions", afterwards.withdrawal),
)
