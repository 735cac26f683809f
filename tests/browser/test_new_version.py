"""Somebody comes back when the definition has changed, in Chromium."""

import pytest
from playwright.sync_api import Browser

from tests.browser.fill import path_of, press
from tests.browser.serving import running
from tests.browser.test_invitation import fits, is_flawless
from tests.portal.resume.conftest import clock, folder
from tests.portal.resume.people import draft_of
from tests.portal.resume.test_versions import Publish, begin_with_the_first, publish

__all__ = ["clock", "folder", "publish"]

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("language", ["de", "ar"])
def test_what_has_changed_is_told_before_it_goes_on(
    browser: Browser, publish: Publish, language: str
) -> None:
    """Removed answers by name, what no longer fits, what is new; wide and on a telephone."""
    visitor = begin_with_the_first(publish(1))
    town = publish(3, public_url="")
    with running(town.app) as address:
        context = browser.new_context(base_url=address, viewport={"width": 1280, "height": 900})
        context.set_default_timeout(30_000)
        context.add_cookies(
            [{"name": "vordruck", "value": visitor.client.cookies["vordruck"], "url": address}]
        )
        page = context.new_page()
        page.goto(f"{draft_of(visitor)}?lang={language}")
        assert path_of(page).endswith("/new-version")
        assert "Katze" in page.locator("main").inner_text()
        is_flawless(page)
        page.set_viewport_size({"width": 320, "height": 900})
        fits(page)
        is_flawless(page)
        press(page, "main button[value='next']")
        assert path_of(page).endswith("/task-list")
        context.close()
