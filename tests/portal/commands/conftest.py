"""Places to work in."""

import shutil
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest

from engine import Plan
from portal.commands import procedures

ROOT = Path(__file__).resolve().parents[3]


@pytest.fixture(autouse=True)
def _here(monkeypatch: pytest.MonkeyPatch) -> None:
    """Stand in the repository, with no settings of whoever runs the tests."""
    monkeypatch.chdir(ROOT)
    monkeypatch.delenv("VORDRUCK_DEFINITIONS", raising=False)


@pytest.fixture
def workshop(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Stand in a folder with a copy of the definitions, to change them."""
    shutil.copytree(ROOT / "definitions", tmp_path / "definitions")
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def answers(tmp_path: Path) -> Callable[..., str]:
    """Make a file of answers from the text of one."""

    def make(text: str | bytes, name: str = "answers.json") -> str:
        path = tmp_path / name
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return str(path)

    return make


_prepared = procedures.prepared


@cache
def _made_once(name: str) -> Plan:
    return _prepared(name)


@pytest.fixture
def ready(monkeypatch: pytest.MonkeyPatch) -> None:
    """Procedures of the repository are prepared once for all commands: for tests of many calls."""
    monkeypatch.setattr(procedures, "prepared", _made_once)
