"""Small screens, large letters, wide spacing and forced colours: nothing is lost."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from playwright.sync_api import Page

NARROW: Final = 320
_SPACING = """* { line-height: 1.5 !important; letter-spacing: 0.12em !important;
  word-spacing: 0.16em !important; } p { margin-block-end: 2em !important; }"""
_TWICE = ":root { font-size: 200% !important; }"

# What is cut off: boxes that hide what does not fit. Hidden on purpose is one pixel large; what is
# typed into a control may be longer than it.
_CUT = """() => [...document.querySelectorAll("body *")]
  .filter((one) => one.checkVisibility() && !one.matches("input, textarea, select, svg, img"))
  .filter((one) => one.clientWidth > 1 && one.clientHeight > 1)
  .filter((one) => {
    const style = getComputedStyle(one);
    const hides = (flow) => ["hidden", "clip"].includes(flow);
    return (hides(style.overflowX) && one.scrollWidth > one.clientWidth + 1)
      || (hides(style.overflowY) && one.scrollHeight > one.clientHeight + 1);
  })
  .map((one) => one.id || one.className || one.tagName)"""

_WIDE = """() => {
  const room = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth <= room) return null;
  const boxes = [...document.querySelectorAll("body *")]
    .filter((one) => one.checkVisibility())
    .map((one) => [one.getBoundingClientRect(), one])
    .filter(([box]) => box.right > room + 1 || box.left < -1)
    .map(([, one]) => one.id || one.className || one.tagName);
  return `${document.documentElement.scrollWidth} px in ${room} px: ${boxes.at(-1)}`;
}"""

# Letters that do not grow with the text size that a person has chosen.
_SIZES = """() => Object.fromEntries([...document.querySelectorAll(
  "main :is(h1, h2, p, label, legend, li, dd, button, a, summary, span, bdi)")]
  .filter((one) => one.checkVisibility()
    && [...one.childNodes].some((part) => part.nodeType === 3 && part.data.trim()))
  .map((one, at) => [`${at} ${one.tagName} ${one.className}`,
    parseFloat(getComputedStyle(one).fontSize)]))"""

# In forced colours boxes are only there if they have a border or an outline.
_BORDERLESS = """() => [...document.querySelectorAll(
  "main :is(input:not([type=hidden]), select, textarea, .kern-btn, .kern-alert)")]
  .filter((one) => one.checkVisibility() && !one.closest(".vd-only-heard"))
  .filter((one) => {
    const line = (style) => ["Top", "Bottom", "Left", "Right"].some((side) =>
      parseFloat(style[`border${side}Width`]) > 0 && style[`border${side}Style`] !== "none");
    const look = (pseudo) => line(getComputedStyle(one, pseudo));
    const isPlainLink = one.matches(".kern-btn--tertiary");
    const around = one.closest(".kern-form-input__select-wrapper");
    return !isPlainLink && !(around && line(getComputedStyle(around))) && !look(null)
      && !look("::before") && !look("::after")
      && getComputedStyle(one).outlineStyle === "none"
      && !["radio", "checkbox", "file"].includes(one.type);
  })
  .map((one) => one.id || one.textContent.trim().slice(0, 30) || one.className)"""
_ICONS = """() => [...document.querySelectorAll("body .kern-icon")]
  .filter((one) => one.checkVisibility())
  .filter((one) => getComputedStyle(one).maskImage === "none"
    || ["rgba(0, 0, 0, 0)", "transparent", getComputedStyle(document.body).backgroundColor]
      .includes(getComputedStyle(one).backgroundColor))
  .concat([...document.querySelectorAll(".kern-form-input__select-wrapper")]
    .filter((one) => getComputedStyle(one, "::after").maskImage === "none"))
  .map((one) => one.className)"""


def reflow(page: Page) -> list[str]:
    """At 320 px, which is 1280 px at 400 %, nothing sticks out and nothing is cut off."""
    with _width(page, NARROW):
        return [*_told(page, "reflow"), *(f"cut-off: {one}" for one in page.evaluate(_CUT))]


def text_twice_as_large(page: Page) -> list[str]:
    """200 % text: all of it grows, nothing sticks out, nothing is cut off."""
    before: dict[str, float] = page.evaluate(_SIZES)
    with _style(page, _TWICE):
        after: dict[str, float] = page.evaluate(_SIZES)
        still = [name for name, size in after.items() if size < before.get(name, 0) * 1.9]
        cut = page.evaluate(_CUT)
        return [
            *_told(page, "large-text"),
            *(f"text-stays-small: {one}" for one in still),
            *(f"cut-off: {one}" for one in cut),
        ]


def spaced_text(page: Page) -> list[str]:
    """The spacing of WCAG 1.4.12 at 320 px."""
    with _width(page, NARROW), _style(page, _SPACING):
        return [*_told(page, "spacing"), *(f"cut-off: {one}" for one in page.evaluate(_CUT))]


def forced_colours(page: Page) -> list[str]:
    """What is a box by its colour alone is gone, and so is an icon in the ground's colour."""
    page.emulate_media(forced_colors="active")
    found = what_forced_colours_lose(page)
    page.emulate_media(forced_colors="none")
    return found


def what_forced_colours_lose(page: Page) -> list[str]:
    """The same for a page that has them already."""
    return [
        *(f"no-border: {one}" for one in page.evaluate(_BORDERLESS)),
        *(f"lost-icon: {one}" for one in page.evaluate(_ICONS)),
    ]


def _told(page: Page, rule: str) -> list[str]:
    out = page.evaluate(_WIDE)
    return [f"{rule}: {out}"] if out else []


@contextmanager
def _width(page: Page, width: int) -> Iterator[None]:
    size = page.viewport_size or {"width": 1280, "height": 900}
    page.set_viewport_size({"width": width, "height": size["height"]})
    yield
    page.set_viewport_size({"width": size["width"], "height": size["height"]})


@contextmanager
def _style(page: Page, rules: str) -> Iterator[None]:
    """A person's own style sheet; a page's rule about styles does not hold for it."""
    sheet = """rules => { const sheet = new CSSStyleSheet(); sheet.replaceSync(rules);
      document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet]; }"""
    page.evaluate(sheet, rules)
    yield
    page.evaluate(
        "() => { document.adoptedStyleSheets = document.adoptedStyleSheets.slice(0, -1) }"
    )
