"""A day to be taken along: one all-day event as a calendar file (RFC 5545)."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import NAMESPACE_URL, uuid5

from icalendar import Alarm, Calendar, Event

MEDIA_TYPE = "text/calendar"
_PRODUCT = "-//Vordruck//Quick Check//DE"
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
