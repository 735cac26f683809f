"""Security event tokens: who says what about which submission, and whether it can be believed."""

import binascii
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from joserfc import jws
from joserfc.errors import JoseError
from joserfc.jwk import RSAKey
from joserfc.util import urlsafe_b64decode

from portal.delivery.transports.fit_connect.sealing import SIGNED
from portal.delivery.transports.fit_connect.service import Announced

PREFIX = "https://schema.fitko.de/fit-connect/events/"
SUBMITTED, ACCEPTED, REJECTED = "submit-submission", "accept-submission", "reject-submission"
SKEW = timedelta(minutes=5)  # of two clocks
_PROBLEMS = 5
_MOST_CHARACTERS = 40


class ForgedEventError(Exception):
    """Not to be believed. The message is a code for the journal."""


@dataclass(frozen=True, slots=True)
class Event:
    """An event whose signature and claims are right."""

    name: str  # "accept-submission"
    id: str
    by_destination: bool
    tags: Mapping[str, object] | None  # of the encrypted parts; None: not told
    problems: tuple[str, ...]  # codes


@dataclass(frozen=True, slots=True)
class Judge:
    """Believes events of one submission only, and only of the two who may speak of it."""

    announced: Announced
    destination: str
    service: frozenset[str]  # the names of the service
    key_of: Callable[[str, bool], RSAKey]  # kid, whether of the destination
    now: datetime

    def read(self, token: str) -> Event:
        """The event in a token; ForgedEventError says what is wrong with it."""
        header, told = _part(token, 0), _part(token, 1)
        kid, issuer = header.get("kid"), told.get("iss")
        if (header.get("typ"), header.get("alg")) != ("secevent+jwt", SIGNED):
            raise ForgedEventError("event-of-another-kind")
        by_destination = issuer == self.destination
        if not isinstance(kid, str) or not (by_destination or issuer in self.service):
            raise ForgedEventError("event-of-a-stranger")
        try:
            jws.deserialize_compact(token, self.key_of(kid, by_destination), algorithms=[SIGNED])
        except (JoseError, ValueError) as fault:
            raise ForgedEventError("event-signature-wrong") from fault
        self._assert_ours(told)
        return _event(told, by_destination)

    def _assert_ours(self, told: Mapping[str, object]) -> None:
        if told.get("sub") != f"submission:{self.announced.submission}":
            raise ForgedEventError("event-of-another-submission")
        if told.get("txn") != f"case:{self.announced.case}":
            raise ForgedEventError("event-of-another-case")
        at = told.get("iat")
        if not isinstance(at, int) or at > (self.now + SKEW).timestamp():
            raise ForgedEventError("event-from-the-future")


def _event(told: Mapping[str, object], by_destination: bool) -> Event:
    events, number = told.get("events"), told.get("jti")
    if not isinstance(events, dict) or len(events) != 1 or not isinstance(number, str):
        raise ForgedEventError("event-incomplete")
    ((address, content),) = events.items()
    name = str(address).removeprefix(PREFIX)
    content = content if isinstance(content, dict) else {}
    # A destination alone can say that it has opened a submission; a service cannot.
    allowed = by_destination if name == ACCEPTED else name == REJECTED or not by_destination
    if not str(address).startswith(PREFIX) or not allowed:
        raise ForgedEventError("event-not-theirs-to-tell")
    tags = content.get("authenticationTags")
    return Event(
        name,
        number,
        by_destination,
        tags if isinstance(tags, dict) else None,
        _problems(content.get("problems")),
    )


def _problems(told: object) -> tuple[str, ...]:
    """The end of each problem's address: a code; titles and details may quote the application."""
    found = told if isinstance(told, list) else []
    addresses = [str(one.get("type", "")) for one in found if isinstance(one, dict)]
    codes = [one.rstrip("/").rpartition("/")[2][:_MOST_CHARACTERS] for one in addresses]
    fit = [one for one in codes if one and one.replace("-", "").isalnum() and one.isascii()]
    return tuple(fit[:_PROBLEMS])


def _part(token: str, number: int) -> Mapping[str, object]:
    try:
        found = json.loads(urlsafe_b64decode(token.split(".")[number].encode("ascii")))
    except (ValueError, IndexError, binascii.Error, RecursionError) as fault:
        raise ForgedEventError("event-unreadable") from fault
    if not isinstance(found, dict):
        raise ForgedEventError("event-unreadable")
    return found
