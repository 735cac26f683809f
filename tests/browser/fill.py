"""Fills in any form in a browser: reads the definition and a complete set of answers."""

from collections.abc import Mapping, Sequence
from urllib.parse import urlsplit

from playwright.sync_api import Page

from engine.model import Procedure
from tests.portal.form_values import form_values, rows
from tests.portal.papers import paper_for

Values = Mapping[str, Sequence[str]]
_MOST_PRESSES = 15


def press(page: Page, selector: str) -> None:
    """Press a button or link, and wait for the page it leads to."""
    with page.expect_navigation(wait_until="domcontentloaded"):
        page.locator(selector).first.click()


def path_of(page: Page) -> str:
    """Where the browser is."""
    return urlsplit(page.url).path


def begin(page: Page, procedure_id: str, language: str) -> None:
    """From the start page over the service page to the first question."""
    page.goto(f"/?lang={language}")
    press(page, f"a[href='/p/{procedure_id}']")
    press(page, f"form[action='/p/{procedure_id}/form'] button")
    press(page, "main a.kern-btn--primary")


def fill_in(page: Page, procedure: Procedure, answers: Mapping[str, object]) -> None:
    """All pages of questions; nobody is invited."""
    values, wanted = form_values(procedure, answers), rows(procedure, answers)
    names = {one.id for one in procedure.pages}
    while (name := path_of(page).rpartition("/")[2]) in names or name.startswith("invite-"):
        if name in names:
            fill_page(page, values, wanted)
        else:
            press(page, "main button[value='next']")


def fill_page(page: Page, values: Values, wanted: Mapping[str, int]) -> None:
    """One page: its rows are added, its questions answered, then on."""
    here = path_of(page)
    for _ in range(_MOST_PRESSES):
        answer_what_is_shown(page, values)
        lacking = _lacking(page, wanted)
        if lacking:
            press(page, f"button[name='_add'][value='{lacking}']")
            continue
        press(page, "main button[name='_go'][value='next']")
        if path_of(page) != here:
            return
        errors = page.locator("#errors li")
        assert errors.count() == 0, (here, errors.all_inner_texts())
    raise AssertionError(f"{here} does not end")


def answer_what_is_shown(page: Page, values: Values) -> None:
    """Every control that can be seen gets its answer; an answer may bring up further ones."""
    done: set[str] = set()
    while True:
        controls = [one for one in _controls(page) if one["name"] in values]
        new = [one for one in controls if one["name"] not in done]
        if not new:
            return
        for control in new:
            _answer(page, control, values[control["name"]])
        done |= {one["name"] for one in new}


def _controls(page: Page) -> list[dict[str, str]]:
    """What can be seen and used, in the order of the page; asked for all at once, to be quick."""
    found: list[dict[str, str]] = page.evaluate(_SEEN)
    return found


_SEEN = """() => [...document.querySelectorAll("#answers :is(input, select, textarea)")]
  .filter((one) => one.type !== "hidden" && one.type !== "file" && one.checkVisibility())
  .filter((one) => !one.matches(":disabled"))
  .map((one) => ({id: one.id, name: one.name, kind: one.type, value: one.value,
    number: [...document.getElementsByName(one.name)].indexOf(one)}))"""


def _answer(page: Page, control: Mapping[str, str], given: Sequence[str]) -> None:
    place = page.locator(f"[id='{control['id']}']")
    match control["kind"]:
        case "radio" | "checkbox":
            if control["value"] in given:
                place.check()
            elif control["kind"] == "checkbox":
                place.uncheck()
        case kind:
            number = int(control["number"])
            text = given[number] if number < len(given) else ""
            place.select_option(text) if kind == "select-one" else place.fill(text)


def _lacking(page: Page, wanted: Mapping[str, int]) -> str | None:
    """A group on the page with too few rows."""
    groups: list[str] = page.evaluate(_ADDABLE)
    ids: list[str] = page.evaluate("() => [...document.querySelectorAll('.vd-row')].map(o => o.id)")
    for group in groups:
        stem = "f-" + group.replace("[", "-").replace("].", "-") + "-"
        shown = [one for one in ids if one.startswith(stem) and one[len(stem) :].isdigit()]
        if len(shown) < wanted.get(group, 0):
            return group
    return None


_ADDABLE = """() => [...document.querySelectorAll("button[name='_add']")]
  .filter((one) => one.checkVisibility()).map((one) => one.value)"""


def hand_in_papers(page: Page) -> None:
    """Files for every document, until there are enough."""
    if not path_of(page).endswith("/your-documents"):
        return
    ids = [one.get_attribute("id") or "" for one in page.locator("input[type='file']").all()]
    for one in ids:
        hand_in(page, one)
    press(page, "#answers button[value='next']")
    while path_of(page).endswith("/your-documents"):
        target = page.locator("#errors a").first.get_attribute("href") or ""
        hand_in(page, target.removeprefix("#"))
        press(page, "#answers button[value='next']")


def hand_in(page: Page, input_id: str) -> None:
    """One file at the control with this id."""
    control = page.locator(f"#{input_id}")
    name, content = paper_for(control.get_attribute("accept") or "")
    kind = "application/pdf" if name.endswith(".pdf") else "image/jpeg"
    card = page.locator(f"section:has(#{input_id})")
    kept = card.locator(".vd-files:not(.vd-uploading) li")
    before = kept.count()
    # Without scripts there is a button; with scripts choosing is enough.
    button = f"form:has(#{input_id}) button[value='upload']"
    has_button = page.locator(button).count() > 0
    control.set_input_files({"name": name, "mimeType": kind, "buffer": content})
    if has_button:
        press(page, button)
    else:
        page.locator(f"#{input_id.removesuffix('-file')} .vd-files li bdi").nth(before).wait_for()
        page.locator(".vd-uploading").first.wait_for(state="detached")


def submit(page: Page) -> None:
    """Check and submit."""
    assert path_of(page).endswith("/check-answers"), page.locator("#errors li").all_inner_texts()
    press(page, "button[name='_go'][value='submit']")
    if path_of(page).endswith("/last-step"):
        for tick in page.locator("#answers input[type='checkbox']").all():
            tick.check()
        press(page, "button[name='_go'][value='submit']")
