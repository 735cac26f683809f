"""Finding a definition by id or file, and preparing it for a command."""

import os
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import NoReturn

import typer

from engine import Plan, prepare, read_lists, source_from_bytes
from engine.diagnostics import Diagnostic, has_errors
from engine.message.shape import Shapes
from engine.nodes import MAX_BYTES, too_large
from engine.source import Source
from engine.suggest import nearest
from portal.commands.words import FINDINGS, refuse, say, shown

_SHARED = "shared"
_CASES = "cases"  # definitions/cases/<id>.yaml: further cases of definitions/<id>.yaml


def definitions_folder() -> Path:
    """`definitions/` here or in a folder above; else beside the installed product."""
    from portal.settings import Settings

    return Settings().definitions


def definition_files(folder: Path) -> list[Path]:
    """Every procedure of a folder, by name."""
    return sorted(folder.glob("*.yaml"))


def is_shared_list(path: Path) -> bool:
    """Whether a file holds a code list instead of a procedure."""
    return path.absolute().parent.name == _SHARED


def locate(name: str) -> Path:
    """The file of a procedure given by id or by path."""
    known = {path.stem: path for path in definition_files(definitions_folder())}
    if name in known:
        return known[name]
    is_path = os.sep in name or Path(name).suffix or _exists(name)
    return _definition_of(Path(name)) if is_path else _unknown(name, known)


def cases_file(path: Path) -> Path:
    """Where a definition's further cases are, if it has any."""
    return path.parent / _CASES / path.name


def _definition_of(path: Path) -> Path:
    """A file of cases stands for the definition it belongs to."""
    above = path.absolute().parent
    is_of_cases = above.name == _CASES and (above.parent / path.name).is_file()
    return path.parent.parent / path.name if is_of_cases else path


def _exists(name: str) -> bool:
    try:
        return bool(name) and Path(name).exists()
    except (OSError, ValueError):
        return False


def _unknown(name: str, known: dict[str, Path]) -> NoReturn:
    near = nearest(name, known)
    listed = ", ".join(known)
    refuse(
        f"Das Verfahren »{shown(name)}« gibt es nicht."
        + (f" Meinten Sie »{near[0]}«?" if near else "")
        + f" Vorhanden: {listed or 'keine'}.",
        f"There is no such procedure. Available: {listed or 'none'}.",
    )


def read_file(path: Path) -> tuple[Source | None, tuple[Diagnostic, ...]]:
    """A definition's text with its cases, as named by its author; no text: a diagnostic."""
    source, found = _read(path)
    beside = cases_file(path)
    if source is None or is_shared_list(path) or not beside.is_file():
        return source, found
    cases, more = _read(beside)
    return replace(source, cases=cases), (*found, *more)


def _read(path: Path) -> tuple[Source | None, tuple[Diagnostic, ...]]:
    name = as_typed(path)
    data, size = _bytes_of(path)
    if size > MAX_BYTES:
        return None, (too_large(name, size),)
    return source_from_bytes(name, data)


def _bytes_of(path: Path) -> tuple[bytes, int]:
    """Not more than a definition may have, and how many bytes there are: a device never ends."""
    try:
        with path.open("rb") as file:
            data = file.read(MAX_BYTES + 1)
            return data, max(len(data), os.fstat(file.fileno()).st_size)
    except (OSError, ValueError) as fault:
        refuse_file(path, fault)


def refuse_file(path: Path | str, fault: Exception) -> NoReturn:
    """Why a file cannot be opened, for people."""
    name = shown(path)
    match fault:
        case FileNotFoundError() | NotADirectoryError():
            refuse(f"Die Datei »{name}« gibt es nicht.", "There is no such file.")
        case IsADirectoryError():
            refuse(
                f"»{name}« ist ein Ordner. Nennen Sie eine Datei darin.",
                "This is a folder; name a file in it.",
            )
        case PermissionError():
            refuse(
                f"»{name}« ist gesperrt: Die Zugriffsrechte fehlen.",
                "Permission denied.",
            )
        case _:
            refuse(
                f"»{name}« lässt sich nicht öffnen.",
                f"It cannot be opened ({type(fault).__name__}).",
            )


def known_shapes() -> Shapes:
    """Every message that a definition may be mapped to, installed ones too."""
    from outputs.xoev.installed import UnfitSchemaError
    from portal.settings import Settings
    from portal.standards import shapes_of

    try:
        return shapes_of(Settings())
    except UnfitSchemaError as fault:
        refuse(
            f"Ein installierter Standard ist beschädigt: {shown(fault)}.",
            f"An installed standard is damaged: {shown(fault)}.",
        )


def as_typed(path: Path) -> str:
    """From where the author stands, if the file is below."""
    if path.is_absolute() and path.is_relative_to(Path.cwd()):
        path = path.relative_to(Path.cwd())
    return shown(path)


def shared_sources(folder: Path) -> tuple[list[Source], tuple[Diagnostic, ...]]:
    """The files of code lists that several procedures use."""
    sources: list[Source] = []
    found: list[Diagnostic] = []
    for path in sorted((folder / _SHARED).glob("*.yaml")):
        source, problems = read_file(path)
        found.extend(problems)
        if source:
            sources.append(source)
    return sources, tuple(found)


def lists_folder_of(path: Path) -> Path:
    """Where the shared lists of a definition are: beside it, or with the others."""
    return path.parent if (path.parent / _SHARED).is_dir() else definitions_folder()


def prepared(name: str) -> Plan:
    """A procedure ready to be evaluated; its mistakes are told and end the command."""
    path = locate(name)
    source, problems = read_file(path)
    sources, more = shared_sources(lists_folder_of(path))
    lists, unreadable = read_lists(sources)
    found = (*problems, *more, *unreadable)
    if source is None or has_errors(found):
        _tell(found, sources)
    plan, found = prepare(source, lists, known_shapes())
    if plan is None:
        _tell(found, [source, *([source.cases] if source.cases else ())])
    return plan


def _tell(found: Iterable[Diagnostic], sources: Iterable[Source]) -> NoReturn:
    from engine.texts.report import as_text

    say(as_text(found, sources))
    raise typer.Exit(FINDINGS)
