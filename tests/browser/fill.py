"""Fills in any form in a browser: reads the definition and a complete set of answers."""

from collections.abc import Mapping, Sequence
from urllib.parse import urlsplit

from playwright.sync_api import Locator, Page

from engine.model import Procedure
from tests.portal.form_values import form_values, rows
from tests.portal.papers import paper_for

Values = Mapping[str, Sequence[str]]
_MOST_PRESSES = 15


def path_of(page: Page) -> str:
    """Where the browser is."""
    return urlsplit(page.url).path


def begin(page: Page, procedure_id: str, language: str) -> None:
    """From the start page over the service page to the first question."""
    page.goto(f"/?lang={language}")
    page.locator(f"a[href='/p/{procedure_id}']").click()
    page.locator(f"form[action='/p/{procedure_id}/form'] button").first.click()


def fill_in(page: Page, procedure: Procedure, answers: Mapping[str, object]) -> None:
    """All pages of questions."""
    values, wanted = form_values(procedure, answers), rows(procedure, answers)
    names = {one.id for one in procedure.pages}
    while path_of(page).rpartition("/")[2] in names:
        fill_page(page, values, wanted)


def fill_page(page: Page, values: Values, wanted: Mapping[str, int]) -> None:
    """One page: its rows are added, its questions answered, then on."""
    here = path_of(page)
    for _ in range(_MOST_PRESSES):
        answer_what_is_shown(page, values)
        lacking = _lacking(page, wanted)
        if lacking:
            page.locator(f"button[name='_add'][value='{lacking}']").click()
            continue
        page.locator("main button[name='_go'][value='next']").click()
        if path_of(page) != here:
            return
        errors = page.locator("#errors li")
        assert errors.count() == 0, (here, errors.all_inner_texts())
    raise AssertionError(f"{here} does not end")


def answer_what_is_shown(page: Page, values: Values) -> None:
    """Every control that can be seen gets its answer; an answer may bring up further ones."""
    done: set[str] = set()
    while True:
        names = [name for name in _names(page) if name in values and name not in done]
        if not names:
            return
        for name in names:
            done.add(name)
            controls = page.locator(f"#answers [name='{name}']:visible:enabled")
            if controls.count():
                _answer(controls, values[name])


def _names(page: Page) -> list[str]:
    """Names of controls in the order of the page, each once."""
    controls = page.locator("#answers :is(input, select, textarea):not([type=hidden])")
    found = controls.filter(visible=True).all()
    return list(dict.fromkeys(name for one in found if (name := one.get_attribute("name"))))


def _answer(controls: Locator, given: Sequence[str]) -> None:
    first = controls.first
    tag = first.evaluate("one => one.tagName + '/' + (one.type || '')")
    if tag in {"INPUT/radio", "INPUT/checkbox"}:
        for one in controls.all():
            one.set_checked(one.get_attribute("value") in given) if "checkbox" in tag else None
            if tag == "INPUT/radio" and one.get_attribute("value") in given:
                one.check()
        return
    for number, one in enumerate(controls.all()):
        text = given[number] if number < len(given) else ""
        one.select_option(text) if tag.startswith("SELECT") else one.fill(text)


def _lacking(page: Page, wanted: Mapping[str, int]) -> str | None:
    """A group on the page with too few rows."""
    for button in page.locator("button[name='_add']:visible").all():
        group = button.get_attribute("value") or ""
        stem = "f-" + group.replace("[", "-").replace("].", "-") + "-"
        ids = [one.get_attribute("id") or "" for one in page.locator(".vd-row").all()]
        shown = [one for one in ids if one.startswith(stem) and one[len(stem) :].isdigit()]
        if len(shown) < wanted.get(group, 0):
            return group
    return None


def hand_in_papers(page: Page) -> None:
    """Files for every document, until there are enough."""
    if not path_of(page).endswith("/your-documents"):
        return
    ids = [one.get_attribute("id") or "" for one in page.locator("input[type='file']").all()]
    for one in ids:
        _upload(page, one)
    page.locator("#answers button[value='next']").click()
    while path_of(page).endswith("/your-documents"):
        target = page.locator("#errors a").first.get_attribute("href") or ""
        _upload(page, target.removeprefix("#"))
        page.locator("#answers button[value='next']").click()


def _upload(page: Page, input_id: str) -> None:
    control = page.locator(f"#{input_id}")
    name, content = paper_for(control.get_attribute("accept") or "")
    kind = "application/pdf" if name.endswith(".pdf") else "image/jpeg"
    control.set_input_files({"name": name, "mimeType": kind, "buffer": content})
    page.locator(f"form:has(#{input_id}) button[value='upload']").click()


def submit(page: Page) -> None:
    """Check and submit."""
    assert path_of(page).endswith("/check-answers"), page.locator("#errors li").all_inner_texts()
    page.locator("button[name='_go'][value='submit']").click()
