"""Finding a definition by id or file, and preparing it for a command."""

import json
import sys
from datetime import date, datetime
from pathlib import Path
from typing import NoReturn
from zoneinfo import ZoneInfo

from engine import Plan, prepare, read_lists, source_from_bytes
from engine.diagnostics import Diagnostic, has_errors
from engine.load import SharedLists
from engine.source import Source
from engine.suggest import nearest
from portal.commands.words import FINDINGS, refuse, say

# Days of the law are days in Germany, wherever the server stands.
BERLIN = ZoneInfo("Europe/Berlin")


def definitions_folder() -> Path:
    """`definitions/` here or in a folder above; else beside the installed product."""
    from portal.settings import Settings

    return Settings().definitions


def definition_files(folder: Path) -> list[Path]:
    """Every procedure of a folder, by name."""
    return sorted(folder.glob("*.yaml"))


def read_file(path: Path) -> tuple[Source | None, tuple[Diagnostic, ...]]:
    """A definition's text, as named by its author; what is not text becomes a diagnostic."""
    try:
        data = path.read_bytes()
    except OSError:
        refuse(f"Die Datei »{path}« lässt sich nicht lesen. / The file cannot be read.")
    return source_from_bytes(str(path), data)


def shared_lists(folder: Path) -> tuple[SharedLists, tuple[Diagnostic, ...]]:
    """The code lists that several procedures use."""
    sources: list[Source] = []
    found: list[Diagnostic] = []
    for path in sorted((folder / "shared").glob("*.yaml")):
        source, problems = read_file(path)
        found.extend(problems)
        if source:
            sources.append(source)
    lists, problems = read_lists(sources)
    return lists, (*found, *problems)


def locate(name: str) -> Path:
    """The file of a procedure given by id or by path."""
    given = Path(name)
    if given.suffix in {".yaml", ".yml"} and given.exists():
        return given
    known = {path.stem: path for path in definition_files(definitions_folder())}
    if name not in known:
        _unknown(name, known)
    return known[name]


def _unknown(name: str, known: dict[str, Path]) -> NoReturn:
    near = nearest(name, known)
    meant = f" Meinten Sie »{near[0]}«?" if near else ""
    listed = ", ".join(known) or "keine"
    refuse(f"Das Verfahren »{name}« gibt es nicht.{meant} Vorhanden: {listed}.")


def prepared(name: str) -> Plan:
    """A procedure ready to be evaluated; its mistakes are told and end the command."""
    import typer

    from engine.texts.report import as_text

    path = locate(name)
    source, problems = read_file(path)
    lists, more = shared_lists(_folder_of(path))
    if source is None or has_errors(more):
        say(as_text((*problems, *more), ()))
        raise typer.Exit(FINDINGS)
    plan, found = prepare(source, lists)
    if plan is None:
        say(as_text(found, (source,)))
        raise typer.Exit(FINDINGS)
    return plan


def _folder_of(path: Path) -> Path:
    return path.parent if (path.parent / "shared").is_dir() else definitions_folder()


def read_answers_file(name: str) -> dict[str, object]:
    """Answers from a JSON file, or from standard input with "-"."""
    try:
        text = sys.stdin.read() if name == "-" else Path(name).read_text("utf-8")
        answers = json.loads(text)
    except OSError:
        refuse(f"Die Datei »{name}« lässt sich nicht lesen. / The file cannot be read.")
    except (ValueError, RecursionError):
        refuse(f"»{name}« enthält kein lesbares JSON. / This is not readable JSON.")
    if not isinstance(answers, dict):
        refuse(f'»{name}« muss ein JSON-Objekt enthalten: {{"feld": "Antwort"}}.')
    return answers


def day(text: str | None) -> date:
    """--today, or today."""
    if text is None:
        return datetime.now(BERLIN).date()
    try:
        return date.fromisoformat(text)
    except ValueError:
        refuse(f"»{text}« ist kein Datum. Schreiben Sie --today JJJJ-MM-TT, z. B. 2026-11-23.")
