"""`vordruck explain`: the page of a diagnostic."""

import pytest

from engine.texts.pages import code_pages
from tests.portal.commands.terminal import vordruck


@pytest.mark.parametrize("code", sorted(code_pages()))
def test_every_code_has_its_page(code: str) -> None:
    """Its first line names it, and there is more below."""
    said = vordruck("explain", code)

    assert (0, "") == (said.code, said.err)
    assert said.out.startswith(f"# {code}\n")
    assert len(said.out.splitlines()) >= 3


def test_a_slip_is_guessed() -> None:
    """Capitals, underscores, a letter."""
    for typed in ("UNKNOWN-KEY", "unknown_key", "unknow-key"):
        said = vordruck("explain", typed)
        assert (2, "") == (said.code, said.out)
        assert "Meinten Sie »unknown-key«?" in said.err


@pytest.mark.parametrize("typed", ["../__init__", "/etc/passwd", "", "\x1b[2J", "x" * 10_000])
def test_what_is_no_code_is_said_to_be_none(typed: str) -> None:
    """No other file is read, nothing of it reaches the terminal as it is."""
    said = vordruck("explain", "--", typed)

    assert (2, "") == (said.code, said.out)
    assert "\x1b" not in said.err
