"""Commands that try a procedure out: evaluate, quick-check, sample, payload, feel."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from portal.commands.words import FINDINGS, give, tell

Name = Annotated[str, typer.Argument(metavar="ID", help="procedure: id or file")]
Answers = Annotated[str, typer.Argument(metavar="ANSWERS.json", help="answers; - reads stdin")]
Today = Annotated[
    str | None, typer.Option("--today", metavar="YYYY-MM-DD", help="day of decision; default: now")
]


class Output(StrEnum):
    """What a delivery can send."""

    XOEV = "xoev"
    DMS = "dms"
    JSON = "json"
    PDF = "pdf"
    FIT_CONNECT = "fit_connect"


def evaluate(name: Name, answers: Answers, today: Today = None) -> None:
    """Evaluate answers: what is shown, required, wrong, computed. Reports, so exit code 0."""
    from portal.commands.given import day, read_answers_file
    from portal.commands.procedures import prepared

    on = day(today)
    given = read_answers_file(answers)
    give(prepared(name).check(given, on).as_json())


def quick_check(name: Name, answers: Answers, today: Today = None) -> None:
    """Run the Quick Check. Exit code 1 if an answer cannot be read."""
    from portal.commands.asking import run_quick_check
    from portal.commands.given import day, read_answers_file
    from portal.commands.procedures import prepared

    on = day(today)
    given = read_answers_file(answers)
    result, is_readable = run_quick_check(prepared(name), given, on)
    give(result.as_json())
    if not is_readable:
        raise typer.Exit(FINDINGS)


def sample(
    name: Name,
    seed: Annotated[int, typer.Option(help="same seed, same applications")] = 0,
    count: Annotated[int, typer.Option(min=1, max=100_000, help="how many")] = 1,
    today: Today = None,
    cover: Annotated[
        bool, typer.Option("--cover", help="few answers that put every rule to the test")
    ] = False,
    quick_check: Annotated[
        bool, typer.Option("--quick-check", help="with --cover: of the Quick Check")
    ] = False,
    as_cases: Annotated[
        bool, typer.Option("--as-cases", help="with --cover: as YAML cases to paste")
    ] = False,
    store: Annotated[
        bool, typer.Option("--store", help="with --cover: put the cases into the definition")
    ] = False,
) -> None:
    """Make complete, valid applications, one JSON line each; with --cover also refused ones."""
    if quick_check or as_cases or store or cover:
        _cover(name, today, seed, quick_check=quick_check, as_cases=as_cases, store=store)
        return
    from engine.sample import samples
    from portal.commands.given import day
    from portal.commands.procedures import prepared

    for answers in samples(prepared(name), seed=seed, count=count, today=day(today)):
        give(answers)


def _cover(
    name: str, today: str | None, seed: int, *, quick_check: bool, as_cases: bool, store: bool
) -> None:
    from portal.commands import covering
    from portal.commands.given import day

    made = covering.make(name, quick_check=quick_check, seed=seed, today=day(today))
    if store:
        covering.store(made, name)
    elif as_cases:
        tell(covering.cases_text(made))
    else:
        for one in made.found.sets:
            give(covering.set_json(made, one))
    covering.tell_result(made)


def payload(
    name: Name,
    answers: Answers,
    out: Annotated[Path, typer.Option("--out", metavar="DIR", help="folder to write to")],
    output: Annotated[Output, typer.Option("--output", help="which document")] = Output.XOEV,
    today: Today = None,
    submission: Annotated[
        str, typer.Option("--submission", metavar="ID", help="id of the submission")
    ] = "00000000-0000-4000-8000-000000000000",
    time: Annotated[
        str | None,
        typer.Option("--time", metavar="TIME", help="of submission, ISO 8601; default: noon"),
    ] = None,
) -> None:
    """Write what a delivery would send; the same input gives the same bytes."""
    from portal.commands.given import day, moment, read_answers_file
    from portal.commands.payloads import build_payload, write_payload
    from portal.commands.procedures import prepared

    on = day(today)
    at = moment(time, on)
    given = read_answers_file(answers)
    made = build_payload(prepared(name), given, output.value, on, at, submission)
    give(write_payload(made, out))


def feel(
    stdin: Annotated[bool, typer.Option("--stdin", help="read standard input, as always")] = False,
) -> None:
    """Evaluate rules: JSON lines in, JSON lines out, one for one."""
    import sys

    from portal.commands.rule_lines import answer_line, lines_of

    for line in lines_of(sys.stdin.buffer):
        give(answer_line(line))
