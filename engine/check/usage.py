"""What answers are used for: rules, notices, documents, the message, the filing, invitations."""

from collections.abc import Iterator, Mapping
from enum import StrEnum

from engine.check.directory import Directory, Placed, checks_of
from engine.check.reader import Reader
from engine.kinds import Kind
from engine.model import Check, Computed, Field, Group, Info, Procedure
from engine.model_parts import Expression
from engine.rules.tree import Name, walk

# Whose answers are chosen, so that refusing one is a decision and no matter of spelling.
_DECISIVE = (Kind.YES_NO, Kind.CHOICE, Kind.CHOICES)


class Use(StrEnum):
    """What happens with an answer, beside its line in the summary."""

    RULE = "rule"
    NOTICE = "notice"
    DOCUMENT = "document"
    MESSAGE = "xoev"
    FILING = "dms"
    INVITATION = "invitation"


def usage(procedure: Procedure, names: Directory) -> Mapping[str, frozenset[Use]]:
    """The uses of every field, by path; a field of which nothing is made has none."""
    found: dict[str, set[Use]] = {
        one.path: set() for one in names.placed if isinstance(one.item, Field)
    }
    for path, use in _uses(procedure, names):
        found.get(path, set()).add(use)
    return {path: frozenset(uses) for path, uses in found.items()}


def _uses(procedure: Procedure, names: Directory) -> Iterator[tuple[str, Use]]:
    reader = Reader(frozenset(one.path for one in names.placed))
    for one in names.placed:
        yield from _of_item(one, reader)
    for page in procedure.pages:
        yield from _marked(page.show_if, reader, Use.RULE)
    decisive = {
        one.path
        for one in names.placed
        if isinstance(one.item, Field) and one.item.type.kind in _DECISIVE
    }
    for check, groups in checks_of(procedure):
        yield from _of_check(check, reader.inside(*groups), decisive)
    for document in procedure.documents:
        group = names.groups().get(document.each or "")
        row = reader if group is None else reader.inside(group)
        for part in (document.required_if, document.optional_if, document.item):
            yield from _marked(part, row, Use.DOCUMENT)
    quick = procedure.quick_check
    for decision in () if quick is None else quick.decisions:
        # The same question under the same name: the form asks what the Quick Check decides by.
        yield from _marked((decision.value, decision.rules), reader, Use.RULE)
        yield from ((name, Use.RULE) for name in decision.inputs)
    for invitation in procedure.invitations:
        yield from _marked(invitation.show_if, reader, Use.RULE)
        yield from ((name, Use.INVITATION) for name in invitation.sees)
        yield from ((name, Use.RULE) for name in invitation.uses)
    yield from _marked(procedure.outputs.xoev, reader, Use.MESSAGE)
    yield from _marked(procedure.outputs.dms, reader, Use.FILING)


def _of_item(one: Placed, reader: Reader) -> Iterator[tuple[str, Use]]:
    row = reader.inside(*one.groups)
    item = one.item
    if isinstance(item, Field | Group):
        yield from _marked(item.show_if, row, Use.RULE)
        yield from _marked(item.required_if, row, Use.RULE)
    if isinstance(item, Field) and item.type.kind is Kind.DECLARATION:
        yield one.path, Use.NOTICE  # its text is what the applicant has to know
    if isinstance(item, Computed):
        yield from _marked(item.value, row, Use.RULE)
    if isinstance(item, Info):
        yield from _marked(item.show_if, row, Use.NOTICE)


def _of_check(check: Check, reader: Reader, decisive: set[str]) -> Iterator[tuple[str, Use]]:
    """That an answer is possible at all (a day not in the future) is no use of it."""
    read = set(reader.read(check.condition))
    if check.is_warning:
        yield from ((path, Use.NOTICE) for path in read)
    elif len(read) > 1 or read <= decisive or _asks_the_law(check.condition):
        yield from ((path, Use.RULE) for path in read)


def _asks_the_law(rule: Expression) -> bool:
    nodes = () if rule.tree is None else walk(rule.tree)
    return any(isinstance(node, Name) and node.name == "setting" for node in nodes)


def _marked(part: object, reader: Reader, use: Use) -> Iterator[tuple[str, Use]]:
    return ((path, use) for path in reader.read(part))
