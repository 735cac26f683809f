"""A procedure taken apart: every part under its name, every property as text to be compared.

The properties are those of the model, found by looking at it: one that is added there is compared
from then on.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass, replace
from datetime import date, timedelta
from typing import Any, NamedTuple

from engine.fields.field_type import FieldType
from engine.model import (
    Case,
    Check,
    CodeList,
    Computed,
    DatedValue,
    Decision,
    Document,
    Duration,
    Expression,
    Field,
    Group,
    Info,
    Item,
    Outcome,
    Page,
    Procedure,
    Setting,
    TableRule,
    Template,
    Text,
)
from engine.model_dms import DmsOutput
from engine.model_invitations import Invitation
from engine.model_purposes import Purpose, Recipient, RetentionClass
from engine.rules.durations import Days, Months
from engine.rules.print import print_tree


class Key(NamedTuple):
    """What a part is called."""

    area: str  # head setting list option page field group computed info check question …
    name: str  # id, or path: kinder[].vornamen, staat.deutsch


@dataclass(frozen=True, slots=True)
class Property:
    """How a property reads, and whether it is a sentence for people, which has translations."""

    shown: str
    same_as: str  # the same for the same meaning: rules in one spelling
    is_sentence: bool = False


@dataclass(frozen=True, slots=True)
class Part:
    """One part with its properties; `parent` holds its siblings in order."""

    key: Key
    parent: str
    properties: Mapping[str, Property]
    was: str | None = None
    part: object = None


QUESTIONS = "quick_check."  # before the names of what belongs to a question

# Where a part stands, what it is made of, and what is told elsewhere.
_NOT_PROPERTIES = frozenset(
    {"id", "span", "path", "source", "digest", "cases", "items", "checks", "rules", "options",
     "settings", "lists", "pages", "quick_check", "documents", "outputs", "questions",
     "decisions", "outcomes", "was", "process", "is_warning", "invitations"}
)  # fmt: skip
_KEYS = {
    "minimum": "min",
    "maximum": "max",
    "cells": "when",
    "min_files": "files from",
    "max_files": "files to",
    "max_megabytes": "megabytes",
}
_NAMED_IN_FILING = ("document_types", "roles", "rights", "retention", "handover")
_FLAT = frozenset({"authority", "service"})
_DECLARED = ("retention_classes", "recipients", "purposes")  # of the head, with names of their own
_AREAS: Mapping[type, str] = {
    RetentionClass: "retention",
    Recipient: "recipient",
    Purpose: "purpose",
    Setting: "setting",
    CodeList: "list",
    Page: "page",
    Field: "field",
    Group: "group",
    Computed: "computed",
    Info: "info",
    Check: "check",
    Decision: "decision",
    TableRule: "rule",
    Outcome: "outcome",
    Document: "document",
    Invitation: "invitation",
    Case: "case",
}


def parts(procedure: Procedure) -> dict[Key, Part]:
    """Everything that has a name, in the order of the definition."""
    found = [*_head(procedure), *_law(procedure), *_form(procedure), *_check(procedure)]
    found += [_part(one, one.id, "documents") for one in procedure.documents]
    found += [_part(one, one.id, "invitations") for one in procedure.invitations]
    found += _outputs(procedure)
    if procedure.process is not None:
        found += _inside("process", procedure.process, "")
    found += [_part(one, one.id, "cases") for one in procedure.cases]
    return {one.key: one for one in found}


def _head(procedure: Procedure) -> Iterator[Part]:
    for name, value in _properties(procedure).items():
        if name not in _DECLARED:
            yield Part(Key("head", name), "", {"": value})
    for name in _DECLARED:
        yield from (_part(one, one.id, name) for one in getattr(procedure, name))
    for owner in sorted(_FLAT):
        for name, value in _properties(getattr(procedure, owner)).items():
            yield Part(Key("head", f"{owner}.{name}"), "", {"": value})


def _law(procedure: Procedure) -> Iterator[Part]:
    for setting in procedure.settings:
        yield _part(setting, setting.id, "settings")
    for code_list in procedure.lists:
        yield from _list(code_list, code_list.id)


def _list(code_list: CodeList, name: str) -> Iterator[Part]:
    yield Part(Key("list", name), "lists", {})
    for option in code_list.options:
        properties = {"label": _property(option.label)}
        if option.iso:
            properties["iso"] = _property(option.iso)
        yield Part(Key("option", f"{name}.{option.value}"), f"list {name}", properties)


def _form(procedure: Procedure) -> Iterator[Part]:
    for page in procedure.pages:
        yield _part(page, page.id, "pages")
        yield from _items(page.items, "", f"page {page.id}")
        yield from _checks(page.checks, page.id)


def _items(items: tuple[Item, ...], prefix: str, parent: str) -> Iterator[Part]:
    for item in items:
        path = prefix + item.id
        part = _part(item, path, parent)
        yield part
        if isinstance(item, Field):
            yield from _options(item, path)
        if isinstance(item, Field | Group):
            yield from _checks(item.checks, path)
        if isinstance(item, Group):
            yield from _items(item.items, f"{path}[].", f"group {path}")


def _options(field: Field, path: str) -> Iterator[Part]:
    """A list of its own; else the field has the name of one."""
    if field.options is not None and not field.options.id:
        yield from _list(field.options, path)


def _checks(checks: tuple[Check, ...], owner: str) -> Iterator[Part]:
    for check in checks:
        name = check.id if check.id.startswith(owner) else f"{owner}.{check.id}"
        yield _part(check, name, f"checks {owner}")


def _check(procedure: Procedure) -> Iterator[Part]:
    check = procedure.quick_check
    if check is None:
        return
    for name, value in _properties(check).items():
        yield Part(Key("quick_check", name), "", {"": value})
    for question in check.questions:
        part = _part(question, question.id, "questions")
        yield replace(part, key=Key("question", question.id))
        yield from _options(question, QUESTIONS + question.id)
        yield from _checks(question.checks, QUESTIONS + question.id)
    for decision in check.decisions:
        yield _part(decision, decision.id, "decisions")
        for rule in decision.rules:
            yield _part(rule, f"{decision.id}.{rule.id}", f"rules {decision.id}")
    for outcome in check.outcomes:
        yield _part(outcome, outcome.id, "outcomes")


def _outputs(procedure: Procedure) -> Iterator[Part]:
    xoev, dms = procedure.outputs.xoev, procedure.outputs.dms
    if xoev is not None:
        for name in ("standard", "version", "message"):
            yield Part(Key("xoev", name), "", {"": _property(getattr(xoev, name))})
        for path, value in _mapping(xoev.tree, ""):
            yield Part(Key("element", path), "elements", {"": value})
    if dms is not None:
        yield from _filing(dms)


def _filing(dms: DmsOutput) -> Iterator[Part]:
    """Document types, roles, rights, periods and handovers have names of their own."""
    for name, value in _items_of(dms):
        if name in ("akte", "vorgang"):
            yield from _inside("dms", value, f"{name}.")
        elif name in _NAMED_IN_FILING:
            for one in value:
                told = {key: _property(each) for key, each in _items_of(one) if _is_said(each)}
                told.pop("id")
                yield Part(Key("dms", f"{name}.{one.id}"), f"dms {name}", told, None, one)
        else:
            yield Part(Key("dms", name), "", {"": _property(value)})


def _mapping(node: Any, path: str) -> Iterator[tuple[str, Property]]:
    """The elements of a message; what stands in one is one text."""
    children = getattr(node, "children", None)
    if children is None:
        yield path, Property(*_texts(node))
        return
    for number, (name, child) in enumerate(children):
        twice = sum(other == name for other, _ in children[:number])
        yield from _mapping(child, f"{path}/{name}" + (f"[{twice + 1}]" if twice else ""))


def _inside(area: str, owner: object, prefix: str) -> Iterator[Part]:
    """A part without a name of its own: property by property, however deep."""
    for name, value in _items_of(owner):
        yield Part(Key(area, prefix + name), "", {"": _property(value)})


def _part(part: Any, name: str, parent: str) -> Part:
    area = _AREAS[type(part)]
    properties = _properties(part)
    if isinstance(part, Field) and part.options is not None and part.options.id:
        properties["options"] = _property(part.options.id)
    if isinstance(part, Setting):
        properties = {"value": _property(part.values)}
    if isinstance(part, Invitation):  # elsewhere these are parts of their own
        properties |= {"pages": _property(part.pages), "documents": _property(part.documents)}
    return Part(Key(area, name), parent, properties, getattr(part, "was", None), part)


def _properties(part: object) -> dict[str, Property]:
    found = {}
    for name, value in _items_of(part):
        if name not in _NOT_PROPERTIES | _FLAT and _is_said(value):
            found[_written(part, name)] = _property(value)
    return found


def _written(part: object, name: str) -> str:
    """The key of the definition language."""
    if name == "condition":
        is_warning = isinstance(part, Check) and part.is_warning
        return "if" if isinstance(part, TableRule) else "warn_if" if is_warning else "valid_if"
    return _KEYS.get(name, name)


def _items_of(part: object) -> Iterator[tuple[str, Any]]:
    assert is_dataclass(part)  # noqa: S101 - parts of the model are
    for one in fields(part):
        if one.name != "span":
            yield one.name, getattr(part, one.name)


def _is_said(value: object) -> bool:
    return value is not None and value != () and value != {} and value is not False


def _property(value: object) -> Property:
    return Property(*_texts(value), is_sentence=_has_sentence(value))


def _has_sentence(value: object) -> bool:
    if isinstance(value, tuple):
        return any(map(_has_sentence, value))
    return isinstance(value, Text)


def _texts(value: Any) -> tuple[str, str]:
    """How it reads, and its one spelling."""
    match value:
        case None:
            return "", ""
        case bool():
            return ("ja", "true") if value else ("nein", "false")
        case Text():
            return value.german, value.german
        case Expression():
            return value.text, print_tree(value.tree) if value.tree else value.text
        case Template():
            return _joined(value.parts, "", around="{}")
        case FieldType():
            return value.name, value.name
        case Duration(months=months, days=days):
            text = str(Months(months) if months else Days(days))
            return text, text
        case DatedValue():
            return _dated(value)
        case timedelta():
            return f"P{value.days}D", f"P{value.days}D"
        case date():
            return value.isoformat(), value.isoformat()
        case tuple() | list():
            return _joined(value, ", ")
        case Mapping():
            pairs = [(key, _texts(one)) for key, one in value.items()]
            first, second = (
                ", ".join(f"{key}: {one[number]}" for key, one in pairs) for number in (0, 1)
            )
            return first, second
        case _ if is_dataclass(value):
            return _joined([one for _, one in _items_of(value) if _is_said(one)], " ")
        case _:
            return str(value), str(value)


def _joined(values: Any, separator: str, around: str = "") -> tuple[str, str]:
    pairs = [_texts(one) for one in values]
    if around:
        pairs = [
            one if isinstance(value, str) else (f"{{{one[0]}}}", f"{{{one[1]}}}")
            for value, one in zip(values, pairs, strict=True)
        ]
    return separator.join(one for one, _ in pairs), separator.join(other for _, other in pairs)


def _dated(value: DatedValue) -> tuple[str, str]:
    shown, same_as = _texts(value.value)
    since = f" (ab {value.valid_from.isoformat()})" if value.valid_from else ""
    source = f" [{value.source}]" if value.source else ""
    return shown + since + source, same_as + since + source
