"""The names an author may have meant."""

from collections.abc import Iterable
from functools import lru_cache

# So many names are compared letter by letter; a hostile file may hold a thousand wrong ones.
_COMPARED = 400

_FOLD = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "-": "", "_": "", " ": ""})


@lru_cache(maxsize=8192)
def folded(name: str) -> str:
    """A name without the differences people do not see.

    >>> folded("Straße-Nr")
    'strassenr'
    """
    return name.lower().translate(_FOLD)


def nearest(name: str, names: Iterable[str], limit: int = 3) -> tuple[str, ...]:
    """The names that `name` was probably meant to be, best first; none rather than a bad one.

    >>> nearest("integr", ["integer", "text", "date"])
    ('integer',)
    >>> nearest("anzahl_hunde", ["hunde_anzahl", "hunde_name"])
    ('hunde_anzahl',)
    >>> nearest("xyz", ["integer", "text"])
    ()
    """
    wanted, words = folded(name), _words(name)
    if not wanted or len(name) > 100:
        return ()
    most = max(len(wanted), 3) // 3
    letters = _Letters(wanted)
    scored = []
    for other in dict.fromkeys(names):
        candidate = folded(other)
        if candidate == wanted:
            scored.append((0, 0, other))
        elif words == _words(other):
            scored.append((1, 0, other))
        elif letters.compared < _COMPARED and abs(len(candidate) - len(wanted)) <= most:
            distance = letters.distance(candidate)
            if distance <= most:
                scored.append((2, distance, other))
    return tuple(other for _, _, other in sorted(scored)[:limit])


@lru_cache(maxsize=8192)
def _words(name: str) -> tuple[str, ...]:
    return tuple(sorted(name.lower().replace("-", "_").replace(" ", "_").split("_")))


class _Letters:
    """One name, ready to be compared with many: a bit per letter (Hyyrö 2003).

    The distance counts letters to change, add or drop, and neighbours that changed places.
    """

    def __init__(self, name: str) -> None:
        self.compared = 0
        self._length = len(name)
        self._places: dict[str, int] = {}
        for at, letter in enumerate(name):
            self._places[letter] = self._places.get(letter, 0) | 1 << at

    def distance(self, other: str) -> int:
        """How far the other name is."""
        self.compared += 1
        every = (1 << self._length) - 1
        last = 1 << (self._length - 1)
        up, down, same, before = every, 0, 0, 0
        found = self._length
        for letter in other:
            here = self._places.get(letter, 0)
            swapped = ((~same & here) << 1) & before
            same = ((((here & up) + up) ^ up) | here | down | swapped) & every
            more = (down | ~(same | up)) & every
            less = same & up
            found += bool(more & last) - bool(less & last)
            more = (more << 1 | 1) & every
            up = ((less << 1) | ~(same | more)) & every
            down = more & same
            before = here
        return found
