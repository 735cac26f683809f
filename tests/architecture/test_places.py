"""The repository runs on every machine and behind every mirror, so it names none."""

import re

from tests.architecture.tree import our_texts

# Written in pieces, so that this file does not find itself.
MACHINE_PATHS = re.compile(
    "|".join(["/" + "root/", "/" + "home/[a-z]", "/" + "Users/[A-Za-z]", r"(?<![\w.])/" + "work/"])
)
REGISTRIES = re.compile(
    "|".join(
        ["pypi" + r"\.org", "pythonhosted" + r"\.org", "registry" + r"\.npmjs", "npmjs" + ".com"]
    )
)


def found(pattern: re.Pattern[str]) -> list[str]:
    """List the places where a pattern stands."""
    return [
        f"{name}:{number}: {line.strip()[:80]}"
        for name, text in our_texts().items()
        for number, line in enumerate(text.splitlines(), 1)
        if pattern.search(line)
    ]


def test_no_file_names_a_place_on_somebodys_machine() -> None:
    """A path from one machine is wrong on every other."""
    assert [] == found(MACHINE_PATHS)


def test_no_file_names_a_package_registry() -> None:
    """Which registry serves the packages is the operator's choice."""
    assert [] == found(REGISTRIES)


def test_the_search_reads_the_whole_repository() -> None:
    """A search over nothing would find nothing."""
    assert {"README.md", "run", "engine/__init__.py", "frontend/portal.ts"} <= set(our_texts())
