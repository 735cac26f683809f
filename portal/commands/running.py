"""Commands for operators: serve, work, migrate, bench."""

from typing import Annotated

import typer

from portal.commands.words import say


def serve(
    demo: Annotated[bool, typer.Option("--demo", help="SQLite and folders, worker inside")] = False,
    host: Annotated[str, typer.Option(help="address to listen on")] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=0, max=65535, help="port")] = 8000,
    today: Annotated[str | None, typer.Option("--today", help="day, YYYY-MM-DD (trials)")] = None,
) -> None:
    """Run the portal.  Example: vordruck serve --demo --port 8000"""
    from portal.commands.procedures import day
    from portal.commands.serving import serve_portal

    serve_portal(demo=demo, host=host, port=port, today=day(today) if today else None)


def work(
    once: Annotated[bool, typer.Option("--once", help="deliver what is due, then stop")] = False,
) -> None:
    """Deliver what was accepted.  Example: vordruck work --once"""
    from portal.commands.serving import work_deliveries

    delivered = work_deliveries(once=once)
    say(f"{delivered} Zustellungen erledigt.")


def migrate() -> None:
    """Bring the database to the current shape.  Example: vordruck migrate"""
    from portal.commands.serving import migrate_database

    say(migrate_database())


def bench() -> None:
    """Measure speed on this machine, as ratios.  Example: vordruck bench"""
    import runpy
    from pathlib import Path

    script = Path(__file__).resolve().parents[2] / "bench" / "quick.py"
    runpy.run_path(str(script), run_name="__main__")
