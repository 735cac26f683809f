"""The metadata of a submission: what it consists of, with the hashes of all plaintext parts.

1.0.0 is checked against FITKO's schema in our tests. Of 2.1.0 no schema is at hand: `2.1.0` is the
shape that a public client writes (no `publicServiceType`; the service stands in the announcement
alone), and nothing here promises that a destination accepts it.
"""

import hashlib
from collections.abc import Mapping

from outputs.fit_connect.submission import Attachment, Submission

CHECKED, UNCHECKED = "1.0.0", "2.1.0"
VERSIONS = (CHECKED, UNCHECKED)
_SCHEMA = "https://schema.fitko.de/fit-connect/metadata/{}/metadata.schema.json"


def metadata(submission: Submission, version: str = CHECKED) -> dict[str, object]:
    """As JSON, to be encrypted."""
    if version not in VERSIONS:
        raise ValueError(f"metadata has no version {version} here")
    made: dict[str, object] = {
        "$schema": _SCHEMA.format(version),
        "contentStructure": {
            "data": {
                "hash": _hash(submission.data),
                "submissionSchema": {
                    "schemaUri": submission.schema_uri,
                    "mimeType": submission.media_type,
                },
            },
            "attachments": [_attachment(one) for one in submission.attachments],
        },
    }
    if version == CHECKED:
        made["publicServiceType"] = service_type(submission)
        if submission.reference:
            made["additionalReferenceInfo"] = {
                "senderReference": submission.reference,
                "applicationDate": submission.applied_on,
            }
    return made


def service_type(submission: Submission) -> dict[str, str]:
    """Which service is applied for, in metadata and announcement."""
    return {"name": submission.service_name, "identifier": submission.service}


def sha512(content: bytes) -> str:
    """The one hash that the metadata know."""
    return hashlib.sha512(content).hexdigest()


def _attachment(one: Attachment) -> Mapping[str, object]:
    return {
        "attachmentId": one.id,
        "purpose": one.purpose,
        "filename": one.name,
        "description": one.description,
        "mimeType": one.media_type,
        "hash": _hash(one.content),
    }


def _hash(content: bytes) -> Mapping[str, str]:
    return {"type": "sha512", "content": sha512(content)}
