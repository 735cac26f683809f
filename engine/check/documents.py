"""Documents: their groups exist, and what is required cannot stay empty."""

from engine.check.directory import Directory, unknown
from engine.diagnostics import Findings
from engine.model import Procedure


def check_documents(procedure: Procedure, names: Directory, findings: Findings) -> None:
    """All documents."""
    groups = names.groups()
    for document in procedure.documents:
        if document.each is not None and document.each not in groups:
            unknown(findings, "unknown-group", document.each, groups)
        if document.item is not None and document.each is None:
            findings.add("item-without-each", document.item.span, {"name": document.id})
        if document.required_if is not None and document.min_files == 0:
            span = document.required_if.span
            findings.add("required-but-may-stay-empty", span, {"name": document.id})
