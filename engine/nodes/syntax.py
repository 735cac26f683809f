"""The parser's complaints, turned into mistakes that authors know."""

import re
from collections.abc import Callable

import yaml

from engine.diagnostics import Diagnostic, Fix, Note
from engine.nodes.bounds import MAX_DEPTH
from engine.source import Position, Source, Span

# `    - label: text …` up to where the value begins.
_KEY = re.compile(r"^(?P<lead>\s*(?:-\s+)*)(?P<key>[^\s:#'\"{\[][^:#]*):\s+(?=\S)")
_OPEN_QUOTE = re.compile(r"^\s*(?:-\s+)*[^\s:#'\"{\[][^:#]*:\s+(?P<quote>['\"])(?P<rest>.*)$")
_IN_BRACKETS = re.compile(r"[{,]\s*(?P<key>[\w$]+):\s+$")
_FAR = 200  # lines
_COMMENT = re.compile(r"\s+#.*$")


class _Mistake:
    """Where the parser stopped, seen as a line of text."""

    def __init__(self, source: Source, error: yaml.MarkedYAMLError) -> None:
        self.source = source
        self.lines = source.text.split("\n")
        mark = error.problem_mark or error.context_mark
        self.row, self.column = self._inside(mark)
        self.begun_row, self.begun_column = self._inside(error.context_mark or mark)

    def _inside(self, mark: "yaml.Mark | None") -> tuple[int, int]:
        """A mark inside the text: the parser names the line after the last one, too."""
        if mark is None:
            return 0, 0
        row = min(mark.line, len(self.lines) - 1)
        return row, min(mark.column, len(self.line_at(row))) if row == mark.line else 0

    def line_at(self, row: int) -> str:
        """A line without its line break."""
        return self.lines[row].rstrip("\r")

    @property
    def line(self) -> str:
        """The line where the parser stopped."""
        return self.line_at(self.row)

    def span(self, row: int, start: int, end: int) -> Span:
        """Characters of a line, counted from 0."""
        return Span(
            self.source.name, Position(row + 1, start + 1), Position(row + 1, max(end, start) + 1)
        )

    def at(self) -> Span:
        """The character where the parser stopped."""
        return self.span(self.row, self.column, min(self.column + 1, len(self.line)))

    def begun(self) -> Span:
        """The character where the unfinished thing begins."""
        return self.span(self.begun_row, self.begun_column, self.begun_column + 1)


def complaint(source: Source, error: yaml.MarkedYAMLError) -> Diagnostic:
    """What the author did, if it is one of the known mistakes."""
    mistake = _Mistake(source, error)
    said = f"{error.context or ''} {error.problem or ''}"
    runaway = _runaway_quote(mistake)
    if runaway is not None:
        return runaway
    for words, explain in _KNOWN:
        if words in said:
            found = explain(mistake)
            if found is not None:
                return found
    return Diagnostic("unreadable-yaml", mistake.at())


def quote(text: str) -> str:
    """The text in quotes, the way it needs the fewest escapes."""
    if '"' not in text and "\\" not in text:
        return f'"{text}"'
    return "'" + text.replace("'", "''") + "'"


def _value_of(mistake: _Mistake, row: int) -> tuple[str, Span] | None:
    """The unquoted value of a `key: value` line, and its place."""
    line = mistake.line_at(row)
    match = _KEY.match(line)
    if match is None:
        return None
    value = _COMMENT.sub("", line[match.end() :]).rstrip()
    return value, mistake.span(row, match.end(), match.end() + len(value))


def _in_quotes(code: str, mistake: _Mistake, at: Span) -> Diagnostic | None:
    found = _value_of(mistake, at.start.line - 1)
    if found is None:
        return None
    value, span = found
    key = _KEY.match(mistake.line_at(at.start.line - 1))
    values = {"key": key["key"] if key else "", "text": value, "quoted": quote(value)}
    return Diagnostic(code, at, values, fix=Fix(span, quote(value)))


def _colon(mistake: _Mistake) -> Diagnostic | None:
    match = _KEY.match(mistake.line)
    if match is not None and mistake.column >= match.end():
        return _in_quotes("colon-in-unquoted-text", mistake, mistake.at())
    return _indentation(mistake)


def _indentation(mistake: _Mistake) -> Diagnostic | None:
    """A line that begins in a column where nothing began before."""
    line = mistake.line
    width = len(line) - len(line.lstrip(" "))
    above = mistake.row - 1
    while above >= 0 and not mistake.line_at(above).strip():
        above -= 1
    end = max(len(_COMMENT.sub("", line).rstrip()), width)
    related: tuple[Note, ...] = ()
    if above >= 0:
        before = mistake.line_at(above)
        start = len(before) - len(before.lstrip(" "))
        span = mistake.span(above, start, len(_COMMENT.sub("", before).rstrip()))
        related = (Note("wrong-indentation:before", span),)
    values = {"width": str(width)}
    return Diagnostic("wrong-indentation", mistake.span(mistake.row, width, end), values, related)


def _no_key(mistake: _Mistake) -> Diagnostic | None:
    """Behind a finished value something stands that belongs to nothing."""
    match = _KEY.match(mistake.line)
    if match is None or mistake.column < match.end():
        return _indentation(mistake)
    begin = mistake.line[match.end()]
    at = mistake.span(mistake.row, mistake.column, len(mistake.line.rstrip()))
    if begin in "\"'":
        return _in_quotes("text-after-quote", mistake, at)
    if begin in "[{":
        return _in_quotes("text-after-bracket", mistake, at)
    return None


