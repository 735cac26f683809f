"""Imports go down only, and the engine does no I/O."""

import ast
import subprocess
import sys
from pathlib import Path

from tests.architecture.tree import PRODUCT, ROOT


def test_the_import_contracts_hold() -> None:
    """pyproject.toml states them: floors, an engine without I/O, order inside the portal."""
    program = Path(sys.executable).parent / "lint-imports"

    result = subprocess.run(
        [program, "--no-cache"], cwd=ROOT, capture_output=True, text=True, check=False
    )

    assert result.returncode == 0, result.stdout + result.stderr


def test_the_product_never_imports_its_tests() -> None:
    """An editable installation makes `tests` importable; a wheel has none."""
    imports = [
        f"{path.relative_to(ROOT)}:{line}"
        for name in PRODUCT
        for path in (ROOT / name).rglob("*.py")
        for line, module in imported(path)
        if module.split(".")[0] == "tests"
    ]

    assert [] == imports


def imported(path: Path) -> list[tuple[int, str]]:
    """List the modules that a file imports, with their lines."""
    found = []
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            found += [(node.lineno, alias.name) for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module:
            found.append((node.lineno, node.module))
    return found
