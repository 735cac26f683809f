"""Invitations: what they name exists, and no rule of their pages needs what must stay hidden.

An invited person gets the answers on their pages and those named in `sees` and `uses`, nothing
else is even loaded. A rule that reads more would count it as unanswered there: it would do the
wrong thing, or, if it were given the answer, tell it. So the author has to name it, or to move the
rule to a page of the applicant.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from engine.check.directory import Directory, Placed, checks_of, placed_items, unknown
from engine.check.free_names import free_names
from engine.diagnostics import Findings, Note, Severity
from engine.model import Check, Computed, Document, Expression, Field, Group, Info, Procedure
from engine.model_invitations import Invitation
from engine.model_parts import Template, Word, place_of
from engine.source import Span


def check_invitations(procedure: Procedure, names: Directory, findings: Findings) -> None:
    """All invitations."""
    seen: dict[str, str] = {}
    for one in procedure.invitations:
        _names(one, names, findings)
        _once(one, seen, findings)
        _validity(one, procedure, findings)
        reading = Reading(names, one, findings)
        for reader in _readers(procedure, one):
            reading.rule(*reader)
        reading.words((*one.sees, *one.uses))
        # One set per row of a group: how many there are tells how many rows there are.
        reading.words(_rows_of(procedure, one))


def _names(one: Invitation, names: Directory, findings: Findings) -> None:
    for words, code, known in (
        (one.pages, "unknown-page", names.pages),
        (one.documents, "unknown-document", names.documents),
        (one.sees, "unknown-field", names.form),
        (one.uses, "unknown-field", names.form),
    ):
        for word in words:
            if word not in known:
                unknown(findings, code, word, known)


def _once(one: Invitation, seen: dict[str, str], findings: Findings) -> None:
    """Of two people who fill in the same page, each would overwrite the other."""
    for word in (*one.pages, *one.documents):
        first = seen.setdefault(str(word), word)
        if first is not word and isinstance(word, Word):
            related = (Note("invited-twice:first", place_of(first, one.span), {"name": word}),)
            findings.add("invited-twice", word.span, {"name": word}, related=related)


def _validity(one: Invitation, procedure: Procedure, findings: Findings) -> None:
    kept = procedure.retention["drafts"]
    if one.valid_for > kept:
        values = {"name": one.id, "days": str(one.valid_for.days), "kept": str(kept.days)}
        severity = Severity.WARNING
        findings.add("invitation-outlives-draft", one.span, values, severity=severity)


Reader = tuple[Expression | None, tuple[Group, ...]]  # a rule, and the groups it stands in


def _readers(procedure: Procedure, one: Invitation) -> Iterator[Reader]:
    """Every rule whose result the invited person would notice."""
    for page in procedure.pages:
        if page.id in one.pages:
            yield page.show_if, ()
            yield from ((check.condition, ()) for check in page.checks)
    for placed in placed_items(procedure):
        if placed.page.id in one.pages:
            yield from _of_item(placed)
    for check, groups in checks_of(procedure):
        if _is_theirs_to_mend(check, procedure, one):
            yield check.condition, groups
    for document in procedure.documents:
        if document.id in one.documents:
            yield from _of_document(document, procedure)


def _of_item(placed: Placed) -> Iterator[Reader]:
    item, groups = placed.item, placed.groups
    if isinstance(item, Computed):
        yield item.value, groups
        return
    yield item.show_if, groups
    if isinstance(item, Info):
        return
    yield item.required_if, groups
    yield from ((check.condition, groups) for check in item.checks)
    if isinstance(item, Group):
        yield from _of_template(item.item, (*groups, item))


def _of_template(template: Template | None, groups: tuple[Group, ...]) -> Iterator[Reader]:
    for part in () if template is None else template.parts:
        if isinstance(part, Expression):
            yield part, groups


def _of_document(document: Document, procedure: Procedure) -> Iterator[Reader]:
    items = (item for page in procedure.pages for item in page.items)
    groups = tuple(one for one in items if isinstance(one, Group) and one.id == document.each)
    yield document.required_if, groups
    yield document.optional_if, groups
    yield from _of_template(document.item, groups)


def _rows_of(procedure: Procedure, one: Invitation) -> tuple[str, ...]:
    documents = (each for each in procedure.documents if each.id in one.documents)
    return tuple(document.each for document in documents if document.each is not None)


def _is_theirs_to_mend(check: Check, procedure: Procedure, one: Invitation) -> bool:
    """An error at fields that only the invited person can mend; warnings are the applicant's."""
    theirs = {item.id for page in procedure.pages if page.id in one.pages for item in page.items}
    return not check.is_warning and theirs.issuperset(check.fields)


