"""What the portal's script and styles do, seen in Chromium."""

from collections.abc import Iterator
from importlib.resources import files

import pytest
from playwright.sync_api import Browser, Page, Route

pytestmark = pytest.mark.browser

STATIC = files("renderers").joinpath("html", "static")
MEDIA_TYPES = {"css": "text/css", "js": "text/javascript", "woff2": "font/woff2", "ttf": "font/ttf"}
POLICY = "default-src 'none'; style-src 'self'; script-src 'self'; font-src 'self'; img-src data:"

FORM = """
<h1>Fehler</h1>
<div tabindex="-1" data-focus id="summary" class="vd-error-summary">Bitte prüfen</div>
<form method="post" action="/send" data-once>
  <div class="kern-form-check">
    <input class="kern-form-check__checkbox" type="checkbox" id="box" checked>
    <label class="kern-label" for="box">Ja</label>
  </div>
  <button id="go">Weiter</button>
</form>
"""


def page_text(body: str, direction: str) -> str:
    """Wrap a body the way the portal's pages do."""
    sheet = "portal.rtl.css" if direction == "rtl" else "portal.css"
    return (
        f'<!doctype html><html lang="de" dir="{direction}"><meta charset="utf-8">'
        f'<link rel="stylesheet" href="/static/{sheet}">{body}'
        '<script src="/static/portal.js"></script></html>'
    )


class Site:
    """A site without a server: answers the browser's requests itself, and counts what is sent."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.sent = 0
        self.complaints: list[str] = []
        page.route("**/*", self.answer)
        page.on("console", lambda message: self.complaints.append(message.text))

    def answer(self, route: Route) -> None:
        """Serve pages and static files; a sent form leaves the browser where it is (204)."""
        path = route.request.url.split("vordruck.test", 1)[1]
        if route.request.method == "POST":
            self.sent += 1
            route.fulfill(status=204)
        elif path.startswith("/static/"):
            content = STATIC.joinpath(*path.split("/")[2:]).read_bytes()
            media_type = MEDIA_TYPES[path.rsplit(".", 1)[1]]
            route.fulfill(body=content, content_type=media_type)
        else:
            route.fulfill(
                body=page_text(FORM, path.strip("/")),
                content_type="text/html; charset=utf-8",
                headers={"Content-Security-Policy": POLICY},
            )


@pytest.fixture
def site(browser: Browser) -> Iterator[Site]:
    """Give a page that talks to the site."""
    page = browser.new_page()
    yield Site(page)
    page.close()


def test_a_form_is_sent_once_however_often_it_is_pressed(site: Site) -> None:
    """A double click must not apply twice."""
    site.page.goto("https://vordruck.test/ltr")

    for _ in range(3):
        site.page.evaluate("document.querySelector('#go').click()")
        site.page.wait_for_timeout(50)

    assert site.sent == 1
    assert site.page.locator("form").get_attribute("aria-busy") == "true"


def test_the_error_summary_has_the_focus(site: Site) -> None:
    """A screen reader starts with what went wrong."""
    site.page.goto("https://vordruck.test/ltr")

    assert site.page.evaluate("document.activeElement.id") == "summary"


def test_nothing_needs_a_looser_content_security_policy(site: Site) -> None:
    """Neither inline code nor foreign hosts: the browser has nothing to complain about."""
    site.page.goto("https://vordruck.test/ltr")

    assert [] == site.complaints


@pytest.mark.parametrize("direction", ["ltr", "rtl"])
def test_the_tick_stands_inside_its_box(site: Site, direction: str) -> None:
    """Mechanical mirroring moves KERN's tick out of its box; ours stays in the middle."""
    site.page.goto(f"https://vordruck.test/{direction}")

    left = site.page.evaluate(
        "parseFloat(getComputedStyle(document.querySelector('#box'), '::before').left)"
    )
    box = site.page.evaluate("getComputedStyle(document.querySelector('#box')).direction")

    assert (3.0, "ltr") == (left, box)


def test_names_are_shown_in_a_font_that_has_their_letters(site: Site) -> None:
    """DIN 91379 allows letters that few fonts have; only who needs them fetches the whole font."""
    site.page.goto("https://vordruck.test/ltr")

    loaded = site.page.evaluate(
        """Promise.all(['Ç', 'ḗ', 'ẖ', 'm\u0302'].map(async letters => (
            await document.fonts.load('16px "Noto Sans", "Noto Sans Names"', letters)
        ).map(font => font.family.replaceAll('"', ''))))"""
    )

    assert loaded == [
        ["Noto Sans"],
        ["Noto Sans Names"],
        ["Noto Sans Names"],
        ["Noto Sans", "Noto Sans Names"],
    ]
