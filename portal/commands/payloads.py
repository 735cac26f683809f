"""One payload of an application given as answers, for the command line."""

import re
from datetime import date, datetime
from pathlib import Path

import typer

from engine import Plan
from engine.plan.messages import german
from outputs.application import Application, OutputFile
from outputs.building import build_all
from outputs.fit_connect import write as fit_connect
from outputs.schemas import Schemas
from portal.commands.words import FINDINGS, refuse, say, shown
from portal.settings import Settings

_REFERENCE = re.compile(r"[A-Za-z0-9][A-Za-z0-9-]{0,63}")


def build_payload(
    plan: Plan, answers: dict[str, object], output: str, today: date, at: datetime, reference: str
) -> OutputFile:
    """The document named `output`; problems of the answers are told and end the command."""
    if not _REFERENCE.fullmatch(reference):
        refuse(
            f"»{shown(reference)}« ist keine Kennung: Buchstaben, Ziffern und Bindestriche.",
            "An id of a submission has letters, digits and hyphens.",
        )
    evaluation = plan.check(answers, today)
    if evaluation.problems:
        say(
            "Die Antworten sind nicht vollständig oder nicht richtig:",
            "The answers are not complete or not right:",
        )
        for one in evaluation.problems:
            say(f"    {one.field}: {german(one)}")
        raise typer.Exit(FINDINGS)
    application = Application(
        plan=plan,
        evaluation=evaluation,
        submission_id=reference,
        submitted_at=at,
        today=today,
        language="de",
        uploads=(),
    )
    built = build_all(application, schemas_at_hand())
    made = {one.output: one for one in (*built, fit_connect.write(application, built))}
    if output not in made:
        there = ", ".join(made)
        refuse(
            f"»{plan.procedure.id}« hat keine Ausgabe »{output}«. Es gibt: {there}.",
            f"The procedure has no such output. It has: {there}.",
        )
    for problem in made[output].problems or ():
        say(f"Schema, Zeile {problem.line}: {problem.message}")
    return made[output]


def write_payload(made: OutputFile, folder: Path) -> dict[str, object]:
    """Put the file into the folder and say what it is."""
    path = folder / made.name
    try:
        folder.mkdir(parents=True, exist_ok=True)
        path.write_bytes(made.content)
    except (OSError, ValueError):
        refuse(
            f"In »{shown(folder)}« lässt sich nicht schreiben.", "This folder cannot be written to."
        )
    return {
        "file": str(path),
        "media_type": made.media_type,
        "size": len(made.content),
        "sha256": made.sha256,
    }


def schemas_at_hand() -> Schemas | None:
    """The operator's, if there are any."""
    folder = Settings().standards
    return Schemas.from_folder(folder) if folder else None
