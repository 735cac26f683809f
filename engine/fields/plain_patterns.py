"""Patterns so plain that Python's own engine is linear on them, too, and five times faster.

Plain means: letters, digits, and sets of them, each repeated or not, where no repetition can go on
with a character that may also begin what follows. Then there is never anything to try twice:
`[0-9]{5}`, `[A-Z]{1,3}-[1-9][0-9]*`; but not `[a-z]+[a-z0-9]+`, nor anything with `|` or `(`.
"""

import re
from dataclasses import dataclass

_ATOM = re.compile(
    r"(?P<set>\[(?:[^\W_]-[^\W_]|[^\W_ ]|[ ./_,]|\\[.\-/])+-?\])"
    r"|(?P<one>[^\W_]|[ \-/_,:@]|\\[.\-/+d])"
)
_REPEAT = re.compile(r"\{([0-9]{1,3})(?:(,)([0-9]{1,3})?)?\}|[?*+]")
_RANGE = re.compile(r"([^\W_])-([^\W_])|\\(.)|(.)")
_DIGITS = frozenset("0123456789")


@dataclass(frozen=True, slots=True)
class _Atom:
    characters: frozenset[str]
    may_be_left_out: bool
    varies: bool


def plain_pattern(pattern: str) -> re.Pattern[str] | None:
    """The pattern for Python's engine, if it is plain; it means the same to both engines."""
    atoms = _atoms(pattern)
    if atoms is None or not _is_deterministic(atoms):
        return None
    return re.compile(pattern, re.ASCII)


def has_only_visible(pattern: str) -> bool:
    """Whether all that a plain pattern matches is ASCII that can be seen: no blanks, no controls.

    Then a text that matches needs no other look.
    """
    atoms = _atoms(pattern)
    return atoms is not None and all(
        one.isascii() and one.isprintable() and one != " "
        for atom in atoms
        for one in atom.characters
    )


def _atoms(pattern: str) -> list[_Atom] | None:
    atoms: list[_Atom] = []
    at = 0
    while at < len(pattern):
        found = _ATOM.match(pattern, at)
        if found is None:
            return None
        repeat = _REPEAT.match(pattern, found.end())
        characters = _members(found[0])
        if characters is None:
            return None
        least, varies = _times(repeat)
        atoms.append(_Atom(characters, least == 0, varies))
        at = repeat.end() if repeat else found.end()
    return atoms


def _members(atom: str) -> frozenset[str] | None:
    """The characters of a set or of a single one; None if a range runs backwards."""
    if atom == r"\d":
        return _DIGITS
    inside = atom[1:-1] if atom.startswith("[") else atom
    found: set[str] = set()
    for first, last, escaped, single in _RANGE.findall(inside):
        if first and first > last:
            return None
        found.update(map(chr, range(ord(first), ord(last) + 1)) if first else escaped + single)
    return frozenset(found)


def _times(repeat: re.Match[str] | None) -> tuple[int, bool]:
    """How often at least, and whether that can vary."""
    if repeat is None:
        return 1, False
    if repeat[1] is None:
        return (1 if repeat[0] == "+" else 0), True
    return int(repeat[1]), repeat[2] is not None and repeat[3] != repeat[1]


def _is_deterministic(atoms: list[_Atom]) -> bool:
    for number, atom in enumerate(atoms):
        if not atom.varies:
            continue
        for following in atoms[number + 1 :]:
            if atom.characters & following.characters:
                return False
            if not following.may_be_left_out:
                break
    return True
