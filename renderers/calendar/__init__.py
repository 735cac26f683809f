"""A day or an appointment to be taken along, as a calendar file (RFC 5545)."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from uuid import NAMESPACE_URL, uuid5

from icalendar import Alarm, Calendar, Event

MEDIA_TYPE = "text/calendar"
_PRODUCT = "-//Vordruck//Quick Check//DE"
_DAY_BEFORE = timedelta(days=1)
_MORNING = timedelta(hours=9)  # an all-day event begins at midnight


@dataclass(frozen=True, slots=True)
class DayEvent:
    """What happens on which day; `name` says of what, the same name and day are the same event."""

    name: str
    day: date
    made_at: datetime  # aware
    title: str
    text: str
    address: str = ""  # of a page, empty: none


@dataclass(frozen=True, slots=True)
class TimedEvent:
    """What happens at which time; the same name is the same event, moved or not."""

    name: str
    start: datetime  # aware
    end: datetime | None
    made_at: datetime  # aware
    title: str
    place: str


def timed_calendar_file(event: TimedEvent) -> bytes:
    """The file; times are in UTC, so that no table of zones has to go along."""
    entry = Event()
    entry.add("uid", str(uuid5(NAMESPACE_URL, event.name)))
    entry.add("dtstamp", event.made_at)
    entry.add("dtstart", event.start.astimezone(UTC))
    if event.end is not None:
        entry.add("dtend", event.end.astimezone(UTC))
    entry.add("summary", event.title)
    entry.add("location", event.place)
    entry.add("class", "PRIVATE")
    reminder = Alarm()
    reminder.add("action", "DISPLAY")
    reminder.add("description", event.title)
    reminder.add("trigger", -_DAY_BEFORE)
    entry.add_component(reminder)
    return _file(entry)


def calendar_file(event: DayEvent) -> bytes:
    """The file; who opens it twice has the event once."""
    entry = Event()
    entry.add("uid", str(uuid5(NAMESPACE_URL, f"{event.name}/{event.day.isoformat()}")))
    entry.add("dtstamp", event.made_at)
    entry.add("dtstart", event.day)  # without an end it lasts that day
    entry.add("summary", event.title)
    entry.add("description", event.text)
    if event.address:
        entry.add("url", event.address)
    # In a shared calendar others see that there is something, but not what.
    entry.add("class", "PRIVATE")
    entry.add("transp", "TRANSPARENT")
    entry.add_component(_reminder(event))
    return _file(entry)


def _file(entry: Event) -> bytes:
    calendar = Calendar()
    calendar.add("prodid", _PRODUCT)
    calendar.add("version", "2.0")
    calendar.add_component(entry)
    content: bytes = calendar.to_ical()
    return content


def _reminder(event: DayEvent) -> Alarm:
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", event.title)
    alarm.add("trigger", _MORNING)
    return alarm
