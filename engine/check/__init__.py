"""Is a procedure what its author meant? Everything that can be said without answers."""

from engine.check.assertions import check_assertions
from engine.check.cases import check_cases
from engine.check.checked import Checked
from engine.check.decisions import check_decisions
from engine.check.directory import directory
from engine.check.documents import check_documents
from engine.check.invitations import check_invitations
from engine.check.message_form import check_message
from engine.check.names import check_names
from engine.check.order import form_order, quick_check_order
from engine.check.output_rules import check_document_rules, check_output_rules
from engine.check.outputs import check_outputs
from engine.check.process import check_process
from engine.check.purposes import check_purposes
from engine.check.quick_check import check_quick_check
from engine.check.rules import check_form_rules
from engine.check.safety import check_patterns, check_size
from engine.check.scopes import scopes
from engine.check.texts import check_texts
from engine.check.typing import Typing
from engine.diagnostics import Diagnostic, Findings, has_errors
from engine.message.shape import NO_SHAPES, Shapes
from engine.model import Procedure

__all__ = ["Checked", "check"]

_SUBJECTS = (
    check_patterns,
    check_names,
    check_quick_check,
    check_documents,
    check_invitations,
    check_process,
    check_outputs,
    check_texts,
    check_cases,
)


def check(
    procedure: Procedure, shapes: Shapes = NO_SHAPES
) -> tuple[Checked | None, tuple[Diagnostic, ...]]:
    """The checked procedure, or None if anything is wrong; warnings come with either.

    `shapes` are the messages that a mapping is held against; without them it is not.
    """
    findings = Findings()
    names = directory(procedure)
    check_size(procedure, names, findings)
    if findings.sorted():
        return None, findings.sorted()  # a file of that size is not looked at any further
    for subject in _SUBJECTS:
        subject(procedure, names, findings)
    order = form_order(names, findings)
    decision_order = quick_check_order(procedure, findings)
    known = scopes(procedure, names)
    typing = Typing(findings, known)
    check_form_rules(procedure, names, order, known, typing)
    check_decisions(procedure, names, decision_order, known, typing)
    check_document_rules(procedure, names, known, typing)
    check_output_rules(procedure, names, known, typing)
    check_message(procedure, names, typing, shapes)
    for invitation in procedure.invitations:
        typing.condition(invitation.show_if, known.form)
    check_assertions(procedure, known, typing)
    check_purposes(procedure, names, findings)
    found = findings.sorted()
    if has_errors(found):
        return None, found
    return Checked(procedure, typing.typed, order, decision_order), found
