"""The ways to pages after submission: the case, messages of the authority, answers, withdrawal."""

import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from outputs.xoev.returned import Kind
from tests.browser.accessibility.walk import Walk
from tests.browser.fill import hand_in, press
from tests.portal.papers import paper_for
from tests.portal.status import people

KINDS: Final = (
    Kind.QUESTION,
    Kind.STATUS,
    Kind.APPOINTMENT,
    Kind.NOT_COMPETENT,
    Kind.REFUSAL,
)


def receipt(walk: Walk) -> Iterator[str]:
    """Submitted; what later ways need is written down."""
    assert "/receipt/" in walk.page.url, walk.page.url
    walk.done["case"] = "/case/" + walk.page.url.partition("?")[0].rpartition("/")[2]
    walk.done["reference"] = walk.page.locator(".vd-reference").inner_text().strip()
    yield ""


def case(walk: Walk) -> Iterator[str]:
    """What the receipt leads to: where the case is."""
    walk.goto(walk.done["case"])
    yield ""


def later(walk: Walk) -> Iterator[str]:
    """Documents that follow: nothing chosen, a file, sent."""
    walk.goto(f"{walk.done['case']}/later")
    yield "empty"
    press(walk.page, "main button[value='send']")
    yield "errors"
    controls = walk.page.locator("input[type='file']")
    hand_in(walk.page, controls.first.get_attribute("id") or "")
    yield "with a file"
    press(walk.page, "main button[value='send']")
    yield "sent"


def messages(walk: Walk) -> Iterator[str]:
    """One of each kind, as the Fachverfahren writes it."""
    if not _is_answered(walk):
        return
    with tempfile.TemporaryDirectory() as folder:
        office = people.Office(walk.app, Path(folder) / "incoming")
        for kind in KINDS:
            office.send(walk.done["reference"], kind)
            walk.goto(walk.done["case"])
            press(walk.page, "main a[href*='/message/']")
            yield kind.name.lower().replace("_", " ")
    walk.goto(walk.done["case"])
    yield "listed"


def answer(walk: Walk) -> Iterator[str]:
    """The question is answered, with a file."""
    if not _is_answered(walk):
        return
    walk.page.locator("main a[href*='/message/']").last.click()
    walk.page.wait_for_url("**/message/*")
    press(walk.page, "main a[href$='/answer']")
    yield "empty"
    press(walk.page, "button[value='send']")
    yield "errors"
    walk.page.locator("#text").fill("Hier ist der Mietvertrag.")
    name, content = paper_for(".pdf")
    walk.page.locator("#file").set_input_files({"name": name, "mimeType": "", "buffer": content})
    press(walk.page, "button[value='send']")
    yield "sent"


def withdrawal(walk: Walk) -> Iterator[str]:
    """The application is taken back."""
    if not _is_answered(walk):
        return
    walk.goto(walk.done["case"])
    press(walk.page, "a[href$='/withdraw']")
    yield "empty"
    press(walk.page, "button[value='withdraw']")
    yield "errors"
    walk.page.locator("#confirm").check()
    press(walk.page, "button[value='withdraw']")
    yield "sent"


def case_door(walk: Walk) -> Iterator[str]:
    """Another device: number and code are asked for."""
    walk.goto("/case")
    yield "empty"
    press(walk.page, "main form button")
    yield "errors"


def _is_answered(walk: Walk) -> bool:
    """True for the procedure whose Fachverfahren is played by the tests."""
    return walk.procedure_id == people.PROCEDURE
