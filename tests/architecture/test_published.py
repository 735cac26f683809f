"""What Vordruck says about itself to catalogues of public software is true and well-formed."""

import tomllib
from typing import Any

import pytest
import yaml

from tests.architecture.tree import ROOT

PROJECT: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
PUBLISHED: dict[str, Any] = yaml.safe_load((ROOT / "publiccode.yml").read_text("utf-8"))


def test_version_and_licence_are_the_same_everywhere() -> None:
    """pyproject.toml leads."""
    assert PROJECT["version"] == PUBLISHED["softwareVersion"]
    assert PROJECT["license"] == PUBLISHED["legal"]["license"]
    assert PROJECT["license"] in (ROOT / "LICENSE").read_text("utf-8")


def test_the_keys_that_the_standard_asks_for_are_there() -> None:
    """publiccode.yml 0.4 lists them as mandatory."""
    mandatory = {
        "publiccodeYmlVersion",
        "name",
        "url",
        "platforms",
        "developmentStatus",
        "softwareType",
        "description",
        "legal",
        "maintenance",
        "localisation",
    }

    assert set() == mandatory - set(PUBLISHED)


@pytest.mark.parametrize("language", sorted(PUBLISHED["description"]))
def test_a_description_has_the_length_that_catalogues_expect(language: str) -> None:
    """Catalogues cut what is longer and reject what is shorter."""
    description = PUBLISHED["description"][language]

    assert len(description["shortDescription"]) <= 150
    assert 150 <= len(description["longDescription"]) <= 10_000
    assert description["features"]
