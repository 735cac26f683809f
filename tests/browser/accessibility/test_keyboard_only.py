"""Every procedure from the start page to the receipt, without a mouse: Tab, letters, space, Enter.

A file cannot be chosen in a browser without a window; the control is reached by Tab, and what its
dialogue would give is handed to it.
"""

from collections.abc import Mapping, Sequence

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import NewPage
from tests.browser.fill import hand_in, path_of
from tests.portal.complete import answers_of, complete_cases, plans
from tests.portal.form_values import form_values, rows

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]

Values = Mapping[str, Sequence[str]]
_MOST = 400

_HERE = """() => {
  const one = document.activeElement;
  const number = one.name ? [...document.getElementsByName(one.name)].indexOf(one) : 0;
  const rows = [...document.querySelectorAll(".vd-row")].map((row) => row.id);
  return {
    tag: one.tagName, id: one.id, name: one.name ?? "", kind: one.type ?? "",
    value: one.value ?? "", checked: Boolean(one.checked), number, rows,
    href: one.getAttribute?.("href") ?? "", text: one.textContent.trim().slice(0, 60),
    isFirst: Boolean(one.matches?.(".kern-btn--primary")),
    inMain: Boolean(one.closest?.("main")),
    options: one.tagName === "SELECT" ? [...one.options].map((option) => option.value) : [],
  };
}"""


class Keyboard:
    """Somebody with a keyboard: knows only where the focus is."""

    def __init__(self, page: Page, values: Values, wanted: Mapping[str, int]) -> None:
        self.page, self.values, self.wanted = page, values, wanted

    def tab(self) -> dict[str, object]:
        """On to the next stop."""
        self.page.keyboard.press("Tab")
        here: dict[str, object] = self.page.evaluate(_HERE)
        return here

    def go(self, key: str = "Enter") -> None:
        """Press what has the focus, and wait for the page behind it."""
        with self.page.expect_navigation(wait_until="domcontentloaded"):
            self.page.keyboard.press(key)

    def to(self, **wanted: str) -> dict[str, object]:
        """Tab until something with these properties has the focus."""
        for _ in range(_MOST):
            here = self.tab()
            if here["inMain"] and all(str(here[name]) == value for name, value in wanted.items()):
                return here
        raise AssertionError(f"{wanted} is not reached on {path_of(self.page)}")

    def answer_page(self) -> None:
        """From the first stop to the button that leads on; what an answer brings up comes next."""
        for _ in range(_MOST):
            here = self.tab()
            if not here["inMain"]:
                continue
            if here["name"] == "_add" and self._lacks(str(here["value"]), here["rows"]):
                return self.go()
            if here["name"] == "_go" and here["value"] == "next":
                return self.go()
            if here["name"] in self.values:
                self._answer(here, self.values[str(here["name"])])
        raise AssertionError(f"no way on from {path_of(self.page)}")

    def _lacks(self, group: str, there: object) -> bool:
        stem = "f-" + group.replace("[", "-").replace("].", "-") + "-"
        assert isinstance(there, list)
        shown = [one for one in there if one.startswith(stem) and one[len(stem) :].isdigit()]
        return len(shown) < self.wanted.get(group, 0)

    def _answer(self, here: dict[str, object], given: Sequence[str]) -> None:
        keys = self.page.keyboard
        match here["kind"]:
            case "radio":
                self._choose(here, given[0])
            case "checkbox":
                if bool(here["checked"]) != (here["value"] in given):
                    keys.press("Space")
            case "select-one":
                self._select(here, given)
            case _:
                number = here["number"]
                assert isinstance(number, int)
                keys.press("Control+A")
                keys.insert_text(given[number] if number < len(given) else "")

    def _choose(self, here: dict[str, object], wanted: str) -> None:
        """Space takes the first of a group, arrows go on."""
        if not here["checked"]:
            self.page.keyboard.press("Space")
        for _ in range(_MOST):
            now = self.page.evaluate(_HERE)
            if now["value"] == wanted:
                return
            self.page.keyboard.press("ArrowDown")
        raise AssertionError(f"{wanted} is not among the choices")

    def _select(self, here: dict[str, object], given: Sequence[str]) -> None:
        options, number = here["options"], here["number"]
        assert isinstance(options, list)
        assert isinstance(number, int)
        if number >= len(given):
            return
        self.page.keyboard.press("Home")
        for _ in range(options.index(given[number])):
            self.page.keyboard.press("ArrowDown")
        assert self.page.evaluate("document.activeElement.value") == given[number]


def _begin(page: Page, keyboard: Keyboard, procedure: str) -> None:
    page.goto("/?lang=de")
    keyboard.to(href=f"/p/{procedure}")
    keyboard.go()
    for _ in range(_MOST):
        here = keyboard.tab()
        if here["tag"] == "BUTTON" and here["inMain"]:
            return keyboard.go("Space")
    raise AssertionError("there is no way in")


def _papers(page: Page, keyboard: Keyboard) -> None:
    """Files for all documents in the order of the page, then on; again for what is missing."""
    wanted = [one.get_attribute("id") or "" for one in page.locator("input[type='file']").all()]
    while path_of(page).endswith("/your-documents"):
        for one in wanted:
            keyboard.to(id=one)
            hand_in(page, one)
            assert page.evaluate("document.activeElement !== document.body"), "the focus is lost"
        keyboard.to(name="_go", value="next")
        keyboard.go()
        links = page.locator("#errors a").all()
        wanted = [(one.get_attribute("href") or "").removeprefix("#") for one in links]


@pytest.mark.parametrize(("procedure", "case"), list(complete_cases()))
def test_a_procedure_is_gone_through_without_a_mouse(
    new_page: NewPage, procedure: str, case: str
) -> None:
    """Start page, service, questions with dates and rows, files, summary, receipt."""
    page = new_page()
    one, answers = plans()[procedure].procedure, answers_of(procedure, case)
    keyboard = Keyboard(page, form_values(one, answers), rows(one, answers))
    _begin(page, keyboard, procedure)
    names = {it.id for it in one.pages}
    for _ in range(_MOST):
        step = path_of(page).rpartition("/")[2]
        if step in names:
            keyboard.answer_page()
        elif step == "your-documents":
            _papers(page, keyboard)
        elif step == "last-step":
            for _ in range(page.locator("#answers input[type='checkbox']").count()):
                keyboard.to(kind="checkbox")
                page.keyboard.press("Space")
            keyboard.to(name="_go", value="submit")
            keyboard.go()
        elif step == "check-answers":
            keyboard.to(name="_go", value="submit")
            keyboard.go()
        elif step == "task-list":
            keyboard.to(isFirst="True")
            keyboard.go()
        elif "/receipt/" in path_of(page):
            break
        else:  # an offer to invite somebody: the first way on
            keyboard.to(name="_go", value="next")
            keyboard.go()

    assert "/receipt/" in path_of(page)
    assert page.locator(".vd-reference").inner_text().strip()
