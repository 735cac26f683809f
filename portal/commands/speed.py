"""How fast full evaluations are here; the ratio says it independently of the machine."""

import json
import statistics
import time
from collections.abc import Callable
from typing import TypedDict

from engine import Plan
from engine.cases import answers_of
from portal.commands.procedures import definition_files, definitions_folder, prepared


class Speed(TypedDict):
    """Median of one full evaluation of one application."""

    procedure: str
    microseconds: float
    json_microseconds: float  # the same answers, read with Python's json
    ratio: float


def measure(seconds: float) -> dict[str, list[Speed]]:
    """Every procedure with the answers of its longest case."""
    plans = [prepared(str(path)) for path in definition_files(definitions_folder())]
    return {"procedures": [_speed(plan, seconds) for plan in plans if plan.procedure.cases]}


def _speed(plan: Plan, seconds: float) -> Speed:
    case = max(plan.procedure.cases, key=lambda one: len(str(answers_of(plan, one)[1])))
    given = answers_of(plan, case)[1]
    text = json.dumps(given, default=str)
    ours = median_microseconds(lambda: plan.check(given, case.on), seconds / 2)
    theirs = median_microseconds(lambda: json.loads(text), seconds / 2)
    return {
        "procedure": plan.procedure.id,
        "microseconds": round(ours, 1),
        "json_microseconds": round(theirs, 1),
        "ratio": round(ours / theirs, 1),
    }


def median_microseconds(run: Callable[[], object], seconds: float, least: int = 1) -> float:
    """Median time of a run, repeated for so many seconds but at least `least` times."""
    took: list[float] = []
    end = time.perf_counter() + seconds
    while len(took) < least or time.perf_counter() < end:
        begun = time.perf_counter()
        run()
        took.append(time.perf_counter() - begun)
    return statistics.median(took) * 1e6
