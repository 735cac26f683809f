"""The filing: every document has one drawer, rights name roles, and somebody has each right."""

from collections.abc import Iterable

from engine.check.directory import Directory, unknown
from engine.check.scopes import setting_type
from engine.diagnostics import Findings, Severity
from engine.model import Procedure
from engine.model_dms import ACTIONS, LEVELS, PRODUCED, SETTING, SUMMARY, DmsOutput
from engine.model_parts import Word, place_of
from engine.rules.types import DAYS, MONTHS, plain

ALL = "*"
_PARTS = ("document_types", "roles", "rights", "retention", "handover")


def check_dms(procedure: Procedure, dms: DmsOutput, names: Directory, findings: Findings) -> None:
    """Names, and what would be forgotten."""
    missing = [part for part in _PARTS if not getattr(dms, part)]
    if missing:
        values = {"missing": ", ".join(missing)}
        findings.add("filing-incomplete", dms.span, values, severity=Severity.WARNING)
    _check_documents(procedure, dms, names, findings)
    _check_places(dms, findings)
    _check_roles(dms, findings)
    _check_rights(procedure, dms, findings)
    _check_periods(procedure, dms, findings)


def _check_documents(
    procedure: Procedure, dms: DmsOutput, names: Directory, findings: Findings
) -> None:
    known, seen = (*names.documents, *PRODUCED, ALL), set[str]()
    for one in dms.document_types:
        for word in one.documents:
            if word not in known:
                unknown(findings, "unknown-document", word, names.documents)
            elif word in seen:
                values = {"name": str(word)}
                findings.add("document-filed-twice", place_of(word, one.span), values)
            seen.add(word)
    if not dms.document_types:
        return
    for name in (SUMMARY, *(document.id for document in procedure.documents)):
        if dms.type_of(name) is None:
            findings.add("document-not-filed", dms.span, {"name": name})


def _check_places(dms: DmsOutput, findings: Findings) -> None:
    known = (*LEVELS, *(one.id for one in dms.document_types))
    places = [one.on for one in dms.rights] + [one.on for one in dms.retention]
    for words in (*places, *(one.sends for one in dms.handover)):
        _all_known(words, known, "unknown-filing-place", findings)


def _check_roles(dms: DmsOutput, findings: Findings) -> None:
    known, used = tuple(role.id for role in dms.roles), set[str]()
    for right in dms.rights:
        _all_known(right.may, known, "unknown-role", findings)
        used.update(right.may)
    for handover in dms.handover:
        steps = [step.by for step in handover.steps]
        _all_known(steps, known, "unknown-role", findings)
        used.update(steps)
    for role in dms.roles:
        if role.id not in used:
            values = {"name": str(role.id)}
            findings.add("role-without-rights", role.span, values, severity=Severity.WARNING)


def _all_known(words: Iterable[str], known: tuple[str, ...], code: str, findings: Findings) -> None:
    for word in words:
        if word and word not in known:
            unknown(findings, code, word, known)


def _check_rights(procedure: Procedure, dms: DmsOutput, findings: Findings) -> None:
    if not dms.rights:
        return
    granted = {right.action for right in dms.rights if right.may}
    missing = [action for action in ACTIONS if action not in granted]
    if missing:
        values = {"missing": ", ".join(missing)}
        findings.add("right-nobody-has", dms.span, values, severity=Severity.WARNING)
    reads = any(one.restricted and one.may for one in dms.rights if one.action == "read")
    restricted = [one.span for one in dms.document_types if one.restricted]
    restricted += [one.span for one in procedure.documents if one.confidential]
    if restricted and not reads:
        findings.add("restricted-not-readable", restricted[0])


def _check_periods(procedure: Procedure, dms: DmsOutput, findings: Findings) -> None:
    settings = {SETTING + one.id: one for one in procedure.settings}
    for one in dms.retention:
        name = one.period
        if not isinstance(name, Word):
            if not one.source:
                findings.add("period-without-source", one.span, {"name": str(one.id)})
        elif name not in settings:
            unknown(findings, "unknown-name", name, settings)
        elif plain(setting_type(settings[name])) not in (DAYS, MONTHS):
            findings.add("period-not-a-duration", name.span, {"name": str(name)})
