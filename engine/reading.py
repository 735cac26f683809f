"""How long a page takes to read, and how hard that is: told to authors, decided by them.

The measure is the first of the Wiener Sachtextformeln (Bamberger and Vanecek): the school year in
which a German text of this kind is understood, 4 to about 15. It looks at the length of words and
sentences alone, so it is a hint and no judgement.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from engine.model import Field, Group, Info, Item, Page, Procedure
from engine.model_parts import Text
from engine.source import Span

WORDS_A_MINUTE: Final = 120  # of somebody who reads German as a second language
HARD: Final = 12.0  # school year; beyond it an author is told
ENOUGH: Final = 30  # words in sentences; fewer say nothing about a page
_SENTENCE: Final = 4  # words; fewer are a label, not a sentence

_MARKUP = re.compile(r"\*\*|^\s*(?:[-*]|\d{1,3}[.)]) +|\[([^\[\]]*)\]\([^()]*\)", re.MULTILINE)
# A stop ends a sentence if something large follows: "§ 10 Abs. 1" goes on.
_END = re.compile(r"(?<=[.!?:])[\"“»)]*\s+(?=[A-ZÄÖÜ„»(])|\n\s*\n|\n(?=\s*(?:[-*]|\d{1,3}[.)]) )")
_ABBREVIATED = re.compile(r"\b(?:Abs|Nr|Art|Satz|bzw|z|B|d|h|u|a|ggf|usw|vgl|Buchst|S|St|Dr)\.$")
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_VOWELS = re.compile(r"ei|ai|ey|ay|eu|äu|au|ie|oo|aa|ee|[aeiouyäöüéèàô]", re.IGNORECASE)
_LONG: Final = 7  # letters


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of an author, with how hard it is."""

    text: str
    grade: float
    span: Span


@dataclass(frozen=True, slots=True)
class Reading:
    """A page: how long it takes, how hard it is, and its hardest sentences first."""

    page: str
    title: str
    words: int
    grade: float | None  # None: too few sentences
    hardest: tuple[Sentence, ...]
    span: Span

    @property
    def minutes(self) -> float:
        """To read everything that may stand on the page."""
        return round(self.words / WORDS_A_MINUTE, 1)

    @property
    def is_hard(self) -> bool:
        """Whether the page is beyond what most applicants read with ease."""
        return self.grade is not None and self.grade > HARD


def readings(procedure: Procedure) -> tuple[Reading, ...]:
    """Every page of the form, in order."""
    return tuple(_reading(page) for page in procedure.pages)


def _reading(page: Page) -> Reading:
    texts = list(_texts(page))
    sentences = [
        (part, text.span) for text in texts for part in sentences_of(text.german) if _is_told(part)
    ]
    together = [part for part, _ in sentences]
    enough = sum(len(words_of(part)) for part in together) >= ENOUGH
    rated = (Sentence(part, grade([part]), span) for part, span in sentences)
    return Reading(
        page=page.id,
        title=page.title.german,
        words=sum(len(words_of(text.german)) for text in texts),
        grade=grade(together) if enough else None,
        hardest=tuple(sorted(rated, key=lambda one: (-one.grade, one.text))[:3]),
        span=page.title.span,
    )


def _texts(page: Page) -> Iterator[Text]:
    """What stands on a page; not what is to be chosen from, and no messages about mistakes."""
    yield from (one for one in (page.title, page.intro) if one)
    yield from _texts_of(page.items)


def _texts_of(items: tuple[Item, ...]) -> Iterator[Text]:
    for item in items:
        match item:
            case Info():
                yield item.text
            case Group():
                yield from (one for one in (item.label, item.help) if one)
                yield from _texts_of(item.items)
            case Field():
                yield from (one for one in (item.label, item.hint, item.help) if one)


def _is_told(sentence: str) -> bool:
    return len(words_of(sentence)) >= _SENTENCE


def sentences_of(text: str) -> list[str]:
    """The sentences of a text, without the marks of Markdown; a point of a list is one."""
    parts: list[str] = []
    for part in _END.split(text):
        plain = " ".join(_MARKUP.sub(r"\1", part).split())
        if parts and _ABBREVIATED.search(parts[-1]):
            parts[-1] += f" {plain}"
        elif plain:
            parts.append(plain)
    return parts


def words_of(text: str) -> list[str]:
    """The words of a text; numbers are none."""
    return _WORD.findall(_MARKUP.sub(r"\1", text))


def syllables(word: str) -> int:
    """How many syllables a German word has, by its vowels; at least one."""
    return max(1, len(_VOWELS.findall(word)))


def grade(sentences: list[str]) -> float:
    """The first Wiener Sachtextformel, to a tenth, 4 at least; 0 for no words."""
    words = [word for one in sentences for word in words_of(one)]
    if not words:
        return 0.0
    counts = [syllables(word) for word in words]
    share = 100 / len(words)
    many = sum(count >= 3 for count in counts) * share
    long = sum(len(word) >= _LONG for word in words) * share
    single = sum(count == 1 for count in counts) * share
    length = len(words) / len(sentences)
    found = 0.1935 * many + 0.1672 * length + 0.1297 * long - 0.0327 * single - 0.875
    return max(4.0, round(found, 1))
