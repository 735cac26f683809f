"""Patterns with back-references, as far as they are harmless: no repetition, no alternatives.

Such a pattern is a row of single characters, so every attempt takes as many steps as it is long.
Definitions may not use them at all; FEEL from elsewhere does.
"""

from collections.abc import Callable
from typing import NamedTuple

import re2

from engine.rules.runtime.pattern_text import NotReadable, PatternReader


class _Piece(NamedTuple):
    """One character (`accepts`), the end of a group (-1), its start (-2), or a reference."""

    accepts: Callable[[str], object] | None
    group: int


_END, _START = -1, -2


class BackReferences(PatternReader):
    """The pattern as a row of pieces."""

    def __init__(self, pattern: str, flags: str) -> None:
        super().__init__(pattern, "x" in flags, "s" in flags)
        self._ignores_case = "i" in flags
        if set(flags) - set("six"):
            raise NotReadable(flags)
        self.whole()
        self._row = self._pieces()

    def back_reference(self, digit: str) -> str:
        """Kept as it is written: no other piece begins like this."""
        return f"\\{digit}"

    def _pieces(self) -> list[_Piece]:
        row: list[_Piece] = []
        opened: list[int] = []
        closed: set[int] = set()
        groups = 0
        options = re2.Options()
        options.case_sensitive = not self._ignores_case
        for piece in self.pieces:
            if piece == "(?:":
                groups += 1
                opened.append(groups)
                row.append(_Piece(None, _START))
            elif piece == ")":
                closed.add(opened.pop())
                row.append(_Piece(None, _END))
            elif piece[0] == "\\" and piece[1].isdigit():
                if int(piece[1]) not in closed:
                    raise NotReadable(self.pattern)
                row.append(_Piece(None, int(piece[1])))
            elif piece[0] in "|^$*+?{":
                raise NotReadable(self.pattern)
            else:
                row.append(_Piece(re2.compile(piece, options).fullmatch, 0))
        return row

    def search(self, text: str) -> bool | None:
        """Whether the row occurs anywhere; None instead of False, as RE2 has it."""
        return any(self._fits(text, start) for start in range(len(text) + 1)) or None

    def finditer(self, text: str) -> list[object]:
        """Nothing is split at a back-reference."""
        raise NotReadable(self.pattern)

    def _fits(self, text: str, at: int) -> bool:
        opened: list[int] = []
        starts: list[int] = []
        groups: dict[int, str] = {}
        for accepts, group in self._row:
            if group == _START:
                starts.append(at)
                opened.append(len(starts))
            elif group == _END:
                number = opened.pop()
                groups[number] = text[starts[number - 1] : at]
            elif accepts is None:
                wanted = groups[group]
                found = text[at : at + len(wanted)]
                if self._folded(found) != self._folded(wanted):
                    return False
                at += len(wanted)
            elif at < len(text) and accepts(text[at]):
                at += 1
            else:
                return False
        return True

    def _folded(self, text: str) -> str:
        return text.casefold() if self._ignores_case else text
