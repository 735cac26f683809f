"""The content of an element against its datatype, and a code against its list."""

from collections.abc import Mapping
from decimal import Decimal

from engine.check.origins import Origin, Place
from engine.check.typing import Typing
from engine.diagnostics import Findings, Severity
from engine.fields.din91379 import first_fault
from engine.fields.numerals import places
from engine.fields.patterns import matches
from engine.kinds import Kind
from engine.message.shape import Codes, Content, Element
from engine.model import Field
from engine.model_outputs import MapCode, MapValue
from engine.rules.print import print_tree
from engine.rules.tree import Flag, Name, Node, Path
from engine.rules.types import (
    DATE,
    NUMBER,
    PARTIAL_DATE,
    TEXT,
    UNKNOWN,
    YES_NO,
    Choice,
    Type,
    family,
    plain,
)
from engine.source import Span

_NEEDED: dict[str, tuple[Type, ...]] = {
    "yes_no": (YES_NO,),
    "date": (DATE,),
    "time": (TEXT,),
    "integer": (NUMBER,),
    "decimal": (NUMBER,),
    "bytes": (TEXT,),
    "year": (NUMBER, TEXT),
    "year_month": (TEXT,),
    "text": (TEXT, NUMBER, YES_NO, DATE, PARTIAL_DATE),
}
_LINE_BREAKS = "\n"
_FEWEST, _LISTED = 5, 24
# Each datatype holds the ones named; "" is written with the letters of ASCII and German.
_HOLDS = {"A": ("", "A"), "B": ("", "A", "B"), "C": ("", "A", "B", "C"), "D": ("", "A", "B", "D")}


def check_content(
    element: Element, content: Content, node: MapValue, place: Place, typing: Typing
) -> None:
    """A rule as the content of an element."""
    typed = typing.typed.get(node.value)
    tree = node.value.tree
    if typed is None or tree is None:
        return
    one = _Value(element, content, node.value.span, place, typing.findings)
    if not one.is_of_type(plain(typed.type), tree):
        return
    if element.fixed is not None:
        one.check_fixed(tree, element.fixed)
    elif content.base == "text":
        one.check_text(tree)
    elif content.base in ("integer", "decimal"):
        one.check_number(tree)


class _Value:
    """One value in its element."""

    def __init__(
        self, element: Element, content: Content, span: Span, place: Place, findings: Findings
    ) -> None:
        self._element = element
        self._content = content
        self._span = span
        self._place = place
        self._findings = findings

    def _say(
        self, code: str, values: Mapping[str, str], severity: Severity = Severity.ERROR
    ) -> None:
        told = {**values, "name": self._element.name}
        self._findings.add(code, self._span, told, severity=severity)

    def is_of_type(self, kind: Type, tree: Node) -> bool:
        """Whether the type of the rule can be written there at all."""
        if kind == UNKNOWN:
            return False
        base = self._content.base
        is_source = {"bytes": "document.content", "time": "submission.time"}.get(base)
        wanted = TEXT if isinstance(kind, Choice) else kind
        if wanted in _NEEDED[base] and is_source in (None, print_tree(tree)):
            return True
        values = {"found": f"type:{family(kind)}", "needs": f"type:{base}"}
        self._say("element-other-type", values)
        return False

    def check_fixed(self, tree: Node, fixed: str) -> None:
        """The one value that the standard allows."""
        if isinstance(tree, Flag) and str(tree.value).lower() == fixed:
            return
        allowed = self._place.guard.facts.values.get(print_tree(tree))
        if allowed != frozenset({fixed == "true"}):
            self._say("element-fixed", {"value": fixed})

    # --- Texts ----------------------------------------------------------------------------------

    def check_text(self, tree: Node) -> None:
        """Letters, line breaks, length and pattern."""
        for origin in self._place.origins(tree):
            self._letters(origin)
            self._lines(origin)
        most, longest = self._content.max_length, self._place.longest(tree)
        if most is not None and longest is not None and longest > most:
            self._say("text-too-long", {"most": str(most), "longest": str(longest)})
        if self._content.pattern is not None:
            self._pattern(tree, self._content.pattern)

    def _letters(self, origin: Origin) -> None:
        needs = self._content.datatype
        if needs is None:
            return
        if origin.text is not None:
            fault = first_fault(origin.text, needs)
            if fault is not None:
                text = origin.text[fault.start : fault.start + fault.length]
                self._say("letters-do-not-fit", {"letters": text, "needs": needs})
        elif origin.letters not in _HOLDS[needs]:
            datatype = origin.letters
            values = {"datatype": datatype} if datatype else {}
            values |= {"field": origin.name, "needs": needs}
            self._say("text-in-other-letters", values)

    def _lines(self, origin: Origin) -> None:
        pattern = self._content.pattern
        has_lines = origin.field is not None and origin.field.type.kind is Kind.MULTILINE
        if has_lines and pattern is not None and not matches(pattern, _LINE_BREAKS):
            self._say("text-has-lines", {"field": origin.name})

    def _pattern(self, tree: Node, pattern: str) -> None:
        """Literal texts must match; of an answer without options only line breaks are known."""
        for origin in self._place.origins(tree):
            options = origin.options
            texts = [origin.text] if origin.text is not None else []
            texts += sorted(options.values) if options is not None else []
            for text in texts:
                if not matches(pattern, text):
                    self._say("text-does-not-match", {"text": text[:40], "pattern": pattern})
                    return
            if not texts and not _covers(pattern, origin):
                values = {"text": origin.name, "pattern": pattern}
                self._say("text-does-not-match", values, Severity.WARNING)

    # --- Numbers --------------------------------------------------------------------------------

    def check_number(self, tree: Node) -> None:
        """Of an answer that is written as it is: whole, and within the limits."""
        found = self._place.found(tree) if isinstance(tree, Name | Path) else None
        if not isinstance(found, Field) or found.type.kind is not Kind.NUMBER:
            return
        content = self._content
        decimals = 0 if content.base == "integer" else content.decimals
        limits: list[str] = []
        if decimals is not None and places(found) > decimals:
            limits.append(f"decimals: {decimals}")
        if content.minimum is not None and not _at_least(found.minimum, content.minimum):
            limits.append(f"min: {content.minimum}")
        if content.maximum is not None and not _at_most(found.maximum, content.maximum):
            limits.append(f"max: {content.maximum}")
        if limits:
            self._say("number-does-not-fit", {"field": found.id, "limit": ", ".join(limits)})


