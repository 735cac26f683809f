"""Expected listings, beside the tests."""

import os
from pathlib import Path

_FOLDER = Path(__file__).parent / "expected"


def assert_golden(name: str, text: str) -> None:
    """Compare, or write anew with VORDRUCK_UPDATE_GOLDEN=1."""
    path = _FOLDER / name
    if os.environ.get("VORDRUCK_UPDATE_GOLDEN") == "1":
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, "utf-8")
    assert path.read_text("utf-8") == text
