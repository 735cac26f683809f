"""The answers as JSON: what other programs read when they read no XÖV."""

import hashlib
import json

from engine.answers.write import Json, write_answers
from outputs.application import Application, OutputFile

FORMAT = "vordruck-antrag 1.0"


def write(application: Application) -> OutputFile:
    """Keys sorted, every value in its one spelling; `sha256` covers `answers` alone."""
    text = json.dumps(content(application), ensure_ascii=False, sort_keys=True, indent=2)
    return OutputFile(
        output="json",
        name=f"{application.submission_id}_antrag.json",
        media_type="application/json",
        content=text.encode() + b"\n",
    )


def content(application: Application) -> dict[str, Json]:
    """Head, answers and the list of files."""
    procedure = application.procedure
    return {
        "format": FORMAT,
        "procedure": {
            "id": procedure.id,
            "version": procedure.version,
            "digest": procedure.digest,
            "leika": list(procedure.leika),
            "title": procedure.title.german,
        },
        "authority": {"name": application.authority.name, "ags": application.authority.ags},
        "submission": {
            "id": application.submission_id,
            "submitted_at": application.submitted_at.isoformat(timespec="seconds"),
            "decided_on": application.today.isoformat(),
            "language": application.language,
        },
        "answers": dict(write_answers(procedure, application.evaluation.values)),
        "sha256": application.data_hash,
        "files": [
            {
                "document": upload.document,
                "row": None if upload.row is None else str(upload.row),
                "name": upload.name,
                "media_type": upload.media_type,
                "bytes": str(len(upload.content)),
                "sha256": hashlib.sha256(upload.content).hexdigest(),
            }
            for upload in application.uploads
        ],
    }
