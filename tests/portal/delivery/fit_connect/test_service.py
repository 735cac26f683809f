"""What the service and the destination may do wrong, and what is said at the start (R19)."""

from typing import Any

import pytest
from jwcrypto import jwk
from pydantic import SecretStr

from portal.delivery.transports import TRANSPORTS, transports_of
from portal.delivery.transports.fit_connect.sealing import encryption_key
from portal.delivery.transports.fit_connect.service import Service
from portal.delivery.transports.transport import (
    LockedOutError,
    TargetDownError,
    UnknownTransportError,
    UnreachableError,
)
from portal.delivery.worker import Outcome
from portal.settings import Settings, Target
from portal.storage import breaker, outbox
from portal.storage.outbox import State
from portal.storage.store import Store
from tests.portal.delivery.fit_connect.handed_in import (
    NAME,
    submit,
    target_of,
    work,
    worker_of,
)
from tests.portal.delivery.fit_connect.keys import made, public
from tests.portal.delivery.fit_connect.receiver import receive
from tests.portal.delivery.fit_connect.service import Fault, FitConnectService
from tests.portal.stores import VirtualClock

STEPS = [
    ("POST", "/token"),
    ("GET", "/v1/destinations/"),
    ("GET", "/keys/"),
    ("POST", "/v1/submissions"),
    ("PUT", "/attachments/"),
    ("PUT", "/v1/submissions/"),
    ("GET", "/events"),
]


@pytest.mark.parametrize(
    ("method", "part", "status"),
    [*((*step, 500) for step in STEPS), *((*STEPS[3], one) for one in (429, 302))],
)
def test_a_fault_at_any_step_is_got_over(
    store: Store,
    clock: VirtualClock,
    service: FitConnectService,
    method: str,
    part: str,
    status: int,
) -> None:
    """One submission in the end; redirects are not followed, overload makes the target wait."""
    submit(store)
    elsewhere = {"location": f"{service.url}/elsewhere", "retry-after": "30"}
    service.faults.append(Fault(method, part, status, elsewhere))
    worker = worker_of(store, target_of(service.url))
    assert Outcome.RETRY is work(worker, clock)
    assert (status == 429) == bool(breaker.states(store))
    assert not [one for one in service.asked if "elsewhere" in one]
    work(worker, clock)
    assert 1 == len(service.submitted())
    receive(service)
    assert Outcome.DELIVERED is work(worker, clock)


def test_a_token_that_ends_early_is_replaced_once(
    store: Store, clock: VirtualClock, service: FitConnectService
) -> None:
    """In the middle of an attempt, which goes on."""
    submit(store)
    service.faults.append(Fault("PUT", "/attachments/", 401))
    assert Outcome.RETRY is work(worker_of(store, target_of(service.url)), clock)
    assert 1 == len(service.submitted())
    assert 2 == service.asked.count("POST /token")


def test_a_wrong_secret_stops_the_target_with_one_alarm(
    store: Store, clock: VirtualClock, service: FitConnectService
) -> None:
    """Somebody has to change something; nothing is announced meanwhile."""
    submit(store)
    wrong = target_of(service.url, password=SecretStr("another"))
    assert Outcome.RETRY is work(worker_of(store, wrong), clock)
    (state,) = breaker.states(store)
    assert "login-refused" == state.fault
    assert {} == service.held


def test_an_announcement_that_the_service_forgot_is_made_anew(
    store: Store, clock: VirtualClock, service: FitConnectService
) -> None:
    """As long as submitting was not begun, nothing can have been taken."""
    submit(store)
    worker = worker_of(store, target_of(service.url))
    service.faults.append(Fault("PUT", "/attachments/", 500))
    work(worker, clock)
    service.held.clear()
    assert Outcome.RETRY is work(worker, clock)
    assert Outcome.RETRY is work(worker, clock)
    assert 1 == len(service.submitted())


def test_a_submission_that_is_gone_after_a_lost_answer_is_for_a_person(
    store: Store, clock: VirtualClock, service: FitConnectService
) -> None:
    """It may have been taken and worked on; handing in another one could be a double."""
    receipt = submit(store)
    worker = worker_of(store, target_of(service.url))
    service.faults.append(Fault("PUT", "/v1/submissions/", 500, is_after=True, passes=2))
    service.faults.append(Fault("GET", "/events", 200, body=b'{"eventLog": []}'))
    work(worker, clock)
    assert 1 == len(service.submitted())
    (held,) = service.held.values()
    service.held = {"elsewhere": held}
    assert Outcome.REJECTED is work(worker, clock)
    (state,) = outbox.states(store, receipt.submission_id)
    assert "submission-gone" == state.last_fault
    assert 1 == len(service.held)


