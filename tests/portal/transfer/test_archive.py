"""What an archive is offered, and that nothing goes before it has spoken."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from outputs.application import OutputFile
from outputs.dms.answers import Outcome, write_appraisal, write_outcome, write_receipt
from outputs.dms.messages import ARCHIVE, OFFER, Envelope
from outputs.dms.read import read_package
from portal.delivery.housekeeping import ClockWatch, Housekeeping, Periods
from portal.storage import transfers
from portal.transfer import giving
from portal.transfer.opening import offering
from portal.transfer.states import State
from tests.portal.stores import PROCEDURE as PROBE
from tests.portal.transfer.towns import NEW, Town, authority, two_towns

# The other town plays the archive.
NAME = authority(NEW)
BOTH = pytest.mark.parametrize("kind", ["sqlite", "postgres"])


@dataclass
class Archive:
    """Answers what the town sends it."""

    town: Town

    def sent(self, message: str) -> bytes:
        """The only package of a kind that has come."""
        [found] = [one for one in self.town.sent.glob("*.zip") if message in one.name]
        return found.read_bytes()

    def envelope(self, message: str) -> Envelope:
        """Of an answer to it."""
        found = read_package(self.sent(message))
        return Envelope(found.process, datetime(2026, 11, 25, tzinfo=UTC), NAME, found.sender)

    def akte(self, message: str) -> str:
        """Which it is about."""
        return read_package(self.sent(message)).akte_id

    def answer(self, made: OutputFile | None) -> None:
        """Into the town's folder."""
        assert made is not None
        [place] = self.town.incoming
        place.folder.mkdir(parents=True, exist_ok=True)
        (place.folder / made.name).write_bytes(made.content)
        self.town.work()


def _keeper(town: Town, archive: str) -> Housekeeping:
    periods = Periods(submissions=timedelta(days=90), archive=archive)
    return Housekeeping(
        town.store,
        ClockWatch(town.store.now, None, steady=lambda: town.clock.at.timestamp()),
        lambda: {PROBE: periods},
        offer=offering(town.desk),
    )


@BOTH
def test_the_period_is_over_and_the_archive_wants_it(kind: str, folder: Path) -> None:
    """0501, 0502 with A, 0503, 0507, 0506; only then the case goes."""
    with two_towns(kind, folder, archive=NAME) as (town, _):
        case = town.submit().submission_id
        town.work()
        archive, keeper = Archive(town), _keeper(town, NAME)
        town.clock.advance(timedelta(days=91))
        keeper.tidy()
        assert town.transfer().state == State.OFFERED
        town.work()
        assert len(read_package(archive.sent(OFFER)).filing.documents) == 0

        akte = archive.akte(OFFER)
        wanted = [Outcome(akte, wish="archivieren")]
        archive.answer(write_appraisal(archive.envelope(OFFER), wanted, "3.1.0", None))
        assert town.transfer().state == State.SENT
        assert len(read_package(archive.sent(ARCHIVE)).filing.documents) > 3
        assert keeper.tidy().submissions == 0

        envelope = archive.envelope(ARCHIVE)
        archive.answer(write_receipt(ARCHIVE, envelope, "3.1.0", None))
        assert town.transfer().state == State.ARRIVED
        assert keeper.tidy().submissions == 0
        kept = [Outcome(akte, archive_id="StA 7/2026")]
        archive.answer(write_outcome(ARCHIVE, envelope, kept, "3.1.0", None))
        assert town.transfer().state == State.ACCEPTED
        assert keeper.tidy().submissions == 1
        assert not town.held(case)


def test_the_archive_does_not_want_it(folder: Path) -> None:
    """V: it may go without being handed over; B: it has not made up its mind."""
    with two_towns("sqlite", folder, archive=NAME) as (town, _):
        case = town.submit().submission_id
        town.work()
        archive, keeper = Archive(town), _keeper(town, NAME)
        town.clock.advance(timedelta(days=91))
        keeper.tidy()
        town.work()
        akte = archive.akte(OFFER)
        for wish, state in (("bewerten", State.OFFERED), ("vernichten", State.UNWANTED)):
            outcome = [Outcome(akte, wish=wish)]
            archive.answer(write_appraisal(archive.envelope(OFFER), outcome, "3.1.0", None))
            assert town.transfer().state == state
        assert keeper.tidy().submissions == 1
        assert not town.held(case)


def test_an_import_that_failed_keeps_the_case_and_can_be_repeated(folder: Path) -> None:
    """0506 without success: a person looks, sends again, and the second answer counts."""
    with two_towns("sqlite", folder, archive=NAME) as (town, _):
        case = town.submit().submission_id
        giving.offer(town.desk, case, NAME, "registratur")
        town.work()
        archive = Archive(town)
        akte = archive.akte(OFFER)
        wanted = [Outcome(akte, wish="archivieren")]
        archive.answer(write_appraisal(archive.envelope(OFFER), wanted, "3.1.0", None))
        failed = [Outcome(akte, is_well=False, fault="Erfunden: Format nicht lesbar")]
        envelope = archive.envelope(ARCHIVE)
        archive.answer(write_outcome(ARCHIVE, envelope, failed, "3.1.0", None))
        assert town.transfer().state == State.REFUSED
        town.clock.advance(timedelta(days=4000))
        assert _keeper(town, NAME).tidy().submissions == 0
        assert _keeper(town, "").tidy().submissions == 0
        giving.send_again(town.desk, town.transfer(), "registratur")
        assert town.transfer().state == State.SENT
        archive.answer(write_outcome(ARCHIVE, envelope, [Outcome(akte)], "3.1.0", None))
        assert town.transfer().state == State.ACCEPTED


def test_an_archive_that_nobody_knows_gets_nothing_and_nothing_is_deleted(folder: Path) -> None:
    """A name that is in no setting: the case stays, and the log calls somebody."""
    with two_towns("sqlite", folder, archive="Niemand") as (town, _):
        case = town.submit().submission_id
        town.work()
        town.clock.advance(timedelta(days=91))
        assert _keeper(town, "Niemand").tidy().submissions == 0
        assert town.held(case)
        assert transfers.listing(town.store) == []


def test_without_an_archive_nothing_changes(folder: Path) -> None:
    """Delivered, period over: deleted as ever."""
    with two_towns("sqlite", folder) as (town, _):
        case = town.submit().submission_id
        town.work()
        town.clock.advance(timedelta(days=91))
        assert _keeper(town, "").tidy().submissions == 1
        assert not town.held(case)
