"""What the results of several rules of a decision table make together."""

from collections.abc import Sequence
from typing import Any

from engine.rules.runtime.logic import same


def unique(results: Sequence[Any]) -> Any:
    """Only one rule may hit: two decide nothing."""
    return results[0] if len(results) == 1 else None


def agreed(results: Sequence[Any]) -> Any:
    """Several rules may hit if they say the same."""
    if not results or any(same(results[0], other) is not True for other in results[1:]):
        return None
    return results[0]
