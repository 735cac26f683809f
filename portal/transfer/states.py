"""How a transfer moves on: a table, so that nothing happens that is not written here.

A file that goes: asked → sent → arrived → accepted (or refused, declined, withdrawn).
A file that comes: asked → coming → complete → filed (or declined, damaged).
An offer to an archive: offered → wanted → sent → arrived → accepted, or offered → unwanted.
A question of competence, on both sides: asked → accepted (who is competent asks for the file) or
declined.
"""

from collections.abc import Mapping
from enum import StrEnum


class Direction(StrEnum):
    """Seen from here."""

    OUT = "out"
    IN = "in"


class Way(StrEnum):
    """In which messages a file travels."""

    XAUSLAENDER = "xauslaender"  # 010201 to 010207
    COMPETENCE = "zustaendigkeit"  # 010101, 010102
    GIVE = "xdomea_abgabe"  # 0401
    COPY = "xdomea_kopie"  # 0101
    ARCHIVE = "archiv"  # 0501 to 0507


class State(StrEnum):
    """Where a transfer stands."""

    ASKED = "asked"
    SENT = "sent"
    ARRIVED = "arrived"
    ACCEPTED = "accepted"
    REFUSED = "refused"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"
    OFFERED = "offered"
    WANTED = "wanted"
    UNWANTED = "unwanted"
    COMING = "coming"
    COMPLETE = "complete"
    DAMAGED = "damaged"
    FILED = "filed"


class Event(StrEnum):
    """What moves it."""

    SEND = "send"
    DECLINE = "decline"
    WITHDRAW = "withdraw"
    RECEIVED = "received"  # the other side has it, but has not said that it is in its files
    IMPORTED = "imported"
    NOT_IMPORTED = "not-imported"
    WANT = "want"
    NOT_WANT = "not-want"
    ANNOUNCE = "announce"
    PIECES = "pieces"  # all of them are here and fit
    BAD_PIECES = "bad-pieces"
    FILE = "file"
    TAKE = "take"  # who was asked is competent, and wants the file


_OUT: Mapping[State, Mapping[Event, State]] = {
    State.ASKED: {
        Event.SEND: State.SENT,
        Event.DECLINE: State.DECLINED,
        Event.WITHDRAW: State.WITHDRAWN,
    },
    State.SENT: {
        Event.RECEIVED: State.ARRIVED,
        Event.IMPORTED: State.ACCEPTED,
        Event.NOT_IMPORTED: State.REFUSED,
    },
    State.ARRIVED: {Event.IMPORTED: State.ACCEPTED, Event.NOT_IMPORTED: State.REFUSED},
    State.REFUSED: {
        Event.SEND: State.SENT,
        Event.IMPORTED: State.ACCEPTED,
        Event.WITHDRAW: State.WITHDRAWN,
    },
    State.OFFERED: {
        Event.WANT: State.WANTED,
        Event.NOT_WANT: State.UNWANTED,
        Event.WITHDRAW: State.WITHDRAWN,
    },
    State.WANTED: {Event.SEND: State.SENT},
}
_IN: Mapping[State, Mapping[Event, State]] = {
    State.ASKED: {
        Event.DECLINE: State.DECLINED,
        Event.ANNOUNCE: State.COMING,
        Event.WITHDRAW: State.WITHDRAWN,
    },
    State.DECLINED: {Event.ANNOUNCE: State.COMING},  # it was found after all
    State.COMING: {Event.PIECES: State.COMPLETE, Event.BAD_PIECES: State.DAMAGED},
    State.DAMAGED: {Event.ANNOUNCE: State.COMING, Event.WITHDRAW: State.WITHDRAWN},
    State.COMPLETE: {Event.FILE: State.FILED},
}
_QUESTION: Mapping[State, Mapping[Event, State]] = {
    State.ASKED: {
        Event.TAKE: State.ACCEPTED,
        Event.DECLINE: State.DECLINED,
        Event.WITHDRAW: State.WITHDRAWN,
    },
    State.DECLINED: {Event.TAKE: State.ACCEPTED},  # they have thought better of it
}
TABLES: Mapping[Direction, Mapping[State, Mapping[Event, State]]] = {
    Direction.OUT: _OUT,
    Direction.IN: _IN,
}
# The other side owes us a word.
WAITING = (State.SENT, State.ARRIVED, State.OFFERED)


def after(direction: Direction, way: Way, state: State, event: Event) -> State | None:
    """The next state; None if the event changes nothing here."""
    if way is Way.COMPETENCE:
        return _QUESTION.get(state, {}).get(event)
    # Who gets a copy owes a receipt and no more.
    if way is Way.COPY and state is State.SENT and event is Event.RECEIVED:
        return State.ACCEPTED
    return TABLES[direction].get(state, {}).get(event)
