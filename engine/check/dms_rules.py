"""Rules of the filing: titles, Aktenzeichen, metadata, and what an Akte is found by."""

from collections.abc import Iterable, Mapping, Set

from engine.check.typing import Typing
from engine.diagnostics import Severity
from engine.model import Group
from engine.model_dms import AkteLink, DmsOutput
from engine.model_parts import Expression, Template
from engine.rules.scope import Scope, Typed
from engine.rules.types import TEXT, UNKNOWN, Given, ListOf, Record, family, plain

DOCUMENT = Record(dict.fromkeys(("title", "name", "format", "type"), Given(TEXT)))


def check_dms_rules(
    dms: DmsOutput, groups: Mapping[str, Group], scope: Scope, typing: Typing
) -> None:
    """Everything of the block that reads answers."""
    akte, vorgang = dms.akte, dms.vorgang
    titled = {name for name, group in groups.items() if group.item is not None}
    for template in (akte.title, akte.aktenzeichen, vorgang.title, vorgang.kennzeichen):
        typing.template(template, scope)
    for one in dms.document_types:
        typing.template(one.application_title, scope)
    _metadata(dms.metadata.values(), titled, scope.inner({"document": DOCUMENT}), typing)
    _metadata((*akte.metadata.values(), *vorgang.metadata.values()), titled, scope, typing)
    _found_by(akte.found_by, scope, typing)
    for link in akte.links:
        _link(link, scope, typing)


def _metadata(
    templates: Iterable[Template], titled: Set[str], scope: Scope, typing: Typing
) -> None:
    """Lists may stand here, with commas; of a group the titles of its rows."""
    for template in templates:
        for part in template.parts:
            if not isinstance(part, Expression):
                continue
            typed = typing.rule(part, scope)
            kind = UNKNOWN if typed is None else plain(typed.type)
            is_rows = isinstance(kind, ListOf) and isinstance(plain(kind.item), Record)
            if isinstance(kind, Record) or (is_rows and part.text not in titled):
                values = {"name": part.text, "found": f"type:{family(kind)}"}
                typing.findings.add("placeholder-not-a-value", part.span, values)


def _found_by(templates: tuple[Template, ...], scope: Scope, typing: Typing) -> None:
    """If nothing of it must be answered, people without these answers would share an Akte."""
    may_be_missing = True
    for template in templates:
        typing.template(template, scope)
        for part in template.parts:
            typed = typing.typed.get(part) if isinstance(part, Expression) else None
            may_be_missing &= typed is not None and _stays_open(typed)
    if templates and may_be_missing:
        span = templates[0].span
        typing.findings.add("akte-found-by-nothing", span, severity=Severity.WARNING)


def _stays_open(typed: Typed) -> bool:
    """Whether the value may be missing in a complete application."""
    return bool(typed.findings.known[typed.tree].staying)


def _link(link: AkteLink, scope: Scope, typing: Typing) -> None:
    typed = typing.rule(link.each, scope)
    kind = UNKNOWN if typed is None else plain(typed.type)
    item = kind.item if isinstance(kind, ListOf) else UNKNOWN
    if kind != UNKNOWN and not isinstance(kind, ListOf):
        values = {"found": f"type:{family(kind)}"}
        typing.findings.add("each-needs-a-list", link.each.span, values)
    inner = scope.inner({"item": item})
    typing.template(link.title, inner)
    for template in link.found_by:
        typing.template(template, inner)
