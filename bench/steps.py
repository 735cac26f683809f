"""Speed on this machine, as ratios: each step beside reading and writing the same answers as JSON.

./run vordruck bench
"""

import json
import sys
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

from engine import Plan, prepare, read_lists
from engine.answers import read_answers
from engine.sample import samples
from outputs.application import Application
from outputs.building import build_all
from outputs.json import write as write_json
from portal.commands.procedures import (
    definition_files,
    definitions_folder,
    read_file,
    shared_sources,
)
from portal.commands.speed import median_microseconds

TODAY = date(2026, 11, 23)
BUDGET, LEAST = 0.3, 3  # seconds and runs of each step
MOMENT = datetime(2026, 11, 23, 12, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Row:
    """One step of one procedure."""

    procedure: str
    step: str
    microseconds: float
    reference: float

    def line(self) -> str:
        """The row as Markdown."""
        ratio = self.microseconds / self.reference
        return f"| {self.procedure} | {self.step} | {self.microseconds:,.0f} | {ratio:,.1f} |"


def rows_of(path: Path) -> list[Row]:
    """All steps of one procedure, the reference measured in between."""
    source, _ = read_file(path)
    lists, _ = read_lists(shared_sources(definitions_folder())[0])
    if source is None:
        return []
    plan, _ = prepare(source, lists)
    if plan is None:
        sys.stderr.write(f"{path.stem} has mistakes and is left out\n")
        return []
    answers = next(iter(samples(plan, seed=1, count=1, today=TODAY)))
    reference = median_microseconds(lambda: json.loads(json.dumps(answers)), BUDGET, LEAST)
    steps: dict[str, Callable[[], object]] = {
        "compile the definition": lambda: prepare(source, lists),
        "evaluate a whole application": lambda: plan.check(answers, TODAY),
        **_quick_check(plan),
        **_documents(plan, answers),
    }
    return [
        Row(plan.procedure.id, name, median_microseconds(step, BUDGET, LEAST), reference)
        for name, step in steps.items()
    ]


def _quick_check(plan: Plan) -> dict[str, Callable[[], object]]:
    cases = [case for case in plan.procedure.cases if case.quick_check]
    questions = plan.procedure.quick_check
    if questions is None or not cases:
        return {}
    answers = read_answers(questions.questions, cases[0].quick_check, internal=True).answers
    return {"decide the Quick Check": lambda: plan.quick_check(answers, TODAY)}


def _documents(plan: Plan, answers: object) -> dict[str, Callable[[], object]]:
    application = Application(
        plan=plan,
        evaluation=plan.check(answers, TODAY),
        submission_id="K7Q4-M2XD-9PTA",
        submitted_at=MOMENT,
        today=TODAY,
        language="de",
    )
    return {
        "write the answers as JSON": lambda: write_json.write(application),
        "build every document (PDF, XÖV, xdomea)": lambda: build_all(application, None),
    }


def main() -> None:
    """Measure every procedure and print a table."""
    sys.stdout.write("| procedure | step | µs | times JSON there and back |\n|---|---|---:|---:|\n")
    for path in definition_files(definitions_folder()):
        for row in rows_of(path):
            sys.stdout.write(row.line() + "\n")


if __name__ == "__main__":
    main()
