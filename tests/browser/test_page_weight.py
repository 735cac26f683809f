"""A page must come over a slow line to an old phone (60 KB compressed in all, 10 KB of script)."""

import pytest

from tests.browser.conftest import NewPage
from tests.browser.weighing import weigh

pytestmark = pytest.mark.browser

LANGUAGES = ("de", "en", "tr", "ar", "uk", "fr", "ru")


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_first_pages_are_light(new_page: NewPage, language: str) -> None:
    """With nothing in the browser's store yet, whichever page a search engine leads to."""
    for address in ("/", "/p/einbuergerung", "/p/einbuergerung/quick-check"):
        weight = weigh(new_page(width=320, language=language), f"{address}?lang={language}")

        assert weight.total <= 60_000, (address, weight.by_kind)
        assert weight.by_kind["Script"] <= 10_000


def test_the_first_page_comes_over_slow_3g(new_page: NewPage) -> None:
    """It can be read and used before its fonts are there."""
    page = new_page(width=320)

    weight = weigh(page, "/p/einbuergerung?lang=de", slow=True)

    assert page.get_by_role("heading", level=1).is_visible()
    assert weight.readable < weight.complete
