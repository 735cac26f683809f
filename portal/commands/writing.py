"""Writing into an author's file."""

import contextlib
import os
import tempfile
from pathlib import Path

from portal.commands.procedures import refuse_file


def replace_text(path: Path, text: str) -> None:
    """All or nothing: an author's work must not be lost half-way; why not, is told."""
    try:
        _replace(path.resolve(), text)
    except OSError as fault:
        refuse_file(path, fault)


def _replace(path: Path, text: str) -> None:
    """All or nothing: an author's work must not be lost half-way."""
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(text.encode("utf-8"))
        Path(name).chmod(path.stat().st_mode & 0o7777)
        Path(name).replace(path)
    except OSError:
        with contextlib.suppress(OSError):
            Path(name).unlink()
        raise
