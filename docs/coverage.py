"""Writes docs/coverage.md: what cases put to the test, those of the authors and those made here.

./run python docs/coverage.py        (takes minutes: it searches; so no test compares the page)
"""

import sys
from datetime import date
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from engine.coverage.goals import Section  # noqa: E402  the folder above must be importable first
from engine.coverage.measure import Measure  # noqa: E402
from engine.coverage.report import Count, Coverage, case_goals, coverage  # noqa: E402
from engine.coverage.spot import World  # noqa: E402
from engine.sample.cover import Covering, cover  # noqa: E402
from portal.commands.procedures import definition_files, prepared  # noqa: E402

TODAY = date(2026, 11, 23)
HEAD = f"""\
# What cases put to the test

Made by `./run python docs/coverage.py`, with settings of {TODAY} and seed 0. Goals that settings
or the rule itself rule out are not counted; goals that were not reached are counted as missed,
although some of them cannot be reached by any answers. MC/DC: leaves that were seen to decide
alone, both ways.
"""
TABLE = """
| procedure | sets | refused | conditions true+false | MC/DC | rules | outcomes | boundaries \
| options | rows | limits | rare values |
|---|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|
"""
COLUMNS = (Section.RULE, Section.RESULT, Section.BOUNDARY, Section.OPTION, Section.ROWS,
           Section.LIMIT, Section.VALUE)  # fmt: skip


def page() -> str:
    """The whole page."""
    own, made = "", ""
    for path in definition_files(ROOT / "definitions"):
        plan = prepared(str(path))
        measure = Measure(plan)
        cases = len(plan.procedure.cases)
        own += _row(coverage(measure, case_goals(measure), TODAY), str(cases), "")
        found = [cover(plan, world, today=TODAY, measure=measure) for world in World]
        met = frozenset(number for one in found for number in one.met)
        made += _row(coverage(measure, met, TODAY), _sets(found), _refused(found))
    return f"{HEAD}\n## The authors' own cases\n{TABLE}{own}\n## The sets made\n{TABLE}{made}"


def _sets(found: list[Covering]) -> str:
    """Of the form, and of the Quick Check."""
    return " + ".join(str(len(one.sets)) for one in found)


def _refused(found: list[Covering]) -> str:
    return str(sum(one.is_refused for covering in found for one in covering.sets))


def _row(report: Coverage, sets: str, refused: str) -> str:
    cells = [sets, refused, _cell(report.both_ends), _cell(report.leaves)]
    cells += [_cell(report.counts[section]) for section in COLUMNS]
    return f"| {report.procedure} | {' | '.join(cells)} |\n"


def _cell(count: Count) -> str:
    return f"{count.seen}/{count.of} ({count.percent} %)" if count.of else "–"


if __name__ == "__main__":
    (ROOT / "docs" / "coverage.md").write_text(page(), "utf-8")