def test_what_the_service_refuses_is_handed_in_anew_on_a_persons_word(
    store: Store, clock: VirtualClock, service: FitConnectService
) -> None:
    """Here it has lost an attachment that it had confirmed."""
    receipt = submit(store)
    worker = worker_of(store, target_of(service.url))
    service.faults.append(Fault("PUT", "/attachments/", 204))
    assert Outcome.REJECTED is work(worker, clock)
    (state,) = outbox.states(store, receipt.submission_id)
    assert (State.REJECTED, "http-422") == (state.state, state.last_fault)
    outbox.resume(store, receipt.submission_id, NAME, "Betrieb 3")
    assert Outcome.RETRY is work(worker, clock)
    assert (1, 2) == (len(service.submitted()), len(service.held))


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ({"status": "created"}, "destination-not-active"),
        ({"encryptionKid": None}, "encryption-key-unfit"),
        ({"encryptionKid": "of-nobody"}, "encryption-key-unfit"),
        ({"encryptionKid": "../token"}, "encryption-key-unfit"),
        ({"encryptionKid": "destination-sig"}, "encryption-key-unfit"),
        ({"metadataVersions": ["1.5.0"]}, "metadata-version-not-accepted"),
    ],
)
def test_a_destination_that_is_not_ready_gets_nothing(
    store: Store,
    clock: VirtualClock,
    service: FitConnectService,
    change: dict[str, Any],
    fault: str,
) -> None:
    """It lies with the target: all that goes there waits, and nothing is announced."""
    submit(store)
    service.destination.update(change)
    assert Outcome.RETRY is work(worker_of(store, target_of(service.url)), clock)
    (state,) = breaker.states(store)
    assert fault == state.fault
    assert {} == service.held


def test_a_schema_that_the_destination_does_not_take_is_for_a_person(
    store: Store, clock: VirtualClock, service: FitConnectService
) -> None:
    """Unless the settings say under which address it has declared ours."""
    receipt = submit(store)
    declared = {"schemaUri": "urn:theirs:7", "mimeType": "application/xml"}
    service.destination["services"] = [{"submissionSchemas": [declared]}]
    assert Outcome.REJECTED is work(worker_of(store, target_of(service.url)), clock)
    outbox.resume(store, receipt.submission_id, NAME, "Betrieb 3")
    named = target_of(service.url, properties={"urn:probe:1": "urn:theirs:7"})
    work(worker_of(store, named), clock)
    (taken,) = receive(service)
    schema = taken["metadata"]["contentStructure"]["data"]["submissionSchema"]
    assert declared == schema


@pytest.mark.parametrize(
    "change",
    [
        {"kty": "EC"},
        {"kid": "another"},
        {"alg": "RSA-OAEP"},
        {"alg": "RSA1_5"},
        {"use": "sig"},
        {"key_ops": ["verify"]},
        {"key_ops": ["wrapKey", "verify"]},
        {"key_ops": None},
        {"n": "AQAB"},
        {"n": "!"},
        {"n": None},
    ],
)
def test_a_key_that_is_not_for_this_is_refused(change: dict[str, Any]) -> None:
    """Algorithm, use, operations, kid and size are all looked at."""
    right = public("destination-enc", "wrapKey")
    assert "destination-enc" == encryption_key(right, "destination-enc").kid
    with pytest.raises(LockedOutError, match="encryption-key-unfit"):
        encryption_key({**right, **change}, "destination-enc")


def test_a_key_of_2048_bits_is_too_short() -> None:
    """FIT-Connect asks for 4096."""
    assert isinstance(made("short"), jwk.JWK)
    with pytest.raises(LockedOutError):
        encryption_key(public("short", "wrapKey"), "short")


def test_r19_an_endless_or_dripping_answer_is_left(service: FitConnectService) -> None:
    """At 1 MiB, or when the time of one answer is over."""
    service.faults.append(Fault("GET", "/v1/destinations", 200, body=b"{" + b" " * (1 << 21)))
    with pytest.raises(UnreachableError, match="answer-too-large"):
        Service(target_of(service.url)).destination()
    ticks = iter(range(0, 10_000, 40))
    hurried = Service(target_of(service.url), clock=lambda: float(next(ticks)))
    service.faults.append(Fault("POST", "/token", 200, body=b" " * 500_000))
    with pytest.raises(UnreachableError, match="too-slow"):
        hurried.destination()


@pytest.mark.parametrize("body", [b"", b"[]", b"null", b"{", b'{"submissionId": "../x"}'])
def test_an_answer_that_is_none_announces_nothing(service: FitConnectService, body: bytes) -> None:
    """Ids go into addresses: they must be UUIDs."""
    service.faults.append(Fault("POST", "/v1/submissions", 201, body=body))
    with pytest.raises(UnreachableError, match="answer-unreadable"):
        Service(target_of(service.url)).announce({"name": "a", "identifier": "urn:a:b"}, [])


def test_nobody_listens() -> None:
    """Everything that goes there waits."""
    with pytest.raises(TargetDownError, match="no-connection"):
        Service(target_of("http://127.0.0.1:9")).destination()


@pytest.mark.parametrize(
    ("more", "told"),
    [
        ({"url": "http://fit-connect.example"}, "url"),
        ({"token_url": ""}, "token_url"),
        ({"destination": "Ausländerbehörde"}, "destination"),
        ({"metadata": "1.5.0"}, "metadata|Metadaten"),
        ({"user": ""}, "user"),
    ],
)
def test_what_is_missing_is_said_at_the_start(more: dict[str, object], told: str) -> None:
    """Nothing travels without TLS but on this machine."""
    full = target_of("https://fit-connect.example")
    target = Target.model_validate({**full.model_dump(), **more})
    with pytest.raises(UnknownTransportError, match=told):
        transports_of(Settings(targets={NAME: target}))
    assert "fit-connect" in TRANSPORTS
