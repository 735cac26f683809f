"""Bounds that requirements set on work (R22, R23 …), measured without the garbage of others.

After thousands of tests one full collection takes half a second, and it comes when it likes: inside
a bound it would be taken for work of the code under test.
"""

import gc
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager


@contextmanager
def within(seconds: float, clock: Callable[[], float] = time.process_time) -> Iterator[None]:
    """What stands inside takes less than so many seconds, of processor time by default."""
    was_enabled = gc.isenabled()
    gc.disable()
    began = clock()
    try:
        yield
        took = clock() - began
    finally:
        if was_enabled:
            gc.enable()
    assert took < seconds
