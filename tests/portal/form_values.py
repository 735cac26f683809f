"""Answers of a procedure as the values that a form's controls take: for visitors of any kind."""

from collections.abc import Iterator, Mapping, Sequence

from engine.answers import items_of, read_answers, write_answers
from engine.kinds import Kind
from engine.model import Field, Group, Item, Procedure
from renderers.html.widgets import date_parts

Answers = Mapping[str, object]


def form_values(procedure: Procedure, answers: Answers) -> dict[str, list[str]]:
    """Control name -> values, for the whole form: the values that lists have, not their labels."""
    items = items_of(procedure)
    written = write_answers(items, read_answers(items, answers).answers)
    return dict(_values(items, written, ""))


def question_values(questions: Sequence[Field], answers: Answers) -> dict[str, list[str]]:
    """Control name -> values, for the Quick Check."""
    written = write_answers(questions, read_answers(questions, answers).answers)
    return dict(_values(questions, written, ""))


def rows(procedure: Procedure, answers: Answers) -> dict[str, int]:
    """How many rows every group has: `kinder` -> 2, `kinder[0].schulen` -> 1."""
    return dict(_rows(items_of(procedure), answers, ""))


def _rows(items: Sequence[Item], answers: Answers, prefix: str) -> Iterator[tuple[str, int]]:
    for item in items:
        if isinstance(item, Group):
            given = answers.get(item.id)
            held = given if isinstance(given, list) else []
            yield f"{prefix}{item.id}", len(held)
            for number, row in enumerate(held):
                yield from _rows(item.items, row, f"{prefix}{item.id}[{number}].")


def _values(
    items: Sequence[Item], answers: Answers, prefix: str
) -> Iterator[tuple[str, list[str]]]:
    for item in items:
        given = answers.get(item.id)
        path = f"{prefix}{item.id}"
        if isinstance(item, Group):
            for number, row in enumerate(given if isinstance(given, list) else []):
                yield from _values(item.items, row, f"{path}[{number}].")
        elif isinstance(item, Field) and given not in (None, "", []):
            yield from _of_field(item, given, path)


def _of_field(one: Field, given: object, path: str) -> Iterator[tuple[str, list[str]]]:
    match one.type.kind:
        case Kind.DATE | Kind.PARTIAL_DATE:
            yield from ((f"{path}.{part}", [text]) for part, text in date_parts(given).items())
        case Kind.ADDRESS if isinstance(given, Mapping):
            yield from ((f"{path}.{part}", [str(text)]) for part, text in given.items())
        case Kind.CHOICES if isinstance(given, list):
            yield path, [str(one) for one in given]
        case Kind.YES_NO | Kind.DECLARATION:
            yield path, ["nein" if given in (False, "nein", "false") else "ja"]
        case _:
            yield path, [str(given)]
