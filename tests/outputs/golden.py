"""Expected files that people can open; VORDRUCK_UPDATE_GOLDEN=1 writes them anew."""

import os
from pathlib import Path

ROOT = Path(__file__).parent
UPDATE = os.environ.get("VORDRUCK_UPDATE_GOLDEN") == "1"


def assert_golden(path: str, found: str) -> None:
    """The text is the one of the expected file below tests/outputs."""
    file = ROOT / path
    if UPDATE:
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(found, "utf-8", newline="\n")
    assert file.is_file(), f"{path} is missing: run with VORDRUCK_UPDATE_GOLDEN=1 and read it"
    assert found == file.read_text("utf-8")
