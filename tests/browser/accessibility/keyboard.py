"""Going through a page with the Tab key: everything once, in order, seen, and never covered."""

import io
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from PIL import Image, ImageChops
from playwright.sync_api import FloatRect, Page

_MOST_STOPS: Final = 400
_AROUND: Final = 8  # px beside a control in which its mark may lie
_MARK: Final = 2  # px: how thick a mark around a control must be (WCAG 2.4.13)
_CONTRAST: Final = 3.0
_PATIENCE_MS: Final = 300
Colour = tuple[int, int, int]

_STOPS = """() => {
  const stops = [...document.querySelectorAll(
    "a[href], button, input, select, textarea, summary, [tabindex]")]
    .filter((one) => one.tabIndex >= 0 && !one.matches(":disabled")
      && one.checkVisibility({ visibilityProperty: true }));
  const inGroup = (one) => one.type === "radio";
  const first = (one) => {
    const group = stops.filter((other) => other.name === one.name && other.form === one.form);
    return (group.find((other) => other.checked) ?? group[0]) === one;
  };
  return stops.filter((one) => !inGroup(one) || first(one))
    .map((one) => [...document.querySelectorAll("*")].indexOf(one));
}"""

_FOCUSED = """() => {
  const one = document.activeElement;
  if (!one || one === document.body) return null;
  const box = one.getBoundingClientRect();
  const middle = [box.x + box.width / 2, box.y + box.height / 2];
  const hit = document.elementFromPoint(...middle);
  const isSeen = !hit || one.contains(hit) || hit.contains(one)
    || [...(one.labels ?? [])].some((label) => label.contains(hit));
  const kind = [one.tagName, one.type ?? "", one.className].join(" ");
  return {
    place: [...document.querySelectorAll("*")].indexOf(one),
    isInMain: Boolean(one.closest("main")), top: box.y + window.scrollY,
    name: one.id || one.name || one.textContent.trim().slice(0, 40) || one.tagName,
    kind, isSeen: isSeen && Boolean(hit),
    box: [box.x, box.y, box.width, box.height],
  };
}"""


_KINDS = """() => [...document.querySelectorAll(
  "a[href], button, input, select, textarea, summary")]
  .filter((one) => one.tabIndex >= 0 && one.type !== "radio" && !one.matches(":disabled")
    && one.checkVisibility({ visibilityProperty: true }))
  .map((one) => [one.tagName, one.type ?? "", one.className].join(" "))"""

# The Tab key goes on from where the focus was last: that is to be the top of the page.
_TO_THE_TOP = """() => {
  document.activeElement?.blur();
  window.getSelection()?.removeAllRanges();
  document.body.tabIndex = -1;
  document.body.focus();
  document.body.removeAttribute("tabindex");
  document.activeElement.blur();
}"""


@dataclass(frozen=True, slots=True)
class Stop:
    """Where the Tab key stopped."""

    place: int  # in the order of the document
    name: str
    kind: str
    is_seen: bool
    is_in_main: bool
    top: float  # in the page
    box: tuple[float, float, float, float]


def stops(page: Page) -> Iterator[Stop]:
    """One after the other, from the top, until the page is left or the first comes again."""
    page.evaluate(_TO_THE_TOP)
    first = None
    for _ in range(_MOST_STOPS):
        page.keyboard.press("Tab")
        found = page.evaluate(_FOCUSED)
        if found is None or found["place"] == first:
            return
        first = found["place"] if first is None else first
        yield Stop(
            place=found["place"],
            name=found["name"],
            kind=found["kind"],
            is_seen=found["isSeen"],
            is_in_main=found["isInMain"],
            top=found["top"],
            box=found["box"],
        )


def has_new_kinds(page: Page, marks: set[str]) -> bool:
    """Whether the page has a control of a kind that nobody has looked at."""
    kinds: list[str] = page.evaluate(_KINDS)
    return not marks.issuperset(kinds)


