"""./run python -m tests.campaign --n 1000 --database sqlite|postgresql [--write]"""

import argparse
import sys
from collections.abc import Sequence
from datetime import UTC, date, datetime

from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from tests.campaign import report
from tests.campaign.databases import Postgres, Server, Sqlite
from tests.campaign.grouping import grouped
from tests.campaign.mutants import MUTANTS
from tests.campaign.parts import PARTS, Part
from tests.campaign.run import Result, play, sizes

# Where each mutant has to be seen; by name of the part.
SEEN_IN = {
    "ack_before_commit": "kill -9, accepting: before-commit",
    "dual_write": "kill -9, accepting: after-commit",
    "mark_before_send": "kill -9, delivering: sending",
    "no_key": "target: reset",
    "no_fence": "worker stops past its lease: sent",
    "trust_answers": "target: half-filed",
    "no_order": "target: first-refused",
}


def main() -> int:
    """Play what was asked for; exit code 1 if a promise was broken or a mutant not seen."""
    wish = _wish()
    server = Postgres() if wish.database == "postgresql" else Sqlite()
    try:
        if wish.mutants:
            return _mutants(server, wish)
        return _campaign(server, wish)
    finally:
        server.close()


def _wish() -> argparse.Namespace:
    asks = argparse.ArgumentParser(prog="python -m tests.campaign", description=__doc__)
    asks.add_argument("--n", type=int, default=1000, help="applications")
    asks.add_argument("--database", choices=("sqlite", "postgresql"), default="sqlite")
    asks.add_argument("--seed", type=int, default=1)
    asks.add_argument("--only", default="", help="parts whose name or number holds this text")
    asks.add_argument("--grouped", action="store_true", help="places of a phase share a database")
    asks.add_argument("--mutants", action="store_true", help="break guarantees on purpose")
    asks.add_argument("--write", action="store_true", help="put the table into docs/reliability.md")
    return asks.parse_args()


def parts_for(server: Server, only: str = "") -> tuple[Part, ...]:
    """Those that can happen to this database."""
    return tuple(
        one
        for one in PARTS
        if one.only in ("", server.name) and (only in one.name or only == one.number)
    )


def _campaign(server: Server, wish: argparse.Namespace) -> int:
    parts = parts_for(server, wish.only)
    if wish.grouped:
        parts = grouped(parts)
    results: list[Result] = []
    with _progress() as progress:
        bar = progress.add_task("", total=len(parts))
        for part, size in zip(parts, sizes(parts, wish.n), strict=True):
            progress.update(bar, description=part.name[:48])
            results.append(play(part, server, size, wish.seed))
            progress.advance(bar)
            _tell(progress, results[-1])
    text = report.table(results)
    broken = [one for one in results if one.broken]
    if not broken:
        text += "\n" + report.bound(results)
    sys.stdout.write(text)
    if wish.write:
        report.write(server.name, text, _today())
    return 1 if broken else 0


def _tell(progress: Progress, result: Result) -> None:
    """Where there is no terminal, a line for each part; everywhere what is broken."""
    if result.broken or not progress.console.is_terminal:
        sys.stderr.write(f"{result.part.name}: {result.seconds:.0f} s {result.broken or ''}\n")


def _mutants(server: Server, wish: argparse.Namespace) -> int:
    by_name = {one.name: one for one in PARTS}
    caught: list[tuple[str, str, dict[str, int]]] = []
    with _progress() as progress:
        bar = progress.add_task("", total=len(MUTANTS))
        for name in MUTANTS:
            progress.update(bar, description=name)
            part = by_name[SEEN_IN[name]]
            caught.append((name, part.name, play(part, server, 12, wish.seed, name).broken))
            progress.advance(bar)
    text = report.mutants_table(caught)
    sys.stdout.write(text)
    if wish.write:
        report.write(f"mutants on {server.name}", text, _today())
    return 0 if all(found for _, _, found in caught) else 1


def _today() -> date:
    return datetime.now(UTC).date()


def _progress() -> Progress:
    columns: Sequence[TextColumn | BarColumn | MofNCompleteColumn | TimeElapsedColumn] = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
    )
    return Progress(*columns, transient=True)


if __name__ == "__main__":
    sys.exit(main())
