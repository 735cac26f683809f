"""What was measured, as tables: one for each size of form, and how time grows with the size."""

import math
import statistics
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

OURS = "Vordruck"


@dataclass(slots=True)
class Row:
    """One engine on one form: microseconds of every round, by kind of answers."""

    engine: str
    valid: list[float] = field(default_factory=list)
    faulty: list[float] = field(default_factory=list)
    same: str = ""  # answers for which the mistakes are those of the oracle

    def microseconds(self) -> tuple[float, float]:
        """The medians over all rounds: valid answers, answers with many mistakes."""
        return statistics.median(self.valid), statistics.median(self.faulty)

    def times(self, other: "Row") -> tuple[float, float]:
        """How many times as long as the other, round by round: a busy machine drifts."""
        return _times(self.valid, other.valid), _times(self.faulty, other.faulty)


Rows = Mapping[str, Row]


def table_of(rows: Rows, fields: int) -> str:
    """The engines as Markdown, fastest first, as multiples of ours."""
    lines = [
        f"| engine ({fields:,} fields) | µs, valid | ratio | µs, many mistakes | ratio | same |",
        "|---|---:|---:|---:|---:|---:|",
    ]
    for row in sorted(rows.values(), key=lambda one: one.microseconds()[0]):
        (valid, faulty), (more, much_more) = row.microseconds(), row.times(rows[OURS])
        lines.append(
            f"| {row.engine} | {valid:,.0f} | {more:,.2f} | {faulty:,.0f} "
            f"| {much_more:,.2f} | {row.same} |"
        )
    return "\n".join(lines)


def growth_of(by_size: Mapping[int, Rows]) -> str:
    """The exponent of time over fields between each size and the next: 1.00 is linear."""
    sizes = sorted(by_size)
    spans = list(pairwise(sizes))
    heads = [f"{first:,} to {last:,}" for first, last in spans]
    lines = [
        f"| engine, valid answers | {' | '.join(heads)} |",
        f"|---|{'---:|' * len(heads)}",
    ]
    for engine in by_size[sizes[0]]:
        cells = [_exponent(engine, by_size, first, last) for first, last in spans]
        lines.append(f"| {engine} | {' | '.join(cells)} |")
    return "\n".join(lines)


def bars_of(by_size: Mapping[int, Rows]) -> str:
    """What the engine is held to, and what it reaches: always the second through the first."""
    lines = ["| fields | to py-codegen (at most 1.2) | jsonschema-rs with mistakes (more than 1) "
             "| form.io (500 or more) |", "|---:|---:|---:|---:|"]  # fmt: skip
    for size, rows in sorted(by_size.items()):
        ours = rows[OURS]
        cells = [
            f"{ours.times(rows['py-codegen'])[0]:.2f}" if "py-codegen" in rows else "–",
            f"{rows['jsonschema-rs'].times(ours)[1]:.1f}" if "jsonschema-rs" in rows else "–",
            f"{rows['formio'].times(ours)[0]:,.0f}" if "formio" in rows else "–",
        ]
        lines.append(f"| {size:,} | {' | '.join(cells)} |")
    return "\n".join(lines)


def _times(mine: Sequence[float], theirs: Sequence[float]) -> float:
    return statistics.median(one / other for one, other in zip(mine, theirs, strict=True))


def _exponent(engine: str, by_size: Mapping[int, Rows], first: int, last: int) -> str:
    if engine not in by_size[first] or engine not in by_size[last]:
        return "–"
    before, after = (by_size[size][engine].microseconds()[0] for size in (first, last))
    return f"{math.log(after / before) / math.log(last / first):.2f}"
