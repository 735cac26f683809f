"""docs/rules.md is made from the tables of the rule language."""

import runpy
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def test_the_page_of_functions_is_what_the_code_says() -> None:
    """Whoever adds a function runs `./run python docs/rules_page.py`."""
    made = runpy.run_path(str(ROOT / "docs" / "rules_page.py"))["page"]()

    assert made == (ROOT / "docs" / "rules.md").read_text("utf-8")
