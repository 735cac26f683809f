"""What the DMS says of what was filed (0629, 0630): on record, and an import that failed counts."""

from datetime import timedelta
from pathlib import Path

import pytest
from sqlmodel import select

from outputs.dms.answers import Outcome, write_outcome, write_receipt
from outputs.dms.messages import FILE, Envelope
from portal.inbox.folder import IncomingFolder
from portal.inbox.loop import folders_of, office_folders_of
from portal.inbox.picking import Picked
from portal.settings import Settings, Target
from portal.storage import outbox, retention, submissions
from portal.storage.tables import AuditRow
from portal.transfer.incoming import TransferPicker
from tests.portal.stores import PROCEDURE as PROBE
from tests.portal.stores import START
from tests.portal.transfer.towns import Town, two_towns


def _envelope(town: Town, case: str) -> Envelope:
    payloads = submissions.payloads_of(town.store, case)
    [name] = [one.name for one in payloads if one.output == "dms"]
    return Envelope(name.partition("_")[0], START, "DMS (erfunden)", "Musterstadt (erfunden)")


def _answer(town: Town, target: str, content: bytes) -> Picked:
    place = IncomingFolder(target, town.settings.data / "incoming" / target)
    place.folder.mkdir(parents=True, exist_ok=True)
    (place.folder / "antwort.xml").write_bytes(content)
    [picked, *_] = TransferPicker(town.desk).pick_all(place)
    return picked


def _told(town: Town, case: str) -> list[str]:
    with town.store.database.reading() as session:
        rows = session.exec(select(AuditRow).where(AuditRow.subject == case)).all()
    return [row.action for row in rows if row.action.startswith("filing-")]


@pytest.mark.parametrize("kind", ["sqlite", "postgres"])
def test_a_filing_is_confirmed(kind: str, folder: Path) -> None:
    """Received and imported; the same once more is nothing new."""
    with two_towns(kind, folder) as (town, _):
        case = town.submit().submission_id
        town.work()
        envelope = _envelope(town, case)
        receipt = write_receipt(FILE, envelope, "3.1.0", None)
        imported = write_outcome(FILE, envelope, [Outcome("")], "3.1.0", None)
        for one in (receipt, imported, imported):
            assert one is not None
            assert _answer(town, "dms", one.content) is Picked.KEPT
        assert _told(town, case) == ["filing-received", "filing-imported"]


def test_an_import_that_failed_is_no_delivery(folder: Path) -> None:
    """The operators see it, and the case stays however long it takes."""
    with two_towns("sqlite", folder) as (town, _):
        case = town.submit().submission_id
        town.work()
        failed = [Outcome("", is_well=False, fault="Erfunden")]
        made = write_outcome(FILE, _envelope(town, case), failed, "3.1.0", None)
        assert made is not None
        assert _answer(town, "dms", made.content) is Picked.KEPT
        states = {one.target: one.state for one in outbox.states(town.store, case)}
        assert states == {"fachverfahren": "acknowledged", "dms": "rejected"}
        town.clock.advance(timedelta(days=4000))
        assert retention.delete_delivered(town.store, PROBE, timedelta(days=90)) == 0


def test_another_target_cannot_speak_for_the_dms(folder: Path) -> None:
    """What came another way is put aside."""
    with two_towns("sqlite", folder) as (town, _):
        case = town.submit().submission_id
        town.work()
        made = write_outcome(FILE, _envelope(town, case), [Outcome("")], "3.1.0", None)
        assert made is not None
        assert _answer(town, "beispielhausen", made.content) is Picked.REFUSED
        assert _told(town, case) == []


def test_the_dms_answers_where_the_operator_says_so(tmp_path: Path) -> None:
    """And its folder is not taken for one of the Fachverfahren."""
    plain = Settings(data=tmp_path)
    assert [one.target for one in office_folders_of(plain)] == []
    chosen = Settings(data=tmp_path, targets={"dms": Target(incoming=tmp_path / "back")})
    assert [one.folder for one in office_folders_of(chosen)] == [tmp_path / "back"]
    assert [one.target for one in folders_of(chosen)] == ["fachverfahren"]
