"""Rules about a page that axe-core does not have; the rules themselves are in `lint.js`."""

import re
from pathlib import Path
from typing import Final

from playwright.sync_api import BrowserContext, Page

LINT: Final = (Path(__file__).parent / "lint.js").read_text("utf-8")
RULES: Final = tuple(re.findall(r'^    "?([a-z-]+)"?: \(\) =>', LINT, re.MULTILINE))

# Who listens to clicks cannot be asked of a page; it must be watched from the beginning.
_WATCH = """
window.vdClicked = new Set();
const add = EventTarget.prototype.addEventListener;
EventTarget.prototype.addEventListener = function (kind, ...rest) {
  if (["click", "mousedown", "mouseup", "pointerdown"].includes(kind)) window.vdClicked.add(this);
  return add.call(this, kind, ...rest);
};
"""


def watch_clicks(context: BrowserContext) -> None:
    """Pages of this context remember which elements listen to clicks."""
    context.add_init_script(_WATCH)


def lint(page: Page) -> list[str]:
    """What breaks a rule, each with the rule's name in front."""
    found: list[str] = page.evaluate(LINT)
    return found
