"""Commands that try a procedure out: evaluate, quick-check, sample, payload, feel."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from portal.commands.words import FINDINGS, give, refuse, say

Name = Annotated[str, typer.Argument(metavar="ID", help="procedure: id or file")]
Answers = Annotated[str, typer.Argument(metavar="ANSWERS.json", help="answers; - reads stdin")]
Today = Annotated[str | None, typer.Option("--today", help="day of decision, YYYY-MM-DD")]


class Output(StrEnum):
    """What a delivery can send."""

    XOEV = "xoev"
    DMS = "dms"
    JSON = "json"
    PDF = "pdf"
    FIT_CONNECT = "fit_connect"


def evaluate(name: Name, answers: Answers, today: Today = None) -> None:
    """Evaluate answers.  Example: vordruck evaluate musterprozess a.json --today 2026-11-23"""
    from portal.commands.procedures import day, prepared, read_answers_file

    plan = prepared(name)
    give(plan.check(read_answers_file(answers), day(today)).as_json())


def quick_check(name: Name, answers: Answers, today: Today = None) -> None:
    """Run the Quick Check.  Example: vordruck quick-check einbuergerung a.json"""
    from engine.answers import read_answers
    from portal.commands.procedures import day, prepared, read_answers_file

    plan = prepared(name)
    questions = plan.procedure.quick_check
    if questions is None:
        refuse(f"»{name}« hat keinen Quick-Check. / It has no Quick Check.")
    reading = read_answers(questions.questions, read_answers_file(answers), internal=True)
    for problem in reading.problems:
        say(f"{problem.field}: {problem.code}")
    give(plan.quick_check(reading.answers, day(today)).as_json())


def sample(
    name: Name,
    seed: Annotated[int, typer.Option(help="same seed, same applications")] = 0,
    count: Annotated[int, typer.Option(min=1, max=100_000, help="how many")] = 1,
    today: Today = None,
) -> None:
    """Make complete, valid applications.  Example: vordruck sample musterprozess --count 3"""
    from engine.sample import samples
    from portal.commands.procedures import day, prepared

    for answers in samples(prepared(name), seed=seed, count=count, today=day(today)):
        give(answers)


def payload(
    name: Name,
    answers: Answers,
    out: Annotated[Path, typer.Option("--out", help="folder to write to")],
    output: Annotated[Output, typer.Option("--output", help="which document")] = Output.XOEV,
    today: Today = None,
    submission: Annotated[
        str, typer.Option("--submission", help="id of the submission (UUID)")
    ] = "00000000-0000-4000-8000-000000000000",
    time: Annotated[
        str | None, typer.Option("--time", help="time of submission, ISO 8601 with zone")
    ] = None,
) -> None:
    """Write what a delivery would send.  Example: vordruck payload ID a.json --out ."""
    from portal.commands.payloads import build_payload
    from portal.commands.procedures import day, prepared, read_answers_file

    if output is Output.FIT_CONNECT:
        refuse("FIT-Connect gibt es noch nicht. / FIT-Connect is not available yet.")
    given = read_answers_file(answers)
    made, problems = build_payload(
        prepared(name), given, output.value, day(today), submission, time
    )
    if made is None:
        say("Die Antworten sind nicht vollständig oder nicht richtig:")
        for problem in problems:
            say(f"    {problem}")
        raise typer.Exit(FINDINGS)
    out.mkdir(parents=True, exist_ok=True)
    (out / made.name).write_bytes(made.content)
    give({"file": str(out / made.name), "media_type": made.media_type, "size": len(made.content)})


def feel(
    stdin: Annotated[bool, typer.Option("--stdin", help="JSON lines on standard input")] = True,
) -> None:
    """Evaluate rules, JSON lines in and out.  Example: vordruck feel --stdin < rules.jsonl"""
    import json
    import sys

    from engine.rules.lines import answer

    if not stdin:
        refuse("vordruck feel liest JSON-Zeilen: vordruck feel --stdin < regeln.jsonl")
    for line in sys.stdin:
        if not line.strip():
            continue
        try:
            record = json.loads(line)
        except (ValueError, RecursionError):
            record = None
        if isinstance(record, dict):
            give(answer(record))
        else:
            what = {"code": "not-a-record", "message": "Kein JSON-Objekt.", "stage": "check"}
            give({"error": what})
