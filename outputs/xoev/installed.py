"""Standards that an operator brought along: XSD sets with their version and hash.

Below the standards folder, `installed/<id>-<version>/` holds the XSD files, `standard.json` (what
the set is) and `shapes.txt` (what its messages look like, read from the XSD once).
"""

import json
from pathlib import Path

from outputs.xoev import facts
from outputs.xoev.standards import Standard

INSTALLED = "installed"
LISTS = (facts.DIRECTORY, facts.CHANNEL, facts.SEX, facts.NATIONALITY, facts.STATE)


class UnfitSchemaError(Exception):
    """A schema set from which no message can be read; the message is for the operator."""


def installed_in(folder: Path) -> tuple[Standard, ...]:
    """Every installed standard below a standards folder, by name."""
    return tuple(_read(path) for path in sorted((folder / INSTALLED).glob("*/standard.json")))


def _read(path: Path) -> Standard:
    try:
        return _told(path)
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as fault:
        raise UnfitSchemaError(f"{path.parent.name}/{path.name}: {type(fault).__name__}") from fault


def _told(path: Path) -> Standard:
    told = json.loads(path.read_text("utf-8"))
    return Standard(
        id=told["id"],
        version=told["version"],
        name=told["name"],
        namespace=told["namespace"],
        prefix=told["prefix"],
        messages={one: one.rpartition(".")[2] for one in told["messages"]},
        open_lists=LISTS,
        formats=told["formats"],
        shapes=path.with_name("shapes.txt").read_text("utf-8"),
        states_product=told["states_product"],
    )
