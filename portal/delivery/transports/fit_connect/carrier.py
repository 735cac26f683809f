"""Handing in over FIT-Connect: announce, upload, submit, and wait for the acceptance.

What keeps doubles out: the submission's id comes from the service and stands in the journal before
anything is uploaded; only that one is ever submitted, and submitting it twice is a conflict there.
A worker that dies before the id is noted leaves an announcement without content, which the service
forgets. Nothing counts as delivered before the destination's own signed event says so, with the
authentication tags of the very bytes that were sent (R16, R20).
"""

import hashlib
import json
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

from joserfc.jwk import RSAKey

from outputs.fit_connect.metadata import metadata, service_type
from outputs.fit_connect.submission import NotASubmission, Submission, read_package
from outputs.fit_connect.write import schema_uri_of
from portal.delivery.journal import Journal
from portal.delivery.transports.fit_connect import state
from portal.delivery.transports.fit_connect.events import (
    ACCEPTED,
    REJECTED,
    SUBMITTED,
    Event,
    ForgedEventError,
    Judge,
)
from portal.delivery.transports.fit_connect.sealing import (
    encryption_key,
    seal,
    signature_key,
    tag_of,
)
from portal.delivery.transports.fit_connect.service import CONFLICT, GONE, Announced, Service
from portal.delivery.transports.fit_connect.state import Progress, progress
from portal.delivery.transports.transport import (
    Acknowledgement,
    LockedOutError,
    RefusedError,
    TargetDownError,
    UnreachableError,
    WaitingError,
)
from portal.storage.faults import failpoint
from portal.storage.outbox import UNDECIDED
from portal.web.logs import log

PATIENCE = 150.0  # seconds for one attempt; it ends before its lease
WARN_AFTER = timedelta(days=2)
ALARM_AFTER = timedelta(days=12)  # on day 14 the service itself turns the submission away


@dataclass(frozen=True, slots=True)
class _Trip:
    """One attempt at one delivery."""

    journal: Journal
    submission: Submission
    content: bytes  # as stored
    ends: float

    @property
    def progress(self) -> Progress:
        """As far as the journal knows."""
        return progress(self.journal.notes(state.PREFIX))


