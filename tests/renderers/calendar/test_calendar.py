"""A calendar file by RFC 5545, read back with a library of the standard."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from icalendar import Calendar

from renderers.calendar import DayEvent, calendar_file

MOMENT = datetime(2026, 11, 23, 8, 30, tzinfo=UTC)
LEAP = date(2028, 2, 29)
LONG = "Größe, Maß; Weg\\Ziel\n" * 12


def _event(**changed: object) -> DayEvent:
    given: dict[str, object] = {
        "name": "musterprozess/01234567",
        "day": LEAP,
        "made_at": MOMENT,
        "title": "Parkausweis: frühester Tag",
        "text": LONG,
        "address": "https://antrag.example/p/musterprozess",
    }
    return DayEvent(**{**given, **changed})  # type: ignore[arg-type]


def _read(event: DayEvent) -> Any:
    """The one event of the file, as the library reads it."""
    (found,) = Calendar.from_ical(calendar_file(event)).events
    return found


def test_what_is_written_is_read_back() -> None:
    """Comma, semicolon, backslash, end of line and umlauts come back as they were."""
    event = _read(_event())

    assert "Parkausweis: frühester Tag" == event["summary"]
    assert LONG == event["description"]
    assert "https://antrag.example/p/musterprozess" == event["url"]
    assert MOMENT == event["dtstamp"].dt


def test_it_lasts_one_day_blocks_nothing_and_reminds_in_the_morning() -> None:
    """A date without a time; free in the calendar; shown to nobody else."""
    event = _read(_event())
    (alarm,) = event.walk("VALARM")

    assert LEAP == event["dtstart"].dt
    assert not isinstance(event["dtstart"].dt, datetime)
    assert (date(2028, 3, 1), timedelta(days=1)) == (event.end, event.duration)
    assert ("TRANSPARENT", "PRIVATE") == (event["transp"], event["class"])
    assert timedelta(hours=9) == alarm["trigger"].dt


def test_lines_are_folded_and_end_as_the_standard_wants() -> None:
    """At most 75 bytes, CRLF, and no character is cut in two."""
    content = calendar_file(_event())

    assert content.endswith(b"END:VCALENDAR\r\n")
    assert b"\n" not in content.replace(b"\r\n", b"")
    for line in content.split(b"\r\n"):
        assert len(line) <= 75
        line.decode("utf-8")


def test_the_same_day_is_the_same_event() -> None:
    """Saved twice it stands in the calendar once; another day or procedure is another event."""
    later = _event(made_at=MOMENT + timedelta(days=9), text="anders")
    ids = [
        _read(one)["uid"]
        for one in (_event(), later, _event(day=date(2028, 3, 1)), _event(name="anders"))
    ]

    assert ids[0] == ids[1]
    assert len(set(ids)) == 3


@pytest.mark.parametrize("address", ["", "https://antrag.example/p/x"])
def test_an_address_is_there_only_if_the_portal_knows_its_own(address: str) -> None:
    """No host is made up."""
    event = _read(_event(address=address))

    assert ("url" in event) is bool(address)


def test_a_text_cannot_become_a_line_of_its_own() -> None:
    """Whatever stands in a title: there is one event, and it has the properties we gave it."""
    content = calendar_file(_event(title="A\r\nEND:VEVENT\r\nATTENDEE:mailto:x@example.org"))
    event: Any = Calendar.from_ical(content).events[0]

    assert "attendee" not in event
    assert content.count(b"\r\nEND:VEVENT\r\n") == 1
