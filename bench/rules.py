"""Single rules: ours as the plan runs them, beside Python written by hand, and feelin.

./run python -m bench.rules [PEERS_FOLDER] [--budget 0.5]

PEERS_FOLDER is a folder with feelin in its node_modules.
"""

import argparse
import json
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from engine.rules import (
    DATE,
    MONTHS,
    NUMBER,
    YES_NO,
    Choice,
    Given,
    ListOf,
    Record,
    Scope,
    Type,
    Typed,
    check,
    check_cell,
    compile_expression,
    emit_cell,
    emit_test,
    parse,
    parse_cell,
    parse_duration,
    runtime,
)
from engine.rules.table_text import HitPolicy, RuleCode, table_lines, test_of
from engine.rules.tables import Table, TableRule, compile_table
from engine.source import Position, Span

STATUS = Choice("status", frozenset({"duldung", "gestattung", "visum"}))
NAMES: Mapping[str, Type] = {
    "status": STATUS,
    "alter": NUMBER,
    "verheiratet": YES_NO,
    "einreise": DATE,
    "frist": Given(MONTHS),
    "stichtag": Given(DATE),
    "tagessaetze": NUMBER,
    "haft_tage": NUMBER,
    "kinder": ListOf(Record({"alter": NUMBER})),
}
VALUES: dict[str, Any] = {
    "status": "visum",
    "alter": Decimal(34),
    "verheiratet": True,
    "einreise": date(2020, 6, 27),
    "frist": parse_duration("P5Y"),
    "stichtag": date(2026, 11, 23),
    "tagessaetze": Decimal(30),
    "haft_tage": Decimal(0),
    "kinder": [{"alter": Decimal(one)} for one in (17, 12, 4)],
}
# What a pipe can carry; feelin makes dates of it inside its expression.
PLAIN = {
    **{name: one for name, one in VALUES.items() if isinstance(one, str | bool)},
    "alter": 34,
    "einreise": "2020-06-27",
    "stichtag": "2026-11-23",
    "tagessaetze": 30,
    "haft_tage": 0,
    "kinder": [{"alter": one} for one in (17, 12, 4)],
}


def _three_leaves(status: Any, alter: Any, verheiratet: Any) -> bool:
    return (
        status in ("duldung", "visum") and alter is not None and alter >= 18 and verheiratet is True
    )


def _years_before(day: date, years: int) -> date:
    try:
        return day.replace(year=day.year - years)
    except ValueError:
        return day.replace(year=day.year - years, day=28)


def _five_years(einreise: Any, stichtag: date) -> bool:
    return einreise is not None and einreise <= _years_before(stichtag, 5)


def _sum(tagessaetze: Any, haft_tage: Any) -> bool:
    return (
        tagessaetze is not None and haft_tage is not None and tagessaetze + haft_tage <= Decimal(90)
    )


def _minor(kinder: Any) -> bool:
    return kinder is not None and any(
        one["alter"] is not None and one["alter"] < 7 for one in kinder
    )


def _outcome(status: Any, alter: Any, verheiratet: Any) -> str:
    if status == "duldung" and alter is not None and alter < 16:
        return "zu_jung"
    if status == "duldung":
        return "beratung"
    if status == "gestattung" and verheiratet is True:
        return "familie"
    if status == "gestattung":
        return "warten"
    if status == "visum" and alter is not None and alter < 18:
        return "eltern"
    if status == "visum" and alter is not None and alter >= 18 and verheiratet is True:
        return "antrag"
    return "weiter"


@dataclass(frozen=True, slots=True)
class Case:
    """A rule, the same by hand, the names it reads, and its text for feelin."""

    name: str
    text: str
    by_hand: Callable[..., object]
    reads: tuple[str, ...]
    elsewhere: str


CASES = (
    Case(
        "three leaves",
        'status in ("duldung", "visum") and alter >= 18 and verheiratet = true',
        _three_leaves,
        ("status", "alter", "verheiratet"),
        '(status in ("duldung", "visum")) and alter >= 18 and verheiratet = true',
    ),
    Case(
        "five years, first day counts",
        "volle frist(einreise, frist, stichtag)",
        _five_years,
        ("einreise", "stichtag"),
        'date(einreise) <= date(stichtag) - duration("P5Y")',
    ),
    Case(
        "a sum and a limit",
        "tagessaetze + haft_tage <= 90",
        _sum,
        ("tagessaetze", "haft_tage"),
        "tagessaetze + haft_tage <= 90",
    ),
    Case(
        "any of three rows",
        "some k in kinder satisfies k.alter < 7",
        _minor,
        ("kinder",),
        "some k in kinder satisfies k.alter < 7",
    ),
)
TABLE = (
    ('"duldung"', "< 16", "-", '"zu_jung"'),
    ('"duldung"', "-", "-", '"beratung"'),
    ('"gestattung"', "-", "true", '"familie"'),
    ('"gestattung"', "-", "-", '"warten"'),
    ('"visum"', "< 18", "-", '"eltern"'),
    ('"visum"', ">= 18", "true", '"antrag"'),
)
COLUMNS = ("status", "alter", "verheiratet")


def _locate(start: int, end: int) -> Span:
    return Span("rule", Position(1, start + 1), Position(1, end + 1))


def typed(text: str) -> Typed:
    """A rule that is known to be right."""
    tree, _ = parse(text, _locate)
    rule = None if tree is None else check(tree, Scope(NAMES), None, _locate)[0]
    if rule is None:
        raise ValueError(text)
    return rule


def _cell(text: str, column: str) -> Typed | None:
    tree, _ = parse_cell(text, _locate)
    if text == "-" or tree is None:
        return None
    return check_cell(tree, NAMES[column], Scope(NAMES), _locate)[0]


