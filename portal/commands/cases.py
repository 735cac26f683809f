"""Running the cases of definitions, for the command line."""

from typing import TypedDict

from engine import Plan
from engine.cases import run_case
from engine.model import Case
from portal.commands.procedures import definition_files, definitions_folder, prepared
from portal.commands.words import shown


class CaseResult(TypedDict):
    """One case of a definition, where it stands, and how it came out."""

    procedure: str
    case: str
    title: str
    file: str
    line: int
    deviations: list[str]


def run_cases(names: list[str]) -> list[CaseResult]:
    """Every case of the named definitions, or of all."""
    chosen = names or [str(path) for path in definition_files(definitions_folder())]
    return [
        _result(plan, case)
        for plan in (prepared(name) for name in chosen)
        for case in plan.procedure.cases
    ]


def _result(plan: Plan, case: Case) -> CaseResult:
    return {
        "procedure": plan.procedure.id,
        "case": case.id,
        "title": case.title,
        "file": case.span.file,
        "line": case.span.start.line,
        "deviations": [
            f"{one.subject}: erwartet {one.expected or '–'}, gefunden {one.found or '–'}"
            for one in run_case(plan, case)
        ],
    }


def as_text(failed: list[CaseResult], one_line_each: bool) -> str:
    """What came out differently; one line per deviation, or under its case."""
    if one_line_each:
        return "".join(
            f"{one['file']}:{one['line']}: {one['case']}: {shown(deviation)}\n"
            for one in failed
            for deviation in one["deviations"]
        )
    return "".join(
        f"{one['file']}:{one['line']}: {one['case']}: {shown(one['title'])}\n"
        + "".join(f"    {shown(deviation)}\n" for deviation in one["deviations"])
        for one in failed
    )
