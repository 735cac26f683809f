"""Commands for authors: new, check, test, explain."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from portal.commands.words import FINDINGS, give, refuse, say


class Form(StrEnum):
    """How a report is written."""

    TEXT = "text"
    LINE = "line"
    JSON = "json"


Files = Annotated[list[str] | None, typer.Argument(help="files or ids; default: all definitions")]
Language = Annotated[str, typer.Option("--language", help="de or en")]


def new(
    name: Annotated[str, typer.Argument(metavar="ID", help="id of the new procedure")],
    source: Annotated[
        str, typer.Option("--from", help="procedure to start from")
    ] = "musterprozess",
) -> None:
    """Start a new procedure from the blueprint.  Example: vordruck new hundesteuer"""
    from portal.commands.blueprint import copy_procedure

    path = copy_procedure(name, source)
    say(f"{path} ist angelegt. Als Nächstes: vordruck check {path}")


def check(
    files: Files = None,
    form: Annotated[Form, typer.Option("--format", help="how to report")] = Form.TEXT,
    fix: Annotated[bool, typer.Option("--fix", help="apply the proposed corrections")] = False,
    prove: Annotated[bool, typer.Option("--prove", help="also prove rules (not yet)")] = False,
    language: Language = "de",
) -> None:
    """Find every mistake of a definition.  Example: vordruck check einbuergerung"""
    from portal.commands.checking import check_files, report

    if prove:
        refuse("--prove gibt es noch nicht. / Proofs are not available yet.")
    checked = check_files(files or [], fix=fix)
    if form is Form.JSON:
        give(report(checked))
    else:
        typer.echo(checked.words(form is Form.LINE, language), nl=False)
    if checked.has_errors:
        raise typer.Exit(FINDINGS)


def test(
    files: Files = None,
    form: Annotated[Form, typer.Option("--format", help="how to report")] = Form.TEXT,
) -> None:
    """Run the cases that stand in the definitions.  Example: vordruck test einbuergerung"""
    from portal.commands.checking import run_cases

    results = run_cases(files or [])
    failed = [one for one in results if one["deviations"]]
    if form is Form.JSON:
        give({"cases": results, "failed": len(failed), "passed": len(results) - len(failed)})
    for one in failed if form is not Form.JSON else ():
        typer.echo(f"{one['procedure']}: {one['case']}: {one['title']}")
        for deviation in one["deviations"]:
            typer.echo(f"    {deviation}")
    say(f"{len(results) - len(failed)} Fälle bestanden, {len(failed)} nicht.")
    if failed:
        raise typer.Exit(FINDINGS)


def explain(
    code: Annotated[str, typer.Argument(help="a code from a report, e.g. unknown-field-type")],
) -> None:
    """Show the page of a diagnostic.  Example: vordruck explain unknown-field-type"""
    from engine.suggest import nearest
    from engine.texts.pages import code_pages

    pages = code_pages()
    if code not in pages:
        near = nearest(code, pages)
        meant = f" Meinten Sie »{near[0]}«?" if near else ""
        refuse(f"Die Meldung »{code}« gibt es nicht.{meant}")
    typer.echo(pages[code])


def relative(path: Path) -> str:
    """A path as the author would type it."""
    try:
        return str(path.resolve().relative_to(Path.cwd()))
    except ValueError:
        return str(path)