@dataclass
class Reading:
    """Follows what a rule reads, through computed values, to the answers it comes from."""

    names: Directory
    invitation: Invitation
    findings: Findings
    allowed: frozenset[str] = field(init=False)
    _placed: Mapping[str, Placed] = field(init=False)
    _missing: dict[str, tuple[str, ...]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        theirs = [one for one in self.names.placed if one.page.id in self.invitation.pages]
        named = {*self.invitation.sees, *self.invitation.uses}
        own = {one.item.id for one in theirs if not one.groups}
        self.allowed = frozenset(str(name) for name in named | own)
        self._placed = {one.item.id: one for one in self.names.placed if not one.groups}

    def rule(self, rule: Expression | None, groups: tuple[Group, ...]) -> None:
        """Report every answer that the rule needs and the invited person does not have."""
        if rule is None or rule.tree is None:
            return
        inside = {item.id for group in groups for item in group.items}
        told: set[str] = set()
        for name in free_names(rule.tree):
            first = _first(name.name)
            for missing in () if first in inside else self.missing(first):
                if missing not in told:
                    told.add(missing)
                    self._report(missing, first, rule.at(name.start, name.end))

    def words(self, words: Iterable[str]) -> None:
        """Whether an answer counts may hang on others: those come along only by name, too."""
        for word in words:
            for missing in self.missing(str(word)):
                self._report(missing, str(word), place_of(word, self.invitation.span))

    def missing(self, name: str) -> tuple[str, ...]:
        """The answers behind a name that are neither theirs nor named."""
        if name not in self._missing:
            self._missing[name] = ()  # a circle is reported elsewhere
            self._missing[name] = tuple(dict.fromkeys(self._find(name)))
        return self._missing[name]

    def _find(self, name: str) -> Iterator[str]:
        placed = self._placed.get(name)
        if placed is None or isinstance(placed.item, Info):
            return
        if name not in self.allowed and not isinstance(placed.item, Computed):
            yield name
            return
        if placed.page.id in self.invitation.pages:
            return  # its own rules are looked at where they stand
        for rule in _behind(placed):
            for read in () if rule.tree is None else free_names(rule.tree):
                first = _first(read.name)
                if first != name:
                    yield from self.missing(first)

    def _report(self, missing: str, by: str, span: Span) -> None:
        values = {"name": missing, "invitation": self.invitation.id}
        declared = self._placed[missing].item.span
        answer = Note("invited-rule-needs-more:answer", declared, {"name": missing})
        related: tuple[Note, ...] = (answer,)
        if by != missing:
            note = Note("invited-rule-needs-more:by", self._placed[by].item.span, {"name": by})
            related = (note, *related)
        self.findings.add("invited-rule-needs-more", span, values, related=related)


def _behind(placed: Placed) -> Iterator[Expression]:
    """The rules that decide whether a value counts, or what it is."""
    item = placed.item
    rules: list[Expression | None] = [placed.page.show_if]
    if isinstance(item, Computed):
        rules.append(item.value)
    elif isinstance(item, Field):
        rules.append(item.show_if)
    elif isinstance(item, Group):
        rules.append(item.show_if)
        rules += _inside(item)
    return (rule for rule in rules if rule is not None)


def _inside(group: Group) -> Iterator[Expression | None]:
    for item in group.items:
        if isinstance(item, Computed):
            yield item.value
        elif isinstance(item, Group):
            yield item.show_if
            yield from _inside(item)
        else:
            yield item.show_if


def _first(name: str) -> str:
    return name.partition(".")[0].partition("[")[0]
