"""What a browser asks for on the way through an application, and what it keeps (§ 25 TDDDG)."""

from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import NewPage
from tests.browser.fill import begin, fill_in, hand_in_papers, press, submit
from tests.portal.complete import answers_of, plans

pytestmark = pytest.mark.browser

PROCEDURE = "musterprozess"


def walk(page: Page) -> None:
    """Every kind of page: before, in and after an application."""
    for address in ("/", f"/p/{PROCEDURE}", f"/p/{PROCEDURE}/quick-check", "/privacy", "/nirgends"):
        page.goto(address)
    begin(page, PROCEDURE, "ar")
    fill_in(page, plans()[PROCEDURE].procedure, answers_of(PROCEDURE, "MP-voll"))
    hand_in_papers(page)
    page.goto(f"/p/{PROCEDURE}/privacy")
    page.goto("/my-data")
    page.locator("main a[href*='task-list']").first.click()
    press(page, "main a.kern-btn--primary")
    submit(page)


def test_nothing_is_loaded_from_others_and_nothing_stays(new_page: NewPage, portal: str) -> None:
    """Every request goes to the portal; one cookie that no script reads, no other storage."""
    page = new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    walk(page)
    ours = urlsplit(portal).netloc
    others = [one for one in asked if urlsplit(one).netloc != ours]

    assert len(asked) > 20
    assert [one for one in others if not one.startswith("data:")] == []
    assert "/receipt/" in page.url
    cookies = page.context.cookies()

    assert [one["name"] for one in cookies] == ["vordruck"]
    assert cookies[0]["httpOnly"]
    assert cookies[0]["sameSite"] == "Lax"
    kept = page.evaluate(
        "async () => [localStorage.length, sessionStorage.length, document.cookie,"
        " (await indexedDB.databases()).length, (await caches.keys()).length]"
    )
    assert kept == [0, 0, "", 0, 0]
