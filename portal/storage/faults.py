"""Failpoints: places where a test may kill the process; inert unless the test mode is on.

`VORDRUCK_FAILPOINT=claimed` kills at the first passage, `claimed@3` at the third.
"""

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
    "append-stored",
    "append-before-commit",
    "after-append",
    "claimed",
    "sending",
    "half-sent",
    "parcel-synced",
    "parcel-placed",
    "fit-connect-announcing",
    "fit-connect-announced",
    "fit-connect-attachment-sent",
    "fit-connect-uploaded",
    "fit-connect-submitting",
    "fit-connect-submission-sent",
    "fit-connect-submitted",
    "sent",
    "before-acknowledged",
    "acknowledged",
    "message-written",
    "message-before-commit",
    "message-kept",
    "message-moved",
    "reply-before-commit",
    "reply-kept",
    "transfer-before-commit",
    "transfer-kept",
    "transfer-filed",
    "transfer-answered",
    "rows-deleted",
    "before-migrated",
)

_armed = ""
_passages_left = 0


def arm(place: str, *, test_mode: bool) -> None:
    """Make this process die at a failpoint; refused outside the test mode."""
    global _armed, _passages_left
    name, _, hit = place.partition("@")
    if name and not test_mode:
        raise SystemExit("VORDRUCK_FAILPOINT ist nur zusammen mit VORDRUCK_TEST_MODE=1 erlaubt.")
    if name and (name not in FAILPOINTS or not (hit or "1").isdigit()):
        raise SystemExit(f"VORDRUCK_FAILPOINT kennt »{place}« nicht: {', '.join(FAILPOINTS)}")
    _armed, _passages_left = name, int(hit or 1)


def is_armed(name: str) -> bool:
    """Whether this process is to die here."""
    return name == _armed


def failpoint(name: str) -> None:
    """Kill this process without warning if the test asked for it here."""
    global _passages_left
    if name != _armed:
        return
    _passages_left -= 1
    if _passages_left == 0:
        os.kill(os.getpid(), signal.SIGKILL)


arm(
    os.environ.get("VORDRUCK_FAILPOINT", ""),
    test_mode=os.environ.get("VORDRUCK_TEST_MODE") == "1",
)
