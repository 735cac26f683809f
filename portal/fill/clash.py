"""Two windows, two devices: the later answer does not silently eat the earlier one.

Every page carries what was stored when it was drawn, as a short mark for each question. When it
comes back, an answer that only one side has changed is that side's; where both have changed it to
different things, the applicant is asked.
"""

import hashlib
import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from engine.answers.paths import flatten
from engine.model import Item
from portal.fill.taking import ASKED, Raw, take
from portal.web.posted import Posted

SEEN = "_seen"
ASIDE = "_aside"  # what was stored when the applicant was asked to choose
CHOICE = "_choice."  # before the path of a question: which of two answers is to count
STORED, TYPED = "stored", "typed"
_MARK = 10


@dataclass(frozen=True, slots=True)
class Settled:
    """Which of the posted answers count, and which the applicant has to choose between."""

    asked: frozenset[str]
    clashes: tuple[str, ...]


class Clashed(Exception):
    """Nothing was saved: the applicant has to choose first."""

    def __init__(self, paths: Sequence[str], raw: Raw) -> None:
        super().__init__()
        self.paths = tuple(paths)
        self.raw = raw


def marks(raw: Raw, paths: Collection[str]) -> str:
    """What was stored when a page was drawn."""
    return " ".join(f"{path}={_mark(raw, path)}" for path in sorted(paths))


def settle(items: Sequence[Item], raw: Raw, posted: Posted) -> Settled:
    """Compare three: stored when the page was drawn, stored now, typed."""
    asked = frozenset(posted.all(ASKED))
    seen, shown = _read(posted.get(SEEN)), _read(posted.get(ASIDE))
    typed = take(items, raw, posted, asked)
    kept: set[str] = set()
    clashes: list[str] = []
    for path in sorted(asked & seen.keys()):
        now, then, new = _mark(raw, path), seen[path], _mark(typed, path)
        if now in (then, new):
            continue
        # Chosen between answers of which one has changed once more: nothing is chosen.
        choice = posted.get(CHOICE + path) if shown.get(path) == now else ""
        if new == then or choice == STORED:
            kept.add(path)
        elif choice != TYPED:
            clashes.append(path)
    return Settled(asked - kept, tuple(clashes))


def value_at(raw: Raw, path: str) -> object:
    """The answer to a question; None for none. Dates and addresses come in their parts."""
    found = raw
    *rows, name = path.split(".")
    for step in rows:
        group, _, number = step.partition("[")
        held = found.get(group)
        index = int(number.rstrip("]")) if number.rstrip("]").isdigit() else -1
        if not isinstance(held, list) or not 0 <= index < len(held):
            return None
        row = held[index]
        if not isinstance(row, Mapping):
            return None
        found = row
    return found.get(name)


def _mark(raw: Raw, path: str) -> str:
    value = value_at(raw, path)
    told = flatten(value) if isinstance(value, Mapping) else value
    text = json.dumps(told, ensure_ascii=False, sort_keys=True, default=str)
    return hashlib.sha256(text.encode()).hexdigest()[:_MARK]


def _read(text: str) -> dict[str, str]:
    pairs = (one.partition("=") for one in text.split(" ") if "=" in one)
    return {path: mark for path, _, mark in pairs}
