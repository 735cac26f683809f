"""From the outbox to the destination's acceptance, and everything that is not one."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
import structlog

from outputs.fit_connect.submission import write_package
from portal.delivery.health import look
from portal.delivery.transports.fit_connect.carrier import ALARM_AFTER, WARN_AFTER
from portal.delivery.worker import Outcome
from portal.storage import appending, outbox
from portal.storage.outbox import State
from portal.storage.records import Payload
from portal.storage.store import Store
from tests.portal.delivery.fit_connect.handed_in import (
    DATA,
    FILES,
    NAME,
    submission,
    submit,
    target_of,
    work,
    worker_of,
)
from tests.portal.delivery.fit_connect.receiver import header_of, receive
from tests.portal.delivery.fit_connect.service import Fault, FitConnectService, Held
from tests.portal.stores import VirtualClock


def _fault(store: Store, submission_id: str) -> tuple[str, str | None]:
    (found,) = outbox.states(store, submission_id)
    return found.state, found.last_fault


def test_r20_handed_in_is_not_delivered_before_the_destination_accepts(
    store: Store, clock: VirtualClock, service: FitConnectService
) -> None:
    """Announced, uploaded, submitted; then asked until the signed acceptance is there."""
    receipt = submit(store)
    worker = worker_of(store, target_of(service.url))
    assert Outcome.RETRY is work(worker, clock, 3)
    assert (State.PENDING, "waiting-for-acceptance") == _fault(store, receipt.submission_id)
    (taken,) = receive(service)
    assert DATA == taken["data"]
    assert list(FILES) == list(taken["files"].values())
    assert "urn:de:fim:leika:leistung:99000000000000" == taken["service"]["identifier"]
    assert Outcome.DELIVERED is work(worker, clock)
    assert (State.ACKNOWLEDGED, None) == _fault(store, receipt.submission_id)
    assert 1 == service.asked.count("POST /v1/submissions")
    assert 1 == sum(one.startswith("PUT") and "attachments" not in one for one in service.asked)


def test_every_part_is_encrypted_to_the_destination(
    store: Store, clock: VirtualClock, service: FitConnectService
) -> None:
    """The service in the middle sees ids, sizes and the service's name, and nothing twice."""
    for _ in range(2):
        submit(store)
    work(worker_of(store, target_of(service.url)), clock, 2)
    first, second = service.submitted()
    for held in (first, second):
        for sealed in (held.metadata, held.data, *held.attachments.values()):
            told = header_of(sealed)
            assert ("RSA-OAEP-256", "A256GCM") == (told["alg"], told["enc"])
            assert "destination-enc" == told["kid"]
    assert first.data != second.data
    assert not set(first.tags()["attachments"].values()) & set(
        second.tags()["attachments"].values()
    )


def test_a_rejection_is_for_a_person_with_the_codes_of_its_problems(
    store: Store, clock: VirtualClock, service: FitConnectService
) -> None:
    """Titles and details stay out of the journal; on a person's word a new one is handed in."""
    receipt = submit(store)
    worker = worker_of(store, target_of(service.url))
    work(worker, clock)
    receive(service, key="destination-sig")  # it has lost its key
    assert Outcome.REJECTED is work(worker, clock)
    assert (State.REJECTED, "rejected encryption-issue") == _fault(store, receipt.submission_id)
    steps = outbox.steps(store, receipt.submission_id, NAME)
    assert not [one for one in steps if "Muster" in one.detail]
    assert outbox.resume(store, receipt.submission_id, NAME, "Betrieb 3")
    work(worker, clock)
    assert 1 == len(receive(service))
    assert Outcome.DELIVERED is work(worker, clock)
    assert 2 == len(service.held)


def test_the_destination_refuses_what_does_not_fit_its_hashes(
    store: Store, clock: VirtualClock, service: FitConnectService
) -> None:
    """Our judge judges: somebody who swaps a file in the service is found out."""
    submit(store)
    submit(store, write_package(submission(files=(b"%PDF-1.7 other", FILES[1]))))
    work(worker_of(store, target_of(service.url)), clock, 2)
    first, second = service.submitted()
    (name, *_) = first.attachments
    first.attachments[name] = second.attachments[name]
    assert 1 == len(receive(service))
    assert ["rejected", "accepted"] == [first.state, second.state]


