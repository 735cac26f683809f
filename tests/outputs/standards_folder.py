"""Where the published schemas lie on this machine, if they do."""

import os
from functools import cache
from pathlib import Path

import pytest

from outputs.schemas import Schemas

ROOT = Path(__file__).parents[2]
ABSENT = "published schemas are not part of the product: set VORDRUCK_SHARED (holds standards/)"


def folder() -> Path | None:
    """`standards/` below VORDRUCK_SHARED, or beside the repository."""
    shared = Path(os.environ.get("VORDRUCK_SHARED") or ROOT.parent / "shared")
    return shared / "standards" if (shared / "standards").is_dir() else None


needs_standards = pytest.mark.skipif(folder() is None, reason=ABSENT)


@cache
def schemas() -> Schemas:
    """All of them; call it in tests marked with `needs_standards` only."""
    found = folder()
    assert found is not None
    return Schemas.from_folder(found)
