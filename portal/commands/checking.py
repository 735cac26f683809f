"""Checking definitions and running their cases, for the command line."""

from dataclasses import dataclass
from pathlib import Path
from typing import TypedDict

from engine import Plan, load
from engine import check as check_procedure
from engine.cases import run_case
from engine.diagnostics import Diagnostic, has_errors, in_order
from engine.model import Case
from engine.source import Source
from engine.texts.report import as_json, as_lines, as_text
from portal.commands.procedures import (
    definition_files,
    definitions_folder,
    locate,
    prepared,
    read_file,
    shared_lists,
)


@dataclass(frozen=True, slots=True)
class CheckedFiles:
    """All mistakes of some files, and the files' texts to show them in."""

    diagnostics: tuple[Diagnostic, ...]
    sources: dict[str, Source]
    count: int

    @property
    def has_errors(self) -> bool:
        """Whether anything keeps a procedure from being published."""
        return has_errors(self.diagnostics)

    def words(self, one_line_each: bool, language: str) -> str:
        """The report for people; says so if nothing was found."""
        if not self.diagnostics:
            fine = {"de": "ohne Fehler", "en": "without mistakes"}.get(language, "ohne Fehler")
            return "" if one_line_each else f"{self.count} Verfahren {fine}.\n"
        if one_line_each:
            return as_lines(self.diagnostics, language)
        return as_text(self.diagnostics, self.sources.values(), language)


class CaseResult(TypedDict):
    """One case of a definition and how it came out."""

    procedure: str
    case: str
    title: str
    deviations: list[str]


def check_files(names: list[str], fix: bool) -> CheckedFiles:
    """Check the named definitions, or all."""
    paths = [locate(name) for name in names] or definition_files(definitions_folder())
    found: list[Diagnostic] = []
    sources: dict[str, Source] = {}
    for path in paths:
        diagnostics, source = _check_one(path)
        if fix and source and any(one.fix for one in diagnostics):
            _apply(path, source, diagnostics)
            diagnostics, source = _check_one(path)
        found.extend(diagnostics)
        if source:
            sources[source.name] = source
    return CheckedFiles(in_order(found), sources, len(paths))


def _check_one(path: Path) -> tuple[tuple[Diagnostic, ...], Source | None]:
    source, problems = read_file(path)
    folder = path.parent if (path.parent / "shared").is_dir() else definitions_folder()
    lists, more = shared_lists(folder)
    found = [*problems, *more]
    if source is not None:
        procedure, loading = load(source, lists)
        found.extend(loading)
        if procedure is not None:
            found.extend(check_procedure(procedure)[1])
    return in_order(found), source


def _apply(path: Path, source: Source, diagnostics: tuple[Diagnostic, ...]) -> None:
    from engine import apply_fixes

    path.write_text(apply_fixes(source, diagnostics), "utf-8")


def report(checked: CheckedFiles) -> dict[str, object]:
    """The JSON form of a check; proofs come with a later version."""
    return {"diagnostics": as_json(checked.diagnostics), "proofs": []}


def run_cases(names: list[str]) -> list[CaseResult]:
    """Every case of the named definitions, or of all."""
    results: list[CaseResult] = []
    chosen = names or [str(path) for path in definition_files(definitions_folder())]
    for name in chosen:
        plan = prepared(name)
        for case in plan.procedure.cases:
            results.append(
                {
                    "procedure": plan.procedure.id,
                    "case": case.id,
                    "title": case.title,
                    "deviations": _words(plan, case),
                }
            )
    return results


def _words(plan: Plan, case: Case) -> list[str]:
    return [
        f"{one.subject}: erwartet {one.expected or '–'}, gefunden {one.found or '–'}"
        for one in run_case(plan, case)
    ]
