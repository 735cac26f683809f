"""A new procedure from an existing one."""

import re
from pathlib import Path
from typing import NoReturn

from portal.commands.procedures import (
    as_typed,
    cases_file,
    definitions_folder,
    locate,
    prepared,
    refuse_file,
)
from portal.commands.words import refuse, shown

_HEAD = re.compile(r"^procedure:.*$", re.MULTILINE)


def copy_procedure(name: str, source: str) -> str:
    """Copy a definition and its translations under a new id; what works goes on working."""
    if not re.fullmatch(r"[a-z][a-z0-9_]{1,62}", name):
        refuse(
            f"»{shown(name)}« ist keine Kennung: a-z, 0-9 und _, z. B. hundesteuer.",
            "An id has the characters a-z, 0-9 and _, and begins with a letter.",
        )
    origin = locate(source)
    old = prepared(source).procedure.id
    folder = definitions_folder()
    made = {folder / f"{name}.yaml": _renamed(origin, old, name)}
    if cases_file(origin).is_file():
        made[cases_file(folder / f"{name}.yaml")] = _renamed(cases_file(origin), old, name)
    for path in sorted((origin.parent / "locales").glob(f"*/LC_MESSAGES/{old}.po")):
        language = path.parent.parent.name
        target = folder / "locales" / language / "LC_MESSAGES" / f"{name}.po"
        made[target] = _renamed(path, old, name)
    for path in made:
        if path.exists():
            _exists(path)
    for path, text in made.items():
        _write_new(path, text)
    return as_typed(next(iter(made)))


def _renamed(path: Path, old: str, new: str) -> str:
    """The text with the new id where it names the file itself: head, header and comments."""
    word = re.compile(rf"\b{re.escape(old)}\b")
    lines = path.read_text("utf-8").split("\n")
    text = "\n".join(
        word.sub(new, line) if line.lstrip().startswith(("#", '"Project-Id-Version')) else line
        for line in lines
    )
    return _HEAD.sub(f"procedure: {new}", text, count=1)


def _write_new(path: Path, text: str) -> None:
    """Never over something that is there, even if it came a moment ago."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("x", encoding="utf-8", newline="\n") as file:
            file.write(text)
    except FileExistsError:
        _exists(path)
    except OSError as fault:
        refuse_file(path, fault)


def _exists(path: Path) -> NoReturn:
    refuse(f"{as_typed(path)} gibt es schon.", "This exists already; nothing is overwritten.")
