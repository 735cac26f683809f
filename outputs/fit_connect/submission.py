"""A submission as it is stored: service, data and attachments in one package of ours.

The package is built once, kept and hashed like every payload; its plaintext parts are what the
transport encrypts and what the metadata's hashes are made of. The same application gives the same
bytes.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import cast

from outputs.dms.package import pack, unpack

FORMAT = "vordruck-fit-connect 1.0"
FORM, ATTACHMENT = "form", "attachment"
_HEAD, _DATA = "einreichung.json", "daten"
MEDIA_TYPES = ("application/json", "application/xml")


class NotASubmission(ValueError):
    """No package of ours. The message is a code without anything of the case."""


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file beside the data."""

    id: str  # UUID, the same whenever the same application is written
    purpose: str  # form: made by us, of all answers; attachment: handed in by the applicant
    name: str = field(repr=False)
    description: str = field(repr=False)
    media_type: str
    content: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Submission:
    """What is handed in, in plain."""

    service: str  # URN of the service
    service_name: str
    reference: str
    applied_on: str  # ISO date
    data: bytes = field(repr=False)
    schema_uri: str
    media_type: str
    attachments: tuple[Attachment, ...] = ()


def write_package(submission: Submission) -> bytes:
    """As one file."""
    head = {
        "format": FORMAT,
        "service": {"identifier": submission.service, "name": submission.service_name},
        "reference": submission.reference,
        "applied_on": submission.applied_on,
        "data": {"schema_uri": submission.schema_uri, "media_type": submission.media_type},
        "attachments": [
            {
                "id": one.id,
                "purpose": one.purpose,
                "name": one.name,
                "description": one.description,
                "media_type": one.media_type,
            }
            for one in submission.attachments
        ],
    }
    text = json.dumps(head, ensure_ascii=False, sort_keys=True, indent=2).encode() + b"\n"
    held = ((one.id, one.content) for one in submission.attachments)
    return pack([(_HEAD, text), (_DATA, submission.data), *held])


def read_package(package: bytes) -> Submission:
    """Back from the file."""
    files = unpack(package)
    if files is None or _HEAD not in files:
        raise NotASubmission("not-a-submission")
    try:
        head = json.loads(files[_HEAD])
        if head["format"] != FORMAT:
            raise NotASubmission("another-format")
        return _submission(head, files)
    except (ValueError, KeyError, TypeError) as fault:
        raise NotASubmission("unreadable-submission") from fault


def _submission(head: Mapping[str, object], files: Mapping[str, bytes]) -> Submission:
    service = cast(Mapping[str, str], head["service"])
    data = cast(Mapping[str, str], head["data"])
    return Submission(
        service=service["identifier"],
        service_name=service["name"],
        reference=str(head["reference"]),
        applied_on=str(head["applied_on"]),
        data=files[_DATA],
        schema_uri=data["schema_uri"],
        media_type=data["media_type"],
        attachments=tuple(
            Attachment(
                one["id"],
                one["purpose"],
                one["name"],
                one["description"],
                one["media_type"],
                files[one["id"]],
            )
            for one in cast(list[dict[str, str]], head["attachments"])
        ),
    )
