"""What comes with a command: a file of answers, a day, a moment."""

import json
import re
import sys
from datetime import date, datetime, time
from pathlib import Path
from typing import NoReturn

from portal.clock import BERLIN, Clock
from portal.commands.procedures import refuse_file
from portal.commands.words import refuse, shown

MAX_BYTES = 64 * 1024 * 1024
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def read_answers_file(name: str) -> dict[str, object]:
    """Answers from a JSON file, or from standard input with "-"."""
    data = _bytes_of(name)
    if len(data) > MAX_BYTES:
        refuse(f"»{shown(name)}« ist zu groß für Antworten.", "This is too large to be answers.")
    try:
        answers = json.loads(data.decode("utf-8-sig"))
    except UnicodeDecodeError:
        _refuse_json(name, "kein UTF-8", "no UTF-8")
    except json.JSONDecodeError as fault:
        place = f"{fault.lineno}:{fault.colno}"
        _refuse_json(name, f"Zeile:Spalte {place}", f"line:column {place}")
    except RecursionError:
        _refuse_json(name, "zu tief verschachtelt", "nested too deeply")
    except ValueError:
        _refuse_json(name, "eine Zahl ist zu lang", "a number is too long")
    if not isinstance(answers, dict):
        refuse(
            f'»{shown(name)}« muss ein JSON-Objekt enthalten: {{"feld": "Antwort"}}.',
            "Answers are a JSON object.",
        )
    return answers


def _bytes_of(name: str) -> bytes:
    try:
        if name == "-":
            return sys.stdin.buffer.read(MAX_BYTES + 1)
        with Path(name).open("rb") as file:
            return file.read(MAX_BYTES + 1)
    except (OSError, ValueError) as fault:
        refuse_file(name, fault)


def _refuse_json(name: str, german: str, english: str) -> NoReturn:
    refuse(
        f"»{shown(name)}« enthält kein lesbares JSON ({german}).",
        f"This is not readable JSON ({english}).",
    )


def day(text: str | None) -> date:
    """--today, or today."""
    if text is None:
        return Clock().today()
    found = _date(text) if _DAY.fullmatch(text) else None
    return found or refuse(
        f"»{shown(text)}« ist kein Datum. Schreiben Sie --today JJJJ-MM-TT, z. B. 2026-11-23.",
        "This is not a date. Write --today YYYY-MM-DD.",
    )


def _date(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def moment(text: str | None, today: date) -> datetime:
    """--time, or noon; without a zone the time is Germany's."""
    if text is None:
        return datetime.combine(today, time(12), BERLIN)
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        refuse(
            f"»{shown(text)}« ist keine Zeit. Beispiel: --time 2026-11-23T12:00:00+01:00",
            "This is not a time in ISO 8601.",
        )
    return found if found.tzinfo else found.replace(tzinfo=BERLIN)
