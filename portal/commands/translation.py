"""The command for translators: translate."""

from enum import StrEnum
from typing import Annotated

import typer

from portal.commands.words import give, refuse, tell


class Action(StrEnum):
    """What is done with catalogues."""

    EXTRACT = "extract"
    UPDATE = "update"
    STATUS = "status"
    MARK = "mark"


class Mark(StrEnum):
    """States that people give; `stale` and `missing` come by themselves."""

    MACHINE = "machine"
    HUMAN = "human"
    APPROVED = "approved"


class Form(StrEnum):
    """How a report is written."""

    TEXT = "text"
    JSON = "json"


def translate(
    action: Annotated[Action, typer.Argument(help="what to do")],
    names: Annotated[
        list[str] | None,
        typer.Argument(metavar="[ID]...", help="procedures, or parts of the product; default: all"),
    ] = None,
    language: Annotated[
        list[str] | None, typer.Option("--language", metavar="CODE", help="only this language")
    ] = None,
    state: Annotated[
        Mark | None, typer.Option("--state", help="for mark: what all present texts are")
    ] = None,
    form: Annotated[Form, typer.Option("--format", help="how to report a status")] = Form.TEXT,
) -> None:
    """Begin, update, count and sign off translations (gettext catalogues)."""
    from engine.texts.languages import TRANSLATED
    from engine.texts.ledger import State
    from portal.commands import translating

    wanted, languages = names or [], language or []
    unknown = [one for one in languages if one not in TRANSLATED]
    if unknown:
        known = ", ".join(TRANSLATED)
        refuse(f"Diese Sprache gibt es nicht. Vorhanden: {known}.", "There is no such language.")
    match action:
        case Action.EXTRACT:
            translating.extract(wanted)
        case Action.UPDATE:
            translating.update(wanted, languages)
        case Action.MARK if state is None:
            refuse("Bitte sagen Sie mit --state, was die Texte sind.", "Say --state, please.")
        case Action.MARK:
            translating.mark(wanted, languages, State(str(state)))
        case Action.STATUS:
            rows = translating.status(wanted, languages)
            if form is Form.JSON:
                give(rows)
            else:
                tell(translating.as_table(rows))
