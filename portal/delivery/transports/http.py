"""What an answer over HTTP means for a delivery: never, not this one now, or nothing at all now."""

from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

from portal.delivery.transports.transport import (
    LockedOutError,
    RefusedError,
    TargetDownError,
    UnreachableError,
)

# The server will never take this: malformed, too large, or of a kind it does not hold.
NEVER = frozenset({413, 415, 422})
LOCKED_OUT = frozenset({401, 407})
DOWN = frozenset({429, 502, 503, 504})


def refusal(status: int, retry_after: str | None, now: datetime | None = None) -> Exception:
    """The exception for a status that was not expected; `retry_after` is the header's value."""
    code = f"http-{status}"
    if status in NEVER:
        return RefusedError(code)
    asked = seconds_asked(retry_after, now or datetime.now(UTC))
    if status in LOCKED_OUT:
        return LockedOutError(code, asked)
    if status in DOWN:
        return TargetDownError(code, asked)
    return UnreachableError(code, asked)


def seconds_asked(header: str | None, now: datetime) -> timedelta | None:
    """The wait that `Retry-After` asks for, in seconds or as a date; None: none, or unreadable."""
    text = (header or "").strip()
    if text.isascii() and text.isdigit():
        return timedelta(seconds=min(int(text[:9]), 10**8))
    try:
        until = parsedate_to_datetime(text)
    except (TypeError, ValueError):
        return None
    if until.tzinfo is None:
        until = until.replace(tzinfo=UTC)
    return max(until - now, timedelta(0))
