"""The command for operators: deliveries."""

from enum import StrEnum
from typing import Annotated

import typer

from portal.commands.words import give, refuse, tell


class Action(StrEnum):
    """What is done with deliveries and targets."""

    LIST = "list"
    SHOW = "show"
    RETRY = "retry"
    RELEASE = "release"
    TARGETS = "targets"
    PAUSE = "pause"
    RESUME = "resume"


class Form(StrEnum):
    """How a report is written."""

    TEXT = "text"
    JSON = "json"


_OF_A_DELIVERY = (Action.SHOW, Action.RETRY, Action.RELEASE)


def deliveries(
    action: Annotated[Action, typer.Argument(help="what to do")] = Action.LIST,
    what: Annotated[
        str | None,
        typer.Argument(metavar="[ID|TARGET]", help="a delivery's id, or a target's name"),
    ] = None,
    target: Annotated[str | None, typer.Option(help="list: only this target")] = None,
    state: Annotated[
        list[str] | None, typer.Option(help="list: only these states; default: what is not done")
    ] = None,
    by: Annotated[
        str | None, typer.Option(help="your name for the audit trail; default: the user's")
    ] = None,
    form: Annotated[Form, typer.Option("--format", help="how to report")] = Form.TEXT,
) -> None:
    """See what waits for which target, send again, let go, pause and resume targets."""
    from portal.commands import operators

    if action in (Action.LIST, Action.TARGETS):
        rows = operators.targets() if action is Action.TARGETS else operators.rows(target, state)
        if form is Form.JSON:
            give(rows)
        else:
            tell(operators.as_table(rows))
        return
    if what is None:
        refuse(
            "Bitte nennen Sie die Zustellung oder das Ziel; »vordruck deliveries list« zeigt sie.",
            "Name the delivery or the target; `vordruck deliveries list` shows them.",
        )
    if action is Action.SHOW:
        found = operators.show(what, by)
        if form is Form.JSON:
            give(found)
        else:
            tell(operators.as_lines(found))
    elif action in _OF_A_DELIVERY:
        operators.change_delivery(what, action.value, by)
    else:
        operators.change_target(what, action.value, by)
