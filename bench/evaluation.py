"""One full evaluation (which fields show, every mistake) beside the peers, interleaved in one run.

    ./run python -m bench.evaluation PEERS_FOLDER [--fields 150 1000 10000] [--rounds 7]

PEERS_FOLDER holds the comparison's workload.py, translate.py and pypeers.py (the neutral form, its
answers, an oracle, and the peers in Python) and, after its `npm install`, worker.mjs with the peers
in Node. Peers whose library is not installed, and those that need minutes, are left out and named.
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

from bench.beyond import MOST_FIELDS, lift_limits
from bench.growth import OURS, Row, Rows, bars_of, growth_of, table_of
from bench.neutral import answers, definition, neutral_path
from bench.node_peers import NodePeer, started
from engine import prepare, read_lists
from engine.source import Source

Run = Callable[[Mapping[str, Any]], list[str]]
TODAY = date(2026, 11, 23)
SECONDS = 0.15  # for an engine and a kind of answers in one round
IN_PYTHON = ("py-codegen", "py-closures", "oracle-interp", "pydantic", "jsonschema-rs",
             "fastjsonschema", "jsonlogic-maykin", "jsonschema")  # fmt: skip
SETS = {150: (10, 100, 10), 1_000: (6, 30, 6), 10_000: (3, 6, 3)}  # valid, one mistake, many
TOO_SLOW = {  # fields from which on nobody waits for it
    "fastjsonschema": (10_000, "an evaluation takes 15 seconds"),
    "surveyjs-reuse": (10_000, "no answer within two minutes"),
}


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


def measure(folder: Path, fields: int, rounds: int) -> Rows:
    """Every engine that is there, on a form of so many fields."""
    workload = importlib.import_module("workload")
    form, sets = workload.build(fields, 1, *SETS.get(fields, SETS[1_000]))
    schema = importlib.import_module("translate").json_schema(form)
    (folder / "out").mkdir(exist_ok=True)
    (folder / "out" / f"schema{fields}.json").write_text(json.dumps(schema), "utf-8")
    in_python = _in_python(form, sets, fields)
    with tempfile.TemporaryDirectory() as scratch:
        form_file, sets_file = Path(scratch, "form.json"), Path(scratch, "sets.json")
        form_file.write_text(json.dumps(form), "utf-8")
        sets_file.write_text(json.dumps(sets), "utf-8")
        slow = frozenset(name for name in TOO_SLOW if _is_too_slow(name, fields))
        in_node, absent = started(folder, form_file, sets_file, slow)
        sys.stderr.write("".join(f"{one}\n" for one in absent))
        try:
            rows = _rounds(in_python, in_node, form, sets, rounds)
            _compare(rows, in_python, in_node, form, sets)
        finally:
            for peer in in_node:
                peer.close()
    return rows


def _in_python(form: Mapping[str, Any], sets: Mapping[str, Any], fields: int) -> dict[str, Any]:
    table = importlib.import_module("pypeers").PEERS
    loaded: dict[str, Any] = {}
    for name, make in {OURS: Vordruck, **{one: table[one] for one in IN_PYTHON}}.items():
        if _is_too_slow(name, fields):
            continue
        peer = make()
        try:
            peer.load(form)
            peer.run(_given(name, form, sets["valid"][0]["answers"]))
        except ImportError as fault:
            sys.stderr.write(f"{name} left out: {fault.name} is not installed\n")
            continue
        loaded[name] = peer
    return loaded


def _rounds(
    in_python: Mapping[str, Any],
    in_node: list[NodePeer],
    form: Mapping[str, Any],
    sets: Mapping[str, Any],
    rounds: int,
) -> dict[str, Row]:
    rows = {name: Row(name) for name in (*in_python, *(peer.name for peer in in_node))}
    for _ in range(rounds):
        for kind in ("valid", "multi"):
            for name, peer in in_python.items():
                given = [_given(name, form, one["answers"]) for one in sets[kind]]
                took = median_microseconds(peer.run, given, SECONDS)
                _of(rows[name], kind).append(took)
            for node in in_node:
                _of(rows[node.name], kind).append(node.median_microseconds(kind, SECONDS))
    return rows


def _compare(
    rows: Mapping[str, Row],
    in_python: Mapping[str, Any],
    in_node: list[NodePeer],
    form: Mapping[str, Any],
    sets: Mapping[str, Any],
) -> None:
    """How often an engine finds what the oracle finds, where there is one mistake."""
    expected = [one["expect"] for one in sets["single"]]
    found = {peer.name: [sorted(one) for one in peer.mistakes("single")] for peer in in_node}
    for name, peer in in_python.items():
        found[name] = [
            _paths(name, peer.run(_given(name, form, one["answers"]))) for one in sets["single"]
        ]
    for name, row in rows.items():
        pairs = zip(expected, found[name], strict=True)
        row.same = f"{sum(wanted == paths for wanted, paths in pairs)}/{len(expected)}"


def _of(row: Row, kind: str) -> list[float]:
    return row.valid if kind == "valid" else row.faulty


def _is_too_slow(name: str, fields: int) -> bool:
    return name in TOO_SLOW and fields >= TOO_SLOW[name][0]


def _given(name: str, form: Mapping[str, Any], given: Mapping[str, Any]) -> Mapping[str, Any]:
    return answers(form, given) if name == OURS else given


def _paths(name: str, paths: list[str]) -> list[str]:
    return sorted(neutral_path(path) for path in paths) if name == OURS else sorted(paths)


def main() -> None:
    """Measure each size and print the tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--fields", type=int, nargs="+", default=sorted(SETS))
    parser.add_argument("--rounds", type=int, default=7)
    given = parser.parse_args()
    sys.path.append(str(given.folder))
    by_size: dict[int, Rows] = {}
    for fields in sorted(given.fields):
        if fields > MOST_FIELDS:
            lift_limits()
        rounds = given.rounds if fields < 10_000 else min(given.rounds, 3)
        by_size[fields] = measure(given.folder, fields, rounds)
        sys.stdout.write(table_of(by_size[fields], fields) + "\n\n")
        for name, (_, reason) in TOO_SLOW.items():
            if _is_too_slow(name, fields):
                sys.stdout.write(f"{name} is left out: {reason}.\n\n")
        sys.stdout.flush()
    if len(by_size) > 1:
        sys.stdout.write(f"{growth_of(by_size)}\n\n")
    sys.stdout.write(f"{bars_of(by_size)}\n")


if __name__ == "__main__":
    main()
