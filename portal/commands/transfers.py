"""The command for the Registratur: files that travel to other authorities."""

from datetime import datetime
from enum import StrEnum
from typing import Annotated

import typer

from portal.commands.words import give, tell


class Action(StrEnum):
    """What is done with files that travel."""

    STATUS = "status"
    CLARIFY = "clarify"
    REQUEST = "request"
    SEND = "send"
    COPY = "copy"
    ANSWER = "answer"
    OFFER = "offer"
    RECEIPT = "receipt"
    REMIND = "remind"
    WITHDRAW = "withdraw"
    READ = "read"


class Form(StrEnum):
    """How a report is written."""

    TEXT = "text"
    JSON = "json"


_What = Annotated[
    str | None, typer.Argument(metavar="[CASE|ID]", help="a case's number, or a transfer's id")
]
_To = Annotated[
    str | None, typer.Option("--to", metavar="OFFICE", help="send, copy, offer, clarify: to whom")
]
_From = Annotated[str | None, typer.Option("--from", metavar="OFFICE", help="request: from whom")]
_Answers = Annotated[
    str | None, typer.Option(metavar="ID", help="send, request: what this answers")
]
_Azr = Annotated[
    str, typer.Option(metavar="NUMBER", help="XAusländer: the person's number in the AZR")
]
_Reason = Annotated[str, typer.Option(help="request: 01 moved, 02 to look into it, 03, 04")]
_Obstacle = Annotated[
    str, typer.Option(help="answer: why nothing comes, a code of the list (01 to 08)")
]
_SentOn = Annotated[
    datetime | None, typer.Option(formats=["%Y-%m-%d"], help="answer: when it was sent already")
]
_Competent = Annotated[str, typer.Option(help="answer: who has it, in words")]
_NotHere = Annotated[bool, typer.Option("--not-here", help="answer: the person does not live here")]
_Lives = Annotated[str, typer.Option(help="clarify: where the person lives now")]
_Free = Annotated[
    bool, typer.Option("--no-obstacle", help="send: none of the Versandhemmnisse holds")
]
_By = Annotated[str | None, typer.Option(help="your name for the audit trail; default: the user's")]


def transfer(
    action: Annotated[Action, typer.Argument(help="what to do")] = Action.STATUS,
    what: _What = None,
    to: _To = None,
    source: _From = None,
    answers: _Answers = None,
    azr: _Azr = "",
    reason: _Reason = "01",
    obstacle: _Obstacle = "",
    sent_on: _SentOn = None,
    competent: _Competent = "",
    not_here: _NotHere = False,
    street: _Lives = "",
    house_number: _Lives = "",
    postcode: _Lives = "",
    town: _Lives = "",
    free: _Free = False,
    by: _By = None,
    form: Annotated[Form, typer.Option("--format", help="how to report")] = Form.TEXT,
) -> None:
    """Ask for files, send, answer, offer, remind; see where each stands."""
    from portal.commands import transferring
    from portal.commands.operators import as_table
    from portal.transfer.competence import Residence

    wish = transferring.Wish(
        what=what or "",
        office=to or source or "",
        answers=answers or "",
        azr=azr,
        reason=reason,
        obstacle=obstacle,
        sent_on=sent_on.date() if sent_on else None,
        competent=competent,
        not_here=not_here,
        lives=Residence(street, house_number, postcode, town),
        free=free,
        by=by,
    )
    rows = transferring.ACTIONS[action.value](wish)
    if form is Form.JSON:
        give(rows)
    else:
        tell(as_table(rows))
