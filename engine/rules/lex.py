"""The text of a rule, cut into pieces that know their place."""

import re
from dataclasses import dataclass
from enum import Enum, auto

from engine.rules.faults import Fault


class Kind(Enum):
    """What a piece is."""

    NUMBER = auto()
    TEXT = auto()
    WORD = auto()
    SIGN = auto()
    END = auto()


@dataclass(frozen=True, slots=True)
class Token:
    """One piece; `text` is as written, `value` of a text has its escapes resolved."""

    kind: Kind
    text: str
    start: int
    end: int
    value: str = ""


# FEEL's own list of letters, which is wider than Python's identifiers and narrower than \w.
_FIRST = (
    "A-Z_a-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u02ff\u0370-\u037d\u037f-\u1fff\u200c-\u200d"
    "\u2070-\u218f\u2c00-\u2fef\u3001-\ud7ff\uf900-\ufdcf\ufdf0-\ufefe\uff00-\ufffd"
    "\U00010000-\U000effff"
)
_PIECE = re.compile(
    rf"""
    (?P<space>[\s\u0085\u00a0\u180e\u200b\ufeff]+ | //[^\n]* | /\*.*?\*/)
  | (?P<number>(?:[0-9]+(?:\.[0-9]+)?|\.[0-9]+)(?:[eE][+-]?[0-9]+(?![{_FIRST}]))?)
  | (?P<text>"(?:[^"\\]|\\.)*")
  | (?P<word>[{_FIRST}][{_FIRST}0-9\u00b7\u0300-\u036f\u203f-\u2040]*)
  | (?P<sign>\*\*|\.\.|<=|>=|!=|->|[-+*/<>=()\[\]{{}},:.@?])
    """,
    re.VERBOSE | re.DOTALL,
)
_KINDS = {"number": Kind.NUMBER, "text": Kind.TEXT, "word": Kind.WORD, "sign": Kind.SIGN}

# Signs of other languages, and how rules say it.
_FOREIGN = {"==": "=", "&&": "and", "||": "or", "<>": "!=", "!==": "!=", "===": "="}
_QUOTES = "'‘’‚‛“”„‟«»‹›`´"

_ESCAPE = re.compile(r"\\(?:u([0-9a-fA-F]{4})|U([0-9a-fA-F]{6})|(.))", re.DOTALL)
_SIMPLE = {"n": "\n", "r": "\r", "t": "\t", '"': '"', "'": "'", "\\": "\\"}


def cut(text: str) -> list[Token]:
    """All pieces, ended by one of kind END; raises `Fault` at the first unreadable character."""
    tokens: list[Token] = []
    place = 0
    while place < len(text):
        found = _PIECE.match(text, place)
        if found is None:
            raise _unreadable(text, place)
        place = found.end()
        group = found.lastgroup or "space"
        if group == "space":
            continue
        written = found.group()
        if written in ("<", "=", "!=") and text[place - len(written) :][:3].startswith(
            tuple(_FOREIGN)
        ):
            raise _unreadable(text, found.start())
        value = _unescape(written[1:-1]) if group == "text" else ""
        tokens.append(Token(_KINDS[group], written, found.start(), place, value))
    tokens.append(Token(Kind.END, "", place, place))
    return tokens


def _unescape(inner: str) -> str:
    """Escapes as FEEL reads them; an unknown one keeps its backslash (patterns need it)."""

    def one(found: re.Match[str]) -> str:
        short, long, plain = found.groups()
        if plain is not None:
            return _SIMPLE.get(plain, "\\" + plain)
        code = int(short or long, 16)
        return chr(code) if code < 0x110000 else found.group()

    resolved = _ESCAPE.sub(one, inner)
    # Two \uXXXX that form a surrogate pair are one character.
    return resolved.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def _unreadable(text: str, place: int) -> Fault:
    for length in (3, 2):
        sign = text[place : place + length]
        if sign in _FOREIGN:
            return Fault(
                "foreign-operator",
                place,
                place + length,
                {"found": sign, "instead": _FOREIGN[sign]},
                fix=_FOREIGN[sign],
            )
    character = text[place]
    if character == '"':
        return Fault("quotes-not-closed", place, len(text), {})
    if character in _QUOTES:
        return _quoted(text, place)
    if character == "!":
        return Fault("foreign-operator", place, place + 1, {"found": "!", "instead": "not(…)"})
    return Fault("rule-syntax", place, place + 1, {"found": character})


def _quoted(text: str, place: int) -> Fault:
    """A text in other quotes: shown whole, if it is closed."""
    for end in range(place + 1, len(text)):
        if text[end] in _QUOTES:
            inner = text[place + 1 : end]
            clean = inner if not set(inner) & {'"', "\\"} else None
            return Fault(
                "wrong-quotes",
                place,
                end + 1,
                {"found": text[place : end + 1]},
                fix=f'"{clean}"' if clean is not None else None,
            )
    return Fault("wrong-quotes", place, place + 1, {"found": text[place]})
