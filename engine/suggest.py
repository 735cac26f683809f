"""The names an author may have meant."""

from collections.abc import Iterable

_FOLD = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "-": "", "_": "", " ": ""})


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
    scored = []
    for other in dict.fromkeys(names):
        folded_other = folded(other)
        if folded_other == wanted:
            scored.append((0, 0, other))
        elif words == _words(other):
            scored.append((1, 0, other))
        else:
            most = max(len(wanted), 3) // 3
            distance = _distance(wanted, folded_other, most)
            if distance <= most:
                scored.append((2, distance, other))
    return tuple(other for _, _, other in sorted(scored)[:limit])


def _words(name: str) -> tuple[str, ...]:
    return tuple(sorted(name.lower().replace("-", "_").replace(" ", "_").split("_")))


def _distance(one: str, other: str, most: int) -> int:
    """Letters to change, add, drop or swap; `most + 1` if there are more than `most`."""
    if abs(len(one) - len(other)) > most:
        return most + 1
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, letter in enumerate(one, 1):
        last, before, row = before, row, [i]
        for j, other_letter in enumerate(other, 1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (letter != other_letter))
            if i > 1 and j > 1 and letter == other[j - 2] and one[i - 2] == other_letter:
                cost = min(cost, last[j - 2] + 1)
            row.append(cost)
        if min(row) > most:
            return most + 1
    return row[-1]
