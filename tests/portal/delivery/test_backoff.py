from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.delivery.backoff import FIRST_WAIT, SHORTEST_WAIT, wait
from portal.storage.outbox import LONGEST_WAIT

attempts = st.integers(1, 100_000)
fractions = st.floats(0, 1)


@given(attempts, fractions)
def test_r13_a_wait_is_never_longer_than_an_hour_nor_shorter_than_a_second(
    number: int, fraction: float
) -> None:
    """However often it failed."""
    assert SHORTEST_WAIT <= wait(number, fraction) <= LONGEST_WAIT


@given(attempts, fractions)
def test_r13_the_most_one_waits_doubles(number: int, fraction: float) -> None:
    """And full jitter takes any part of it."""
    most = min(FIRST_WAIT * 2 ** min(number - 1, 30), LONGEST_WAIT)
    assert most == wait(number, 1.0)
    assert max(SHORTEST_WAIT, most * fraction) == wait(number, fraction)


def test_r13_the_first_waits() -> None:
    """In seconds, at most."""
    assert [4, 8, 16, 32, 64] == [wait(n, 1.0).total_seconds() for n in range(1, 6)]
    assert timedelta(hours=1) == wait(11, 1.0)


@pytest.mark.parametrize("fraction", [-0.1, 1.1])
def test_a_dice_that_shows_something_else_is_a_fault(fraction: float) -> None:
    """It would make waits nobody promised."""
    with pytest.raises(ValueError, match="between"):
        wait(1, fraction)
