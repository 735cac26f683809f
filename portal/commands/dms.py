"""The command for document management systems: dms migrate."""

import json
from collections.abc import Iterable
from dataclasses import replace
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from portal.commands.words import FINDINGS, give, refuse, say, shown

if TYPE_CHECKING:
    from portal.delivery.transports.dms.filer import Filer
    from portal.migration.holding import CaseRef, Holding
    from portal.migration.moving import Moved
    from portal.settings import Settings


class Action(StrEnum):
    """What is done."""

    MIGRATE = "migrate"


def dms(
    action: Annotated[Action, typer.Argument(help="migrate: carry cases into another system")],
    source: Annotated[str, typer.Option("--from", metavar="TARGET", help="where they are")],
    target: Annotated[str, typer.Option("--to", metavar="TARGET", help="where they shall be")],
    unit: Annotated[
        list[str] | None,
        typer.Option("--unit", metavar="NUMBER", help="only of this place in the Aktenplan"),
    ] = None,
    cases: Annotated[
        Path | None,
        typer.Option("--cases", metavar="FILE", help="only the Vorgänge named there, one per line"),
    ] = None,
    report: Annotated[
        Path | None, typer.Option("--report", metavar="FILE", help="the proof, as JSON")
    ] = None,
) -> None:
    """Carry cases from one DMS into another; prove by hash that nothing is missing."""
    from portal.delivery.transports.transport import UnreachableError
    from portal.settings import Settings

    settings = Settings()
    wanted = _named(cases)
    try:
        old, new = _sides(settings, source, target)
        refs = [
            one
            for one in old.cases()
            if (not unit or one.unit in unit) and (wanted is None or one.vorgang in wanted)
        ]
        found = _moved(settings, old, new, refs, f"{source}-{target}")
    except (UnreachableError, OSError) as fault:
        say(
            f"Eines der Systeme antwortet nicht ({shown(fault)}). Derselbe Befehl fährt später "
            "dort fort, wo es aufgehört hat.",
            "One of the systems does not answer. The same command goes on later where it stopped.",
        )
        raise typer.Exit(FINDINGS) from None
    _tell(source, target, found, report)


def _named(path: Path | None) -> frozenset[str] | None:
    if path is None:
        return None
    try:
        return frozenset(path.read_text("utf-8").split())
    except (OSError, UnicodeDecodeError):
        refuse(f"{shown(path)} lässt sich nicht lesen.", f"{shown(path)} cannot be read.")


def _sides(settings: "Settings", source: str, target: str) -> "tuple[Holding, Filer]":
    from portal.delivery.transports import UnknownTransportError, transports_of
    from portal.delivery.transports.dms.filer import Filer
    from portal.migration.moving import NoHoldingError, holding_of

    try:
        known = transports_of(settings)
    except UnknownTransportError as fault:
        refuse(str(fault), "VORDRUCK_TARGETS does not fit.")
    missing = [one for one in (source, target) if one not in known]
    if missing or source == target:
        refuse(
            f"--from und --to nennen zwei Ziele aus VORDRUCK_TARGETS. Es gibt: {', '.join(known)}.",
            "--from and --to name two targets of VORDRUCK_TARGETS.",
        )
    new = known[target]
    try:
        old = holding_of(known[source])
        holding_of(new)  # it is read afterwards, for the proof
    except NoHoldingError:
        refuse(
            "Aus einem der beiden Ziele lässt sich nicht lesen; möglich sind xdomea, filed, "
            "webdav, cmis und dvelop.",
            "One of the targets cannot be read from.",
        )
    assert isinstance(new, Filer)  # noqa: S101 - whatever has a holding is one
    return old, new


def _moved(
    settings: "Settings", old: "Holding", new: "Filer", refs: "list[CaseRef]", name: str
) -> "list[Moved]":
    """Carry over, then read both sides anew."""
    from rich.console import Console
    from rich.progress import Progress

    from portal.migration.moving import Log, Move, holding_of, proved

    move = Move(old, new, Log(settings.data / "migration" / f"{name}.jsonl"))
    with Progress(console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("Vorgänge", total=len(refs))
        faults: dict[str, str] = {}

        def carried(one: "Moved") -> None:
            bar.advance(task)
            faults[one.vorgang] = one.fault

        move.run(refs, carried)
        task = bar.add_task("Nachweis", total=len(refs))
        found = []
        for one in proved(old, holding_of(new), refs):
            bar.advance(task)
            found.append(replace(one, fault=faults[one.vorgang] or one.fault))
    return found


def _tell(source: str, target: str, found: "list[Moved]", report: Path | None) -> None:
    from portal.migration.report import as_data, as_sentences

    data = as_data(source, target, found)
    if report is not None:
        report.write_text(json.dumps(data, indent=2, ensure_ascii=False) + "\n", "utf-8")
    give({key: value for key, value in data.items() if key != "report"})
    _say_all(as_sentences(found))
    if not data["is_complete"]:
        raise typer.Exit(FINDINGS)


def _say_all(sentences: Iterable[tuple[str, str]]) -> None:
    for german, english in sentences:
        say(german, english)