def table_in_a_plan() -> Callable[..., object]:
    """The same rules as statements of a function whose variables are the columns."""
    rules = [
        RuleCode(
            test_of(
                [
                    emit_cell(cell, column, str)
                    for text, column in zip(row, COLUMNS, strict=False)
                    if (cell := _cell(text, column)) is not None
                ]
            ),
            row[3],
            "H(1)",
        )
        for row in TABLE
    ]
    lines = table_lines("d", "t", HitPolicy.FIRST, rules, '"weiter"')
    body = "".join(f"    {line}\n" for line in lines)
    space: dict[str, Any] = {"rt": runtime, "H": id}
    exec(f"def made({', '.join(COLUMNS)}):\n{body}    return d", space)  # noqa: S102  made above
    made: Callable[..., object] = space["made"]
    return made


def table() -> Callable[[Mapping[str, object]], object]:
    """Six rules over three columns, left at the first hit."""
    rules = tuple(
        TableRule(
            tuple(_cell(one, column) for one, column in zip(row, COLUMNS, strict=False)),
            None,
            (typed(row[3]),),
        )
        for row in TABLE
    )
    columns = tuple(map(typed, COLUMNS))
    return compile_table(Table(HitPolicy.FIRST, columns, rules, default=(typed('"weiter"'),)))


def as_in_a_plan(text: str) -> Callable[..., object]:
    """The test as it stands in a plan, where names are variables of the function around it."""
    code = emit_test(typed(text), str)
    made: Callable[..., object] = eval(  # noqa: S307  only what was emitted above
        f"lambda {', '.join(NAMES)}: {code}", {"__builtins__": {}, "rt": runtime}
    )
    return made


def microseconds(step: Callable[[], object], budget: float) -> float:
    """Median of a call over batches, without what the loop itself costs."""
    count = 1_000
    empty = _batch(lambda: None, count)
    took: list[float] = []
    end = time.perf_counter() + budget
    while len(took) < 5 or time.perf_counter() < end:
        took.append(_batch(step, count) - empty)
    return statistics.median(took) / count * 1e6


def _batch(step: Callable[[], object], count: int) -> float:
    begun = time.perf_counter()
    for _ in range(count):
        step()
    return time.perf_counter() - begun


FEELIN = """
import { evaluate } from 'feelin';
let text = '';
process.stdin.on('data', one => text += one).on('end', () => {
  const { rules, context, budget } = JSON.parse(text);
  const told = rules.map(rule => {
    const said = evaluate(rule, context), value = said?.value ?? said;
    const end = performance.now() + budget * 1000, took = [];
    while (performance.now() < end) {
      const begun = performance.now();
      for (let i = 0; i < 50; i++) evaluate(rule, context);
      took.push((performance.now() - begun) / 50 * 1000);
    }
    took.sort((a, b) => a - b);
    return { value: value === true, us: took[took.length >> 1] };
  });
  console.log(JSON.stringify(told));
});
"""


def feelin(folder: Path, budget: float) -> list[float]:
    """Microseconds of each case; empty if feelin is not there or says something else."""
    question = {"rules": [one.elsewhere for one in CASES], "context": PLAIN, "budget": budget}
    try:
        told = subprocess.run(  # noqa: S603  nothing in it comes from outside
            ["node", "--input-type=module", "-e", FEELIN],  # noqa: S607
            cwd=folder,
            input=json.dumps(question),
            capture_output=True,
            text=True,
            check=True,
        ).stdout
    except (OSError, subprocess.CalledProcessError) as fault:
        sys.stderr.write(f"feelin left out: {str(fault)[:120]}\n")
        return []
    found = json.loads(told)
    if not all(one["value"] for one in found):
        sys.stderr.write("feelin left out: it does not say true\n")
        return []
    return [float(one["us"]) for one in found]


def rows(folder: Path | None, budget: float) -> list[str]:
    """The table as Markdown."""
    peers = feelin(folder, budget) if folder else []
    lines = []
    for number, case in enumerate(CASES):
        ours = as_in_a_plan(case.text)
        alone = compile_expression(typed(case.text))
        given = [VALUES[name] for name in case.reads]
        every = [VALUES[name] for name in NAMES]
        if not (ours(*every) and alone(VALUES) and case.by_hand(*given)):
            raise ValueError(case.name)
        hand = microseconds(lambda case=case, given=given: case.by_hand(*given), budget)  # type: ignore[misc]
        plan = microseconds(lambda ours=ours, every=every: ours(*every), budget)  # type: ignore[misc]
        single = microseconds(lambda alone=alone: alone(VALUES), budget)  # type: ignore[misc]
        lines.append(_line(case.name, hand, plan, single, peers[number] if peers else None))
    decide, decide_plan = table(), table_in_a_plan()
    given = [VALUES[name] for name in COLUMNS]
    times = [
        microseconds(step, budget)
        for step in (
            lambda: _outcome(*given),
            lambda: decide_plan(*given),
            lambda: decide(VALUES),
        )
    ]
    lines.append(_line("a table of six rules", *times, None))
    return lines


def _line(name: str, hand: float, *others: float | None) -> str:
    """A row: ours and others in microseconds and as a multiple of Python by hand."""
    told = [f"{hand:.2f}"]
    for one in others:
        told.append("–" if one is None else f"{one:.2f} ({one / hand:,.1f} ×)")
    return f"| {name} | {' | '.join(told)} |"


HEAD = """\
| rule | by hand, µs | in a plan | alone, by names | feelin |
|---|---:|---:|---:|---:|"""


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", nargs="?", type=Path)
    parser.add_argument("--budget", type=float, default=0.5)
    asked = parser.parse_args()
    sys.stdout.write("\n".join([HEAD, *rows(asked.folder, asked.budget), ""]))


if __name__ == "__main__":
    main()
