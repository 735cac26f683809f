"""Commands for authors: new, check, data, test, explain."""

from enum import StrEnum
from typing import Annotated

import typer

from portal.commands.words import FINDINGS, give, refuse, say, shown, tell


class Form(StrEnum):
    """How a report is written."""

    TEXT = "text"
    LINE = "line"
    JSON = "json"


class Language(StrEnum):
    """Languages of reports."""

    GERMAN = "de"
    ENGLISH = "en"


class Explained(StrEnum):
    """How an explanation is written."""

    TEXT = "text"
    JSON = "json"


Files = Annotated[
    list[str] | None, typer.Argument(metavar="FILE", help="files or ids; default: all")
]
Report = Annotated[Form, typer.Option("--format", help="how to report")]
ExplainReport = Annotated[Explained, typer.Option("--format", help="how to report")]
Spoken = Annotated[Language, typer.Option("--language", help="language of the report")]


def new(
    name: Annotated[str, typer.Argument(metavar="ID", help="id of the new procedure")],
    source: Annotated[
        str, typer.Option("--from", metavar="ID", help="procedure to start from")
    ] = "musterprozess",
) -> None:
    """Start a new procedure from the blueprint or from another one."""
    from portal.commands.blueprint import copy_procedure

    path = copy_procedure(name, source)
    say(
        f"{path} ist angelegt. Als Nächstes: vordruck check {name}",
        f"{path} is there. Next: vordruck check {name}",
    )


def check(
    files: Files = None,
    form: Report = Form.TEXT,
    fix: Annotated[bool, typer.Option("--fix", help="apply the proposed corrections")] = False,
    prove: Annotated[
        bool, typer.Option("--prove", help="also prove that rules are complete and of use")
    ] = False,
    unmapped: Annotated[
        bool, typer.Option("--unmapped", help="also name optional elements that stay empty")
    ] = False,
    today: Annotated[
        str | None, typer.Option("--today", metavar="YYYY-MM-DD", help="day of examples in proofs")
    ] = None,
    language: Spoken = Language.GERMAN,
) -> None:
    """Find every mistake of definitions; with --prove also the faults that only answers show."""
    from portal.commands.checking import check_files, report
    from portal.commands.given import day
    from portal.commands.messages import message_words
    from portal.commands.proving import ProvedFiles, need_solver, prove_files
    from portal.commands.reading import reading_words

    on = day(today)
    if prove:
        need_solver()
    checked = check_files(files or [], fix=fix)
    proved = prove_files(checked.sound, on) if prove else ProvedFiles()
    if form is Form.JSON:
        give(report(checked, language, proved.objects(language)))
    else:
        tell(checked.words(form is Form.LINE, language))
        tell(message_words(checked.messages, form is Form.LINE, language, with_names=unmapped))
        tell(reading_words(checked.reading, form is Form.LINE, language))
        tell(proved.words(form is Form.LINE, language))
    if checked.has_errors or proved.has_refuted:
        raise typer.Exit(FINDINGS)


def data(
    name: Annotated[str, typer.Argument(metavar="ID", help="procedure: id or file")],
    form: ExplainReport = Explained.TEXT,
    language: Spoken = Language.GERMAN,
) -> None:
    """List every field with purpose, paragraph, recipients, retention, and what uses it."""
    from portal.commands.data import data_json, data_text
    from portal.commands.procedures import prepared

    procedure = prepared(name).procedure
    if form is Explained.JSON:
        give(data_json(procedure))
    else:
        tell(data_text(procedure, language))


def test(
    files: Files = None,
    form: Report = Form.TEXT,
    coverage: Annotated[
        bool, typer.Option("--coverage", help="also tell which rules the cases put to the test")
    ] = False,
    today: Annotated[
        str | None, typer.Option("--today", metavar="YYYY-MM-DD", help="day of the settings")
    ] = None,
) -> None:
    """Run the cases that stand in definitions."""
    from portal.commands.cases import as_text, run_cases
    from portal.commands.given import day

    on = day(today)
    results = run_cases(files or [])
    failed = [one for one in results if one["deviations"]]
    passed = len(results) - len(failed)
    report: dict[str, object] = {"cases": results, "failed": len(failed), "passed": passed}
    if form is not Form.JSON:
        tell(as_text(failed, form is Form.LINE))
    if coverage:
        from portal.commands.covering import coverage_json, coverage_of, coverage_text

        covered = coverage_of(files or [], on)
        report["coverage"] = [coverage_json(one) for one in covered]
        if form is not Form.JSON:
            tell(coverage_text(covered, form is Form.LINE))
    if form is Form.JSON:
        give(report)
    say(
        f"{passed} Fälle bestanden, {len(failed)} nicht.",
        f"{passed} cases passed, {len(failed)} failed.",
    )
    if failed:
        raise typer.Exit(FINDINGS)


def explain(
    name: Annotated[
        str, typer.Argument(metavar="CODE|ID", help="code from a report, or procedure: id or file")
    ],
    case: Annotated[
        str | None,
        typer.Option("--case", metavar="FILE", help="answers, or a case of the procedure"),
    ] = None,
    field: Annotated[
        str | None,
        typer.Option("--field", metavar="NAME", help="field, page or document to explain"),
    ] = None,
    form: ExplainReport = Explained.TEXT,
    today: Annotated[
        str | None, typer.Option("--today", metavar="YYYY-MM-DD", help="day of decision")
    ] = None,
    language: Spoken = Language.GERMAN,
) -> None:
    """Explain a diagnostic, the rules of a procedure, a result, or why a field is shown."""
    from portal.commands import explaining

    if case is None and field is None and not explaining.is_procedure(name):
        _show_page(name)
        return
    asked = explaining.Asked(name, case, today, language)
    is_json = form is Explained.JSON
    if field is not None:
        explaining.explain_part(asked, field, is_json=is_json)
    elif case is not None:
        explaining.explain_result(asked, is_json=is_json)
    else:
        explaining.explain_procedure(asked, is_json=is_json)


def _show_page(code: str) -> None:
    """The page of a diagnostic."""
    from engine.suggest import nearest
    from engine.texts.pages import code_pages
    from portal.commands.explaining import procedure_names

    pages = code_pages()
    if code not in pages:
        near = nearest(code, (*pages, *procedure_names()))
        refuse(
            f"Die Meldung »{shown(code)}« gibt es nicht."
            + (f" Meinten Sie »{near[0]}«?" if near else ""),
            "There is no such code." + (f" Did you mean {near[0]}?" if near else ""),
        )
    tell(pages[code])
