"""The ways to pages on which somebody reads, fills in, checks and submits."""

from collections.abc import Callable, Iterator

from tests.browser.accessibility.walk import NEXT, Walk
from tests.browser.fill import hand_in_papers, press

Way = Callable[[Walk], Iterator[str]]


def at(address: str) -> Way:
    """A page with an address of its own."""

    def go(walk: Walk) -> Iterator[str]:
        walk.goto(address.format(procedure=walk.procedure_id))
        yield ""

    return go


def questions(walk: Walk) -> Iterator[str]:
    """Every page of questions of a new application."""
    walk.begin()
    walk.done["draft"] = walk.page.url.rpartition("/")[0]
    yield from walk.questions()


def saved(walk: Walk) -> Iterator[str]:
    """Go on later: what was kept, and until when."""
    here = walk.page.url
    press(walk.page, "main button[name='_go'][value='later']")
    yield ""
    walk.page.goto(here)


def resumed(walk: Walk) -> Iterator[str]:
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


def door(walk: Walk) -> Iterator[str]:
    """The code of a saved application is asked for."""
    walk.goto("/continue")
    yield "empty"
    press(walk.page, NEXT)
    yield "errors"


def started(walk: Walk) -> Iterator[str]:
    """A draft at hand is offered where people begin."""
    here = walk.page.url
    for name, address in (("start", "/"), ("service", f"/p/{walk.procedure_id}")):
        walk.page.goto(address)
        yield name
    walk.page.goto(here)


def overview(walk: Walk) -> Iterator[str]:
    """The list of tasks, in the middle of the form."""
    here = walk.page.url
    walk.page.goto(f"{walk.done['draft']}/task-list")
    yield ""
    walk.page.goto(here)


def my_data(walk: Walk) -> Iterator[str]:
    """What is kept, and whether it is really to be deleted."""
    here = walk.page.url
    walk.page.goto("/my-data")
    yield "with a draft"
    press(walk.page, "main form[action$='/delete'] button")
    yield "sure"
    walk.page.goto(here)


def papers(walk: Walk) -> Iterator[str]:
    """Documents: none, missing ones, all of them."""
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


def summary(walk: Walk) -> Iterator[str]:
    """All answers, and a way back into one of them."""
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


def last_step(walk: Walk) -> Iterator[str]:
    """The declaration, where there is one."""
    press(walk.page, "button[name='_go'][value='submit']")
    if walk.step != "last-step":
        return
    yield "empty"
    press(walk.page, "button[name='_go'][value='submit']")
    yield "errors"
    for tick in walk.page.locator("#answers input[type='checkbox']").all():
        tick.check()
    press(walk.page, "button[name='_go'][value='submit']")


def quick_check(walk: Walk) -> Iterator[str]:
    """Questions and a result without any application."""
    yield from walk.quick_check()
