"""The peers that run in Node, spoken to by JSON lines: one process per peer."""

import json
import subprocess
import threading
from collections.abc import Mapping
from pathlib import Path
from typing import Any

PATIENCE = 300  # seconds for one question; who needs longer is left out
NAMES = ("ajv", "jsonforms", "formio", "surveyjs-reuse", "odk-xforms-engine")


class NodePeerError(Exception):
    """The peer cannot do the work; the message is its own."""


class NodePeer:
    """A peer behind the comparison's worker.mjs; it times itself, so that pipes do not count."""

    def __init__(self, folder: Path, name: str, form: Path, sets: Path) -> None:
        self.name = name
        self._process = subprocess.Popen(  # noqa: S603  the name comes from NAMES
            ["node", "--expose-gc", "--stack-size=8000", "worker.mjs", name],  # noqa: S607
            cwd=folder,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )
        self._ask(cmd="load", warmform=str(form), form=str(form), answers=str(sets), reps=1)

    def median_microseconds(self, kind: str, budget: float) -> float:
        """Median of single evaluations of a set of answers."""
        return float(self._ask(cmd="time", set=kind, budget_ms=budget * 1000)["us"])

    def mistakes(self, kind: str) -> list[list[str]]:
        """The sorted paths found for every answer of a set."""
        found = self._ask(cmd="check", set=kind)["res"]
        return [list(one) for one in found]

    def close(self) -> None:
        """End the process."""
        self._process.kill()
        self._process.wait()

    def _ask(self, **question: object) -> Mapping[str, Any]:
        pipe_in, pipe_out = self._process.stdin, self._process.stdout
        if pipe_in is None or pipe_out is None:
            raise NodePeerError("no pipes")
        pipe_in.write(json.dumps(question) + "\n")
        pipe_in.flush()
        watch = threading.Timer(PATIENCE, self._process.kill)
        watch.start()
        line = pipe_out.readline()
        watch.cancel()
        if not line:
            raise NodePeerError(f"no answer within {PATIENCE} s, or not enough memory")
        answer = json.loads(line)
        if "error" in answer:
            raise NodePeerError(str(answer["error"]))
        return dict(answer)


def started(
    folder: Path, form: Path, sets: Path, but: frozenset[str]
) -> tuple[list[NodePeer], list[str]]:
    """The peers that start, and a word about each that does not; `but` are not asked."""
    peers, missing = [], []
    for name in NAMES:
        if name in but:
            continue
        try:
            peers.append(NodePeer(folder, name, form, sets))
        except (NodePeerError, OSError) as fault:
            missing.append(f"{name} left out: {str(fault)[:120]}")
    return peers, missing
