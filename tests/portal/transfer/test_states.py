"""The table of states: nothing leads nowhere, and what is open keeps its case."""

import pytest

from portal.storage import transfers
from portal.storage.tables import TransferRow
from portal.transfer.states import TABLES, Direction, Event, State, Way, after

BEGINNINGS = {
    Direction.OUT: {State.ASKED, State.SENT, State.OFFERED},
    Direction.IN: {State.ASKED, State.COMPLETE},
}
GOOD_ENDS = {State.ACCEPTED, State.DECLINED, State.WITHDRAWN, State.UNWANTED, State.FILED}


def _reached(direction: Direction, start: set[State]) -> set[State]:
    seen, waiting = set(start), list(start)
    while waiting:
        for state in TABLES[direction].get(waiting.pop(), {}).values():
            if state not in seen:
                seen.add(state)
                waiting.append(state)
    return seen


def test_every_state_is_reached() -> None:
    """From the beginnings, in one of the directions."""
    reached = {one for way in Direction for one in _reached(way, BEGINNINGS[way])}
    assert reached == set(State)


@pytest.mark.parametrize("direction", list(Direction))
def test_from_everywhere_a_good_end_can_be_reached(direction: Direction) -> None:
    """No transfer is stuck for good."""
    for state in _reached(direction, BEGINNINGS[direction]):
        assert _reached(direction, {state}) & GOOD_ENDS, state


def test_what_is_not_at_an_end_keeps_its_case() -> None:
    """Storage and the table agree about what is open."""
    assert set(transfers.OPEN) == set(State) - GOOD_ENDS
    assert set(transfers.ARCHIVED) <= GOOD_ENDS


@pytest.mark.parametrize("way", [Way.GIVE, Way.ARCHIVE, Way.XAUSLAENDER])
def test_a_receipt_alone_ends_nothing_but_a_copy(way: Way) -> None:
    """ "Received" is not "in our files"; only a copy asks for no more."""
    assert after(Direction.OUT, way, State.SENT, Event.RECEIVED) is State.ARRIVED
    assert after(Direction.OUT, Way.COPY, State.SENT, Event.RECEIVED) is State.ACCEPTED


@pytest.mark.parametrize("event", list(Event))
def test_ends_are_ends(event: Event) -> None:
    """A late message moves nothing that is accepted, filed or withdrawn."""
    for state in (State.ACCEPTED, State.WITHDRAWN, State.UNWANTED):
        assert after(Direction.OUT, Way.GIVE, state, event) is None
    assert after(Direction.IN, Way.XAUSLAENDER, State.FILED, event) is None


def test_a_question_of_competence_travels_no_file() -> None:
    """It ends with a request, a no, or a person."""
    ends = {after(one, Way.COMPETENCE, State.ASKED, event) for one in Direction for event in Event}
    assert ends == {None, State.ACCEPTED, State.DECLINED, State.WITHDRAWN}


def test_every_word_fits_its_column() -> None:
    """SQLite would not mind; PostgreSQL refuses what is too long."""
    columns = TransferRow.metadata.tables["transfer"].c
    for column, words in (("way", Way), ("state", State), ("direction", Direction)):
        assert max(map(len, words)) <= getattr(columns[column].type, "length", 0)
