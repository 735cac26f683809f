"""docs/procedures.md is counted from the definitions."""

import runpy
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def test_the_page_of_numbers_is_what_the_definitions_give() -> None:
    """Whoever changes a definition runs `./run python docs/tables.py`."""
    made = runpy.run_path(str(ROOT / "docs" / "tables.py"))["page"]()

    assert made == (ROOT / "docs" / "procedures.md").read_text("utf-8")
