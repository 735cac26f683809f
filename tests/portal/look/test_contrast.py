"""Whether colours can be told apart."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.look.contrast import READABLE, Colour, colour, contrast, lightened
from portal.look.reading import DARK_GROUND

COLOURS = st.tuples(*[st.integers(0, 255)] * 3)


@pytest.mark.parametrize(
    ("one", "other", "ratio"),
    [
        ("#000000", "#ffffff", 21.0),
        ("#ffffff", "#ffffff", 1.0),
        # The greys that WCAG's own examples use as the limit of AA and AAA on white.
        ("#767676", "#ffffff", 4.54),
        ("#595959", "#ffffff", 7.0),
        ("#ff0000", "#ffffff", 4.0),
    ],
)
def test_contrast_is_that_of_wcag(one: str, other: str, ratio: float) -> None:
    """Known pairs, in either order."""
    first, second = colour(one), colour(other)
    assert first is not None
    assert second is not None

    assert contrast(first, second) == pytest.approx(ratio, abs=0.01)
    assert contrast(second, first) == contrast(first, second)


@given(COLOURS)
def test_any_colour_can_be_made_readable_on_a_dark_ground(one: Colour) -> None:
    """Which is why an authority needs to name one colour only."""
    assert contrast(lightened(one, DARK_GROUND), DARK_GROUND) >= READABLE


@pytest.mark.parametrize("text", ["red", "#fff", "#12345g", "7a1f3d", "#7a1f3d;}", ""])
def test_only_one_way_of_writing_is_a_colour(text: str) -> None:
    """It goes into a style sheet."""
    assert colour(text) is None
