"""How a page may be looked at: themes and widths."""

from dataclasses import dataclass
from itertools import product
from typing import Final, Literal

from playwright.sync_api import Browser, BrowserContext, Page

from tests.browser.accessibility.lint import watch_clicks

Theme = Literal["light", "dark", "forced"]
THEMES: Final[tuple[Theme, ...]] = ("light", "dark", "forced")
WIDTHS: Final = (1280, 320)


@dataclass(frozen=True, slots=True)
class Mode:
    """A theme and a width."""

    theme: Theme
    width: int

    def __str__(self) -> str:
        return f"{self.theme} {self.width}"


MODES: Final = tuple(Mode(theme, width) for theme, width in product(THEMES, WIDTHS))
FIRST: Final = MODES[0]


def take_on(page: Page, mode: Mode) -> None:
    """The page as somebody with these settings sees it; nothing is loaded anew."""
    page.set_viewport_size({"width": mode.width, "height": 900})
    page.emulate_media(
        color_scheme="dark" if mode.theme == "dark" else "light",
        forced_colors="active" if mode.theme == "forced" else "none",
    )


def quiet_context(browser: Browser, address: str, language: str) -> BrowserContext:
    """A person whose browser does not move things, so that a page is at once where it goes."""
    context = browser.new_context(
        base_url=address,
        viewport={"width": FIRST.width, "height": 900},
        reduced_motion="reduce",
        locale=language,
    )
    context.set_default_timeout(20_000)
    watch_clicks(context)
    return context
