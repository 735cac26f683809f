"""The command for other programs: export."""

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from portal.commands.words import refuse, say, shown

if TYPE_CHECKING:
    from datetime import date

    from engine import Plan
    from renderers.dmn import DmnFile


class ExportForm(StrEnum):
    """What other programs read."""

    DMN = "dmn"


class Part(StrEnum):
    """What of a procedure is written."""

    QUICK_CHECK = "quick-check"
    FORM = "form"


def export(
    procedure: Annotated[str, typer.Argument(metavar="ID", help="procedure: id or file")],
    form: Annotated[ExportForm, typer.Option("--as", help="format")] = ExportForm.DMN,
    part: Annotated[
        Part, typer.Option("--part", help="decisions of the Quick Check, or conditions of the form")
    ] = Part.QUICK_CHECK,
    out: Annotated[
        Path | None, typer.Option("--out", metavar="FILE", help="default: standard output")
    ] = None,
    today: Annotated[
        str | None,
        typer.Option("--today", metavar="DATE", help="day of the law, YYYY-MM-DD; default: today"),
    ] = None,
) -> None:
    """Write decisions for other programs (DMN 1.3 with FEEL)."""
    from portal.commands.given import day
    from portal.commands.procedures import prepared

    made = _made(prepared(procedure), day(today), part)
    if out is None:
        typer.echo(made.content.decode("utf-8"), nl=False)
    else:
        _write(out, made.content)
    if made.left_out:
        listed = ", ".join(made.left_out)
        say(
            f"Nicht in der Datei: {len(made.left_out)} Bedingungen in Zeilen von Gruppen. DMN "
            f"entscheidet einmal, nicht je Zeile: {listed}.",
            f"Left out: {len(made.left_out)} conditions in rows of groups.",
        )


def _made(plan: "Plan", on: "date", part: Part) -> "DmnFile":
    from renderers.dmn import TwoMeaningsError, form_file, quick_check_file

    try:
        made = form_file(plan, on) if part is Part.FORM else quick_check_file(plan, on)
    except TwoMeaningsError as fault:
        name = shown(fault)
        refuse(
            f"Der Name »{name}« hätte in der Datei zwei Bedeutungen: DMN kennt keine Punkte in "
            f"Namen. Benennen Sie das Feld um.",
            f"The name {name} would mean two things in the file; rename the field.",
        )
    if made is None:
        refuse(
            f"»{plan.procedure.id}« hat keinen Schnelltest. Die Bedingungen des Formulars: "
            "--part form",
            "The procedure has no Quick Check; use --part form.",
        )
    return made


def _write(path: Path, content: bytes) -> None:
    from portal.commands.procedures import refuse_file

    try:
        path.write_bytes(content)
    except (OSError, ValueError) as fault:
        refuse_file(path, fault)
    say(f"{shown(path)} ist geschrieben.", f"{shown(path)} is written.")
