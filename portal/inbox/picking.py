"""From a file that came to a message of a case: read, matched, kept, then moved away.

Each step may be the last one before the power fails. The file is moved only when the message is
kept; what is kept already is known by its id, so that picking it up again changes nothing.
"""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from engine import Plan
from outputs.schemas import Schemas
from outputs.xoev.reading import LARGEST, read_returned
from outputs.xoev.replies import ANSWER, WITHDRAWAL, application_id, can_reply, reply_id
from outputs.xoev.returned import Returned, ReturnedError
from portal.inbox.folder import SETTLED, IncomingFolder, Parcel
from portal.storage import messages, quarantine, replies
from portal.storage.faults import failpoint
from portal.storage.messages import Incoming, Kept, Matched
from portal.storage.store import Store
from portal.web.logs import log


class Picked(StrEnum):
    """What became of a file."""

    KEPT = "kept"
    KNOWN = "known"  # came before; acknowledged once more
    REFUSED = "refused"  # a person must look
    LATER = "later"  # perhaps not whole yet


@dataclass(frozen=True, slots=True)
class Picker:
    """Picks up messages for the cases of a store."""

    store: Store
    pinned: Callable[[str], Plan | None]  # the definition a case began with, by digest
    schemas: Schemas | None = None
    takes_tests: bool = False  # messages that call themselves a test

    def pick_all(self, folder: IncomingFolder) -> list[Picked]:
        """Everything that has come so far."""
        return [self.pick(folder, parcel) for parcel in folder.parcels()]

    def pick(self, folder: IncomingFolder, parcel: Parcel) -> Picked:
        """One file."""
        content = b""
        try:
            if parcel.size > LARGEST:
                raise ReturnedError("too-large")
            content = parcel.path.read_bytes()
            found = read_returned(content, self.schemas)
            case = self._match(found)
            kept = messages.receive(self.store, _incoming(case, found, content))
            if kept is Kept.OTHER:
                raise ReturnedError("id-used-before")
            if kept is Kept.GONE:
                raise ReturnedError("unknown-case")
        except FileNotFoundError:  # another worker was quicker
            return Picked.KNOWN
        except ReturnedError as fault:
            if fault.code == "not-xml" and parcel.age < SETTLED:
                return Picked.LATER
            return self._refuse(folder, parcel, content, fault)
        folder.done(parcel)
        failpoint("message-moved")
        log().info("message-received", submission=case.submission_id, kind=found.kind, kept=kept)
        return Picked.KEPT if kept is Kept.NEW else Picked.KNOWN

    def _match(self, found: Returned) -> Matched:
        """The case, if the message really answers something that this case sent."""
        if found.is_test and not self.takes_tests:
            raise ReturnedError("test-message")
        case = messages.match(self.store, found.reference)
        if case is None:
            raise ReturnedError("unknown-case")
        plan = self.pinned(case.digest)
        output = plan.procedure.outputs.xoev if plan else None
        if plan is None or output is None or not can_reply(output):
            raise ReturnedError("no-way-back")
        if found.author.key != plan.procedure.authority.dvdv_key:
            raise ReturnedError("foreign-author")
        if found.triggered_by not in self._sent_ids(case, found.reference, output.message):
            raise ReturnedError("unknown-trigger")
        return case

    def _sent_ids(self, case: Matched, reference: str, message: str) -> set[str]:
        newest = replies.next_number(self.store, case.submission_id)
        answers = {
            reply_id(reference, f"xoev/{one}", number)
            for one in (ANSWER, WITHDRAWAL)
            for number in range(1, newest)
        }
        return {application_id(reference, message), *answers}

    def _refuse(
        self, folder: IncomingFolder, parcel: Parcel, content: bytes, fault: ReturnedError
    ) -> Picked:
        # Noted first: a file in the folder of refused ones that nobody knows of would be lost.
        quarantine.add(self.store, folder.target, parcel.name, content, fault.code, fault.place)
        folder.refuse(parcel)
        log().error("message-refused", target=folder.target, why=fault.code, place=fault.place)
        return Picked.REFUSED


def _incoming(case: Matched, found: Returned, content: bytes) -> Incoming:
    return Incoming(case.submission_id, found.message_id, found.kind, found.created_at, content)
