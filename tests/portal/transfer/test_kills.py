"""A portal that dies between any two steps goes on where it stood: nothing lost, nothing twice."""

from datetime import timedelta
from pathlib import Path

import pytest

from portal.storage import quarantine, transfers
from portal.transfer import giving
from portal.transfer.states import State
from tests.portal.transfer.towns import NEW, Town, carry, two_towns
from tests.portal.transfer.victims import killed

SENDING = ("append-stored", "transfer-before-commit", "transfer-kept")
TAKING = ("transfer-before-commit", "transfer-kept", "transfer-filed",
          "transfer-before-commit@2", "transfer-answered")  # fmt: skip
HEARING = ("transfer-before-commit", "message-moved")


def _send(old: Town, case: str) -> None:
    if not transfers.listing(old.store):
        giving.send(old.desk, case, NEW.lower(), "registratur")
    old.work()


def _finish(old: Town, new: Town, case: str) -> None:
    """Everybody does their work, three times over; then the file is there once."""
    _send(old, case)
    for _ in range(3):
        carry(old, new)
        new.work()
        carry(new, old)
        old.work()
    assert (old.transfer().state, new.transfer().state) == (State.ACCEPTED, State.FILED)
    assert len(new.filed()) == 1
    assert old.held(case)
    assert quarantine.waiting(old.store) == quarantine.waiting(new.store) == []


@pytest.mark.parametrize("failpoint", SENDING)
def test_killed_while_sending(failpoint: str, folder: Path) -> None:
    """Queued with its transfer, or not at all."""
    with two_towns("sqlite", folder) as (old, new):
        case = old.submit().submission_id
        killed(old, "send", failpoint, case)
        _finish(old, new, case)


@pytest.mark.parametrize("failpoint", TAKING)
def test_killed_while_taking(failpoint: str, folder: Path) -> None:
    """Kept, filed and confirmed once, whatever was under way."""
    with two_towns("sqlite", folder) as (old, new):
        case = old.submit().submission_id
        _send(old, case)
        carry(old, new)
        killed(new, "work", failpoint)
        _finish(old, new, case)


@pytest.mark.parametrize("failpoint", HEARING)
def test_killed_while_hearing_of_it(failpoint: str, folder: Path) -> None:
    """The receipt counts once it is kept."""
    with two_towns("sqlite", folder) as (old, new):
        case = old.submit().submission_id
        _send(old, case)
        carry(old, new)
        new.work()
        carry(new, old)
        killed(old, "work", failpoint)
        _finish(old, new, case)


def test_killed_everywhere_and_a_receipt_lost_on_postgresql(folder: Path) -> None:
    """Send, take and hear, each with a death in it, and no receipt the first time."""
    with two_towns("postgres", folder) as (old, new):
        case = old.submit().submission_id
        killed(old, "send", "transfer-before-commit", case)
        _send(old, case)
        carry(old, new)
        killed(new, "work", "transfer-filed")
        new.work()
        assert carry(new, old, lose="Abgabe.") == []
        old.clock.advance(timedelta(days=29))
        old.work()
        assert old.transfer().reminders == 1
        _finish(old, new, case)
