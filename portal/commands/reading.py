"""What `vordruck check` tells about reading time and reading ease."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from engine.reading import HARD, WORDS_A_MINUTE, Reading


@dataclass(frozen=True, slots=True)
class ReadingReport:
    """All pages of a definition."""

    procedure: str
    pages: tuple[Reading, ...]

    @property
    def minutes(self) -> int:
        """For everything that may be shown, whole minutes."""
        return max(1, round(sum(one.words for one in self.pages) / WORDS_A_MINUTE))

    @property
    def hardest(self) -> Reading | None:
        """The page with the highest school year; none if nothing is long enough."""
        rated = [one for one in self.pages if one.grade is not None]
        return max(rated, key=lambda one: one.grade or 0, default=None)

    def as_json(self) -> dict[str, object]:
        """For programs."""
        return {
            "procedure": self.procedure,
            "minutes": self.minutes,
            "limit": HARD,
            "pages": [_page(one) for one in self.pages],
        }


def _page(one: Reading) -> Mapping[str, object]:
    hardest = [
        {"text": it.text, "grade": it.grade, "file": it.span.file, "line": it.span.start.line}
        for it in one.hardest
    ]
    told = {"page": one.page, "words": one.words, "minutes": one.minutes, "grade": one.grade}
    return {**told, "hardest": hardest}


def reading_words(reports: Sequence[ReadingReport], one_line_each: bool, language: str) -> str:
    """A line per definition with enough to read; programs that want lines get none."""
    return "" if one_line_each else "".join(_lines(reports, language))


def _lines(reports: Sequence[ReadingReport], language: str) -> Iterator[str]:
    for one in reports:
        if (hardest := one.hardest) is None:
            continue
        grade, minutes = hardest.grade or 0.0, one.minutes
        if language == "en":
            yield (
                f"{one.procedure}: about {minutes} min to read; the hardest page is"
                f" {hardest.page} (school year {grade:g} of 15).\n"
            )
        else:
            figure = f"{grade:g}".replace(".", ",")
            yield (
                f"{one.procedure}: etwa {minutes} min zu lesen; am schwersten ist die Seite"
                f" {hardest.page} (Schulstufe {figure} von 15).\n"
            )
