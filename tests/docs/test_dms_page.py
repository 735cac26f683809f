"""docs/dms.md is drawn from the definitions."""

import runpy
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def test_the_page_of_the_filing_is_what_the_definitions_give() -> None:
    """Whoever changes a `dms` block runs `./run python docs/dms_page.py`."""
    made = runpy.run_path(str(ROOT / "docs" / "dms_page.py"))["page"]()

    assert made == (ROOT / "docs" / "dms.md").read_text("utf-8")
