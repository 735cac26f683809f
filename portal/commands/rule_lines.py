"""One line of `vordruck feel`: a record in, its value or why there is none out."""

import json
import os
import traceback
from collections.abc import Iterator
from typing import BinaryIO

from engine.rules.lines import answer

MAX_BYTES = 16 * 1024 * 1024


def lines_of(stream: BinaryIO) -> Iterator[bytes]:
    """Line by line; of an endless one only the beginning, and what follows is passed over."""
    while line := stream.readline(MAX_BYTES + 1):
        end = line
        while len(end) > MAX_BYTES and not end.endswith(b"\n"):
            end = stream.readline(MAX_BYTES + 1)
        yield line


def answer_line(line: bytes) -> dict[str, object]:
    """Never raises: the lines behind a bad one want their answers, too."""
    if len(line) > MAX_BYTES:
        return _refusal("too-long", "The line is longer than 16 MiB.", "check")
    try:
        record = json.loads(line.decode("utf-8"))
    except RecursionError:
        return _refusal("nested-too-deeply", "The record is nested too deeply.", "check")
    except ValueError:
        return _refusal("not-json", "The line is not readable JSON.", "check")
    if not isinstance(record, dict):
        return _refusal("not-a-record", "A record is a JSON object.", "check")
    try:
        return answer(record)
    except Exception as fault:
        if os.environ.get("VORDRUCK_DEBUG"):
            traceback.print_exception(fault)
        return _refusal("fault", f"A fault in Vordruck: {type(fault).__name__}.", "run")


def _refusal(code: str, message: str, stage: str) -> dict[str, object]:
    return {"error": {"code": code, "message": message, "stage": stage}}
