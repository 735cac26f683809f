"""Cases speak of things that exist."""

import re
from collections.abc import Iterable, Mapping, Sequence

from engine.check.directory import Directory, unknown
from engine.diagnostics import Findings
from engine.kinds import Kind
from engine.model import Case, Computed, Field, Group, Item, Procedure
from engine.model_parts import Word
from engine.values import ADDRESS_PARTS

_ROW = re.compile(r"\[[0-9]*\]")


def check_cases(procedure: Procedure, names: Directory, findings: Findings) -> None:
    """All cases."""
    cases = {case.id: case for case in procedure.cases}
    for case in procedure.cases:
        _base(case, cases, findings)
        _answers(case.quick_check, tuple(names.questions.values()), findings)
        _answers(case.given, _outer(names), findings)
        _expected(case, names, findings)


def _base(case: Case, cases: Mapping[str, Case], findings: Findings) -> None:
    if case.based_on is None:
        return
    if case.based_on not in cases:
        unknown(findings, "unknown-case", case.based_on, cases)
        return
    visited, at = [case.id], cases[case.based_on]
    while at.id not in visited:
        visited.append(at.id)
        following = cases.get(at.based_on or "")
        if following is None:
            return
        at = following
    if at.id == case.id and isinstance(case.based_on, Word):
        values = {"name": case.id, "path": " → ".join([*visited, case.id])}
        findings.add("case-based-on-itself", case.based_on.span, values)


def _outer(names: Directory) -> tuple[Item, ...]:
    return tuple(names.form.values())


def _answers(answers: Mapping[str, object], items: Sequence[Item], findings: Findings) -> None:
    known = {item.id: item for item in items if isinstance(item, Field | Group)}
    for key, value in answers.items():
        item = known.get(key)
        if item is None:
            computed = [one.id for one in items if isinstance(one, Computed)]
            code = "answer-to-computed" if key in computed else "unknown-field"
            unknown(findings, code, key, known)
        elif isinstance(item, Group):
            for row in value if isinstance(value, list) else ():
                if isinstance(row, Mapping):
                    _answers(row, item.items, findings)
        elif item.type.kind is Kind.ADDRESS and isinstance(value, Mapping):
            _named("unknown-field", value, ADDRESS_PARTS, findings)


def _expected(case: Case, names: Directory, findings: Findings) -> None:
    fields = {**dict.fromkeys(names.all_names()), **names.questions}
    documents, decisions = names.documents, names.decisions
    rules = [rule.id for one in decisions.values() for rule in one.rules]
    computed = [one.item.id for one in names.placed if isinstance(one.item, Computed)]
    for key, code, known in (
        ("outcome", "unknown-outcome", names.outcomes),
        ("reasons", "unknown-rule", rules),
        ("decisions", "unknown-decision", decisions),
        ("pages", "unknown-page", names.pages),
        ("visible", "unknown-field", fields),
        ("hidden", "unknown-field", fields),
        ("required", "unknown-field", fields),
        ("problems", "unknown-field", fields),
        ("warnings", "unknown-field", fields),
        ("no_warnings", "unknown-field", fields),
        ("documents", "unknown-document", documents),
        ("required_documents", "unknown-document", documents),
        ("computed", "unknown-field", computed),
    ):
        _named(code, _words(case.expect.get(key)), known, findings)


def _words(value: object) -> Iterable[object]:
    if isinstance(value, str):
        return (value,)
    return value if isinstance(value, Iterable) else ()


def _named(code: str, words: Iterable[object], known: Iterable[str], findings: Findings) -> None:
    names = frozenset(known)
    for word in words:
        if isinstance(word, Word) and _last(word) not in names and word not in names:
            unknown(findings, code, word, sorted(names))


def _last(path: str) -> str:
    """`kinder[0].vornamen` speaks of `vornamen`."""
    return _ROW.sub("", path).rpartition(".")[2]
