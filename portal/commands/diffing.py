"""The command for two versions of a definition: diff."""

import importlib.util
from typing import Annotated

import typer

from portal.commands.authoring import Form, Language, Report, Spoken
from portal.commands.words import FINDINGS, give, tell


def diff(
    old: Annotated[str, typer.Argument(metavar="OLD", help="version before: id or file")],
    new: Annotated[str, typer.Argument(metavar="NEW", help="version after: id or file")],
    form: Report = Form.TEXT,
    language: Spoken = Language.GERMAN,
    today: Annotated[
        str | None,
        typer.Option("--today", metavar="DATE", help="YYYY-MM-DD; default: today"),
    ] = None,
) -> None:
    """Say what changed between two versions, and for which answers something else comes out."""
    from engine.diff.comparing import compare
    from engine.diff.report import as_json, as_lines, as_text
    from portal.commands.given import day
    from portal.commands.procedures import prepared

    has_solver = importlib.util.find_spec("z3") is not None
    found = compare(prepared(old), prepared(new), day(today), with_solver=has_solver)
    if form is Form.JSON:
        give(as_json(found))
    elif form is Form.LINE:
        tell(as_lines(found, language))
    else:
        tell(as_text(found, language))
    if found.has_differences:
        raise typer.Exit(FINDINGS)
