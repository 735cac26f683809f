"""THE TABLE OF PAGES: every kind of page of the portal, and how one gets there.

A new page is one line here. `PORTAL` is looked at once per language, `PROCEDURE` once per procedure
and language, from top to bottom as an applicant comes along. Whoever adds a page with states of its
own writes a function that yields the name of each state.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final

from tests.browser.accessibility.walk import NEXT, Walk
from tests.browser.fill import hand_in_papers, press

Way = Callable[[Walk], Iterator[str]]


@dataclass(frozen=True, slots=True)
class Stop:
    """A kind of page: what it is, what it is for, and the way to it."""

    name: str
    kind: str  # reading, questions, papers, answers, receipt
    way: Way


def at(address: str) -> Way:
    """A page with an address of its own."""

    def go(walk: Walk) -> Iterator[str]:
        walk.goto(address.format(procedure=walk.procedure_id))
        yield ""

    return go


def _questions(walk: Walk) -> Iterator[str]:
    walk.begin()
    walk.done["draft"] = walk.page.url.rpartition("/")[0]
    yield from walk.questions()


def _saved(walk: Walk) -> Iterator[str]:
    here = walk.page.url
    press(walk.page, "main button[name='_go'][value='later']")
    yield ""
    walk.page.goto(here)


def _resumed(walk: Walk) -> Iterator[str]:
    """A code is made, and the session ends."""
    here = walk.page.url
    walk.page.goto(f"{walk.done['draft']}/saved-draft")
    press(walk.page, "button[value='code']")
    yield "no word"
    walk.page.fill("#word", "blauer Tisch 7")
    press(walk.page, "button[value='code']")
    yield "code"
    walk.page.goto(f"{walk.done['draft']}/saved-draft")
    yield "has a code"
    walk.page.goto(f"{walk.done['draft']}/session-over?saved=1")
    yield "session over"
    press(walk.page, NEXT)
    yield "session over, no word"
    walk.page.goto(here)


def _door(walk: Walk) -> Iterator[str]:
    walk.goto("/continue")
    yield "empty"
    press(walk.page, NEXT)
    yield "errors"


def _started(walk: Walk) -> Iterator[str]:
    here = walk.page.url
    for name, address in (("start", "/"), ("service", f"/p/{walk.procedure_id}")):
        walk.page.goto(address)
        yield name
    walk.page.goto(here)


def _overview(walk: Walk) -> Iterator[str]:
    here = walk.page.url
    walk.page.goto(f"{walk.done['draft']}/task-list")
    yield ""
    walk.page.goto(here)


def _my_data(walk: Walk) -> Iterator[str]:
    here = walk.page.url
    walk.page.goto("/my-data")
    yield "with a draft"
    press(walk.page, "main form[action$='/delete'] button")
    yield "sure"
    walk.page.goto(here)


def _papers(walk: Walk) -> Iterator[str]:
    if walk.step != "your-documents":
        return
    yield "empty"
    press(walk.page, NEXT)
    if walk.step != "your-documents":
        press(walk.page, "main button[name='_go'][value='back']")
    else:
        yield "errors"
    hand_in_papers(walk.page)
    press(walk.page, "main button[name='_go'][value='back']")
    yield "with files"
    press(walk.page, NEXT)


def _summary(walk: Walk) -> Iterator[str]:
    assert walk.step == "check-answers", walk.page.url
    yield ""
    links = walk.page.locator("main a[href*='back=check-answers']")
    places = [one.get_attribute("href") or "" for one in links.all()]
    for place in places:
        walk.page.goto(place)
        if walk.page.locator("button[name='_edit']").count():
            yield "closed rows"
            press(walk.page, "button[name='_edit']")
            yield "open row"
            break
    walk.page.goto(f"{walk.done['draft']}/check-answers")


def _last_step(walk: Walk) -> Iterator[str]:
    press(walk.page, "button[name='_go'][value='submit']")
    if walk.step != "last-step":
        return
    yield "empty"
    press(walk.page, "button[name='_go'][value='submit']")
    yield "errors"
    for tick in walk.page.locator("#answers input[type='checkbox']").all():
        tick.check()
    press(walk.page, "button[name='_go'][value='submit']")


def _receipt(walk: Walk) -> Iterator[str]:
    assert "/receipt/" in walk.page.url, walk.page.url
    yield ""


def _case(walk: Walk) -> Iterator[str]:
    """What the receipt leads to: where the case is, and documents that follow."""
    submission = walk.page.url.partition("?")[0].rpartition("/")[2]
    walk.goto(f"/case/{submission}")
    yield ""
    walk.goto(f"/case/{submission}/later")
    yield "documents that follow"


def _case_door(walk: Walk) -> Iterator[str]:
    walk.goto("/case")
    yield "empty"
    press(walk.page, "main form button")
    yield "errors"


def _quick_check(walk: Walk) -> Iterator[str]:
    yield from walk.quick_check()


PORTAL: Final = (
    Stop("start", "reading", at("/")),
    Stop("imprint", "reading", at("/imprint")),
    Stop("privacy", "reading", at("/privacy")),
    Stop("statement", "reading", at("/accessibility")),
    Stop("feedback", "reading", at("/feedback")),
    Stop("continue with a code", "questions", _door),
    Stop("case door", "questions", _case_door),
    Stop("not found", "reading", at("/gibt-es-nicht")),
)

PROCEDURE: Final = (
    Stop("service", "reading", at("/p/{procedure}")),
    Stop("privacy notice", "reading", at("/p/{procedure}/privacy")),
    Stop("quick check", "questions", _quick_check),
    Stop("questions", "questions", _questions),
    Stop("saved draft", "reading", _saved),
    Stop("resume code", "questions", _resumed),
    Stop("draft at hand", "reading", _started),
    Stop("overview", "reading", _overview),
    Stop("my data", "reading", _my_data),
    Stop("papers", "papers", _papers),
    Stop("check answers", "answers", _summary),
    Stop("last step", "questions", _last_step),
    Stop("receipt", "receipt", _receipt),
    Stop("case", "reading", _case),
)
