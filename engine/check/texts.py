"""Texts of the author: no markup but the Markdown we render, no unsafe links (R26)."""

import re
from collections.abc import Iterator

from engine.check.directory import Directory
from engine.diagnostics import Findings, Note, Severity
from engine.model import (
    Check,
    CodeList,
    Document,
    Field,
    Group,
    Info,
    Item,
    Page,
    Procedure,
    QuickCheck,
    with_paths,
)
from engine.model_parts import Text
from engine.model_process import Process
from engine.reading import Reading, readings

SAFE_LINKS = ("https://", "http://", "mailto:")
_LINK = re.compile(r"\[[^\[\]]*\]\s*\(\s*([^()\s]*)")
_TAG = re.compile(r"</?[a-zA-Z!][^<>]{0,200}>?")
_PLACE = re.compile(r"\{\s*[\w.]+\s*\}|\{\{|\$\{|\{%|<%")


def check_texts(procedure: Procedure, names: Directory, findings: Findings) -> None:
    """Every text of the procedure, and labels that repeat."""
    filled = {check.message.path for check in _checks(procedure) if check.filled is not None}
    for text in texts_of(procedure):
        _check_text(text, findings, has_places=text.path in filled)
    for page in procedure.pages:
        _repeated_labels(page.items, findings)
    for one in readings(procedure):
        _hard_to_read(one, findings)
    if procedure.quick_check is not None:
        _repeated_labels(procedure.quick_check.questions, findings)


def _hard_to_read(page: Reading, findings: Findings) -> None:
    """A page that most applicants do not read with ease: pointed out, and left to the author."""
    if not page.is_hard:
        return
    worst = page.hardest[0]
    values = {"grade": f"{page.grade:g}", "sentence": worst.text[:120]}
    note = Note("page-hard-to-read:sentence", worst.span)
    findings.add("page-hard-to-read", page.span, values, related=(note,), severity=Severity.INFO)


def _checks(procedure: Procedure) -> Iterator[Check]:
    """Every check: their messages may name values."""
    for page in procedure.pages:
        yield from page.checks
        for _, item in with_paths(page.items):
            yield from item.checks if isinstance(item, Field | Group) else ()
    for question in procedure.quick_check.questions if procedure.quick_check else ():
        yield from question.checks


def _check_text(text: Text, findings: Findings, *, has_places: bool) -> None:
    for match in _LINK.finditer(text.german):
        target = match[1]
        if not target.lower().startswith(SAFE_LINKS):
            values = {"target": target[:80], "allowed": ", ".join(SAFE_LINKS)}
            findings.add("unsafe-link", text.span, values)
    tag = _TAG.search(text.german)
    if tag is not None:
        findings.add("html-in-text", text.span, {"tag": tag[0][:40]})
    place = None if has_places else _PLACE.search(text.german)
    if place is not None:
        values = {"text": place[0][:40]}
        findings.add("placeholder-not-filled", text.span, values, severity=Severity.WARNING)


def _repeated_labels(items: tuple[Item, ...], findings: Findings) -> None:
    """Two questions of the same wording on one page cannot be told apart by ear."""
    seen: dict[str, Field | Group] = {}
    for item in items:
        if not isinstance(item, Field | Group):
            continue
        label = item.label.german
        first = seen.setdefault(label, item)
        if first is not item and label:
            note = Note("label-repeats:first", first.label.span)
            values = {"label": label[:60]}
            span = item.label.span
            findings.add("label-repeats", span, values, related=(note,), severity=Severity.WARNING)
        if isinstance(item, Group):
            _repeated_labels(item.items, findings)


def texts_of(procedure: Procedure) -> Iterator[Text]:
    """Every text an applicant may see, in the order of the file's blocks."""
    service = procedure.service
    yield from _there(procedure.title, procedure.summary, procedure.privacy)
    yield from _there(service.who, service.cost, service.duration, service.result)
    yield from service.next_steps
    for named in (procedure.retention_classes, procedure.recipients, procedure.purposes):
        yield from (one.text for one in named)
    for code_list in procedure.lists:
        yield from _options(code_list)
    for page in procedure.pages:
        yield from _page(page)
    if procedure.quick_check is not None:
        yield from _quick_check(procedure.quick_check)
    for document in procedure.documents:
        yield from _document(document)
    for one in procedure.invitations:
        yield from _there(one.title, one.text, one.offer)
    if procedure.process is not None:
        yield from _process(procedure.process)


def _process(process: Process) -> Iterator[Text]:
    """The applicant sees the Soll process; the Ist process stands in the handbook."""
    yield from (role.label for role in process.roles)
    for step in (*process.ist, *process.soll):
        yield step.title
        yield from _there(*(flow.when for flow in step.flows), step.status)


def _there(*texts: Text | None) -> Iterator[Text]:
    return (text for text in texts if text is not None)


def _options(code_list: CodeList | None) -> Iterator[Text]:
    if code_list is not None:
        yield from (option.label for option in code_list.options)


def _page(page: Page) -> Iterator[Text]:
    yield from _there(page.title, page.intro)
    for item in page.items:
        yield from _item(item)
    yield from _messages(page.checks)


def _item(item: Item) -> Iterator[Text]:
    if isinstance(item, Field):
        yield from _there(item.label, item.help, item.hint, item.pattern_message)
        if item.options is not None and not item.options.id:
            yield from _options(item.options)
        yield from _messages(item.checks)
    elif isinstance(item, Group):
        yield from _there(item.label, item.help)
        for inner in item.items:
            yield from _item(inner)
        yield from _messages(item.checks)
    elif isinstance(item, Info):
        yield item.text
    else:
        yield from _there(item.label)


def _messages(checks: tuple[Check, ...]) -> Iterator[Text]:
    return (check.message for check in checks)


def _quick_check(check: QuickCheck) -> Iterator[Text]:
    yield from _there(check.title, check.intro)
    for question in check.questions:
        yield from _item(question)
    for decision in check.decisions:
        yield from _there(*(rule.reason for rule in decision.rules))
    for outcome in check.outcomes:
        yield from _there(outcome.title, outcome.text, outcome.next)


def _document(document: Document) -> Iterator[Text]:
    return _there(document.title, document.why)
