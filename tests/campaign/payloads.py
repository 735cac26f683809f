"""What is handed in: bytes that follow from the submission alone, so that the judge has them."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from portal.storage.records import Payload

LATER = 2  # what each case sends afterwards to the receiving server


@dataclass(frozen=True, slots=True)
class Expected:
    """One thing that has to arrive."""

    submission_id: str
    target: str
    ordinal: int
    sha256: str


def accepted(submission_id: str, reference: str, _at: datetime) -> Sequence[Payload]:
    """The payloads of the acceptance."""
    return [
        Payload(
            "xoev", "nachricht.xml", "application/xml", _body(submission_id, "x"), "fachverfahren"
        ),
        Payload("dms", "abgabe.zip", "application/zip", _body(submission_id, "d"), "dms"),
        Payload("pdf", "antrag.pdf", "application/pdf", _body(submission_id, "p"), None),
    ]


def later(submission_id: str) -> list[Payload]:
    """What the case sends afterwards, in this order."""
    return [
        Payload(f"later-{n}", f"later-{n}.xml", "text/xml", _body(submission_id, f"l{n}"), "dms")
        for n in range(1, LATER + 1)
    ]


def expected(submission_id: str, *, with_later: bool) -> list[Expected]:
    """All of it, as the targets must have it."""
    made = [*accepted(submission_id, "", datetime.min.replace(tzinfo=UTC))]
    made += later(submission_id) if with_later else []
    found: list[Expected] = []
    for one in made:
        if one.target:
            place = sum(other.target == one.target for other in found)
            digest = hashlib.sha256(one.content).hexdigest()
            found.append(Expected(submission_id, one.target, place, digest))
    return found


def _body(submission_id: str, kind: str) -> bytes:
    return f"{kind} {submission_id} nothing about anybody\n".encode() * 400
