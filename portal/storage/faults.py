"""Failpoints: places where a test may kill the process; inert unless the test mode is on."""

import os
import signal

_ARMED = os.environ.get("VORDRUCK_FAILPOINT", "")
_TEST_MODE = os.environ.get("VORDRUCK_TEST_MODE") == "1"

if _ARMED and not _TEST_MODE:
    raise SystemExit("VORDRUCK_FAILPOINT ist nur zusammen mit VORDRUCK_TEST_MODE=1 erlaubt.")


def failpoint(name: str) -> None:
    """Kill this process without warning if the test asked for it here."""
    if name == _ARMED:
        os.kill(os.getpid(), signal.SIGKILL)
