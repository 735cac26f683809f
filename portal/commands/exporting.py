"""The command for other programs and other readers: export."""

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from portal.commands.words import refuse, say, shown, tell

if TYPE_CHECKING:
    from datetime import date

    from engine import Plan


class ExportForm(StrEnum):
    """What others read."""

    DMN = "dmn"
    BPMN = "bpmn"
    SVG = "svg"
    HANDBOOK = "handbook"


class Part(StrEnum):
    """What of a procedure is written as DMN."""

    QUICK_CHECK = "quick-check"
    FORM = "form"


class BookForm(StrEnum):
    """The handbook to look at, or to sign and file."""

    HTML = "html"
    PDF = "pdf"


class WhichProcess(StrEnum):
    """How a case is handled before, or with the portal."""

    IST = "ist"
    SOLL = "soll"


def export(
    procedure: Annotated[str, typer.Argument(metavar="ID", help="procedure: id or file")],
    kind: Annotated[ExportForm, typer.Option("--as", help="what")] = ExportForm.DMN,
    part: Annotated[
        Part,
        typer.Option("--part", help="dmn: decisions of the Quick Check, or conditions of the form"),
    ] = Part.QUICK_CHECK,
    process: Annotated[
        WhichProcess, typer.Option("--process", help="bpmn, svg: before, or with the portal")
    ] = WhichProcess.SOLL,
    form: Annotated[
        BookForm, typer.Option("--format", help="handbook: to look at, or to sign and file")
    ] = BookForm.HTML,
    language: Annotated[
        str, typer.Option("--language", metavar="LANGUAGE", help="handbook: de or en")
    ] = "de",
    out: Annotated[
        Path | None, typer.Option("--out", metavar="FILE", help="default: standard output")
    ] = None,
    today: Annotated[
        str | None,
        typer.Option(
            "--today",
            metavar="DATE",
            help="day of the law, YYYY-MM-DD; default: today; handbook: law_as_of",
        ),
    ] = None,
) -> None:
    """Write a procedure for others: decisions, its process, the handbook that is signed."""
    from portal.commands.given import day
    from portal.commands.procedures import prepared

    plan = prepared(procedure)
    match kind:
        case ExportForm.DMN:
            _dmn(plan, day(today), part, out)
        case ExportForm.BPMN | ExportForm.SVG:
            _hand_over(_process(plan, kind, process), out)
        case ExportForm.HANDBOOK:
            from portal.commands.handbook import handbook_html, handbook_pdf

            make = handbook_pdf if form is BookForm.PDF else handbook_html
            _hand_over(make(procedure, plan, today, language), out)


def _hand_over(content: bytes, out: Path | None) -> None:
    if out is None:
        _print(content)
    else:
        _write(out, content)


def _print(content: bytes) -> None:
    if content.startswith(b"%PDF"):
        refuse(
            "Eine PDF-Datei lässt sich nicht auf dem Bildschirm ausgeben. Nennen Sie eine Datei: "
            "--out handbuch.pdf",
            "A PDF cannot be printed on a terminal; name a file with --out.",
        )
    tell(content.decode("utf-8"))


def _process(plan: "Plan", kind: ExportForm, which: WhichProcess) -> bytes:
    from renderers.bpmn import draw, write

    make = write if kind is ExportForm.BPMN else draw
    made = make(plan.procedure, which.value)
    return made or refuse(
        f"»{plan.procedure.id}« beschreibt keinen {which.value.capitalize()}-Prozess. Er stünde "
        f"unter process: {which.value}:",
        f"The procedure declares no process: {which.value}.",
    )


def _dmn(plan: "Plan", on: "date", part: Part, out: Path | None) -> None:
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
    _hand_over(made.content, out)
    if made.left_out:
        listed = ", ".join(made.left_out)
        say(
            f"Nicht in der Datei: {len(made.left_out)} Bedingungen in Zeilen von Gruppen. DMN "
            f"entscheidet einmal, nicht je Zeile: {listed}.",
            f"Left out: {len(made.left_out)} conditions in rows of groups.",
        )


def _write(path: Path, content: bytes) -> None:
    from portal.commands.procedures import refuse_file

    try:
        path.write_bytes(content)
    except (OSError, ValueError) as fault:
        refuse_file(path, fault)
    say(f"{shown(path)} ist geschrieben.", f"{shown(path)} is written.")
