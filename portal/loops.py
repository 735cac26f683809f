"""Asynchronous libraries from code that is not."""

import asyncio
from collections.abc import Callable, Coroutine
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeVar

Result = TypeVar("Result")


def wait_for(work: Callable[[], Coroutine[Any, Any, Result]]) -> Result:
    """Run it to its end, in a thread of its own: the caller's may have a running loop already."""
    with ThreadPoolExecutor(max_workers=1) as own:
        return own.submit(lambda: asyncio.run(work())).result()
