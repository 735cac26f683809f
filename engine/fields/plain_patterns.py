"""Patterns so plain that Python's own engine is linear on them, too, and five times faster.

Plain means: letters, digits, and sets of them, each repeated or not, where no repetition can go on
with a character that may also begin what follows. Then there is never anything to try twice:
`[0-9]{5}`, `[A-Z]{1,3}-[1-9][0-9]*`; but not `[a-z]+[a-z0-9]+`, nor anything with `|` or `(`.
One repetition may go on so, if all that follows is short: `[a-z.]+[.][a-z]{2,8}` tries its last
nine characters again at each place, which is still linear.
"""

import re
from dataclasses import dataclass

_ATOM = re.compile(
    r"(?P<set>\[(?:[^\W_]-[^\W_]|[^\W_ ]|[ ./_,]|\\[.\-/])+-?\])"
    r"|(?P<one>[^\W_]|[ \-/_,:@]|\\[.\-/+d])"
)
_REPEAT = re.compile(r"\{([0-9]{1,3})(?:(,)([0-9]{1,3})?)?\}|[?*+]")
_RANGE = re.compile(r"([^\W_])-([^\W_])|\\(.)|(.)")
_SHORT = 20
_DIGITS = frozenset("0123456789")


@dataclass(frozen=True, slots=True)
class _Atom:
    characters: frozenset[str]
    least: int
    most: int | None  # None: as often as you like

    @property
    def varies(self) -> bool:
        return self.least != self.most


def plain_pattern(pattern: str) -> re.Pattern[str] | None:
    """The pattern for Python's engine, if it is plain; it means the same to both engines."""
    atoms = _atoms(pattern)
    if atoms is None or not _is_linear(atoms):
        return None
    return re.compile(pattern, re.ASCII)


def letters(pattern: str) -> frozenset[str]:
    """Every character that texts matching a plain pattern may hold."""
    return frozenset().union(*(atom.characters for atom in _atoms(pattern) or ()))


def lengths(pattern: str) -> tuple[int, int | None]:
    """The length of the shortest and of the longest text matching a plain pattern."""
    atoms = _atoms(pattern) or []
    most = [atom.most for atom in atoms]
    longest = None if None in most else sum(one or 0 for one in most)
    return sum(atom.least for atom in atoms), longest


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
        atoms.append(_Atom(characters, *_times(repeat)))
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


def _times(repeat: re.Match[str] | None) -> tuple[int, int | None]:
    """How often at least and at most."""
    if repeat is None:
        return 1, 1
    if repeat[1] is None:
        return (1 if repeat[0] == "+" else 0), (1 if repeat[0] == "?" else None)
    if repeat[2] is None:
        return int(repeat[1]), int(repeat[1])
    return int(repeat[1]), int(repeat[3]) if repeat[3] else None


def _is_linear(atoms: list[_Atom]) -> bool:
    unsure = [number for number in range(len(atoms)) if not _is_sure(atoms, number)]
    if not unsure:
        return True
    rest = atoms[unsure[0] + 1 :]
    is_short = sum(_SHORT + 1 if one.most is None else one.most for one in rest) <= _SHORT
    return len(unsure) == 1 and is_short


def _is_sure(atoms: list[_Atom], number: int) -> bool:
    """Whether it is clear at each character if the repetition goes on or is over."""
    if not atoms[number].varies:
        return True
    for following in atoms[number + 1 :]:
        if atoms[number].characters & following.characters:
            return False
        if following.least:
            break
    return True
