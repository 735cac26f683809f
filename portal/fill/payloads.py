"""From an accepted draft to the bytes that are kept and delivered; the same every time."""

from collections.abc import Sequence
from datetime import datetime

from engine.answers import items_of
from engine.texts.catalogue import Catalogue
from outputs.application import Application, OutputFile, Upload
from outputs.building import build_all
from outputs.fit_connect import write as fit_connect
from outputs.pdf.receipt import write_receipt
from portal.clock import BERLIN
from portal.fill.case import Case
from portal.fill.taking import readable
from portal.parts import Portal
from portal.storage import uploads
from portal.storage.records import Payload
from portal.storage.submissions import Build
from portal.web.logs import log

# What is not named here is kept for the applicant only; message and filing hold the PDF.
_TARGETS = {"xoev": "fachverfahren", "fit_connect": "fachverfahren", "dms": "dms"}
_PLAIN = {"json": "fachverfahren", "pdf": "dms"}
_SUBMITTING = "fit-connect"  # the transport that wants data and files, not a message alone
INVALID = "payload-invalid"  # its schema refuses it


def build_payloads(portal: Portal, case: Case, session_id: str) -> Build:
    """What storage calls inside the acceptance: id, reference and time come from there."""

    def build(submission_id: str, reference: str, at: datetime) -> Sequence[Payload]:
        moment = at.astimezone(BERLIN).replace(microsecond=0)  # as the receipt tells it
        raw = readable(items_of(case.procedure), case.draft.raw)
        evaluation = case.plan.check(raw, moment.date())
        needs = {(need.document, need.row) for need in evaluation.documents}
        application = Application(
            plan=case.plan,
            evaluation=evaluation,
            submission_id=reference,
            submitted_at=moment,
            today=moment.date(),
            language=case.draft.language,
            uploads=tuple(
                Upload(kept.document, kept.row, kept.name, kept.media_type, content)
                for kept, content in uploads.contents(portal.store, case.draft.id, session_id)
                if (kept.document, kept.row) in needs
            ),
        )
        catalogue = _catalogue(portal, case)
        made = build_all(application, portal.schemas, catalogue)
        confirmation = write_receipt(application, made, catalogue)
        if portal.settings.all_targets["fachverfahren"].transport == _SUBMITTING:
            made = _as_submission(application, made)
        # Somebody must get it: without message and filing, the plain data go.
        targets = _TARGETS if any(one.output in _TARGETS for one in made) else _PLAIN
        kept = [_payload(one, targets.get(one.output)) for one in made]
        return [*kept, _payload(confirmation, None)]

    return build


def _as_submission(application: Application, made: Sequence[OutputFile]) -> tuple[OutputFile, ...]:
    """The package holds the message, so that is not kept a second time."""
    package = fit_connect.write(application, made)
    return (*(one for one in made if one.output != "xoev"), package)


def _catalogue(portal: Portal, case: Case) -> Catalogue | None:
    """The procedure's texts in the applicant's language, to stand beside the German ones."""
    found = portal.texts.words(case.draft.language, case.procedure).definition
    return found if isinstance(found, Catalogue) else None


def _payload(made: OutputFile, target: str | None) -> Payload:
    if not made.problems:
        return Payload(made.output, made.name, made.media_type, made.content, target)
    # The applicant cannot mend it and must not lose a deadline: accepted, and an alarm for us.
    # Whoever reads it would refuse it, so it waits for a person instead of being sent.
    log().error("payload-invalid", output=made.output, problems=len(made.problems))
    return Payload(made.output, made.name, made.media_type, made.content, target, INVALID)
