"""One full evaluation (which fields show, every mistake) beside the peers, interleaved in one run.

    ./run python -m bench.evaluation PEERS_FOLDER [--fields 150] [--rounds 7]

PEERS_FOLDER holds the comparison's workload.py and pypeers.py (the neutral form, its answers, an
oracle, and the peers in Python) and, after its `npm install`, worker.mjs with the peers in Node.
Peers whose library is not installed are left out and named.
"""

import argparse
import importlib
import json
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from bench.neutral import answers, definition, neutral_path
from bench.node_peers import NodePeer, started
from engine import prepare, read_lists
from engine.source import Source

Run = Callable[[Mapping[str, Any]], list[str]]
TODAY = date(2026, 11, 23)


class Vordruck:
    """Our engine behind the peers' two methods."""

    def load(self, form: Mapping[str, Any]) -> None:
        """Compile the form's definition."""
        self.form = form
        plan, found = prepare(Source("vergleich.yaml", definition(form)), read_lists(())[0])
        if plan is None:
            raise SystemExit(
                "\n".join(f"{one.span} {one.code} {dict(one.values)}" for one in found)
            )
        self.plan = plan

    def run(self, given: Mapping[str, Any]) -> list[str]:
        """Paths of all mistakes."""
        return [one.field for one in self.plan.check(given, TODAY).problems]


def peers(folder: Path, names: tuple[str, ...]) -> tuple[Any, dict[str, Any]]:
    """The workload and the peers that can be imported here."""
    sys.path.insert(0, str(folder))
    workload = importlib.import_module("workload")
    table = importlib.import_module("pypeers").PEERS
    return workload, {name: table[name] for name in names if name in table}


def median_microseconds(run: Run, sets: list[Mapping[str, Any]], budget: float) -> float:
    """Median of single evaluations within `budget` seconds."""
    took: list[float] = []
    end = time.perf_counter() + budget
    while time.perf_counter() < end:
        for given in sets:
            begun = time.perf_counter()
            run(given)
            took.append(time.perf_counter() - begun)
    return statistics.median(took) * 1e6


def measure(folder: Path, fields: int, rounds: int) -> list[tuple[str, float, float, str]]:
    """Rows (engine, µs valid, µs many mistakes, same mistakes as the oracle)."""
    names = ("py-codegen", "py-closures", "oracle-interp", "pydantic", "jsonschema-rs",
             "fastjsonschema", "jsonlogic-maykin", "jsonschema")  # fmt: skip
    workload, table = peers(folder, names)
    form, sets = workload.build(fields, 1, 10, 100, 10)
    loaded: dict[str, Any] = {}
    for name, make in {"Vordruck": Vordruck, **table}.items():
        peer = make()
        try:
            peer.load(form)
            peer.run(sets["valid"][0]["answers"])
        except ImportError as fault:
            sys.stderr.write(f"{name} left out: {fault.name} is not installed\n")
            continue
        loaded[name] = peer
    with tempfile.TemporaryDirectory() as scratch:
        form_file, sets_file = Path(scratch, "form.json"), Path(scratch, "sets.json")
        form_file.write_text(json.dumps(form), "utf-8")
        sets_file.write_text(json.dumps(sets), "utf-8")
        in_node, absent = started(folder, form_file, sets_file)
        sys.stderr.write("".join(f"{one}\n" for one in absent))
        try:
            return _rounds(loaded, in_node, form, sets, rounds)
        finally:
            for peer in in_node:
                peer.close()


def _rounds(
    loaded: dict[str, Any],
    in_node: list[NodePeer],
    form: Mapping[str, Any],
    sets: Mapping[str, Any],
    rounds: int,
) -> list[tuple[str, float, float, str]]:
    names = [*loaded, *(peer.name for peer in in_node)]
    took: dict[str, dict[str, list[float]]] = {n: {"valid": [], "multi": []} for n in names}
    for _ in range(rounds):
        for kind in ("valid", "multi"):
            for name, peer in loaded.items():
                given = [_given(name, form, one["answers"]) for one in sets[kind]]
                took[name][kind].append(median_microseconds(peer.run, given, 0.15))
            for peer in in_node:
                took[peer.name][kind].append(peer.median_microseconds(kind, 0.15))
    rows = [
        _row(peer.name, took, sets, [sorted(paths) for paths in peer.mistakes("single")])
        for peer in in_node
    ]
    for name, peer in loaded.items():
        found = [
            _paths(name, peer.run(_given(name, form, one["answers"]))) for one in sets["single"]
        ]
        rows.append(_row(name, took, sets, found))
    return rows


def _row(
    name: str,
    took: Mapping[str, Mapping[str, list[float]]],
    sets: Mapping[str, Any],
    found: list[list[str]],
) -> tuple[str, float, float, str]:
    expected = [one["expect"] for one in sets["single"]]
    same = sum(wanted == paths for wanted, paths in zip(expected, found, strict=True))
    valid, multi = (statistics.median(took[name][kind]) for kind in ("valid", "multi"))
    return name, valid, multi, f"{same}/{len(expected)}"


def _given(name: str, form: Mapping[str, Any], given: Mapping[str, Any]) -> Mapping[str, Any]:
    return answers(form, given) if name == "Vordruck" else given


def _paths(name: str, paths: list[str]) -> list[str]:
    return sorted(neutral_path(path) for path in paths) if name == "Vordruck" else sorted(paths)


def table_of(rows: list[tuple[str, float, float, str]], fields: int) -> str:
    """The rows as Markdown, fastest first, as multiples of Vordruck."""
    ours = next(row for row in rows if row[0] == "Vordruck")
    lines = [
        f"| engine ({fields} fields) | µs, valid | ratio | µs, many mistakes | ratio | same |",
        "|---|---:|---:|---:|---:|---:|",
    ]
    for name, valid, multi, same in sorted(rows, key=lambda row: row[1]):
        lines.append(
            f"| {name} | {valid:,.0f} | {valid / ours[1]:.2f} | {multi:,.0f} "
            f"| {multi / ours[2]:.2f} | {same} |"
        )
    return "\n".join(lines)


def main() -> None:
    """Measure and print a table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--fields", type=int, default=150)
    parser.add_argument("--rounds", type=int, default=7)
    given = parser.parse_args()
    rows = measure(given.folder, given.fields, given.rounds)
    sys.stdout.write(table_of(rows, given.fields) + "\n")


if __name__ == "__main__":
    main()