def _no_colon(mistake: _Mistake) -> Diagnostic | None:
    line = mistake.line_at(mistake.begun_row)
    start = mistake.begun_column
    line = _COMMENT.sub("", line).rstrip()
    span = mistake.span(mistake.begun_row, start, len(line))
    return Diagnostic("missing-colon", span, {"text": line[start:].strip()})


def _unclosed_quote(mistake: _Mistake) -> Diagnostic | None:
    line = mistake.line_at(mistake.begun_row)
    quote_sign = line[mistake.begun_column : mistake.begun_column + 1]
    return Diagnostic("unclosed-quote", mistake.begun(), {"quote": quote_sign})


def _runaway_quote(mistake: _Mistake) -> Diagnostic | None:
    """A quote left open some lines above: for the parser it closes at the next one, here."""
    for row in range(mistake.row - 1, max(mistake.row - _FAR, -1), -1):
        match = _OPEN_QUOTE.match(mistake.line_at(row))
        if match is None or _closes(match["rest"], match["quote"]):
            continue
        between = [mistake.line_at(one) for one in range(row + 1, mistake.row)]
        if any(match["quote"] in line for line in between):
            return None
        if match["quote"] not in mistake.line[: mistake.column]:
            return None
        start = match.start("quote")
        values = {"quote": match["quote"]}
        return Diagnostic("unclosed-quote", mistake.span(row, start, start + 1), values)
    return None


def _closes(rest: str, quote_sign: str) -> bool:
    escaped = "''" if quote_sign == "'" else '\\"'
    return quote_sign in rest.replace(escaped, "")


def _bracket(mistake: _Mistake) -> Diagnostic | None:
    """A comma list whose bracket stays open, or a text in it that should be in quotes."""
    line = mistake.line_at(mistake.begun_row)
    bracket = line[mistake.begun_column : mistake.begun_column + 1]
    same_line = mistake.row == mistake.begun_row
    if same_line and mistake.line[mistake.column : mistake.column + 1] == ":":
        return Diagnostic("colon-in-unquoted-text", mistake.at(), {"text": ""})
    values = {"open": bracket, "close": {"[": "]", "{": "}"}.get(bracket, "")}
    note = Note("unclosed-bracket:stopped", mistake.at())
    return Diagnostic("unclosed-bracket", mistake.begun(), values, (note,))


def _special_first(mistake: _Mistake) -> Diagnostic | None:
    row, column = mistake.begun_row, mistake.begun_column
    line = mistake.line_at(row)
    at = mistake.span(row, column, column + 1)
    character = {"character": line[column : column + 1]}
    whole = _KEY.match(line)
    if whole is not None and whole.end() == column:
        found = _in_quotes("special-character-first", mistake, at)
        if found is not None:
            return Diagnostic(found.code, at, {**found.values, **character}, fix=found.fix)
    inner = _IN_BRACKETS.search(line, 0, column)
    if inner is None:
        return Diagnostic("special-character-first", at, character)
    text = re.split(r"[,}\]]", line[column:])[0].rstrip()
    values = {"key": inner["key"], "text": text, "quoted": quote(text), **character}
    fix = Fix(mistake.span(row, column, column + len(text)), quote(text)) if text else None
    return Diagnostic("special-character-first", at, values, fix=fix)


def _list_in_line(mistake: _Mistake) -> Diagnostic | None:
    if mistake.line.strip().startswith("- "):
        return _indentation(mistake)
    return _special_first(mistake)


def _escape(mistake: _Mistake) -> Diagnostic | None:
    line = mistake.line
    start = max(line.rfind("\\", 0, mistake.column + 1), 0)
    span = mistake.span(mistake.row, start, start + 2)
    return Diagnostic("unknown-escape", span, {"escape": line[start : start + 2]})


def _tag(mistake: _Mistake) -> Diagnostic | None:
    return Diagnostic("yaml-tag", mistake.begun())


def _documents(mistake: _Mistake) -> Diagnostic | None:
    return Diagnostic("several-documents", mistake.at())


def _depth(mistake: _Mistake) -> Diagnostic | None:
    return Diagnostic("nested-too-deeply", mistake.at(), {"limit": str(MAX_DEPTH)})


def _directive(mistake: _Mistake) -> Diagnostic | None:
    return Diagnostic("yaml-directive", mistake.begun())


# Words of libyaml first, those of PyYAML's own parser behind them.
_KNOWN: tuple[tuple[str, Callable[[_Mistake], Diagnostic | None]], ...] = (
    ("maximum", _depth),
    ("mapping values are not allowed", _colon),
    ("scanning a simple key", _no_colon),
    ("scanning a quoted scalar", _unclosed_quote),
    ("unknown escape character", _escape),
    ("parsing a quoted scalar", _escape),
    ("scanning a double-quoted scalar", _escape),
    ("parsing a flow", _bracket),
    ("cannot start any token", _special_first),
    ("scanning an alias", _special_first),
    ("scanning an anchor", _special_first),
    ("scanning a block scalar", _special_first),
    ("parsing a block node", _special_first),
    ("sequence entries are not allowed", _list_in_line),
    ("mapping keys are not allowed", _list_in_line),
    ("tag", _tag),
    ("directive", _directive),
    ("<document start>", _documents),
    ("parsing a block", _no_key),
)
