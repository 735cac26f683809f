"""Commands for operators: serve, work, migrate, bench."""

from typing import Annotated

import typer

from portal.commands.words import give, say


def serve(
    demo: Annotated[bool, typer.Option("--demo", help="SQLite and folders, worker inside")] = False,
    host: Annotated[str, typer.Option(help="address to listen on")] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=0, max=65535, help="0: any that is free")] = 8000,
    today: Annotated[
        str | None, typer.Option("--today", metavar="YYYY-MM-DD", help="a fixed day, for trials")
    ] = None,
) -> None:
    """Run the portal."""
    from portal.commands.given import day
    from portal.commands.serving import serve_portal

    serve_portal(demo=demo, host=host, port=port, today=day(today) if today else None)


def work(
    once: Annotated[bool, typer.Option("--once", help="deliver what is due, then stop")] = False,
) -> None:
    """Deliver what was accepted, until told to stop."""
    from portal.commands.serving import work_deliveries

    delivered = work_deliveries(once=once)
    say(f"{delivered} Zustellungen erledigt.", f"{delivered} deliveries done.")


def migrate() -> None:
    """Bring the database to the current shape."""
    from portal.commands.serving import migrate_database

    say(migrate_database())


def bench(
    seconds: Annotated[float, typer.Option(min=0.01, max=60, help="time per procedure")] = 1,
) -> None:
    """Measure full evaluations on this machine, also as multiples of reading the same JSON."""
    from portal.commands.speed import measure

    give(measure(seconds))
