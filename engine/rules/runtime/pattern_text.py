"""XPath's regular expressions, written for RE2; what RE2 cannot do is not readable."""

from engine.rules.runtime.characters import (
    BLOCKS,
    CATEGORIES,
    ESCAPES,
    LITERAL_ESCAPES,
    NAME_CHARACTERS,
    NAME_START,
    inside,
    subtracted,
)

MAX_PATTERN = 1_000
_SPACE = "\t\n\r "


class NotReadable(ValueError):
    """It is no pattern, or one that cannot run in linear time (back-references)."""


def translate(pattern: str, flags: str) -> str:
    """The same pattern for RE2."""
    if set(flags) - set("smixq") or len(pattern) > MAX_PATTERN:
        raise NotReadable(flags)
    options = ("i" if "i" in flags else "") + ("m" if "m" in flags else "")
    prefix = f"(?{options})" if options else ""
    if "q" in flags:
        return prefix + "".join(inside(character) for character in pattern)
    return prefix + PatternReader(pattern, "x" in flags, "s" in flags).whole()


class PatternReader:
    """Reads a pattern from left to right; groups are counted, not nested calls."""

    pieces: list[str]

    def __init__(self, pattern: str, skips_space: bool, dot_takes_all: bool) -> None:
        self.pattern = pattern
        self.skips_space = skips_space
        self.dot = r"(?s:.)" if dot_takes_all else r"[^\n\r]"
        self.at = 0

    def whole(self) -> str:
        """The whole pattern."""
        written = self.pieces = []
        depth = 0
        repeatable = False
        while (character := self._next()) is not None:
            if character in "*+?{":
                if not repeatable:
                    raise NotReadable(self.pattern)
                written.append(self._quantifier(character))
                repeatable = False
                continue
            repeatable = character not in "(|^$"
            if character == "(":
                depth += 1
                written.append(self._group())
            elif character == ")":
                depth -= 1
                written.append(")")
            else:
                written.append(self._single(character))
            if depth < 0 or depth > 50:
                raise NotReadable(self.pattern)
        if depth:
            raise NotReadable(self.pattern)
        return "".join(written)

    def _next(self) -> str | None:
        while self.at < len(self.pattern):
            character = self.pattern[self.at]
            self.at += 1
            if not (self.skips_space and character in _SPACE):
                return character
        return None

    def _peek(self) -> str:
        place = self.at
        while self.skips_space and self.pattern[place : place + 1] in tuple(_SPACE):
            place += 1
        return self.pattern[place : place + 1]

    def _single(self, character: str) -> str:
        if character == ".":
            return self.dot
        if character == "\\":
            following = self._next()
            if following is not None and following in "123456789":
                return self.back_reference(following)
            return f"[{self._escape(following)}]"
        if character == "[":
            return self._class()
        if character in "|^$":
            return character
        if character in "]}":
            raise NotReadable(self.pattern)
        return inside(character)

    def back_reference(self, digit: str) -> str:
        """What a group matched, once more: nothing that runs in linear time can say it."""
        raise NotReadable(self.pattern)

    def _group(self) -> str:
        if self._peek() != "?":
            return "(?:"
        self._next()
        if self._next() != ":":
            raise NotReadable(self.pattern)
        return "(?:"

    def _quantifier(self, character: str) -> str:
        written = character
        if character == "{":
            digits = ""
            while (following := self._next()) != "}":
                if following is None or following not in "0123456789,":
                    raise NotReadable(self.pattern)
                digits += following
            least, comma, most = digits.partition(",")
            if not least or (most and int(most) < int(least)) or len(digits) > 9:
                raise NotReadable(self.pattern)
            written = f"{{{least}{comma}{most}}}"
        if self._peek() == "?":
            self._next()
            written += "?"
        return written

    def _escape(self, character: str | None) -> str:
        """What stands after a backslash, as it is written inside a class."""
        if character is None:
            raise NotReadable(self.pattern)
        if character in LITERAL_ESCAPES:
            return inside(LITERAL_ESCAPES[character])
        if character in ESCAPES:
            return ESCAPES[character]
        if character in "pP":
            return self._property(character == "P")
        if character in "ic":
            return NAME_START if character == "i" else NAME_CHARACTERS
        raise NotReadable(self.pattern)

    def _property(self, negated: bool) -> str:
        if self._next() != "{":
            raise NotReadable(self.pattern)
        name = ""
        while (character := self._next()) != "}":
            if character is None or len(name) > 40:
                raise NotReadable(self.pattern)
            name += character
        if name in CATEGORIES:
            return rf"\{'P' if negated else 'p'}{{{name}}}"
        block = BLOCKS.get(name)
        if block is None or not name.startswith("Is"):
            raise NotReadable(self.pattern)
        first, last = block
        if not negated:
            return f"{inside(chr(first))}-{inside(chr(last))}"
        low = f"{inside(chr(0))}-{inside(chr(first - 1))}" if first else ""
        return f"{low}{inside(chr(last + 1))}-{inside(chr(0x10FFFF))}"

    def _class(self) -> str:
        """`[…]`, with ranges and subtraction; spaces count here even where they are skipped."""
        outer_skips, self.skips_space = self.skips_space, False
        negated = self._peek() == "^"
        if negated:
            self.at += 1
        parts: list[str] = []
        minus = ""
        while (character := self._next()) != "]":
            if character is None:
                raise NotReadable(self.pattern)
            if character == "-" and self._peek() == "[":
                self.at += 1
                minus = self._class()
                if self._next() != "]":
                    raise NotReadable(self.pattern)
                break
            parts.append(self._class_part(character))
        self.skips_space = outer_skips
        if not parts:
            raise NotReadable(self.pattern)
        found = f"[{'^' if negated else ''}{''.join(parts)}]"
        if not minus:
            return found
        result = subtracted(found, minus)
        if result is None:
            raise NotReadable(self.pattern)
        return result

    def _class_part(self, character: str) -> str:
        first = self._class_character(character)
        if self._peek() != "-" or self.pattern[self.at + 1 : self.at + 2] in ("]", "[", ""):
            return first
        self.at += 1
        following = self._next()
        last = self._class_character(following or "")
        if len(first) > 10 or len(last) > 10 or not first.startswith(r"\x{"):
            raise NotReadable(self.pattern)
        if not last.startswith(r"\x{") or int(last[3:-1], 16) < int(first[3:-1], 16):
            raise NotReadable(self.pattern)
        return f"{first}-{last}"

    def _class_character(self, character: str) -> str:
        if character == "\\":
            return self._escape(self._next())
        if character in ("[", ""):
            raise NotReadable(self.pattern)
        return inside(character)
