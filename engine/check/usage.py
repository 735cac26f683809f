"""What answers are used for: rules, notices, documents, the message, the filing, invitations."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, fields, is_dataclass, replace
from enum import StrEnum

from engine.check.directory import Directory, Placed, checks_of
from engine.kinds import Kind
from engine.model import Check, Computed, Field, Group, Info, Procedure
from engine.model_dms import AkteLink
from engine.model_outputs import MapEach
from engine.model_parts import Expression
from engine.rules.tree import Filter, Loop, Name, Node, Path, Quantified, children, walk

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
    reader = _Reader(frozenset(one.path for one in names.placed))
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
    check = procedure.quick_check
    for decision in () if check is None else check.decisions:
        # The same question under the same name: the form asks what the Quick Check decides by.
        yield from _marked((decision.value, decision.rules), reader, Use.RULE)
        yield from ((name, Use.RULE) for name in decision.inputs)
    for invitation in procedure.invitations:
        yield from _marked(invitation.show_if, reader, Use.RULE)
        yield from ((name, Use.INVITATION) for name in invitation.sees)
        yield from ((name, Use.RULE) for name in invitation.uses)
    yield from _marked(procedure.outputs.xoev, reader, Use.MESSAGE)
    yield from _marked(procedure.outputs.dms, reader, Use.FILING)


def _of_item(one: Placed, reader: "_Reader") -> Iterator[tuple[str, Use]]:
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


def _of_check(check: Check, reader: "_Reader", decisive: set[str]) -> Iterator[tuple[str, Use]]:
    """That an answer is possible at all (a day not in the future) is no use of it."""
    read = set(reader.read(check.condition))
    if check.is_warning:
        yield from ((path, Use.NOTICE) for path in read)
    elif len(read) > 1 or read <= decisive or _asks_the_law(check.condition):
        yield from ((path, Use.RULE) for path in read)


def _asks_the_law(rule: Expression) -> bool:
    nodes = () if rule.tree is None else walk(rule.tree)
    return any(isinstance(node, Name) and node.name == "setting" for node in nodes)


def _marked(part: object, reader: "_Reader", use: Use) -> Iterator[tuple[str, Use]]:
    return ((path, use) for path in reader.read(part))


@dataclass(frozen=True, slots=True)
class _Reader:
    """Which answers a rule reads, from where it stands."""

    known: frozenset[str]  # paths of all items
    prefixes: tuple[str, ...] = ("",)  # of the rows around, the innermost first
    bound: Mapping[str, str | None] = field(default_factory=dict)  # loop name -> path of the group

    def inside(self, *groups: Group) -> "_Reader":
        """In a row of these groups."""
        prefixes = [""]
        for group in groups:
            prefixes.insert(0, f"{prefixes[0]}{group.id}[].")
        return replace(self, prefixes=tuple(prefixes))

    def read(self, part: object) -> Iterator[str]:
        """The paths that a rule, a template, or any part of the outputs reads."""
        match part:
            case Expression(tree=tree):
                yield from () if tree is None else self._below(tree)
            case MapEach(over=each, content=rest):
                yield from self.read(each)
                yield from self._row(each).read(rest)
            case AkteLink(each=each, title=title, found_by=found_by):
                yield from self.read(each)
                yield from self._row(each).read((title, found_by))
            case tuple():
                for one in part:
                    yield from self.read(one)
            case Mapping():
                yield from self.read(tuple(part.values()))
            case _ if is_dataclass(part):
                yield from self.read(tuple(getattr(part, one.name) for one in fields(part)))

    def _row(self, each: Expression) -> "_Reader":
        return self._with("item", None if each.tree is None else self._place(each.tree))

    def _with(self, name: str, place: str | None) -> "_Reader":
        return replace(self, bound={**self.bound, name: place})

    def _below(self, node: Node) -> Iterator[str]:
        match node:
            case (
                Quantified(bindings=bindings, condition=body) | Loop(bindings=bindings, result=body)
            ):
                reader = self
                for binding in bindings:
                    yield from reader._below(binding.source)
                    reader = reader._with(binding.name, reader._place(binding.source))
                yield from reader._below(body)
            case Filter(source=source, condition=condition):
                yield from self._below(source)
                yield from self._with("item", self._place(source))._below(condition)
            case Name() | Path():
                place = self._place(node)
                if place is not None:
                    yield place
                elif isinstance(node, Path):
                    yield from self._below(node.of)
            case _:
                for child in children(node):
                    yield from self._below(child)

    def _place(self, node: Node) -> str | None:
        """The item that a name or a path means; of an address the address."""
        match node:
            case Name(name=name):
                if name in self.bound:
                    return self.bound[name]
                paths = (prefix + name for prefix in self.prefixes)
                return next((path for path in paths if path in self.known), None)
            case Path(of=of, name=name):
                place = self._place(of)
                inner = f"{place}[].{name}"
                return inner if inner in self.known else place
            case Filter(source=source):
                return self._place(source)
            case _:
                return None
