"""The ways to pages that need a second browser: a change in two places, an invited person."""

from collections.abc import Iterator

from tests.browser.accessibility.modes import quiet_context
from tests.browser.accessibility.walk import NEXT, Walk
from tests.browser.accessibility.ways import papers
from tests.browser.fill import path_of, press

NAME = "#answers input[name$='vornamen']"
LATER = "main button[name='_go'][value='later']"


def clash(walk: Walk) -> Iterator[str]:
    """The same question is answered in two tabs."""
    here = walk.page.url
    if not _go_to_names(walk):
        walk.page.goto(here)
        return
    names, before = walk.page.url, walk.page.locator(NAME).first.input_value()
    other = walk.page.context.new_page()
    other.goto(names)
    for page, name in ((other, "Erfunda"), (walk.page, "Fiktiva")):
        page.locator(NAME).first.fill(name)
        press(page, LATER)
    other.close()
    yield "empty"
    press(walk.page, "main form button[type='submit']")
    yield "errors"
    walk.page.goto(names)
    walk.page.locator(NAME).first.fill(before)
    press(walk.page, LATER)
    walk.page.goto(here)


def _go_to_names(walk: Walk) -> bool:
    for page in walk.plan.procedure.pages:
        walk.page.goto(f"{walk.done['draft']}/{page.id}")
        if walk.page.locator(NAME).count():
            return True
    return False


def invitation(walk: Walk) -> Iterator[str]:
    """Somebody is invited, does their part on another device, and hands it over."""
    step = walk.done.get("invite")
    if step is None:
        return
    here, mine = walk.page.url, walk.page
    mine.goto(f"{walk.done['draft']}/{step}")
    press(mine, "button[value='invite']")
    yield "link and code"
    link = mine.locator(".vd-link-out").inner_text().strip()
    code = mine.locator(".vd-reference").inner_text().strip()
    mine.goto(f"{walk.done['draft']}/{step}")
    yield "sent"
    press(mine, "button[value='revoke']")
    yield "take back"
    press(mine, "button[value='keep']")
    browser = mine.context.browser
    assert browser is not None
    context = quiet_context(browser, link.partition("/i")[0], walk.language)
    walk.page = context.new_page()
    yield from _as_guest(walk, link, code)
    context.close()
    walk.page = mine
    mine.goto(f"{walk.done['draft']}/{step}")
    yield "done"
    mine.goto(here)


def _as_guest(walk: Walk, link: str, code: str) -> Iterator[str]:
    guest = walk.page
    walk.goto(link)
    yield "guest empty"
    press(guest, NEXT)
    yield "guest errors"
    guest.fill("#code", code)
    press(guest, NEXT)
    yield "guest begins"
    invited = guest.url
    guest.goto(f"{invited}/check-answers")
    yield "guest lacks something"
    invitation = walk.plan.procedure.invitations[0]
    guest.goto(f"{invited}/{invitation.pages[0]}")
    for state in walk.questions():
        yield f"guest {state}"
    for state in papers(walk):
        yield f"guest documents {state}"
    yield "guest checks"
    press(guest, "button[value='submit']")
    yield "guest is done"
    assert guest.locator("h1").count() == 1, path_of(guest)
