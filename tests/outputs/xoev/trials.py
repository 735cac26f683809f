"""Messages of an authority about an invented application."""

from outputs.xoev.replies import application_id
from outputs.xoev.returned import Kind
from outputs.xoev.simulated import Trial, write_trial
from tests.outputs.plans import PDF, RECEIVED, real_plan

REFERENCE = "MU-2026-000123"
APPLICATION = "OZG.Antrag.130101"


def trial(kind: Kind, text: str = "", number: int = 1, status: str = "01") -> bytes:
    """The message of the Ausländerbehörde of the work permit."""
    return write_trial(
        Trial(
            kind=kind,
            authority=real_plan("beschaeftigungserlaubnis").procedure.authority,
            reference=REFERENCE,
            answers=application_id(REFERENCE, APPLICATION),
            submitted_at=RECEIVED,
            pdf=PDF,
            number=number,
            text=text,
            status=status,
        )
    ).content
