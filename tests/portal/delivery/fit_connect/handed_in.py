"""Submissions for tests: packages with a message and files, queued like any application."""

import uuid
from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import Path

from pydantic import SecretStr

from outputs.fit_connect.submission import (
    ATTACHMENT,
    FORM,
    Attachment,
    Submission,
    write_package,
)
from portal.delivery.transports.fit_connect import open_fit_connect
from portal.delivery.worker import Outcome, Worker
from portal.settings import Target
from portal.storage import submissions
from portal.storage.records import Payload, Receipt
from portal.storage.store import Store
from tests.portal.delivery.fit_connect.service import CLIENT, DESTINATION, SECRET
from tests.portal.stores import SESSION, VirtualClock, new_draft

NAME = "fachverfahren"
DATA = b'<a xmlns="urn:probe:1">' + b"x" * 100_000 + b"</a>"  # more than a token may hold
FILES = (b"%PDF-1.7 summary", b"%PDF-1.7 passport" + bytes(range(256)) * 300)


def submission(data: bytes = DATA, files: Sequence[bytes] = FILES) -> Submission:
    """Says nothing about anybody."""
    return Submission(
        service="urn:de:fim:leika:leistung:99000000000000",
        service_name="Probe",
        reference="K7Q4-M2XD-9PTA",
        applied_on="2026-11-23",
        data=data,
        schema_uri="urn:probe:1",
        media_type="application/xml",
        attachments=tuple(
            Attachment(
                str(uuid.UUID(int=number + 1, version=4)),
                ATTACHMENT if number else FORM,
                f"datei-{number}.pdf",
                "Datei",
                "application/pdf",
                content,
            )
            for number, content in enumerate(files)
        ),
    )


def submit(store: Store, package: bytes | None = None) -> Receipt:
    """An accepted application whose message goes over FIT-Connect."""
    content = write_package(submission()) if package is None else package

    def build(_id: str, _reference: str, _at: datetime) -> Sequence[Payload]:
        return [Payload("fit_connect", "einreichung.zip", "application/zip", content, NAME)]

    receipt = submissions.accept(store, new_draft(store), SESSION, 0, build)
    assert isinstance(receipt, Receipt)
    return receipt


def target_of(url: str, **more: object) -> Target:
    """As the settings would describe it."""
    told = {
        "transport": "fit-connect",
        "url": url,
        "token_url": f"{url}/token",
        "destination": DESTINATION,
        "user": CLIENT,
        "password": SecretStr(SECRET),
    }
    return Target.model_validate({**told, **more})


def worker_of(store: Store, target: Target, lease: timedelta = timedelta(minutes=5)) -> Worker:
    """A worker with a transport that knows nothing yet."""
    carrier = open_fit_connect(NAME, target, Path())
    return Worker(store, {NAME: carrier}, dice=lambda: 1.0, lease=lease)


def work(worker: Worker, clock: VirtualClock, attempts: int = 1) -> Outcome | None:
    """So many attempts, an hour apart; how the last one ended."""
    outcome = None
    for _ in range(attempts):
        outcome = worker.deliver_next()
        clock.advance(timedelta(hours=1))
    return outcome
