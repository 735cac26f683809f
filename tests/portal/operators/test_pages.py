from datetime import timedelta

import pytest
from lxml import html
from sqlmodel import col, select
from starlette.testclient import TestClient

from portal.delivery.transports.transport import RefusedError, TargetDownError
from portal.delivery.worker import Worker
from portal.operators.words import TEXTS
from portal.storage import breaker, deliveries, outbox
from portal.storage.outbox import State
from portal.storage.store import Store
from portal.storage.tables import AuditRow
from tests.portal.delivery.carriers import Told
from tests.portal.stores import SESSION, VirtualClock, submit

NAME = "operator Erika Beispiel"


def _entries(store: Store) -> list[tuple[str, str, str]]:
    with store.database.reading() as session:
        rows = session.exec(select(AuditRow).order_by(col(AuditRow.number)))
        return [(row.action, row.subject, row.actor) for row in rows if "oper" in row.actor]


def _press(client: TestClient, page: str, action: str, **more: str) -> str:
    """Send the page's form with this action, as a browser would."""
    tree = html.fromstring(client.get(page).text)
    form = next(one for one in tree.forms if one.action == action)
    answer = client.post(action, data={**dict(form.form_values()), **more})
    assert 200 == answer.status_code
    return answer.text


def _refuse(store: Store, fault: Exception) -> str:
    """A submission whose filing the target refuses; the delivery's id."""
    receipt = submit(store)

    def deed(_key: str, _content: bytes) -> None:
        raise fault

    Worker(store, {"dms": Told(deed)}, dice=lambda: 1.0).deliver_next()
    return outbox.states(store, receipt.submission_id)[0].id


def test_the_overview_shows_targets_alarms_and_what_waits(
    store: Store, clock: VirtualClock, operator: TestClient
) -> None:
    """Numbers of cases, states, our codes; nothing of a payload, no session."""
    stuck = _refuse(store, RefusedError("http-422"))
    clock.advance(timedelta(hours=2))
    page = operator.get("/")
    assert 200 == page.status_code
    text = " ".join(html.fromstring(page.text).text_content().split())
    assert "Ein Ziel hat Zustellungen abgelehnt." in text
    assert "länger als fünf Minuten" in text
    assert "http-422" in text
    assert "2 h 0 min" in text
    assert f"/delivery/{stuck}" in page.text
    assert SESSION not in page.text
    assert "no-store" == page.headers["cache-control"]


def test_r54_reading_a_delivery_is_on_record_also_in_vain(
    store: Store, operator: TestClient
) -> None:
    """Who read which case, under the name they came in with."""
    receipt = submit(store)
    one = outbox.states(store, receipt.submission_id)[0]
    text = operator.get(f"/delivery/{one.id}").text
    assert receipt.reference in text
    assert 404 == operator.get("/delivery/nothing").status_code
    assert [
        ("delivery-read", receipt.submission_id, NAME),
        ("delivery-not-found", "none", NAME),
    ] == _entries(store)


def test_what_is_stuck_can_be_sent_again(store: Store, operator: TestClient) -> None:
    """From its page; it waits again, and the journal and the trail say who did it."""
    stuck = _refuse(store, RefusedError("http-422"))
    text = _press(operator, f"/delivery/{stuck}", f"/delivery/{stuck}/retry")
    assert "Erledigt und protokolliert." in text
    assert "resumed" in text
    assert [State.PENDING, State.PENDING] == [one.state for one in deliveries.listing(store)]
    assert "delivery-resumed" in {action for action, _, who in _entries(store) if who == NAME}


def test_releasing_needs_a_word_for_it(store: Store, operator: TestClient) -> None:
    """Without the tick nothing happens."""
    stuck = _refuse(store, RefusedError("http-422"))
    address = f"/delivery/{stuck}/release"
    _press(operator, f"/delivery/{stuck}", address)
    assert stuck in {one.id for one in deliveries.listing(store)}
    _press(operator, f"/delivery/{stuck}", address, sure="yes")
    assert [stuck] == [one.id for one in deliveries.listing(store, states=[State.RELEASED])]


def test_a_target_can_be_paused_resumed_and_sent_again(store: Store, operator: TestClient) -> None:
    """The overview offers what is possible now."""
    stuck = _refuse(store, RefusedError("http-422"))
    _press(operator, "/", "/target/dms/pause")
    assert ["paused"] == [one.state for one in breaker.states(store)]
    assert outbox.claim(store, timedelta(minutes=5), ("dms",)) is None
    _press(operator, "/", "/target/dms/resume")
    assert ["closed"] == [one.state for one in breaker.states(store)]
    _press(operator, "/", "/target/dms/retry")
    job = outbox.claim(store, timedelta(minutes=5), ("dms",))
    assert job is not None
    assert stuck == job.id


def test_a_target_out_of_order_shows_why_and_when_it_is_tried(
    store: Store, operator: TestClient
) -> None:
    """And can be tried at once."""
    _refuse(store, TargetDownError("http-503"))
    text = operator.get("/").text
    assert "außer Betrieb" in text
    assert "http-503" in text
    _press(operator, "/", "/target/dms/resume")
    assert outbox.claim(store, timedelta(minutes=5), ("dms",)) is not None


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/target/nowhere/pause", 404),
        ("/target/dms/explode", 404),
        ("/delivery/none/explode", 404),
    ],
)
def test_what_there_is_not_is_said_so(operator: TestClient, path: str, status: int) -> None:
    """Neither an unknown target nor an unknown deed makes a fault."""
    token = html.fromstring(operator.get("/").text).xpath("string(//input[@name='_token']/@value)")
    assert status == operator.post(path, data={"_token": token}).status_code


def test_forms_of_others_are_refused(store: Store, operator: TestClient) -> None:
    """Another site's page has neither the token nor the origin (R60)."""
    address = "/target/dms/pause"
    assert 403 == operator.post(address, data={"_token": "guessed"}).status_code
    assert 403 == operator.post(address, data={}).status_code
    other = {"Origin": "https://elsewhere.example"}
    assert 403 == operator.post(address, data={}, headers=other).status_code
    assert [] == breaker.states(store)


def test_the_pages_speak_english_too(operator: TestClient) -> None:
    """For whoever asks for it; every text has both."""
    text = operator.get("/", headers={"Accept-Language": "en-GB,de;q=0.5"}).text
    assert 'lang="en"' in text
    assert "Everything is in order." in text
    assert all(german and english and german != english for german, english in TEXTS.values())