class FitConnect:
    """Hands in, in steps that the next worker can go on from."""

    def __init__(self, service: Service, clock: Callable[[], float] = time.monotonic) -> None:
        self.service = service
        self.target = service.target
        self._clock = clock

    def send(self, key: str, name: str, media_type: str, content: bytes) -> Acknowledgement:
        """Without a journal nobody could go on after a crash."""
        raise RefusedError("needs-a-journal")

    def send_in_steps(
        self, journal: Journal, name: str, media_type: str, content: bytes
    ) -> Acknowledgement:
        """Go on from where the journal says; WaitingError until the destination has decided."""
        submission = self._submission(media_type, content)
        trip = _Trip(journal, submission, content, self._clock() + PATIENCE)
        if not trip.progress.is_submitted:
            self._hand_in(trip)
        return self._ask(trip)

    def _submission(self, media_type: str, content: bytes) -> Submission:
        """The stored package; a bare message, which a case sends later, has no attachments."""
        if media_type == "application/xml":
            return Submission(
                service=self._service(),
                service_name=self.target.service,
                reference="",
                applied_on="",
                data=content,
                schema_uri=self._theirs(schema_uri_of(content)),
                media_type=media_type,
            )
        try:
            found = read_package(content)
        except NotASubmission as fault:
            raise RefusedError(str(fault)) from fault
        return replace(found, schema_uri=self._theirs(found.schema_uri))

    def _theirs(self, schema_uri: str) -> str:
        """Under which address the destination has declared our schema."""
        return self.target.properties.get(schema_uri, schema_uri)

    def _service(self) -> str:
        if not self.target.service:
            raise RefusedError("service-unknown")
        return self.target.service

    def _hand_in(self, trip: _Trip) -> None:
        if trip.progress.begun_at is not None and self._was_taken(trip):
            trip.journal.note(state.SUBMITTED)
            return
        key = self._destination_key(trip.submission)
        announced = trip.progress.announced or self._announce(trip)
        for attachment in trip.submission.attachments:
            if attachment.id in trip.progress.uploaded:
                continue
            self._assert_time(trip)
            sealed = seal(attachment.content, key, attachment.media_type)
            if self.service.upload(announced.submission, attachment.id, sealed) == GONE:
                self._abandon(trip)
            failpoint("fit-connect-attachment-sent")
            trip.journal.note(state.UPLOADED, f"{attachment.id} {tag_of(sealed)}")
            failpoint("fit-connect-uploaded")
        self._assert_time(trip)
        self._submit(trip, announced, key)

    def _announce(self, trip: _Trip) -> Announced:
        submission = trip.submission
        ids = [one.id for one in submission.attachments]
        announced = self.service.announce(service_type(submission), ids)
        failpoint("fit-connect-announcing")
        trip.journal.note(state.ANNOUNCED, f"{announced.submission} {announced.case}")
        failpoint("fit-connect-announced")
        return announced

    def _submit(self, trip: _Trip, announced: Announced, key: RSAKey) -> None:
        told = metadata(trip.submission, self.target.metadata)
        sealed = seal(json.dumps(told).encode(), key, "application/json")
        data = seal(trip.submission.data, key, trip.submission.media_type)
        # Noted before: should we die now, the acceptance can still be told from a forged one.
        trip.journal.note(state.SUBMITTING, f"{tag_of(sealed)} {tag_of(data)}")
        failpoint("fit-connect-submitting")
        try:
            status = self.service.submit(announced.submission, sealed, data)
        except RefusedError:
            if len(trip.progress.tried) == 1:  # nothing was taken: on a person's word, anew
                trip.journal.note(state.ABANDONED, "refused")
            raise
        failpoint("fit-connect-submission-sent")
        if status == GONE:
            self._gone(trip)
        if status == CONFLICT and not self._was_taken(trip):
            raise UnreachableError("http-409")
        trip.journal.note(state.SUBMITTED)
        failpoint("fit-connect-submitted")

    def _gone(self, trip: _Trip) -> None:
        if len(trip.progress.tried) == 1:  # this very attempt: nothing of it was taken
            self._abandon(trip)
        # An earlier attempt may have been taken, and worked on, before it was gone.
        raise RefusedError("submission-gone")

    @staticmethod
    def _abandon(trip: _Trip) -> None:
        trip.journal.note(state.ABANDONED, "gone")
        raise UnreachableError("announcement-gone")

    def _was_taken(self, trip: _Trip) -> bool:
        return any(one.name in (SUBMITTED, ACCEPTED, REJECTED) for one in self._events(trip))

    def _assert_time(self, trip: _Trip) -> None:
        if self._clock() > trip.ends:
            raise UnreachableError("too-slow")

    def _destination_key(self, submission: Submission) -> RSAKey:
        told = self.service.destination()
        if told.get("status") != "active":
            raise TargetDownError("destination-not-active")
        versions = told.get("metadataVersions")
        if isinstance(versions, list) and versions and self.target.metadata not in versions:
            raise LockedOutError("metadata-version-not-accepted")
        accepted = set(_schemas(told))
        if accepted and (submission.schema_uri, submission.media_type) not in accepted:
            raise RefusedError("schema-not-accepted")
        kid = told.get("encryptionKid")
        if not isinstance(kid, str):
            raise LockedOutError("encryption-key-unfit")
        return encryption_key(self.service.destination_key(kid), kid)

    def _ask(self, trip: _Trip) -> Acknowledgement:
        """What the destination has decided."""
        found = self._events(trip)
        for event in found:
            if event.name == REJECTED:
                # On a person's word a new one may be handed in.
                trip.journal.note(state.ABANDONED, "rejected")
                raise RefusedError(" ".join(("rejected", *event.problems)))
            if event.name == ACCEPTED:
                self._assert_whole(trip, event, found)
                return self._acknowledged(trip)
        self._warn(trip)
        raise WaitingError(UNDECIDED)

    def _assert_whole(self, trip: _Trip, event: Event, found: Sequence[Event]) -> None:
        """Its tags are those of the parts that we sent; else those of the service's receipt."""
        tags = event.tags or next((one.tags for one in found if one.name == SUBMITTED), None)
        ours = trip.progress
        sent = ({**one, "attachments": dict(ours.uploaded)} for one in ours.tried)
        if not any(_same(tags, one) for one in sent):
            log().error("fit-connect-tags-differ", fault="acceptance-of-other-bytes")
            raise UnreachableError("acceptance-of-other-bytes")

    def _acknowledged(self, trip: _Trip) -> Acknowledgement:
        announced = trip.progress.announced
        where = f"submission {announced.submission}" if announced else ""
        digest = hashlib.sha256(trip.content).hexdigest()
        return Acknowledgement(len(trip.content), digest, where)

    def _events(self, trip: _Trip) -> Sequence[Event]:
        """The events that can be believed; the others are alarmed and left out."""
        announced = trip.progress.announced
        if announced is None:
            return ()
        judge = Judge(
            announced,
            self.target.destination,
            self.service.issuers,
            self._signature_key,
            trip.journal.now(),
        )
        found: dict[str, Event] = {}
        for token in self.service.events(announced.case):
            try:
                event = judge.read(token)
            except ForgedEventError as fault:
                log().error("fit-connect-event-refused", case=announced.case, fault=str(fault))
                continue
            found.setdefault(event.id, event)  # the same one again tells nothing new
        return tuple(found.values())

    def _signature_key(self, kid: str, of_destination: bool) -> RSAKey:
        if of_destination:
            told = self.service.destination_key(kid)
        else:
            own = self.service.own_keys()
            told = next(
                (one for one in own if isinstance(one, dict) and one.get("kid") == kid), None
            )
        try:
            return signature_key(told, kid)
        except LockedOutError as fault:  # it speaks against the event, not against the target
            raise ForgedEventError("event-key-unfit") from fault

    @staticmethod
    def _warn(trip: _Trip) -> None:
        begun, told = trip.progress.begun_at, trip.progress.told
        waited = trip.journal.now() - begun if begun else timedelta(0)
        announced = trip.progress.announced
        case = announced.case if announced else ""
        if waited >= ALARM_AFTER and state.ALARMED not in told:
            trip.journal.note(state.ALARMED, str(waited.days))
            log().error("fit-connect-nearly-turned-away", case=case, days=waited.days)
        elif waited >= WARN_AFTER and not told:
            trip.journal.note(state.WARNED, str(waited.days))
            log().warning("fit-connect-not-picked-up", case=case, days=waited.days)


def _same(tags: Mapping[str, object] | None, sent: Mapping[str, object]) -> bool:
    if tags is None:
        return False
    return {**tags, "attachments": tags.get("attachments") or {}} == sent


def _schemas(destination: Mapping[str, object]) -> Sequence[tuple[str, str]]:
    """What the destination takes, as far as it says so."""
    services = destination.get("services")
    found: list[tuple[str, str]] = []
    for service in services if isinstance(services, list) else []:
        schemas = service.get("submissionSchemas") if isinstance(service, dict) else None
        for one in schemas if isinstance(schemas, list) else []:
            if isinstance(one, dict):
                found.append((str(one.get("schemaUri")), str(one.get("mimeType"))))
    return found