def walk(page: Page, *, marks: set[str] | None = None) -> list[str]:
    """What is wrong on the way; `marks`: kinds of controls whose mark was looked at before."""
    expected: list[int] = page.evaluate(_STOPS)
    found: list[str] = []
    reached: list[int] = []
    looked = set() if marks is None else marks
    last: Stop | None = None
    for stop in stops(page):
        if stop.place in reached:
            found.append(f"keyboard-trap: {stop.name} comes again")
            break
        reached.append(stop.place)
        if last and last.is_in_main and stop.is_in_main and stop.top + stop.box[3] <= last.top:
            found.append(f"keyboard-order: {stop.name} is above {last.name}")
        last = stop
        if not stop.is_seen:
            found.append(f"focus-covered: {stop.name}")
        if stop.kind not in looked:
            looked.add(stop.kind)
            found += marked(page, stop)
    found += [f"keyboard-left-out: {_name(page, one)}" for one in expected if one not in reached]
    return found


def _name(page: Page, place: int) -> str:
    name: str = page.evaluate(
        "place => { const one = document.querySelectorAll('*')[place];"
        " return one.id || one.name || one.textContent.trim().slice(0, 40); }",
        place,
    )
    return name


def marked(page: Page, stop: Stop) -> list[str]:
    """The focus is to be seen on the picture, and nothing moves because of it."""
    found = []
    clips = (_clip(page, stop), _whole(page))
    if not any(_differs(page, stop, clip) for clip in clips):
        # A busy machine may not have painted yet; what is not there stays away.
        page.wait_for_timeout(_PATIENCE_MS)
        if not any(_differs(page, stop, clip) for clip in clips):
            found.append(f"focus-seen: {stop.name}")
    there = page.evaluate(_PLACES)
    _lose(page)
    if there != page.evaluate(_PLACES):
        found.append(f"focus-shifts: {stop.name}")
    _give_back(page)
    return found


_PLACES = """() => [...document.querySelectorAll("main, footer, main .vd-actions")]
  .map((one) => Math.round(one.getBoundingClientRect().top))"""


def _differs(page: Page, stop: Stop, clip: FloatRect) -> bool:
    """Whether the pictures with and without the focus differ by a mark that is big enough."""
    with_focus = _picture(page, clip)
    _lose(page)
    without = _picture(page, clip)
    _give_back(page)
    outline = 2 * (stop.box[2] + stop.box[3])
    return _changed(with_focus, without) >= _MARK * outline * 0.9


def _lose(page: Page) -> None:
    page.evaluate("() => { window.vdFocused = document.activeElement; vdFocused.blur(); }")


def _give_back(page: Page) -> None:
    page.evaluate("() => window.vdFocused.focus({ focusVisible: true, preventScroll: true })")


def _whole(page: Page) -> FloatRect:
    """A link that fills a card has its mark around the card."""
    size = page.viewport_size or {"width": 1280, "height": 900}
    return {"x": 0, "y": 0, "width": size["width"], "height": size["height"]}


def _clip(page: Page, stop: Stop) -> FloatRect:
    size = page.viewport_size or {"width": 1280, "height": 900}
    x, y, width, height = stop.box
    left, top = max(0.0, x - _AROUND), max(0.0, y - _AROUND)
    return {
        "x": left,
        "y": top,
        "width": max(1.0, min(size["width"] - left, width + 2 * _AROUND)),
        "height": max(1.0, min(size["height"] - top, height + 2 * _AROUND)),
    }


def _picture(page: Page, clip: FloatRect) -> Image.Image:
    shot = page.screenshot(clip=clip, animations="disabled", caret="hide")
    return Image.open(io.BytesIO(shot)).convert("RGB")


def _changed(one: Image.Image, other: Image.Image) -> int:
    """How many pixels differ by enough contrast to be noticed."""
    box = ImageChops.difference(one, other).getbbox()
    if box is None:
        return 0
    pairs = Counter(zip(_pixels(one.crop(box)), _pixels(other.crop(box)), strict=True))
    return sum(count for pair, count in pairs.items() if contrast(*pair) >= _CONTRAST)


def _pixels(picture: Image.Image) -> Iterator[Colour]:
    data = picture.tobytes()
    return zip(data[0::3], data[1::3], data[2::3], strict=True)


def contrast(one: Colour, other: Colour) -> float:
    """The ratio of WCAG 2.2 between two colours."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: Colour) -> float:
    red, green, blue = (
        part / 255 / 12.92 if part <= 10 else ((part / 255 + 0.055) / 1.055) ** 2.4
        for part in colour
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
