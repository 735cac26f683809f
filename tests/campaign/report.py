"""The table of faults, and where it is kept."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from tests.campaign.judge import AUDIT, BYTES, DISORDER, GONE, LOST, TWICE
from tests.campaign.run import Result

PAGE = Path(__file__).parents[2] / "docs" / "reliability.md"
_COLUMNS = (GONE, LOST, TWICE, BYTES, DISORDER, AUDIT)
_HEAD = (
    "| plan | fault | applications | deliveries | faults | receipt gone | lost | twice "
    "| other bytes | disorder | audit | other | s |\n"
    "|---|---|---:|---:|---:|---:|---:|---:|---:|---:|---:|---|---:|\n"
)


def table(results: Sequence[Result]) -> str:
    """Every part, and the sum."""
    lines = [_line(one.part.number, one.part.name, [one]) for one in results]
    return _HEAD + "".join(lines) + _line("", "**all**", results)


def _line(number: str, name: str, results: Sequence[Result]) -> str:
    broken = [sum(one.broken.get(key, 0) for one in results) for key in _COLUMNS]
    others = sorted({key for one in results for key in one.broken} - set(_COLUMNS))
    cells = [
        number,
        name,
        f"{sum(one.applications for one in results):,}",
        f"{sum(one.deliveries for one in results):,}",
        f"{sum(one.faults for one in results):,}",
        *map(str, broken),
        ", ".join(others) or "–",
        f"{sum(one.seconds for one in results):.0f}",
    ]
    return "| " + " | ".join(cells) + " |\n"


def bound(results: Sequence[Result]) -> str:
    """What the numbers allow to say, and what not."""
    number = sum(one.applications for one in results)
    return (
        f"No broken promise among {number:,} applications bounds the rate under this mix of "
        f"faults at {3 / number:.2%} (95 %), no more.\n"
    )


def mutants_table(caught: Sequence[tuple[str, str, dict[str, int]]]) -> str:
    """Which part saw which mutant."""
    lines = []
    for name, part, found in caught:
        seen = ", ".join(f"{key}: {number}" for key, number in found.items())
        lines.append(f"| {name} | {part} | {seen or '**nothing**'} |\n")
    return "| broken on purpose | part | what the judge saw |\n|---|---|---|\n" + "".join(lines)


def write(name: str, text: str, today: date) -> None:
    """Put a table between its marks on the page."""
    begin, end = f"<!-- {name} -->", f"<!-- end of {name} -->"
    page = PAGE.read_text("utf-8")
    before, rest = page.split(begin, 1)
    after = rest.split(end, 1)[1]
    PAGE.write_text(f"{before}{begin}\nRun of {today}.\n\n{text}{end}{after}", "utf-8")
