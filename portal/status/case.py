"""Everything about a case after it was submitted, found once for a request."""

from collections.abc import Sequence
from dataclasses import dataclass

from starlette.requests import Request

from engine.model import Procedure
from outputs.xoev.replies import can_reply
from portal.status.access import address_of, case_of
from portal.status.opening import Opened, open_all
from portal.status.standing import withdrawal
from portal.storage import outbox, replies
from portal.storage.records import DeliveryState, Receipt
from portal.storage.replies import SentReply
from portal.web.pages import portal_of
from portal.web.refusal import not_found


@dataclass(frozen=True, slots=True)
class SubmittedCase:
    """The receipt, the definition it was made with, and what came and went since."""

    receipt: Receipt
    procedure: Procedure
    deliveries: Sequence[DeliveryState]
    opened: Sequence[Opened]  # newest first
    sent: Sequence[SentReply]  # newest first

    @property
    def id(self) -> str:
        """Of the submission."""
        return self.receipt.submission_id

    @property
    def address(self) -> str:
        """Its page."""
        return address_of(self.id)

    @property
    def withdrawn(self) -> SentReply | None:
        """The withdrawal, if there is one."""
        return withdrawal(self.sent)

    @property
    def may_write(self) -> bool:
        """Whether answers and a withdrawal can be sent from here."""
        return can_reply(self.procedure.outputs.xoev) and self.withdrawn is None

    def answers_to(self, message: Opened) -> list[SentReply]:
        """What was answered to a message, newest first."""
        return [one for one in self.sent if one.said.answers == message.kept.id]

    def delivery_of(self, reply: SentReply) -> list[DeliveryState]:
        """Where a reply stands on its way."""
        return [one for one in self.deliveries if one.payload_id == reply.payload_id]


def submitted_case(request: Request, submission_id: str) -> SubmittedCase:
    """The case, for whoever may see it; for everybody else there is none (R58)."""
    receipt = case_of(request, submission_id)
    portal = portal_of(request)
    plan = portal.library.pinned(receipt.digest)
    if plan is None:
        raise not_found()
    return SubmittedCase(
        receipt,
        plan.procedure,
        outbox.states(portal.store, submission_id),
        open_all(portal.store, submission_id),
        replies.of_case(portal.store, submission_id),
    )