Forgery = Callable[[FitConnectService, Held, Held], str]
FORGED: dict[str, Forgery] = {
    "event-signature-wrong": lambda s, one, _: s.event(
        one, "accept-submission", signer="destination-enc"
    ),
    "event-of-a-stranger": lambda s, one, _: s.event(
        one, "accept-submission", iss="https://elsewhere.example"
    ),
    "event-of-another-submission": lambda s, _, two: s.event(two, "accept-submission"),
    "event-of-another-case": lambda s, one, two: s.event(
        one, "accept-submission", txn=f"case:{two.case}"
    ),
    "event-of-another-kind": lambda s, one, _: s.event(
        one, "accept-submission", header={"typ": "JWT"}
    ),
    "event-not-theirs-to-tell": lambda s, one, _: s.event(
        one, "accept-submission", by_service=True
    ),
    "event-from-the-future": lambda s, one, _: s.event(
        one, "accept-submission", iat=int(s.now().timestamp()) + 4000
    ),
    "event-incomplete": lambda s, one, _: s.event(one, "accept-submission", events={}),
    "event-unreadable": lambda *_: "a.b.c",
}
# A key of another party, of another purpose, or of nobody.
KEYS = {
    "of-nobody": lambda s, one, _: s.event(
        one, "accept-submission", key="of-nobody", signer="destination-sig"
    ),
    "for-encryption": lambda s, one, _: s.event(one, "accept-submission", key="destination-enc"),
    "of-the-other": lambda s, one, _: s.event(one, "submit-submission", key="destination-sig"),
}
FORGED.update({f"event-key-unfit {name}": forgery for name, forgery in KEYS.items()})


@pytest.mark.parametrize("code", FORGED)
def test_r20_a_forged_event_accepts_nothing(
    store: Store, clock: VirtualClock, service: FitConnectService, code: str
) -> None:
    """Wrong signature, of a stranger, of another case, replayed: alarmed, and still waiting."""
    receipt = submit(store)
    submit(store)
    worker = worker_of(store, target_of(service.url))
    work(worker, clock, 2)
    one, two = service.submitted()
    for held, other in ((one, two), (two, one)):
        held.log.append(FORGED[code](service, held, other))
    with structlog.testing.capture_logs() as logs:
        assert Outcome.RETRY is work(worker, clock, 2)
    told = {entry["fault"] for entry in logs if entry["event"] == "fit-connect-event-refused"}
    assert {code.partition(" ")[0]} == told
    assert (State.PENDING, "waiting-for-acceptance") == _fault(store, receipt.submission_id)
    receive(service)  # the true one beside the forged one counts
    assert Outcome.DELIVERED is work(worker, clock, 2)


@pytest.mark.parametrize("changed", ["metadata", "data", "attachments"])
def test_r16_an_acceptance_of_other_bytes_is_none(
    store: Store, clock: VirtualClock, service: FitConnectService, changed: str
) -> None:
    """The authentication tags of every part must be those of what we sent."""
    receipt = submit(store)
    worker = worker_of(store, target_of(service.url))
    work(worker, clock)
    (held,) = service.submitted()
    tags: dict[str, Any] = {**held.tags(), changed: {} if changed == "attachments" else "AAAA"}
    held.log.append(service.event(held, "accept-submission", content={"authenticationTags": tags}))
    assert Outcome.RETRY is work(worker, clock)
    assert (State.PENDING, "acceptance-of-other-bytes") == _fault(store, receipt.submission_id)


def test_an_acceptance_without_tags_rests_on_those_of_the_service(
    store: Store, clock: VirtualClock, service: FitConnectService
) -> None:
    """A destination may leave them out; then the service has said which bytes it holds."""
    submit(store)
    worker = worker_of(store, target_of(service.url))
    work(worker, clock)
    (held,) = service.submitted()
    bare = service.event(held, "accept-submission", content={"authenticationTags": None})
    held.log.append(bare)
    assert Outcome.DELIVERED is work(worker, clock)


def test_r20_fifteen_silent_days_are_warned_of_and_alarmed_in_time(
    store: Store, clock: VirtualClock, service: FitConnectService
) -> None:
    """Once on day 2, once before the service turns it away on day 14; then a person has it."""
    receipt = submit(store)
    worker = worker_of(store, target_of(service.url))
    work(worker, clock)
    begun = clock.at
    told: dict[str, list[timedelta]] = {}
    while clock.at - begun < timedelta(days=14):
        with structlog.testing.capture_logs() as logs:
            assert Outcome.RETRY is work(worker, clock)
        for entry in logs:
            if entry["event"].startswith("fit-connect"):
                told.setdefault(entry["log_level"], []).append(clock.at - begun)
        clock.advance(timedelta(hours=5))
    (warned,), (alarmed,) = told["warning"], told["error"]
    assert WARN_AFTER <= warned < WARN_AFTER + timedelta(hours=7)
    assert ALARM_AFTER <= alarmed < timedelta(days=13)
    (held,) = service.submitted()
    held.log.append(service.event(held, "reject-submission", by_service=True))
    assert Outcome.REJECTED is work(worker, clock)
    assert (State.REJECTED, "rejected") == _fault(store, receipt.submission_id)


