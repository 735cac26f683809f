"""How long to wait before the next attempt: full jitter, twice as long each time, at most an hour.

Full jitter spreads the attempts of many deliveries, so that a target which comes back is not met
by all of them in the same second (R13).
"""

from datetime import timedelta

from portal.storage.outbox import LONGEST_WAIT

FIRST_WAIT = timedelta(seconds=4)
SHORTEST_WAIT = timedelta(seconds=1)
LONGEST_PROBE = timedelta(minutes=5)  # a target that is back shall not stand idle for an hour
LOCKED_OUT = timedelta(minutes=5)  # too many attempts with a wrong password lock an account
_DOUBLINGS = 20  # more would only overflow; the cap is reached long before


def wait(attempts: int, fraction: float) -> timedelta:
    """The wait after so many attempts; `fraction` is the dice, from 0 up to 1."""
    if not 0 <= fraction <= 1:
        raise ValueError("the fraction of a wait lies between 0 and 1")
    doublings = min(max(attempts, 1) - 1, _DOUBLINGS)
    most = min(FIRST_WAIT * (1 << doublings), LONGEST_WAIT)
    return max(SHORTEST_WAIT, most * fraction)


def probe_wait(failures: int, fraction: float, *, locked_out: bool) -> timedelta:
    """The wait until a target that failed so often in a row is tried with one delivery."""
    if locked_out:
        return max(LOCKED_OUT, wait(failures + 7, fraction))
    return min(wait(failures, fraction), LONGEST_PROBE)
