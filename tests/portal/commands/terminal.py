"""A terminal for tests: runs `vordruck` in this process and keeps what it says apart."""

import json
from dataclasses import dataclass
from typing import Any

from typer.testing import CliRunner

from portal.cli import app


@dataclass(frozen=True, slots=True)
class Said:
    """What a command left behind."""

    code: int
    out: str
    err: str

    @property
    def data(self) -> Any:
        """Standard output as one JSON document; anything else beside it is a mistake."""
        assert self.out.count("\n") == 1, self.out
        return json.loads(self.out)

    @property
    def lines(self) -> list[Any]:
        """Standard output as JSON lines."""
        return [json.loads(line) for line in self.out.splitlines()]


def vordruck(*words: str, given: str | bytes | None = None) -> Said:
    """Run a command; an exception that people would see as a traceback fails the test."""
    result = CliRunner().invoke(app, list(words), input=given)
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise AssertionError(f"vordruck {' '.join(words)[:200]}") from result.exception
    assert "Traceback" not in result.output
    return Said(result.exit_code, result.stdout, result.stderr)


def codes(said: Said) -> list[str]:
    """The codes of a JSON report."""
    return [one["code"] for one in said.data["diagnostics"]]
