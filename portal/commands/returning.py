"""Commands about messages of the authority: play the authority, and see what was refused."""

from enum import StrEnum
from typing import Annotated

import typer

from portal.commands.words import give, refuse, say


class ReplyAs(StrEnum):
    """What the authority sends."""

    QUESTION = "question"
    STATUS = "status"
    APPOINTMENT = "appointment"
    WITHDRAWAL_REPLY = "withdrawal-reply"
    NOT_COMPETENT = "not-competent"
    REFUSAL = "refusal"


class Handle(StrEnum):
    """What is done with refused messages."""

    LIST = "list"
    RETRY = "retry"
    SETTLE = "settle"


def reply(
    reference: Annotated[str, typer.Argument(help="the reference number of an application")],
    kind: Annotated[ReplyAs, typer.Option(help="what the authority sends")] = ReplyAs.QUESTION,
    text: Annotated[str, typer.Option(help="its words; default: invented ones")] = "",
    status: Annotated[str, typer.Option(help="for --kind status: a code of ozg.status")] = "01",
) -> None:
    """Play the authority: write a message about an application into the incoming folder."""
    from portal.commands.authority import write_message

    path = write_message(reference, kind.value, text, status)
    say(f"Die Nachricht liegt in {path}.", f"The message lies in {path}.")


def inbox(
    action: Annotated[Handle, typer.Argument(help="what to do")] = Handle.LIST,
    what: Annotated[str | None, typer.Argument(metavar="[ID]", help="a refused message")] = None,
    by: Annotated[str | None, typer.Option(help="your name for the audit trail")] = None,
) -> None:
    """See messages that belong to no case or cannot be read; try again, or settle them."""
    from portal.commands.authority import refused_messages, settle

    if action is Handle.LIST:
        give(refused_messages())
        return
    if what is None or not by:
        refuse(
            "Bitte nennen Sie die Nachricht und mit --by Ihren Namen; »vordruck inbox list« zeigt "
            "die Nachrichten.",
            "Name the message, and yourself with --by; `vordruck inbox list` shows the messages.",
        )
    settle(what, by, again=action is Handle.RETRY)
