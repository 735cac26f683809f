"""Words to stderr, JSON to stdout."""

import io
import json
import os
import re
import sys
import traceback
from typing import NoReturn

import typer

# Control characters but the end of a line, marks of direction, and halves of characters.
_HARMFUL = re.compile(
    "[\\x00-\\x09\\x0b-\\x1f\\x7f-\\x9f\\u200e\\u200f\\u202a-\\u202e\\u2066-\\u2069\\ud800-\\udfff]"
)
FINE, FINDINGS, WRONG_USE = 0, 1, 2


def speak_utf8() -> None:
    """Write UTF-8 whatever the terminal claims; what is no text (odd file names) is escaped."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")


def say(german: str, english: str | None = None) -> None:
    """A sentence for the person at the terminal, in both languages."""
    sys.stderr.write(_harmless(german + "\n" + (english + "\n" if english else "")))


def tell(report: str) -> None:
    """A report for people, which is what the command was asked for."""
    sys.stdout.write(_harmless(report))


def _harmless(text: str) -> str:
    """Lines as they are, but nothing that would clear the screen or turn the reading direction."""
    return _HARMFUL.sub(lambda one: shown(one[0]), text)


def refuse(german: str, english: str) -> NoReturn:
    """The command was used wrongly: say how, exit code 2."""
    say(german, english)
    raise typer.Exit(WRONG_USE)


def give(data: object) -> None:
    """One JSON document on a line of its own, at once: someone may wait for it."""
    text = json.dumps(data, ensure_ascii=False, allow_nan=False)
    # A lone surrogate cannot be written, but JSON has a spelling for it: \\udcff.
    sys.stdout.write(text.encode("utf-8", "backslashreplace").decode() + "\n")
    sys.stdout.flush()


def shown(text: object) -> str:
    """A name that someone typed, without what would move the cursor or break the line."""
    return "".join(
        one if one.isprintable() else one.encode("unicode_escape").decode() for one in str(text)
    )


def tell_fault(fault: Exception) -> int:
    """The exit code: settings are the operator's, everything else that is left over is ours."""
    if type(fault).__name__ == "ValidationError" and getattr(fault, "title", "") == "Settings":
        _tell_settings(fault)
        return WRONG_USE
    from importlib.metadata import version

    say(
        f"Das ist ein Fehler in Vordruck {version('vordruck')}, nicht in Ihrer Datei "
        f"({type(fault).__name__}). Bitte melden Sie ihn mit dem Befehl, der ihn auslöst.",
        "This is a fault in Vordruck, not in your file. VORDRUCK_DEBUG=1 shows the details.",
    )
    if os.environ.get("VORDRUCK_DEBUG"):
        traceback.print_exception(fault)
    return FINDINGS


def _tell_settings(fault: Exception) -> None:
    """Names only: a value may be a key."""
    from pydantic import ValidationError

    assert isinstance(fault, ValidationError)  # noqa: S101 - the caller has looked
    for one in fault.errors(include_input=False, include_url=False):
        name = "VORDRUCK_" + "_".join(str(part) for part in one["loc"]).upper()
        say(
            f"Die Umgebungsvariable {name} hat keinen brauchbaren Wert.",
            f"The environment variable {name} has no usable value: {one['msg']}.",
        )
