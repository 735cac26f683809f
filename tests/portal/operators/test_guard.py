from datetime import timedelta
from pathlib import Path

import pytest
from sqlmodel import func, select
from starlette.testclient import TestClient

from portal.operators.door import door_of
from portal.operators.guard import OperatorsSettingsError
from portal.settings import Settings
from portal.storage.store import Store
from portal.storage.tables import AuditRow
from tests.portal.operators.conftest import PASSWORD, TOKEN, basic
from tests.portal.stores import VirtualClock

INSIDE = ("/", "/delivery/x", "/metrics", "/nothing")


def _refusals(store: Store) -> int:
    with store.database.reading() as session:
        query = select(func.count()).where(AuditRow.action == "operator-refused")
        return session.exec(query).one()


@pytest.mark.parametrize("path", INSIDE)
def test_nobody_comes_in_without_a_password(visitor: TestClient, path: str) -> None:
    """Whatever the address; nothing tells which ones there are."""
    answer = visitor.get(path)
    assert 401 == answer.status_code
    assert answer.headers["www-authenticate"].startswith("Basic")
    assert "401" == answer.text


@pytest.mark.parametrize(
    "header",
    [
        basic(word="wrong"),
        basic(word=""),
        basic(name=""),
        basic(name="\x07"),
        {"Authorization": "Basic !!!"},
        {"Authorization": "Basic"},
        {"Authorization": f"Bearer {PASSWORD}"},
        {"Authorization": f"Bearer {TOKEN}"},
        {"Authorization": "Digest x"},
    ],
)
def test_wrong_words_open_nothing(visitor: TestClient, header: dict[str, str]) -> None:
    """Nor does the token of the metrics open a page."""
    assert 401 == visitor.get("/", headers=header).status_code


def test_the_metrics_token_opens_the_metrics_alone(visitor: TestClient) -> None:
    """Prometheus cannot pause a target."""
    token = {"Authorization": f"Bearer {TOKEN}"}
    assert 200 == visitor.get("/metrics", headers=token).status_code
    assert 401 == visitor.get("/", headers=token).status_code
    assert 401 == visitor.post("/target/dms/pause", headers=token).status_code


def test_r54_wrong_passwords_are_on_record_but_cannot_fill_the_trail(
    store: Store, clock: VirtualClock, visitor: TestClient
) -> None:
    """Five a minute at most; the right password works all the while."""
    for _ in range(30):
        assert 401 == visitor.get("/", headers=basic(word="wrong")).status_code
    assert 5 == _refusals(store)
    assert 200 == visitor.get("/", headers=basic()).status_code
    clock.advance(timedelta(minutes=2))
    visitor.get("/", headers=basic(word="wrong"))
    assert 6 == _refusals(store)
    visitor.get("/")  # a browser asks first without a password: that is no attempt
    assert 6 == _refusals(store)


def test_probes_need_no_password_and_tell_nothing(visitor: TestClient) -> None:
    """A balancer gets a word, no figures."""
    assert "ok" == visitor.get("/health/live").text
    assert "ready" == visitor.get("/health/ready").text


def test_the_door_is_closed_unless_it_is_opened(store: Store, tmp_path: Path) -> None:
    """And never opens without a password, or with one that could be guessed."""
    assert door_of(Settings(), store, ()) is None
    with pytest.raises(OperatorsSettingsError, match="PASSWORD_FILE"):
        door_of(Settings(operators_port=0), store, ())
    secret = tmp_path / "secret"
    for bad in ("short\n", None):
        if bad is not None:
            secret.write_text(bad)
        else:
            secret.unlink()
        with pytest.raises(OperatorsSettingsError, match=r"zu kurz|nicht lesen"):
            door_of(Settings(operators_port=0, operators_password_file=secret), store, ())
