"""An authority that puts messages into the folder, and the worker that picks them up."""

from dataclasses import replace
from pathlib import Path

from engine.model import Authority
from outputs.xoev.replies import application_id
from outputs.xoev.returned import Kind
from outputs.xoev.simulated import Trial, write_trial
from portal.inbox.folder import IncomingFolder
from portal.inbox.picking import Picker
from portal.storage.store import Store
from tests.outputs.plans import PDF, RECEIVED, real_plan

PROCEDURE = "beschaeftigungserlaubnis"
APPLICATION = "OZG.Antrag.130101"


def authority() -> Authority:
    """The one of the procedure."""
    return real_plan(PROCEDURE).procedure.authority


def picker(store: Store, *, takes_tests: bool = True) -> Picker:
    """All cases of the store are of this procedure."""
    return Picker(store, lambda _digest: real_plan(PROCEDURE), None, takes_tests)


def incoming(folder: Path) -> IncomingFolder:
    """The folder of the Fachverfahren."""
    return IncomingFolder("fachverfahren", folder / "incoming")


def message(reference: str, kind: Kind = Kind.QUESTION, number: int = 1, key: str = "") -> bytes:
    """A message about a case, by this authority or one with another key."""
    by = replace(authority(), dvdv_key=key) if key else authority()
    answers = application_id(reference, APPLICATION)
    return write_trial(Trial(kind, by, reference, answers, RECEIVED, PDF, number)).content


def post(folder: Path, name: str, content: bytes) -> Path:
    """As a careful sender does it."""
    place = folder / "incoming"
    place.mkdir(parents=True, exist_ok=True)
    part = place / f"{name}.part"
    part.write_bytes(content)
    return part.rename(place / name)


def names(folder: Path) -> dict[str, set[str]]:
    """What lies where."""
    place = folder / "incoming"
    found = {"": {one.name for one in place.glob("*") if one.is_file()}}
    for below in ("abgeholt", "abgelehnt"):
        found[below] = {one.name for one in (place / below).glob("*")}
    return found
