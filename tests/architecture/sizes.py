"""Measure files and functions; `python -m tests.architecture.sizes` shows the ten largest."""

import ast
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
MEASURED = ("engine", "renderers", "outputs", "portal", "tests")

FILE_LIMIT = 400
FUNCTION_LIMIT = 60

# Written by Alembic and never read again once they ran.
EXEMPT = ("portal/storage/migrations/",)


@dataclass(frozen=True, order=True)
class Size:
    """How many lines something has, and where it stands."""

    lines: int
    place: str


def python_files() -> list[Path]:
    """List the measured files."""
    found = (path for name in MEASURED for path in sorted((ROOT / name).rglob("*.py")))
    return [path for path in found if not relative(path).startswith(EXEMPT)]


def relative(path: Path) -> str:
    """Name a file as people do, from the root of the repository."""
    return path.relative_to(ROOT).as_posix()


def file_sizes() -> list[Size]:
    """Measure every file, the largest first."""
    sizes = (
        Size(len(path.read_text("utf-8").splitlines()), relative(path)) for path in python_files()
    )
    return sorted(sizes, reverse=True)


def function_sizes() -> list[Size]:
    """Measure every function from `def` to its last line, the longest first."""
    return sorted((size for path in python_files() for size in functions_in(path)), reverse=True)


def functions_in(path: Path) -> Iterator[Size]:
    """Measure the functions of one file."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            last = node.end_lineno or node.lineno
            yield Size(last - node.lineno + 1, f"{relative(path)}:{node.lineno} {node.name}")


def table(title: str, sizes: list[Size]) -> str:
    """Write the ten largest, one a line."""
    return "\n".join([title, *(f"  {size.lines:5}  {size.place}" for size in sizes[:10])])


if __name__ == "__main__":
    sys.stdout.write(table("Longest functions", function_sizes()) + "\n")
    sys.stdout.write(table("Longest files", file_sizes()) + "\n")
