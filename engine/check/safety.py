"""Nothing an author writes can make the server slow or large (R25)."""

from engine.check.directory import Directory
from engine.diagnostics import Findings, Note
from engine.fields.patterns import PatternError, compile_pattern
from engine.model import Field, Procedure
from engine.model_parts import place_of

MAX_FIELDS = 2000
MAX_PAGES = 200
MAX_RULES = 2000
MAX_DOCUMENTS = 200
# What other engines of regular expressions know and RE2 does not, because it would not be linear.
_NOT_LINEAR = ("(?=", "(?!", "(?<=", "(?<!", "(?>", "(?(", "\\1", "\\2", "\\3", "\\k", "(?P=")


def check_size(procedure: Procedure, names: Directory, findings: Findings) -> None:
    """How many parts there are."""
    rules = sum(len(one.rules) for one in names.decisions.values())
    for what, count, limit in (
        ("pages", len(procedure.pages), MAX_PAGES),
        ("fields", len(names.placed), MAX_FIELDS),
        ("rules", rules, MAX_RULES),
        ("documents", len(procedure.documents), MAX_DOCUMENTS),
    ):
        if count > limit:
            values = {"key": what, "count": str(count), "limit": str(limit)}
            findings.add("too-many-parts", procedure.span, values)


def check_patterns(procedure: Procedure, names: Directory, findings: Findings) -> None:
    """Patterns of questions run in linear time, and accept their own example."""
    for one in names.placed:
        if isinstance(one.item, Field):
            _pattern(one.item, findings)
    for question in names.questions.values():
        _pattern(question, findings)


def _pattern(field: Field, findings: Findings) -> None:
    if field.pattern is None:
        return
    span = place_of(field.pattern, field.span)
    try:
        matcher = compile_pattern(field.pattern)
    except PatternError as error:
        code = "pattern-not-linear" if _is_not_linear(field.pattern) else "wrong-pattern"
        values = {"pattern": field.pattern[:80], "found": str(error)[:120]}
        findings.add(code, span, values)
        return
    if field.example is not None and matcher.fullmatch(field.example) is None:
        note = Note("example-does-not-match:pattern", span)
        place = place_of(field.example, field.span)
        values = {"example": field.example[:80]}
        findings.add("example-does-not-match", place, values, related=(note,))


def _is_not_linear(pattern: str) -> bool:
    return any(sign in pattern for sign in _NOT_LINEAR)
