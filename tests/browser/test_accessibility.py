"""What axe-core finds, and what it cannot see: names, descriptions, ids, keyboard, reflow."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import ROOT, NewPage
from tests.browser.fill import answer_what_is_shown, begin, fill_in, hand_in_papers, press, submit
from tests.portal.complete import answers_of, plans
from tests.portal.form_values import question_values

pytestmark = pytest.mark.browser

AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"
# Naming wcag22aa switches on the rule about target sizes, which is off otherwise.
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
PROCEDURE = "musterprozess"

# axe does not see these: each is a rule of the accessibility plan.
LINT = """() => {
  const found = [];
  const ids = [...document.querySelectorAll('[id]')].map((one) => one.id);
  ids.filter((id, at) => ids.indexOf(id) !== at).forEach((id) => found.push('id twice: ' + id));
  const visible = (one) => one.type !== 'hidden' && one.checkVisibility();
  for (const one of [...document.querySelectorAll('input, select, textarea')].filter(visible)) {
    if (!one.labels.length || !one.labels[0].textContent.trim()) found.push('no label: ' + one.id);
    if (one.placeholder) found.push('placeholder: ' + one.id);
    const group = one.closest('fieldset:not([role=presentation])');
    if (['radio'].includes(one.type) && !(group && group.querySelector('legend')))
      found.push('no legend: ' + one.id);
    const told = (one.getAttribute('aria-describedby') || '').split(' ').filter(Boolean);
    told.filter((id) => !document.getElementById(id)).forEach((id) => found.push('lost: ' + id));
    const wrong = one.getAttribute('aria-invalid') === 'true';
    if (wrong !== told.some((id) => id.endsWith('-error'))) found.push('invalid: ' + one.id);
  }
  document.querySelectorAll('[onclick]').forEach((one) => found.push('onclick: ' + one.id));
  const wide = document.documentElement.scrollWidth - window.innerWidth;
  if (wide > 0) found.push('sticks out by ' + wide);
  return found;
}"""


def states(page: Page) -> Iterator[str]:
    """Every kind of page, one after the other."""
    procedure = plans()[PROCEDURE].procedure
    for name, address in (
        ("start", "/?lang=de"),
        ("service", f"/p/{PROCEDURE}"),
        ("quick check", f"/p/{PROCEDURE}/quick-check"),
        ("not found", "/gibt-es-nicht"),
        ("statement", "/accessibility"),
    ):
        page.goto(address)
        yield name
    ask_quick_check(page)
    yield "quick check result"
    begin(page, PROCEDURE, "de")
    yield "form"
    page.locator("#f-schwerbehindert-1").check()
    press(page, "main button[value='next']")
    yield "errors"
    fill_in(page, procedure, answers_of(PROCEDURE, "MP-voll"))
    yield "documents"
    hand_in_papers(page)
    yield "summary"
    press(page, "a[href$='ausweis?back=check-answers']")
    yield "rows"
    press(page, "button[name='_edit']")
    yield "open row"
    page.goto(page.url.replace("ausweis", "check-answers").split("?")[0])
    submit(page)
    yield "receipt"


def ask_quick_check(page: Page) -> None:
    """To the result with the most on it: a day, reasons, what is fulfilled, ways out."""
    procedure = plans()[PROCEDURE].procedure
    case = next(one for one in procedure.cases if one.id == "MP-02")
    assert procedure.quick_check is not None
    values = question_values(procedure.quick_check.questions, case.quick_check)
    page.goto(f"/p/{PROCEDURE}/quick-check")
    while not page.locator("button[value='calendar']").count():
        answer_what_is_shown(page, values)
        press(page, "main button[name='_go'][value='next']")


@pytest.mark.parametrize(
    ("width", "scheme"), [(1280, "light"), (320, "light"), (1280, "dark")], ids=str
)
def test_no_page_breaks_a_rule(new_page: NewPage, width: int, scheme: str) -> None:
    """axe: no violation in any state; and none of what axe cannot see."""
    page = new_page(width=width)
    page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    script = AXE.read_text("utf-8")
    for state in states(page):
        page.evaluate(script)
        result = page.evaluate("rules => axe.run({runOnly: rules})", RULES)
        broken = [
            (one["id"], [node["target"] for node in one["nodes"]]) for one in result["violations"]
        ]
        assert broken == [], state
        assert page.evaluate(LINT) == [], state


def test_the_error_summary_is_read_out_and_leads_to_the_controls(new_page: NewPage) -> None:
    """It has the focus, and each of its links moves the focus into the control."""
    page = new_page()
    begin(page, PROCEDURE, "de")
    press(page, "main button[value='next']")
    assert page.evaluate("document.activeElement.id") == "errors"
    links = page.locator("#errors a").all()
    assert len(links) == 5
    for link in links:
        target = (link.get_attribute("href") or "").removeprefix("#")
        link.click()
        assert page.evaluate("document.activeElement.id") == target


def test_the_keyboard_reaches_everything_in_reading_order(new_page: NewPage) -> None:
    """Skip link first; no control is left out, none is reached twice, none is covered."""
    page = new_page()
    begin(page, PROCEDURE, "de")
    order: list[tuple[int, str]] = []
    for _ in range(80):
        page.keyboard.press("Tab")
        place, name = page.evaluate(_FOCUSED)
        if place < 0 or (order and place == order[0][0]):
            break
        order.append((place, name))
    places = [place for place, _ in order]
    names = [name for _, name in order]
    wanted = ["familienname", "vornamen", "geburtsdatum.day", "anschrift.strasse", "email"]

    assert names[0].endswith("#main")
    assert places == sorted(set(places))
    assert [name for name in names if name in wanted] == wanted
    assert names.index("email") < names.index("schwerbehindert") < names.index("_go")


_FOCUSED = """() => {
  const one = document.activeElement;
  const place = one === document.body ? -1 : [...document.querySelectorAll('*')].indexOf(one);
  return [place, one.name || one.href || one.tagName];
}"""


def test_a_page_can_be_filled_in_and_sent_with_the_keyboard_alone(new_page: NewPage) -> None:
    """Tab, type, space, Enter: Enter goes on, it does not switch the language."""
    page = new_page()
    begin(page, PROCEDURE, "de")
    page.locator("#f-familienname").focus()
    for text in ("Muster", "Erika", "", "", "1990", "Weg", "1", "", "12345", "Musterstadt"):
        page.keyboard.type(text)
        page.keyboard.press("Tab")
    page.locator("#f-schwerbehindert-2").focus()
    page.keyboard.press("Space")
    page.locator("#f-vornamen").focus()
    with page.expect_navigation():
        page.keyboard.press("Enter")

    assert page.url.endswith("/ausweis")
    assert page.locator("html").get_attribute("lang") == "de"


def test_scripts_show_and_hide_what_hangs_on_an_answer(new_page: NewPage) -> None:
    """Yes brings the question, no takes it away; what is hidden is not sent."""
    page = new_page()
    begin(page, PROCEDURE, "de")
    ticks = page.locator("[name='merkzeichen']").first
    assert not ticks.is_visible()
    page.locator("#f-schwerbehindert-1").check()
    assert ticks.is_visible()
    assert ticks.is_enabled()
    page.locator("#f-schwerbehindert-2").check()
    assert not ticks.is_visible()
    assert not ticks.is_enabled()


def test_right_to_left_pages_mirror_without_sticking_out(new_page: NewPage, portal: str) -> None:
    """The mirrored style sheet holds for the same pages, at 320 px too."""
    page = new_page(width=320)
    page.goto("/?lang=de")
    page.route("**/portal.css*", lambda route: route.continue_(
        url=f"{portal}/static/portal.rtl.css"
    ))  # fmt: skip
    begin(page, PROCEDURE, "de")
    page.evaluate("document.documentElement.dir = 'rtl'")
    label = page.locator("label[for='f-familienname']").bounding_box()
    assert label is not None
    assert label["x"] + label["width"] > 270  # at the right edge, where reading starts
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
