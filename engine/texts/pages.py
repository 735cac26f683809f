"""The page of every diagnostic: why it exists, a wrong example, a right one."""

from collections.abc import Mapping
from functools import lru_cache
from importlib import resources


@lru_cache(maxsize=1)
def code_pages() -> Mapping[str, str]:
    """Code -> page, by name."""
    files = sorted(resources.files("engine.codes").iterdir(), key=lambda one: one.name)
    return {
        file.name.removesuffix(".md"): file.read_text("utf-8")
        for file in files
        if file.name.endswith(".md")
    }
