"""Complete applications: the definitions' own cases in which nothing is missing."""

from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

from engine import Plan, prepare, read_lists
from engine.source import Source

ROOT = Path(__file__).resolve().parents[2]


@cache
def plans() -> Mapping[str, Plan]:
    """Every procedure of the repository."""
    folder = ROOT / "definitions"
    shared = [Source(one.name, one.read_text("utf-8")) for one in folder.glob("shared/*.yaml")]
    lists, _ = read_lists(shared)
    found = {}
    for path in sorted(folder.glob("*.yaml")):
        plan, problems = prepare(Source(path.name, path.read_text("utf-8")), lists)
        assert plan is not None, problems
        found[plan.procedure.id] = plan
    return found


def complete_cases() -> Iterator[tuple[str, str]]:
    """Procedure and case, where the case is a whole application."""
    for procedure_id, plan in plans().items():
        for case in plan.procedure.cases:
            if case.given and not plan.check(case.given, case.on).problems:
                yield procedure_id, case.id


def answers_of(procedure_id: str, case_id: str) -> Mapping[str, object]:
    """What is answered in the case."""
    cases = plans()[procedure_id].procedure.cases
    return next(one.given for one in cases if one.id == case_id)
