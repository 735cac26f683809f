import uuid
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlmodel import delete, select

from portal.storage import audit, orphans, outbox, retention, submissions, uploads
from portal.storage.outbox import State
from portal.storage.store import Store
from portal.storage.tables import AuditRow, DeliveryRow, PayloadRow, SubmissionRow
from tests.portal.stores import (
    DIGEST,
    PROCEDURE,
    SESSION,
    START,
    VirtualClock,
    new_draft,
    open_store,
    payloads,
    submit,
)
from tests.portal.victims import TARGETS

DAY = timedelta(days=1)
TEN_YEARS = 3650


@dataclass(frozen=True)
class Past:
    """What has become of one submission."""

    age: int  # days since it was accepted
    states: tuple[State, State]
    arrived: tuple[int, int]  # days since each target acknowledged, if it did
    released: bool


pasts = st.builds(
    Past,
    age=st.integers(0, TEN_YEARS),
    states=st.tuples(*[st.sampled_from([*State, State.ACKNOWLEDGED, State.ACKNOWLEDGED])] * 2),
    arrived=st.tuples(st.integers(0, TEN_YEARS), st.integers(0, TEN_YEARS)),
    released=st.sampled_from([False, False, False, True]),
)


def test_r12_retention_never_deletes_what_a_target_has_not_got() -> None:
    """Over ten years of clock and every mixture of states: only what all have, or was released."""
    with TemporaryDirectory(prefix="vordruck-", dir=_memory()) as name:
        clock = VirtualClock()
        store = open_store(Path(name), clock)

        @settings(max_examples=200, deadline=None, suppress_health_check=list(HealthCheck))
        @given(st.lists(pasts, min_size=1, max_size=4), st.integers(0, 400))
        def holds(all_pasts: list[Past], period: int) -> None:
            clock.at = START + timedelta(days=TEN_YEARS)
            made = {_make(store, clock, past): past for past in all_pasts}
            retention.delete_delivered(store, PROCEDURE, period * DAY)
            with store.database.writing() as session:
                left = set(session.exec(select(SubmissionRow.id)))
                for table in (DeliveryRow, PayloadRow, SubmissionRow):
                    session.exec(delete(table))
            for submission, past in made.items():
                assert (submission in left) is not _may_go(past, period), past

        holds()
        with store.database.reading() as session:
            assert audit.broken_link(session) is None
        store.close()


def _may_go(past: Past, period: int) -> bool:
    """The promise, said without a database."""
    if past.age <= period:
        return False
    everywhere = all(state in outbox.DONE for state in past.states)
    since = min(min(days, past.age) for days in past.arrived)
    return past.released or (everywhere and since > period)


def _make(store: Store, clock: VirtualClock, past: Past) -> str:
    """Rows as an acceptance makes them, without the files: two thousand of them are needed."""
    name = uuid.uuid4().hex
    row = SubmissionRow(
        id=name,
        draft_id=name,
        reference=name[:24],
        procedure_id=PROCEDURE,
        digest=DIGEST,
        definition_version="1.0",
        session_hash="",
        language="de",
        key=b"",
        answers=b"",
        payload_sha256="",
        accepted_at=clock.at - past.age * DAY,
        released_by="Sachbearbeitung 7" if past.released else None,
    )
    payload = PayloadRow(
        id=name,
        submission_id=name,
        output="xoev",
        name="a.xml",
        media_type="application/xml",
        size=0,
        sha256="",
        object_name=f"{name}.payload",
    )
    with store.database.writing() as session:
        session.add(row)
        session.flush()
        session.add(payload)
        session.flush()
        for target, state, days in zip(TARGETS, past.states, past.arrived, strict=True):
            delivery = outbox.new_delivery(name, target, name, row.accepted_at)
            delivery.state = state
            if state is State.ACKNOWLEDGED:
                delivery.acknowledged_at = clock.at - min(days, past.age) * DAY
            if state is State.RELEASED:
                delivery.released_at = clock.at - min(days, past.age) * DAY
            session.add(delivery)
    return name


def _memory() -> Path | None:
    place = Path("/dev/shm")  # noqa: S108 - only for speed
    return place if place.is_dir() else None


def test_r12_a_submission_nobody_gets_is_kept(store: Store, clock: VirtualClock) -> None:
    """No target at all is not the same as all targets."""
    draft = new_draft(store)
    receipt = submissions.accept(store, draft, SESSION, 0, lambda *_: payloads("a", "b", START)[2:])
    clock.advance(1000 * DAY)
    assert 0 == retention.delete_delivered(store, PROCEDURE, DAY)
    assert [receipt] == submissions.of_session(store, SESSION)


def test_r12_the_period_begins_when_the_last_target_has_it(
    store: Store, clock: VirtualClock
) -> None:
    """29 days of a broken target do not shorten the time for the copy."""
    submit(store)
    _acknowledge_all(store)
    clock.advance(29 * DAY)
    receipt = submit(store)
    clock.advance(29 * DAY)
    _acknowledge_all(store)
    clock.advance(30 * DAY)
    assert 1 == retention.delete_delivered(store, PROCEDURE, 30 * DAY)
    assert [receipt] == submissions.of_session(store, SESSION)
    clock.advance(timedelta(seconds=1))
    assert 1 == retention.delete_delivered(store, PROCEDURE, 30 * DAY)


def _acknowledge_all(store: Store) -> None:
    while (job := outbox.claim(store, DAY)) is not None:
        assert outbox.sending(store, job)
        assert outbox.acknowledge(store, job, job.payload.size, job.payload.sha256)


def test_uploads_may_go_before_the_submission(store: Store, clock: VirtualClock) -> None:
    """A definition may keep files for a shorter time; never before they have arrived."""
    draft = new_draft(store)
    uploads.add(store, draft, SESSION, "pass", None, "a.pdf", "application/pdf", b"%PDF")
    submissions.accept(store, draft, SESSION, 1, payloads)
    clock.advance(40 * DAY)
    assert 0 == retention.delete_uploads(store, PROCEDURE, 30 * DAY)
    _acknowledge_all(store)
    clock.advance(31 * DAY)
    assert 1 == retention.delete_uploads(store, PROCEDURE, 30 * DAY)
    assert 0 == retention.delete_uploads(store, PROCEDURE, 30 * DAY)
    assert [] == uploads.of_draft(store, draft, SESSION)
    assert 3 == len(store.files.names())
    assert orphans.known_files(store) == store.files.names()


def test_r53_a_release_names_who_answers_for_it(store: Store) -> None:
    """Once; the deletion that follows is on record too."""
    receipt = submit(store)
    assert retention.release(store, receipt.submission_id, "Sachbearbeitung 7")
    assert not retention.release(store, receipt.submission_id, "somebody else")
    assert not retention.release(store, "unknown", "somebody else")
    with store.database.reading() as session:
        entry = session.exec(select(AuditRow).where(AuditRow.action == "released")).one()
    assert ("Sachbearbeitung 7", receipt.submission_id) == (entry.actor, entry.subject)
    assert {PROCEDURE} == retention.procedures(store)
