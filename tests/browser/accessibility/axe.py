"""axe-core in a page: what it holds for a mistake, and what it leaves to people."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from playwright.sync_api import Page

from tests.browser.conftest import ROOT

AXE: Final = ROOT / "node_modules" / "axe-core" / "axe.min.js"
# Naming wcag22aa switches on the rule about target sizes, which is off otherwise.
TAGS: Final = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")
# Rules whose answer depends on colours and sizes; all others see the same page in every theme.
OF_THE_EYE: Final = (
    "color-contrast", "target-size", "link-in-text-block", "scrollable-region-focusable"
)  # fmt: skip

# What axe leaves undecided, rule by rule, and how we decided. A rule that is not here is open: it
# counts as a finding.
DECISIONS: Final[Mapping[str, str]] = {
    "color-contrast in forced colours": (
        "axe cannot compare colours that the system paints over the page. They are the person's own"
        " choice; that nothing disappears in them is measured: borders, icons and the focus in"
        " `layout.py` and `keyboard.py`."
    ),
}


@dataclass(frozen=True, slots=True)
class Found:
    """What axe says about a page."""

    violations: tuple[str, ...]
    undecided: tuple[str, ...]  # names of rules

    @property
    def is_clean(self) -> bool:
        """Neither a mistake nor anything that nobody has decided."""
        return not self.violations and not self.open

    @property
    def open(self) -> tuple[str, ...]:
        """What is left to people, and no decision is written down."""
        return tuple(one for one in self.undecided if one not in DECISIONS)


def run_axe(page: Page, *, only: Sequence[str] = TAGS, kind: str = "") -> Found:
    """Ask axe, by tags or names of rules; it is brought in once per page.

    `kind` is put behind what axe leaves undecided, where that hangs on how the page is looked at.
    """
    # The skip link covers others as long as it has the focus.
    page.evaluate("() => document.activeElement?.blur()")
    if not page.evaluate("() => 'axe' in window"):
        page.evaluate(AXE.read_text("utf-8"))
    result = page.evaluate(
        "only => axe.run({runOnly: only, resultTypes: ['violations', 'incomplete'],"
        " preload: false, iframes: false})",
        list(only),
    )
    violations = tuple(
        f"{one['id']}: {node['target']}" for one in result["violations"] for node in one["nodes"]
    )
    return Found(violations, tuple(sorted(one["id"] + kind for one in result["incomplete"])))
