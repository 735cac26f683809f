"""The command for the operator's own XSD sets: standards."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from portal.commands.words import give, refuse, say, shown


class Action(StrEnum):
    """What is done with installed sets."""

    ADD = "add"
    LIST = "list"
    REMOVE = "remove"


def standards(
    action: Annotated[Action, typer.Argument(help="what to do")],
    what: Annotated[
        str, typer.Argument(metavar="[FILE.zip|ID-VERSION]", help="the set to add or to remove")
    ] = "",
    name: Annotated[str, typer.Option("--id", help="how definitions call it")] = "",
    version: Annotated[str, typer.Option("--version", help="its version")] = "",
    namespace: Annotated[
        str, typer.Option("--namespace", help="of its messages, if the set has several")
    ] = "",
) -> None:
    """Install XSD sets, so that definitions can be mapped to their messages."""
    from portal.settings import Settings

    folder = Settings().standards
    if folder is None and action is Action.LIST:
        give({"standards": []})
        return
    if folder is None:
        refuse(
            "VORDRUCK_STANDARDS nennt den Ordner, in dem Standards liegen; er ist nicht gesetzt.",
            "VORDRUCK_STANDARDS names the folder of standards; it is not set.",
        )
    match action:
        case Action.ADD:
            _add(folder, what, name, version, namespace)
        case Action.LIST:
            _list(folder)
        case Action.REMOVE:
            _remove(folder, what)


def _add(folder: Path, file: str, name: str, version: str, namespace: str) -> None:
    from outputs.xoev.installed import UnfitSchemaError
    from outputs.xoev.package import Wanted, read_package
    from portal.standards import install

    try:
        content = Path(file).read_bytes() if file else b""
    except OSError:
        refuse(f"{shown(file)} lässt sich nicht lesen.", f"{shown(file)} cannot be read.")
    try:
        package = read_package(content, Wanted(name, version, namespace))
        place = install(package, folder)
    except UnfitSchemaError as fault:
        refuse(
            f"{shown(file)} lässt sich nicht verwenden: {shown(fault)}.",
            f"{shown(file)} cannot be used: {shown(fault)}.",
        )
    except OSError as fault:
        refuse(
            f"In {shown(folder)} lässt sich nicht schreiben ({fault.strerror}).",
            f"{shown(folder)} cannot be written to ({fault.strerror}).",
        )
    standard = package.standard
    say(
        f"{standard.id} {standard.version} ist installiert: {len(package.files)} XSD-Dateien, "
        f"{len(standard.messages)} Nachrichten, SHA-256 {package.sha256}.",
        f"{standard.id} {standard.version} is installed in {shown(place)}. "
        f"`vordruck check` now holds mappings to it.",
    )


def _list(folder: Path) -> None:
    import json

    from outputs.xoev.installed import INSTALLED

    found = []
    for path in sorted((folder / INSTALLED).glob("*/standard.json")):
        told = json.loads(path.read_text("utf-8"))
        found.append({key: told[key] for key in ("id", "version", "namespace", "sha256")})
    give({"standards": found})


def _remove(folder: Path, name: str) -> None:
    from portal.standards import uninstall

    if not uninstall(name, folder):
        refuse(
            f"{shown(name) or 'So etwas'} ist nicht installiert; `vordruck standards list` zeigt, "
            "was da ist.",
            f"{shown(name) or 'That'} is not installed; `vordruck standards list` shows what is.",
        )
    say(f"{shown(name)} ist entfernt.", f"{shown(name)} is removed.")
