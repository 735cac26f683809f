"""Where a case is: what has happened to it, and which steps of the Soll process that reaches."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from engine.model_process import Process, Step
from outputs.xoev.returned import Kind, Status
from portal.status.opening import Opened
from portal.storage.outbox import STUCK, State
from portal.storage.records import DeliveryState, Receipt
from portal.storage.replies import ReplyKind, SentReply
from renderers.html.progress import is_certain

_OF_MESSAGES = {
    Kind.QUESTION: "question",
    Kind.APPOINTMENT: "appointment",
    Kind.WITHDRAWAL_REPLY: "closed",
    Kind.NOT_COMPETENT: "not_competent",
    Kind.REFUSAL: "refusal",
}
_OF_STATUS = {
    "01": "delivered",
    "02": "answered",
    "03": "withdrawn",
    "05": "examined",
    "06": "agreement",
    "07": "documents_complete",
}
_OF_REPLIES = {ReplyKind.ANSWER: "answered", ReplyKind.WITHDRAWAL: "withdrawn"}


class Transfer(StrEnum):
    """How far something is on its way to the authority."""

    WAITING = "waiting"
    DELIVERED = "delivered"
    STUCK = "stuck"  # a person must look; nothing is lost


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened to a case, in the words of the definition."""

    name: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Stage:
    """A step that the applicant is told."""

    step: Step
    reached_at: datetime | None
    is_current: bool
    is_certain: bool  # whether every case gets there


def events(
    receipt: Receipt,
    deliveries: Sequence[DeliveryState],
    opened: Iterable[Opened],
    sent: Iterable[SentReply],
) -> list[Event]:
    """All that is known, in the order in which it happened."""
    found = [Event("accepted", receipt.accepted_at)]
    arrived = [one.acknowledged_at for one in deliveries if one.ordinal == 0]
    times = [one for one in arrived if one is not None]
    if times and len(times) == len(arrived):
        found.append(Event("delivered", max(times)))
    found += [Event(name, one.kept.received_at) for one in opened if (name := _event_of(one))]
    found += [Event(_OF_REPLIES[one.said.kind], one.sent_at) for one in sent]
    return sorted(found, key=lambda one: one.at)


def stages(process: Process | None, happened: Sequence[Event]) -> tuple[Stage, ...]:
    """The steps that are told, with where the case is; those it went past without are left out."""
    steps = process.soll if process is not None else ()
    told = [one for one in steps if one.status is not None]
    reached = {str(one.id): _first(one, happened) for one in told}
    current = next(
        (one for event in reversed(happened) for one in told if event.name in one.reached), None
    )
    if current is None:
        return ()
    here = told.index(current)
    return tuple(
        Stage(one, reached[str(one.id)], one is current, is_certain(one, steps))
        for number, one in enumerate(told)
        if number >= here or reached[str(one.id)] or is_certain(one, steps)
    )


def transfer(deliveries: Iterable[DeliveryState]) -> Transfer:
    """How far these are together: one that is stuck counts more than any that has arrived."""
    states = {State(one.state) for one in deliveries}
    if states & set(STUCK):
        return Transfer.STUCK
    return Transfer.DELIVERED if states <= {State.ACKNOWLEDGED} and states else Transfer.WAITING


def withdrawal(sent: Iterable[SentReply]) -> SentReply | None:
    """The withdrawal, if the applicant has sent one."""
    return next((one for one in sent if one.said.kind is ReplyKind.WITHDRAWAL), None)


def _event_of(one: Opened) -> str | None:
    content = one.returned.content
    return _OF_STATUS[content.code] if isinstance(content, Status) else _OF_MESSAGES[one.kind]


def _first(step: Step, happened: Sequence[Event]) -> datetime | None:
    return next((one.at for one in happened if one.name in step.reached), None)
