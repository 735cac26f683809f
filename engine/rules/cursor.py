"""A place in the pieces of a rule, and the limits of reading."""

from collections.abc import Iterator
from contextlib import contextmanager

from engine.rules.faults import Fault
from engine.rules.lex import Kind, Token, cut
from engine.rules.words import KEYWORDS, Phrases

MAX_CHARACTERS = 4_000
MAX_NODES = 2_000
MAX_NESTING = 64
# Each level of nesting costs up to three calls and one more bracket in the generated code.


class Cursor:
    """Reads pieces one after the other; every refusal is a `Fault` at the wrong characters."""

    def __init__(self, text: str) -> None:
        if len(text) > MAX_CHARACTERS:
            raise too_long(0, len(text), "characters", MAX_CHARACTERS)
        self.tokens = cut(text)
        self.at = 0
        self._depth = 0
        if len(self.tokens) > 2 * MAX_NODES:
            raise too_long(0, len(text), "nodes", MAX_NODES)

    @property
    def here(self) -> Token:
        """The piece at hand."""
        return self.tokens[self.at]

    def ahead(self, distance: int = 1) -> Token:
        """A later piece; the end if there is none."""
        return self.tokens[min(self.at + distance, len(self.tokens) - 1)]

    @property
    def last_end(self) -> int:
        """Where the piece before this one ended."""
        return self.tokens[self.at - 1].end if self.at else 0

    def take(self) -> Token:
        """The piece at hand; goes on to the next."""
        token = self.here
        if token.kind is not Kind.END:
            self.at += 1
        return token

    def is_sign(self, *signs: str) -> bool:
        """Whether one of these signs stands here."""
        return self.here.kind is Kind.SIGN and self.here.text in signs

    def is_word(self, *words: str) -> bool:
        """Whether one of these words stands here."""
        return self.here.kind is Kind.WORD and self.here.text in words

    def expect(self, wanted: str) -> Token:
        """The sign or word that must stand here."""
        if self.here.text != wanted or self.here.kind not in (Kind.SIGN, Kind.WORD):
            raise self.unexpected(wanted)
        return self.take()

    def expect_end(self) -> None:
        """Nothing may follow."""
        if self.here.kind is not Kind.END:
            raise self.unexpected("")

    def unexpected(self, wanted: str) -> Fault:
        """The piece at hand does not belong here; `wanted` is what would, if there is one thing."""
        token = self.here
        values = {"wanted": wanted} if wanted else {}
        if token.kind is Kind.END:
            return Fault("rule-unfinished", max(self.last_end - 1, 0), self.last_end, values)
        return Fault("rule-syntax", token.start, token.end, values | {"found": token.text})

    @contextmanager
    def nested(self) -> Iterator[None]:
        """One level deeper; hostile text ends here instead of at Python's own limit."""
        self._depth += 1
        if self._depth > MAX_NESTING:
            token = self.here
            raise too_long(token.start, max(token.end, token.start), "nesting", MAX_NESTING)
        try:
            yield
        finally:
            self._depth -= 1

    def phrase(self, phrases: Phrases) -> tuple[str, int] | None:
        """The longest name known to `phrases` that begins here, and its number of pieces."""
        return phrases.longest(token.text for token in self.tokens[self.at :])

    def words_ahead(self) -> int:
        """How many words that are not keywords stand here in a row."""
        count = 0
        while True:
            token = self.ahead(count)
            if token.kind is not Kind.WORD or token.text in KEYWORDS:
                return count
            count += 1


def too_long(start: int, end: int, what: str, limit: int) -> Fault:
    """A rule beyond its budget (R23)."""
    return Fault("rule-too-long", start, end, {"what": f"type:{what}", "limit": str(limit)})
