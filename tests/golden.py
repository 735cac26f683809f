"""Compare with an expected file; UPDATE_GOLDEN=1 rewrites it, and the difference is reviewed."""

import os
from pathlib import Path


def assert_golden(path: Path, text: str) -> None:
    """The text is what the file says."""
    if os.environ.get("UPDATE_GOLDEN"):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    assert path.exists(), f"{path} is missing: run once with UPDATE_GOLDEN=1 and review it"
    assert path.read_text("utf-8") == text
