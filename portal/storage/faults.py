"""Failpoints: places where a test may kill the process; inert unless the test mode is on.

`VORDRUCK_FAILPOINT=claimed` kills at the first passage, `claimed@3` at the third.
"""

import itertools
import os
import signal

FAILPOINTS = (
    "file-half-written",
    "file-synced",
    "file-renamed",
    "folder-synced",
    "upload-written",
    "upload-before-commit",
    "upload-kept",
    "reserved",
    "payloads-stored",
    "submission-written",
    "payloads-written",
    "outbox-written",
    "before-commit",
    "after-commit",
    "claimed",
    "sending",
    "half-sent",
    "parcel-synced",
    "parcel-placed",
    "sent",
    "before-acknowledged",
    "acknowledged",
    "rows-deleted",
    "before-migrated",
)

_ARMED, _, _HIT = os.environ.get("VORDRUCK_FAILPOINT", "").partition("@")
_COUNT = itertools.count(1)

if _ARMED and os.environ.get("VORDRUCK_TEST_MODE") != "1":
    raise SystemExit("VORDRUCK_FAILPOINT ist nur zusammen mit VORDRUCK_TEST_MODE=1 erlaubt.")
if _ARMED and _ARMED not in FAILPOINTS:
    raise SystemExit(f"VORDRUCK_FAILPOINT kennt »{_ARMED}« nicht: {', '.join(FAILPOINTS)}")


def is_armed(name: str) -> bool:
    """Whether this process is to die here."""
    return name == _ARMED


def failpoint(name: str) -> None:
    """Kill this process without warning if the test asked for it here."""
    if name == _ARMED and next(_COUNT) == int(_HIT or 1):
        os.kill(os.getpid(), signal.SIGKILL)
