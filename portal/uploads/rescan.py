"""Files that were kept before a scanner was set up are scanned before they are submitted (R39)."""

from portal.fill.case import Case
from portal.parts import Portal
from portal.storage import uploads
from portal.uploads.scanner import Verdict
from portal.web.refusal import Refusal


def scan_rest(portal: Portal, case: Case) -> None:
    """Nothing goes on unless all is clean; a file that is not goes, which changes the draft."""
    if portal.scanner is None:
        return
    for kept, content in uploads.contents(portal.store, case.draft.id, case.holder):
        if kept.scanned:
            continue
        verdict = portal.scanner.scan_now(content)
        if verdict is Verdict.UNKNOWN:
            raise Refusal(503, "scanner")
        if verdict is Verdict.FOUND:
            uploads.remove(portal.store, case.draft.id, case.holder, kept.id)
        else:
            uploads.mark_scanned(portal.store, kept.id)
