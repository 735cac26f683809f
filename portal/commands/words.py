"""Words to stderr, JSON to stdout."""

import json
import os
import sys
import traceback
from typing import NoReturn

import typer

FINE, FINDINGS, WRONG_USE = 0, 1, 2


def say(text: str) -> None:
    """A sentence for the person at the terminal."""
    sys.stderr.write(text + "\n")


def refuse(text: str) -> NoReturn:
    """The command was used wrongly: say how, exit code 2."""
    say(text)
    raise typer.Exit(WRONG_USE)


def give(data: object) -> None:
    """One JSON document on a line of its own."""
    sys.stdout.write(json.dumps(data, ensure_ascii=False) + "\n")


def tell_our_fault(fault: Exception) -> None:
    """A bug of Vordruck is said to be one; the details only for developers (VORDRUCK_DEBUG=1)."""
    from importlib.metadata import version

    say(
        f"Das ist ein Fehler in Vordruck {version('vordruck')}, nicht in Ihrer Datei "
        f"({type(fault).__name__}). Bitte melden Sie ihn mit dem Befehl, der ihn auslöst.\n"
        "This is a fault in Vordruck, not in your file. VORDRUCK_DEBUG=1 shows the details."
    )
    if os.environ.get("VORDRUCK_DEBUG"):
        traceback.print_exception(fault)
