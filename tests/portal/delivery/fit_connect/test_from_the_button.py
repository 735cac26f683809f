"""From the applicant's button to a destination that decrypts, with the real documents."""

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from fastapi import FastAPI
from lxml import etree
from starlette.testclient import TestClient

from outputs.building import build_all
from outputs.fit_connect.submission import FORM
from outputs.fit_connect.write import write
from portal.delivery.transports.folder import Folder
from portal.delivery.worker import Outcome, Worker
from portal.parts import Portal
from portal.settings import Settings
from portal.storage import forgetting, outbox, submissions
from portal.storage.outbox import State
from portal.storage.refusals import UnavailableError
from portal.storage.store import Store
from tests.outputs.plans import complete
from tests.portal.complete import answers_of, complete_cases, plans
from tests.portal.delivery.fit_connect.handed_in import (
    NAME,
    submit,
    target_of,
    work,
    worker_of,
)
from tests.portal.delivery.fit_connect.receiver import receive
from tests.portal.delivery.fit_connect.service import FitConnectService
from tests.portal.fill.test_application import begin, fill_in, upload_all
from tests.portal.stores import VirtualClock
from tests.portal.visitor import Visitor

PROCEDURE = "musterprozess"
CASE = next(case for procedure, case in complete_cases() if procedure == PROCEDURE)


@pytest.fixture
def with_fit_connect(app: FastAPI, service: FitConnectService) -> Iterator[Portal]:
    """The portal with this target, put back afterwards; monkeypatch would take it away instead."""
    before: Portal = app.state.portal
    settings = before.settings.model_copy(update={"targets": {NAME: target_of(service.url)}})
    app.state.portal = replace(before, settings=settings)
    yield before
    app.state.portal = before


def test_what_was_accepted_at_the_button_is_handed_in(
    app: FastAPI, service: FitConnectService, with_fit_connect: Portal, tmp_path: Path
) -> None:
    """The setting of the target decides: data, application and uploads instead of a message."""
    targets = {NAME: target_of(service.url)}
    store: Store = with_fit_connect.store
    service.now = store.now
    # The portal is every test's: what waits for this target from others is not looked at here.
    others = Worker(store, {NAME: Folder(tmp_path / "others")})
    while others.deliver_next() is not None:
        pass
    visitor = Visitor(TestClient(app, raise_server_exceptions=False))
    answers = answers_of(PROCEDURE, CASE)
    fill_in(begin(visitor, PROCEDURE), plans()[PROCEDURE].procedure, answers)
    upload_all(visitor)
    visitor.press("_go", "submit")
    submission = visitor.path.rpartition("/")[2]
    states = {one.target: one.state for one in outbox.states(store, submission)}
    assert State.PENDING == states[NAME]
    kept = {one.output for one in submissions.payloads_of(store, submission)}
    assert {"json", "pdf", "fit_connect"} == kept - {"dms", "receipt"}
    carriers = worker_of(store, targets[NAME]).transports
    done = Worker(store, carriers).deliver_next(NAME)
    assert Outcome.RETRY is done, outbox.states(store, submission)
    (taken,) = receive(service)
    assert "vordruck-antrag 1.0" == json.loads(taken["data"])["format"]
    told = taken["metadata"]["contentStructure"]["attachments"]
    assert FORM == told[0]["purpose"]
    assert taken["files"][told[0]["attachmentId"]].startswith(b"%PDF")
    assert len(told) == len(json.loads(taken["data"])["files"]) + 1 >= 2


def test_a_message_arrives_as_data_with_its_files_beside_it(
    store: Store, clock: VirtualClock, service: FitConnectService
) -> None:
    """XAusländer under its namespace; the PDF is the form, every upload an attachment."""
    application = complete("beschaeftigungserlaubnis")
    submit(store, write(application, build_all(application, None)).content)
    work(worker_of(store, target_of(service.url)), clock)
    (taken,) = receive(service)
    root = etree.fromstring(taken["data"])
    assert "{http://www.osci.de/xauslaender2611}OZG.Antrag.130101" == root.tag
    assert [one.content for one in application.uploads] == list(taken["files"].values())[1:]
    assert taken["service"] == taken["metadata"]["publicServiceType"]


@pytest.mark.parametrize("is_kept", [True, False])
def test_the_plaintext_goes_when_it_was_accepted_if_so_set(
    store: Store, clock: VirtualClock, service: FitConnectService, is_kept: bool
) -> None:
    """Not before; size and hash stay, and so does what was not accepted."""
    receipt, waiting = submit(store), submit(store)
    target = target_of(service.url, keep_payload=is_kept)
    forgetful = Settings(targets={NAME: target}).forgetful
    worker = Worker(store, worker_of(store, target).transports, forgets=forgetful)
    work(worker, clock)
    (payload,) = submissions.payloads_of(store, receipt.submission_id)
    assert submissions.payload_bytes(store, payload.id)
    receive(service)
    assert Outcome.DELIVERED is work(worker, clock, 2)
    (still,) = submissions.payloads_of(store, waiting.submission_id)
    assert submissions.payload_bytes(store, still.id)
    if is_kept:
        assert submissions.payload_bytes(store, payload.id)
    else:
        with pytest.raises(UnavailableError):
            submissions.payload_bytes(store, payload.id)
    assert [payload] == submissions.payloads_of(store, receipt.submission_id)


def test_a_worker_that_died_before_forgetting_is_made_good_at_the_next_start(
    store: Store, clock: VirtualClock, service: FitConnectService
) -> None:
    """Once; what waits, and other targets, are left alone."""
    for _ in range(2):
        submit(store)
    worker = worker_of(store, target_of(service.url))
    work(worker, clock)
    receive(service)
    assert Outcome.DELIVERED is work(worker, clock, 2)
    assert 0 == forgetting.forget_accepted(store, {"dms"})
    assert [1, 0] == [forgetting.forget_accepted(store, {NAME}) for _ in range(2)]