def _covers(pattern: str, origin: Origin) -> bool:
    """Whether every answer matches: the field has the same pattern, or only lines are excluded."""
    one = origin.field
    if one is not None and one.pattern == pattern:
        return True
    return (matches(pattern, "Ä") and matches(pattern, "1 a-Z.,/")) or not origin.name


def _at_least(low: object, limit: int) -> bool:
    return isinstance(low, Decimal) and low >= limit


def _at_most(high: object, limit: int) -> bool:
    return isinstance(high, Decimal) and high <= limit


def check_code(codes: Codes, name: str, node: MapCode, place: Place, findings: Findings) -> None:
    """A code, and the list it says it is from."""
    _check_list(codes, name, node, findings)
    if codes.codes is None:
        return
    wrong: dict[Span, list[str]] = {}
    for code, span in _coded(node, place):
        if code not in codes.codes and code not in wrong.setdefault(span, []):
            wrong[span].append(code)
    for span, found in wrong.items():
        if found:
            listed = ", ".join(codes.codes[:_LISTED]) + (" …" if codes.codes[_LISTED:] else "")
            values = {"code": ", ".join(found[:_FEWEST]), "name": name, "list": codes.uri}
            values |= {"allowed": listed}
            values |= {"all": ", ".join(found)} if len(found) > _FEWEST else {}
            findings.add("code-not-in-list", span, values)


def _coded(node: MapCode, place: Place) -> list[tuple[str, Span]]:
    """Every code that may be written, with its place in the file."""
    if node.value is None:
        return [(node.code or "", node.span)]
    tree = node.value.tree
    found: list[tuple[str, Span]] = []
    for origin in () if tree is None else place.origins(tree):
        options = origin.options
        values = [] if options is None else [one.value for one in options.options]
        if origin.text is not None:
            values = [origin.text]
        for value in values:
            if origin.text is not None or place.guard.allows(origin.name, value):
                found.append((node.table.get(value, value), node.value.span))
    keys = {value: getattr(value, "span", node.span) for value in node.table}
    return [(node.table[value], span) for value, span in keys.items()] or found


def _check_list(codes: Codes, name: str, node: MapCode, findings: Findings) -> None:
    """`$list` and `$version` say what the standard says, or fill in what it leaves open."""
    uri, version = node.list_uri, node.list_version
    if uri is not None and ":" in uri and uri != codes.uri:
        values = {"name": name, "found": uri, "needs": codes.uri}
        findings.add("other-code-list", node.span, values)
    elif version is not None and not codes.is_open and version != codes.version:
        values = {"name": name, "found": version, "needs": str(codes.version)}
        findings.add("other-code-list", node.span, values)