def test_one_that_waits_for_its_acceptance_is_not_late(
    store: Store, clock: VirtualClock, service: FitConnectService
) -> None:
    """The alarm for late deliveries would never end otherwise; one that fails is late."""
    submit(store)
    worker = worker_of(store, target_of(service.url))
    with structlog.testing.capture_logs() as logs:
        work(worker, clock, 3)
    assert {"delivery-undecided"} == {entry["event"] for entry in logs}
    assert (1, ()) == (look(store).undelivered, look(store).alarms)
    service.faults.append(Fault("GET", "/events", 500))
    work(worker, clock)
    assert ("deliveries-late",) == look(store).alarms


def test_what_the_case_sends_later_is_handed_in_too(
    store: Store, clock: VirtualClock, service: FitConnectService
) -> None:
    """A message without a package of its own: data alone, for the service of the settings."""
    receipt = submit(store)
    worker = worker_of(
        store,
        target_of(service.url, service="urn:de:fim:leika:leistung:99000000000000"),
    )
    work(worker, clock)
    receive(service)
    work(worker, clock)
    later = Payload("130103-1", "antwort.xml", "application/xml", b'<b xmlns="urn:b"/>', NAME)
    appending.append(store, receipt.submission_id, [later], "applicant")
    work(worker, clock)
    (taken,) = receive(service)
    assert b'<b xmlns="urn:b"/>' == taken["data"]
    assert {} == taken["files"]
    assert Outcome.DELIVERED is work(worker, clock)


def test_r11_one_rejected_does_not_repeat_or_delay_another(
    store: Store, clock: VirtualClock, service: FitConnectService
) -> None:
    """Each has its own submission and its own journal."""
    submit(store, b"no package")
    receipt = submit(store)
    worker = worker_of(store, target_of(service.url))
    assert [Outcome.REJECTED, Outcome.RETRY] == [work(worker, clock) for _ in range(2)]
    receive(service)
    assert Outcome.DELIVERED is work(worker, clock)
    assert (State.ACKNOWLEDGED, None) == _fault(store, receipt.submission_id)
    assert 1 == len(service.held)


def test_the_shape_of_2_1_0_is_a_setting(
    store: Store, clock: VirtualClock, service: FitConnectService
) -> None:
    """No schema of it is at hand: what is held is that it arrives as it was made."""
    submit(store)
    worker = worker_of(store, target_of(service.url, metadata="2.1.0"))
    work(worker, clock)
    (taken,) = receive(service)
    assert "/2.1.0/" in taken["metadata"]["$schema"]
    assert "publicServiceType" not in taken["metadata"]
    service.destination["metadataVersions"] = ["1.0.0"]
    submit(store)
    work(worker, clock, 2)
    assert 1 == len(service.held)


def test_a_lost_answer_to_the_submission_is_no_second_one(
    store: Store, clock: VirtualClock, service: FitConnectService
) -> None:
    """The event log tells that it was taken; nothing is sent again."""
    submit(store)
    worker = worker_of(store, target_of(service.url))
    service.faults.append(Fault("PUT", "/v1/submissions/", 500, is_after=True, passes=2))
    assert Outcome.RETRY is work(worker, clock, 2)
    (held,) = service.submitted()
    assert 1 == service.asked.count(f"PUT /v1/submissions/{held.id}") == len(service.held)
    receive(service)
    assert Outcome.DELIVERED is work(worker, clock)


def test_a_submission_that_the_log_does_not_show_yet_is_no_second_one(
    store: Store, clock: VirtualClock, service: FitConnectService
) -> None:
    """The same id again is a conflict there; what was taken first is what is accepted."""
    submit(store)
    worker = worker_of(store, target_of(service.url))
    service.faults.append(Fault("PUT", "/v1/submissions/", 500, is_after=True, passes=2))
    service.faults.append(Fault("GET", "/events", 200, body=b'{"eventLog": []}'))
    assert Outcome.RETRY is work(worker, clock, 2)
    (held,) = service.submitted()
    assert 2 == service.asked.count(f"PUT /v1/submissions/{held.id}")
    receive(service)
    assert Outcome.DELIVERED is work(worker, clock)
