"""What gets installed is pinned by hash and comes from wherever the operator says."""

import json
import re

import pytest

from tests.architecture.tree import ROOT

PYTHON_LOCKS = ("bootstrap.lock", "build.lock", "requirements.lock")


@pytest.mark.parametrize("name", [*PYTHON_LOCKS, "package-lock.json"])
def test_a_lock_names_no_host(name: str) -> None:
    """Behind an authority's mirror the same file must work."""
    lines = (ROOT / name).read_text("utf-8").splitlines()

    assert [] == [line for line in lines if "://" in line or line.startswith("--")]


@pytest.mark.parametrize("name", PYTHON_LOCKS)
def test_every_python_package_is_pinned_by_hash(name: str) -> None:
    """A version alone says nothing about the bytes."""
    text = (ROOT / name).read_text("utf-8")

    entries = re.split(r"\n(?=\w)", text.strip())

    assert entries
    assert [] == [
        entry.splitlines()[0] for entry in entries if "==" not in entry or "--hash=" not in entry
    ]


def test_every_npm_package_is_pinned_by_hash() -> None:
    """Integrity hashes do the pinning, since addresses are left out."""
    packages = json.loads((ROOT / "package-lock.json").read_text("utf-8"))["packages"]

    loose = [name for name, package in packages.items() if name and "integrity" not in package]

    assert len(packages) > 10
    assert [] == loose


def test_there_is_no_lock_that_records_hosts() -> None:
    """uv.lock writes down the index it was made with, and keeps it."""
    assert not (ROOT / "uv.lock").exists()


def test_the_build_lock_fits_what_the_build_asks_for() -> None:
    """./run lock repeats the build's requirements; the two must not drift apart."""
    project = (ROOT / "pyproject.toml").read_text("utf-8")
    required = re.search(r"^requires = \[(.*)\]", project, re.MULTILINE)
    assert required

    names = re.findall(r'"([^"]+)"', required[1])

    assert [] == [name for name in names if name not in (ROOT / "run").read_text("utf-8")]
