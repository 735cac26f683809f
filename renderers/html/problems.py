"""What is wrong with an answer, said to the person who gave it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from engine.answers import Problem
from engine.answers.problem import Insert
from engine.texts.catalogue import fill
from renderers.html.shown import show, show_plain
from renderers.html.words import Said, Words


@dataclass(frozen=True, slots=True)
class Target:
    """A place on the page that problems can be about."""

    id: str
    label: Said
    row: str = ""  # title of the row it is in


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the error summary: where it leads, which question, and what to do."""

    target: str
    place: str
    text: Said


def say(problem: Problem, words: Words) -> Said:
    """The author's sentence, or the product's for the code; with the paragraph, if there is one."""
    said = _say(problem, words)
    return said.beside(_say(problem, words.beside)) if words.beside else said


def _say(problem: Problem, words: Words) -> Said:
    if problem.message is None:
        key = f"problem.{problem.code}"
        by_kind = f"{key}.{problem.values.get('kind', '')}"
        keys = (by_kind, key, "problem.check")
        return Said(words.t(next(one for one in keys if words.has(one)), **problem.values))
    said = words.text(problem.message)
    # What is not translated is German with German numbers and dates.
    spoken = words if said.language is None else replace(words, language=said.language)
    text = fill(said.text, {one.name: _shown(one, spoken) for one in problem.inserts})
    return Said(f"{text} ({problem.because})" if problem.because else text, said.language)


def _shown(one: Insert, words: Words) -> str:
    if one.value is None:
        return "–"
    if one.field is not None:
        return str(show(one.value, one.field, words))  # type: ignore[arg-type]  # its own answer
    return show_plain(one.value, words, is_money=one.is_money)


def entries(
    problems: Iterable[Problem], targets: Mapping[str, Target], words: Words
) -> tuple[Entry, ...]:
    """One line per problem whose place is on the page, in the page's order."""
    order = {path: number for number, path in enumerate(targets)}
    found = [problem for problem in problems if problem.field in targets]
    found.sort(key=lambda problem: order[problem.field])
    return tuple(_entry(one, targets[one.field], words) for one in found)


def _entry(problem: Problem, target: Target, words: Words) -> Entry:
    place = f"{target.row}, {target.label}" if target.row else str(target.label)
    return Entry(target.id, place, say(problem, words))
