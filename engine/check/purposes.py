"""Data minimisation (R30, R51): why every field is asked, who gets it, how long it is kept."""

from collections.abc import Iterator, Mapping

from engine.check.directory import Directory, Placed, unknown
from engine.check.outputs import SUMMARY, map_nodes
from engine.check.usage import Use, usage
from engine.diagnostics import Findings, Severity
from engine.load.heading import RETENTION
from engine.model import Field, Group, Procedure
from engine.model_outputs import MapDocument
from engine.model_purposes import Purpose

_SENT = (Use.MESSAGE, Use.FILING, Use.INVITATION)  # uses that take an answer somewhere else


def check_purposes(procedure: Procedure, names: Directory, findings: Findings) -> None:
    """Names, what is missing, what nobody needs, and where answers go."""
    purposes = {one.id: one for one in procedure.purposes}
    used = {
        one.item.purpose
        for one in names.placed
        if isinstance(one.item, Field) and one.item.purpose in purposes
    }
    _named(procedure, names, findings)
    _missing(names, findings)
    _point_to(procedure, findings)
    _never_used(procedure, used, findings)
    uses = usage(procedure, names)
    _without_use(names, purposes, uses, findings)
    _destinations(procedure, names, purposes, uses, findings)


def _named(procedure: Procedure, names: Directory, findings: Findings) -> None:
    """Every place that names a purpose, once: what is inside inherits the very same word."""
    known = [one.id for one in procedure.purposes]
    items = (one.item for one in names.placed if isinstance(one.item, Field | Group))
    words = {id(one.purpose): one.purpose for one in (*procedure.pages, *items)}
    for word in words.values():
        if word and word not in known:
            unknown(findings, "unknown-purpose", word, known)


def _missing(names: Directory, findings: Findings) -> None:
    """A page without any purpose is told once: its author will write one line there."""
    fields = [one for one in names.placed if isinstance(one.item, Field)]
    with_some = {one.page.id for one in fields if _purpose(one)}
    told: set[str] = set()
    for one in fields:
        if _purpose(one):
            continue
        if one.page.id in with_some:
            findings.add("purpose-missing", one.item.span, {"name": one.path})
        elif one.page.id not in told:
            told.add(one.page.id)
            findings.add("purpose-missing", one.page.span, {"name": one.page.id})


def _purpose(one: Placed) -> str:
    return one.item.purpose if isinstance(one.item, Field) else ""


def _point_to(procedure: Procedure, findings: Findings) -> None:
    recipients = [one.id for one in procedure.recipients]
    classes = [*RETENTION, *(one.id for one in procedure.retention_classes)]
    for purpose in procedure.purposes:
        for word in purpose.recipients:
            if word not in recipients:
                unknown(findings, "unknown-recipient", word, recipients)
        if purpose.retention and purpose.retention not in classes:
            unknown(findings, "unknown-retention", purpose.retention, classes)


def _never_used(procedure: Procedure, used: set[str], findings: Findings) -> None:
    """A declaration that nothing refers to tells applicants and lawyers something untrue."""
    named = {word for one in procedure.purposes for word in one.recipients}
    kept = {one.retention for one in procedure.purposes}
    for kind, declared, referred in (
        ("purpose-never-used", procedure.purposes, used),
        ("recipient-never-used", procedure.recipients, named),
        ("retention-never-used", procedure.retention_classes, kept),
    ):
        for one in declared:
            if one.id not in referred:
                findings.add(kind, one.span, {"name": one.id}, severity=Severity.WARNING)


def _without_use(
    names: Directory,
    purposes: dict[str, Purpose],
    uses: Mapping[str, frozenset[Use]],
    findings: Findings,
) -> None:
    """Nothing is made of the answer, and nobody has said that a person reads it."""
    for one in names.placed:
        if not isinstance(one.item, Field) or uses[one.path]:
            continue
        purpose = purposes.get(one.item.purpose)
        if purpose is not None and not purpose.by_hand:
            values = {"name": one.path, "purpose": purpose.id}
            findings.add("field-without-use", one.item.span, values, severity=Severity.INFO)


def _destinations(
    procedure: Procedure,
    names: Directory,
    purposes: dict[str, Purpose],
    uses: Mapping[str, frozenset[Use]],
    findings: Findings,
) -> None:
    """Answers only go where one of their recipients is."""
    receives = {one.id: one.receives for one in procedure.recipients}
    whole = set(_whole(procedure))
    told: set[tuple[str, str]] = set()
    for one in names.placed:
        purpose = purposes.get(one.item.purpose) if isinstance(one.item, Field) else None
        if purpose is None or any(word not in receives for word in purpose.recipients):
            continue
        goes = {str(use) for use in uses[one.path] if use in _SENT} | whole
        reached = {way for word in purpose.recipients for way in receives[word]}
        for way in sorted(goes - reached):
            if (purpose.id, way) in told:
                continue
            told.add((purpose.id, way))
            values = {"name": one.path, "purpose": purpose.id, "way": way}
            findings.add("destination-not-named", purpose.span, values)


def _whole(procedure: Procedure) -> Iterator[str]:
    """Where the summary goes, and with it every answer."""
    outputs = procedure.outputs
    if outputs.dms is not None:
        yield str(Use.FILING)
    nodes = () if outputs.xoev is None else map_nodes(outputs.xoev.tree)
    if any(isinstance(node, MapDocument) and SUMMARY in node.documents for node in nodes):
        yield str(Use.MESSAGE)
