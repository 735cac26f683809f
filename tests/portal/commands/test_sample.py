"""`vordruck sample`: applications from nothing but the definition."""

import json

import pytest

from tests.portal.commands.terminal import vordruck

PROCEDURES = ("musterprozess", "einbuergerung", "beschaeftigungserlaubnis",
              "verpflichtungserklaerung")  # fmt: skip
TODAY = ("--today", "2026-11-23")
pytestmark = pytest.mark.usefixtures("ready")


@pytest.mark.parametrize("name", PROCEDURES)
def test_every_line_is_an_application_without_problems(name: str) -> None:
    """What `sample` writes, `evaluate` accepts on the same day."""
    said = vordruck("sample", name, "--count", "5", "--seed", "11", *TODAY)

    assert (0, "") == (said.code, said.err)
    assert 5 == len(said.lines)
    for line in said.out.splitlines():
        found = vordruck("evaluate", name, "-", *TODAY, given=line).data
        assert [] == found["problems"]


def test_the_same_seed_makes_the_same_applications() -> None:
    """Whoever reports a bug names the seed; more applications begin with the same ones."""
    first = vordruck("sample", "musterprozess", "--count", "4", "--seed", "7", *TODAY)
    again = vordruck("sample", "musterprozess", "--count", "4", "--seed", "7", *TODAY)
    other = vordruck("sample", "musterprozess", "--count", "4", "--seed", "8", *TODAY)

    assert first.out == again.out != other.out
    assert 4 == len({json.dumps(one) for one in first.lines})


def test_one_application_is_the_default() -> None:
    """A line to try things with."""
    assert 1 == len(vordruck("sample", "musterprozess").lines)


def test_the_day_decides_what_is_valid() -> None:
    """A permit cannot begin in the past."""
    for today in ("2026-11-23", "2031-01-01"):
        (one,) = vordruck("sample", "musterprozess", "--today", today).lines
        assert one["gueltig_ab"] >= today
