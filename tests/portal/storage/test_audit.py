from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import text
from sqlmodel import Session, col, select

from portal.storage import audit
from portal.storage.store import Store
from portal.storage.tables import AuditRow
from tests.portal.stores import SESSION, submit

ENTRIES = 6


@pytest.fixture
def written(store: Store) -> Store:
    """A store with some entries."""
    submit(store)
    submit(store)
    with store.database.reading() as session:
        assert ENTRIES - 2 <= audit.head(session)[0]
    return store


def _broken(store: Store) -> int | None:
    with store.database.reading() as session:
        return audit.broken_link(session)


def _numbers(store: Store) -> list[int]:
    with store.database.reading() as session:
        return list(session.exec(select(AuditRow.number).order_by(col(AuditRow.number))))


def test_r53_a_trail_nobody_touched_fits(written: Store) -> None:
    """Every entry names the hash of the one before."""
    assert _broken(written) is None
    assert list(range(1, len(_numbers(written)) + 1)) == _numbers(written)


@pytest.mark.parametrize("column", ["actor", "action", "subject", "detail", "hash", "previous"])
def test_r53_a_changed_entry_is_noticed(written: Store, column: str) -> None:
    """Whichever entry, whichever part of it."""
    for number in _numbers(written):
        with written.database.writing() as session:
            row = session.get_one(AuditRow, number)
            usual = getattr(row, column)
            setattr(row, column, f"x{usual}"[:60])
            session.add(row)
        assert number == _broken(written)
        with written.database.writing() as session:
            row = session.get_one(AuditRow, number)
            setattr(row, column, usual)
            session.add(row)
    assert _broken(written) is None


def test_r53_a_changed_time_is_noticed(written: Store) -> None:
    """When something happened is the point of most disputes."""
    with written.database.writing() as session:
        row = session.get_one(AuditRow, 2)
        row.at = datetime(2020, 1, 1, tzinfo=UTC)
        session.add(row)
    assert 2 == _broken(written)


def test_r53_a_deleted_entry_is_noticed_the_last_one_too(written: Store) -> None:
    """A chain alone would not show that its end was cut off."""
    for number in reversed(_numbers(written)):
        with written.database.writing() as session:
            session.delete(session.get_one(AuditRow, number))
        assert number == _broken(written)


def test_r53_an_added_entry_is_noticed(written: Store) -> None:
    """Nobody slips an entry in."""
    last = _numbers(written)[-1]
    with written.database.writing() as session:
        row = session.get_one(AuditRow, last).model_dump()
        session.add(AuditRow(**{**row, "number": last + 1}))
    assert last + 1 == _broken(written)


def test_r53_who_can_write_to_the_database_alone_cannot_mend_the_chain(written: Store) -> None:
    """The hashes are keyed, and the key is not in the database."""

    def forge(session: Session) -> None:
        session.info["audit-key"] = b"the forger's own key, of any length"
        previous = audit.START
        for row in session.exec(select(AuditRow).order_by(col(AuditRow.number))).all():
            row.previous = previous
            row.hash = previous = audit._hash(row, session.info["audit-key"])
            session.add(row)
        session.connection().execute(text("UPDATE audit_head SET hash = :new"), {"new": previous})

    key = written.database._info["audit-key"]
    with written.database.writing() as session:
        forge(session)
    written.database._info["audit-key"] = key
    assert 1 == _broken(written)


def test_r53_a_rolled_back_deed_leaves_no_entry(written: Store) -> None:
    """Entry and deed are one transaction."""
    before = _numbers(written)

    def undone() -> None:
        with written.database.writing() as session:
            audit.record(session, written.now(), "accepted", "never")
            raise InterruptedError

    with pytest.raises(InterruptedError):
        undone()
    assert before == _numbers(written)
    assert _broken(written) is None


def test_r53_without_its_key_nothing_is_written(written: Store) -> None:
    """A database opened without the master key cannot start a chain that means nothing."""
    from portal.storage.database import Database

    bare = Database(written.database.url)
    with pytest.raises(ValueError, match="key"), bare.writing() as session:
        audit.record(session, written.now(), "accepted", "never")
    bare.close()


def test_r53_the_trail_names_what_when_and_who_but_nothing_about_people(written: Store) -> None:
    """Session ids and answers stay out; subjects are random ids."""
    with written.database.reading() as session:
        rows = session.exec(select(AuditRow)).all()
    assert {"draft-created", "accepted"} <= {row.action for row in rows}
    assert {"applicant"} == {row.actor for row in rows}
    assert all(SESSION not in f"{row.subject}{row.detail}{row.actor}" for row in rows)


@given(parts=st.lists(st.text(max_size=6), min_size=3, max_size=3, unique=True))
def test_r53_no_two_contents_look_alike_to_the_hash(parts: list[str]) -> None:
    """Moving signs from one column to the next makes another hash."""
    make: Callable[[str, str, str], str] = lambda actor, action, subject: audit._hash(  # noqa: E731
        AuditRow(
            number=1,
            at=datetime(2026, 1, 1, tzinfo=UTC),
            actor=actor,
            action=action,
            subject=subject,
            previous=audit.START,
            hash="",
        ),
        b"key",
    )
    first, second, third = parts
    assert make(first, second, third) != make(first + second, third, "")
