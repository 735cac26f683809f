"""What every part of the loader shares: the findings, the lists, and the reading of scalars."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal, InvalidOperation
from functools import partial
from typing import TypeAlias

from engine.diagnostics import Diagnostic, Findings, Fix, Note
from engine.load.law_values import LawValues
from engine.load.spelling import spelled
from engine.load.template import read_template
from engine.model import CodeList, Duration, Expression, Template, Text
from engine.model_parts import Word
from engine.nodes import Mapping as MappingNode
from engine.nodes import Node, Scalar, head, place
from engine.nodes import Sequence as NodeSequence
from engine.rules.faults import Locate
from engine.rules.parse import parse, parse_cell
from engine.rules.tree import Tree
from engine.rules.words import KEYWORDS
from engine.suggest import nearest

SNAKE = re.compile(r"[a-z][a-z0-9_]{0,63}")
LABEL = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]{0,63}")
# Names that rules already use for something else.
RESERVED = KEYWORDS | {
    "setting", "stichtag", "submission", "authority", "document", "item", "partial", "not",
}  # fmt: skip
_NUMBER = re.compile(r"-?[0-9]{1,18}(\.[0-9]{1,9})?")
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
# All rules of a file together: reading and compiling them takes about a second then (R22).
MAX_RULE_CHARACTERS = 100_000
_DURATION = re.compile(r"P(?:([0-9]{1,4})Y)?(?:([0-9]{1,5})M)?|P([0-9]{1,6})D")

_Reader: TypeAlias = Callable[[str, Locate], tuple[Tree | None, list[Diagnostic]]]


@dataclass(slots=True)
class Loading:
    """One run of the loader over one file."""

    findings: Findings
    shared: Mapping[str, CodeList] = field(default_factory=dict)
    lists: dict[str, CodeList] = field(default_factory=dict)  # the procedure's own
    used: set[str] = field(default_factory=set)  # shared lists the procedure refers to
    rule_characters: int = 0
    law: LawValues = LawValues({}, has_district=False)  # noqa: RUF009 - immutable

    def wrong_shape(self, node: Node, expected: str) -> None:
        """Something else stands here than belongs here."""
        if isinstance(node, MappingNode) and node.is_broken:
            return
        values = {"expected": f"shape:{expected}", "found": f"shape:{_shape(node)}"}
        self.findings.add("wrong-shape", head(node), values)

    def scalar(self, node: Node) -> Scalar | None:
        """The node as a single value."""
        if isinstance(node, Scalar):
            return node
        self.wrong_shape(node, "text")
        return None

    def words(self, node: Node) -> Iterator[Word]:
        """The node as a list of words; one without brackets is a list of one."""
        nodes = node.items if isinstance(node, NodeSequence) else (node,)
        for one in nodes:
            found = self.scalar(one)
            if found is not None:
                yield Word(found.text.strip(), found.span)

    def text(self, scalar: Scalar, path: str) -> Text:
        """A sentence of the author."""
        return Text(path, scalar.text.strip(), scalar.span)

    def rule(self, scalar: Scalar) -> Expression:
        """A rule; one that cannot be read has no tree and says nothing more."""
        return self._read(scalar, parse)

    def cell(self, scalar: Scalar) -> Expression:
        """A cell of a decision table."""
        return self._read(scalar, parse_cell)

    def _read(self, scalar: Scalar, reader: _Reader) -> Expression:
        locate = partial(place, scalar)
        before = self.rule_characters
        self.rule_characters += len(scalar.text)
        if self.rule_characters > MAX_RULE_CHARACTERS:
            if before <= MAX_RULE_CHARACTERS:
                limit = {"limit": str(MAX_RULE_CHARACTERS)}
                self.findings.add("too-many-rules", scalar.span, limit)
            return Expression(scalar.text, scalar.span, None, locate)
        tree, found = reader(scalar.text, locate)
        self.findings.extend(found)
        if tree is not None:
            tree = self._written_out(tree, locate)
        return Expression(scalar.text, scalar.span, tree, locate)

    def _written_out(self, tree: Tree, locate: Locate) -> Tree | None:
        """What rules may ask of the head, put in; None if they ask for what is not there."""
        wrong: list[Tree] = []
        whole = self.law.written_out(tree, wrong.append)
        for one in wrong:
            values = {"names": ", ".join(self.law.settings) or "–"}
            self.findings.add("value-on-needs-setting", locate(one.start, one.end), values)
        return None if wrong else whole

    def template(self, scalar: Scalar) -> Template:
        """A text with `{name}` places."""
        return read_template(scalar, self.findings)

    def name(self, scalar: Scalar) -> Word:
        """A snake_case name of the author's own."""
        word = Word(scalar.text.strip(), scalar.span)
        if not SNAKE.fullmatch(word):
            better = spelled(word)
            fix = Fix(scalar.span, better) if SNAKE.fullmatch(better) else None
            values = {"name": word[:80], "better": better}
            self.findings.add("wrong-name-spelling", scalar.span, values, fix=fix)
            # Paths are made of names, dots and brackets, so none of those may be in a name.
            return Word(re.sub(r"[.\[\]]", "_", word), scalar.span)
        if word in RESERVED:
            self.findings.add("reserved-name", scalar.span, {"name": word})
        return word

    def label(self, scalar: Scalar) -> Word:
        """The name of an outcome, a rule, a case, or a value of a list."""
        word = Word(scalar.text.strip(), scalar.span)
        if not LABEL.fullmatch(word):
            self.findings.add("wrong-value-spelling", scalar.span, {"name": word[:80]})
        return word

    def one_of(self, scalar: Scalar, words: Sequence[str], default: str) -> str:
        """One of a closed set of words."""
        text = scalar.text.strip()
        if text in words:
            return text
        self.unknown_word("unknown-word", scalar, words)
        return default

    def unknown_word(self, code: str, scalar: Scalar, words: Sequence[str]) -> None:
        """A word that is none of those allowed here, and the one probably meant."""
        text = scalar.text.strip()
        found = () if self.findings.are_full else nearest(text, words, 1)
        more = {"nearest": found[0]} if found else {"allowed": ", ".join(words)}
        values = {"name": text[:80], **more}
        fix = Fix(scalar.span, found[0]) if found else None
        self.findings.add(code, scalar.span, values, fix=fix)

    def number(self, scalar: Scalar) -> Decimal | None:
        """A number with a point, as everywhere in the file."""
        text = scalar.text.strip()
        try:
            if _NUMBER.fullmatch(text):
                return Decimal(text)
        except InvalidOperation:  # pragma: no cover  (the pattern is narrower than Decimal)
            pass
        comma = text.replace(".", "").replace(",", ".")
        fix = Fix(scalar.span, comma) if _NUMBER.fullmatch(comma) and "," in text else None
        self.findings.add("wrong-number", scalar.span, {"text": text[:80]}, fix=fix)
        return None

    def integer(self, scalar: Scalar, low: int, high: int) -> int | None:
        """A whole number between two bounds."""
        text = scalar.text.strip()
        if text.isascii() and text.isdigit() and len(text) < 8 and low <= int(text) <= high:
            return int(text)
        values = {"text": text[:80], "low": str(low), "high": str(high)}
        self.findings.add("wrong-whole-number", scalar.span, values)
        return None

    def day(self, scalar: Scalar) -> date | None:
        """A date in ISO form."""
        text = scalar.text.strip()
        found = iso_date(text)
        if found is None:
            turned = re.fullmatch(r"([0-9]{1,2})\.([0-9]{1,2})\.([0-9]{4})", text)
            better = f"{turned[3]}-{turned[2]:0>2}-{turned[1]:0>2}" if turned else ""
            fix = Fix(scalar.span, better) if iso_date(better) else None
            self.findings.add("wrong-date", scalar.span, {"text": text[:80]}, fix=fix)
        return found

    def duration(self, scalar: Scalar) -> Duration | None:
        """Years and months, or days."""
        found = iso_duration(scalar.text.strip())
        if found is None:
            values = {"text": scalar.text.strip()[:80]}
            self.findings.add("wrong-duration", scalar.span, values)
        return found

    def declare(self, known: dict[str, Word], word: Word) -> bool:
        """Take a name into its namespace; say so if it is taken."""
        first = known.setdefault(word, word)
        if first is word:
            return True
        note = Note("duplicate-name:first", first.span, {"name": word})
        self.findings.add("duplicate-name", word.span, {"name": word}, related=(note,))
        return False

    def list_named(self, scalar: Scalar) -> CodeList | None:
        """A list of the procedure, or a shared one."""
        name = scalar.text.strip()
        if name in self.lists:
            return self.lists[name]
        if name in self.shared:
            self.used.add(name)
            return self.shared[name]
        self.unknown_word("unknown-list", scalar, (*self.lists, *self.shared))
        return None


def iso_date(text: str) -> date | None:
    """A day between 1900 and 2199 as `2026-11-30`."""
    if not _DATE.fullmatch(text):
        return None
    try:
        found = date.fromisoformat(text)
    except ValueError:
        return None
    return found if 1900 <= found.year <= 2199 else None


def iso_duration(text: str) -> Duration | None:
    """`P5Y`, `P3M`, `P1Y6M` or `P30D`."""
    match = _DURATION.fullmatch(text)
    if match is None or text == "P":
        return None
    years, months, days = (int(part or 0) for part in match.groups())
    return Duration(years * 12 + months, days)


def _shape(node: Node) -> str:
    if isinstance(node, Scalar):
        return "text"
    return "list" if isinstance(node, NodeSequence) else "mapping"
