"""Musterstadt hands a case over to Beispielhausen: through folders, on both databases."""

from datetime import timedelta
from pathlib import Path

import pytest

from outputs.aktenversendung.messages import CompetenceAnswer
from outputs.aktenversendung.reading import read_message
from portal.storage import audit, retention, transfers
from portal.transfer import abh, competence, giving
from portal.transfer.competence import Residence
from portal.transfer.desk import TransferError
from portal.transfer.states import State, Way
from tests.portal.stores import PROCEDURE as PROBE
from tests.portal.transfer.towns import AZR, NEW, OLD, Town, carry, two_towns

BOTH = pytest.mark.parametrize("kind", ["sqlite", "postgres"])
LONG = timedelta(days=4000)
LIVES = Residence("Erfundene Straße", "7a", "54321", NEW)


def _delete(town: Town) -> int:
    """What housekeeping would, long after every period."""
    town.clock.advance(LONG)
    done = retention.delete_delivered(town.store, PROBE, timedelta(days=90))
    town.clock.advance(-LONG)
    return done


@BOTH
def test_a_case_is_given_away_and_goes_only_when_the_other_side_has_it(
    kind: str, folder: Path
) -> None:
    """0401 over, filed there; 0403 and 0402 back; before that nothing is deleted."""
    with two_towns(kind, folder) as (old, new):
        case = old.submit().submission_id
        giving.send(old.desk, case, NEW.lower(), "registratur")
        old.work()
        assert old.transfer().state == State.SENT
        assert _delete(old) == 0

        [brought] = carry(old, new)
        assert brought.endswith("_Abgabe.Abgabe.0401.zip")
        new.work()
        assert new.transfer().state == State.FILED
        assert len(new.filed()) == 1

        assert sorted(name[-8:] for name in carry(new, old)) == ["0402.xml", "0403.xml"]
        old.work()
        assert old.transfer().state == State.ACCEPTED
        with old.store.database.reading() as session:
            assert audit.broken_link(session) is None
        assert _delete(old) == 1
        assert not old.held(case)
        assert transfers.listing(old.store) == []


@BOTH
def test_a_lost_receipt_is_asked_for_again_and_the_case_is_filed_once(
    kind: str, folder: Path
) -> None:
    """After the declared period the same package goes once more; the receipts come once more."""
    with two_towns(kind, folder) as (old, new):
        case = old.submit().submission_id
        giving.send(old.desk, case, NEW.lower(), "registratur")
        old.work()
        carry(old, new)
        new.work()
        assert carry(new, old, lose="Abgabe.") == []
        old.work()
        assert old.transfer().state == State.SENT
        assert _delete(old) == 0

        old.clock.advance(timedelta(days=29))
        old.work()
        assert old.transfer().reminders == 1
        assert len(carry(old, new)) == 1
        new.work()
        assert len(new.filed()) == 1
        assert len(carry(new, old)) == 2
        old.work()
        assert old.transfer().state == State.ACCEPTED


@BOTH
def test_an_auslaenderbehoerde_asks_and_gets_the_file(kind: str, folder: Path) -> None:
    """010201; 010205, 010206, 010207 and 010203; the receipt is on the word of a person."""
    with two_towns(kind, folder, way="xauslaender") as (old, new):
        case, their_case = old.submit().submission_id, new.submit().submission_id
        abh.ask(new.desk, their_case, OLD.lower(), "sachbearbeitung", AZR)
        new.work()
        assert len(carry(new, old)) == 1
        old.work()
        request = old.transfer()
        assert (request.state, request.submission_id) == (State.ASKED, None)

        giving.answer_request(old.desk, request, case, "registratur")
        old.work()
        codes = sorted(name[-10:-4] for name in carry(old, new))
        assert codes == ["010203", "010205", "010206", "010207"]
        new.work()
        assert new.transfer().state == State.FILED
        assert len(new.filed()) == 1
        assert new.filed()[0].endswith("Ausländerbehörde Musterstadt (erfunden)")

        assert _delete(old) == 0
        giving.record_receipt(old.desk, old.transfer(), "registratur")
        assert old.transfer().state == State.ACCEPTED
        assert _delete(old) == 1


def test_a_request_that_got_lost_is_reminded_of_and_answered_with_a_reason(folder: Path) -> None:
    """010002 has the request inside; 010202 says why nothing comes."""
    with two_towns("sqlite", folder, way="xauslaender") as (old, new):
        case = new.submit().submission_id
        abh.ask(new.desk, case, OLD.lower(), "sachbearbeitung", AZR)
        new.work()
        assert carry(new, old, lose="010201") == []
        new.clock.advance(timedelta(days=29))
        new.work()
        assert [name[-10:-4] for name in carry(new, old)] == ["010002"]
        old.work()
        assert old.transfer().state == State.ASKED

        abh.decline(old.desk, old.transfer(), "registratur", own=old.author, obstacle="02")
        old.work()
        assert [name[-10:-4] for name in carry(old, new)] == ["010202"]
        new.work()
        assert new.transfer().state == State.DECLINED
        assert old.transfer().state == State.DECLINED


def test_pieces_may_come_before_their_announcement_and_twice(folder: Path) -> None:
    """Folders keep no order."""
    with two_towns("sqlite", folder, way="xauslaender") as (old, new):
        case = old.submit().submission_id
        giving.send(old.desk, case, NEW.lower(), "registratur", azr=AZR)
        old.work()
        carry(old, new)
        [place] = new.incoming
        held = {path.name: path.read_bytes() for path in place.folder.glob("*.xml")}
        for name in held:
            if "010207" not in name:
                (place.folder / name).unlink()
        new.work()
        assert transfers.listing(new.store) == []
        for name, content in held.items():
            (place.folder / f"again-{name}").write_bytes(content)
        new.work()
        assert new.transfer().state == State.FILED
        assert len(new.filed()) == 1


def test_the_same_is_not_sent_twice_at_once(folder: Path) -> None:
    """Two clerks, or one who clicks twice."""
    with two_towns("sqlite", folder) as (old, _new):
        case = old.submit().submission_id
        giving.send(old.desk, case, NEW.lower(), "registratur")
        with pytest.raises(TransferError, match="under-way"):
            giving.send(old.desk, case, NEW.lower(), "registratur")
        old.work()
        assert len(list(old.sent.glob("*.zip"))) == 1


def test_a_copy_needs_a_receipt_only(folder: Path) -> None:
    """0101 and 0102; the file stays where it is."""
    with two_towns("sqlite", folder) as (old, new):
        case = old.submit().submission_id
        giving.send(old.desk, case, NEW.lower(), "registratur", copy=True)
        old.work()
        carry(old, new)
        new.work()
        assert new.transfer().state == State.FILED
        assert [name[-8:] for name in carry(new, old)] == ["0102.xml"]
        old.work()
        assert old.transfer().state == State.ACCEPTED
        assert old.held(case)


def test_an_old_version_of_xdomea_goes_the_same_way(folder: Path) -> None:
    """2.4.0 has no receipt for what is given away, but says that it was imported."""
    with two_towns("sqlite", folder, version="2.4.0") as (old, new):
        case = old.submit().submission_id
        giving.send(old.desk, case, NEW.lower(), "registratur")
        old.work()
        carry(old, new)
        new.work()
        assert [name[-8:] for name in carry(new, old)] == ["0402.xml"]
        old.work()
        assert old.transfer().state == State.ACCEPTED


def test_a_dms_that_is_down_makes_it_wait_and_nothing_is_confirmed(folder: Path) -> None:
    """Tried again after a pause; the import is confirmed when it has happened."""
    with two_towns("sqlite", folder) as (old, new):
        giving.send(old.desk, old.submit().submission_id, NEW.lower(), "registratur")
        old.work()
        carry(old, new)
        place = new.settings.data / "deliveries/dms"
        place.parent.mkdir(exist_ok=True)
        place.write_text("a file where the folder should be")
        new.work()
        assert new.transfer().state == State.COMPLETE
        assert [name[-8:] for name in carry(new, old)] in ([], ["0403.xml"])
        place.unlink()
        new.work()
        assert new.transfer().state == State.COMPLETE
        new.clock.advance(timedelta(minutes=2))
        new.work()
        assert new.transfer().state == State.FILED
        assert "0402.xml" in [name[-8:] for name in carry(new, old)]


@BOTH
def test_who_is_competent_asks_for_the_file(kind: str, folder: Path) -> None:
    """010101; the standard has no yes but the request itself (010201)."""
    with two_towns(kind, folder, way="xauslaender") as (old, new):
        case, their_case = old.submit().submission_id, new.submit().submission_id
        competence.ask(old.desk, case, NEW.lower(), "registratur", AZR, LIVES)
        old.work()
        assert [name[-10:-4] for name in carry(old, new)] == ["010101"]
        new.work()
        question = new.transfer()
        assert (question.way, question.state) == (Way.COMPETENCE, State.ASKED)
        assert len(abh.fitting(new.desk, question)) == 1
        assert _delete(old) == 0

        abh.ask(new.desk, their_case, OLD.lower(), "sachbearbeitung", AZR, question=question)
        new.work()
        assert [name[-10:-4] for name in carry(new, old)] == ["010201"]
        old.work()
        stands = {one.way: one.state for one in transfers.listing(old.store)}
        assert stands == {Way.COMPETENCE: State.ACCEPTED, Way.XAUSLAENDER: State.ASKED}
        stands = {one.way: one.state for one in transfers.listing(new.store)}
        assert stands == {Way.COMPETENCE: State.ACCEPTED, Way.XAUSLAENDER: State.ASKED}


@BOTH
@pytest.mark.parametrize("reason", ["", "Die Person wohnt nur vorübergehend hier."])
def test_who_is_not_competent_says_so_once(kind: str, folder: Path, reason: str) -> None:
    """010102 with a reason or without; a second answer is refused, the case may go on."""
    with two_towns(kind, folder, way="xauslaender") as (old, new):
        case = old.submit().submission_id
        competence.ask(old.desk, case, NEW.lower(), "registratur", AZR, LIVES)
        with pytest.raises(TransferError, match="under-way"):
            competence.ask(old.desk, case, NEW.lower(), "registratur", AZR, LIVES)
        old.work()
        carry(old, new)
        new.work()
        question = new.transfer()
        with pytest.raises(TransferError, match="not-now"):
            abh.decline(new.desk, question, "registratur", obstacle="02")
        done = competence.deny(new.desk, question, "sachbearbeitung", reason=reason, own=new.author)
        with pytest.raises(TransferError, match="not-now"):
            competence.deny(new.desk, done, "sachbearbeitung")
        new.work()
        assert [name[-10:-4] for name in carry(new, old)] == ["010102"]
        old.work()
        asked = old.transfer()
        assert asked.state == State.DECLINED
        [kept] = transfers.messages(old.store, asked.id, "010102")
        body = read_message(transfers.content(old.store, kept), old.desk.schemas).body
        assert isinstance(body, CompetenceAnswer)
        assert body.reason == reason
        assert _delete(old) == 1


def test_a_lost_question_of_competence_is_reminded_of(folder: Path) -> None:
    """010002 has the question inside; it is there afterwards, once."""
    with two_towns("sqlite", folder, way="xauslaender") as (old, new):
        case = old.submit().submission_id
        competence.ask(old.desk, case, NEW.lower(), "registratur", AZR, LIVES)
        old.work()
        carry(old, new, lose="010101")
        old.clock.advance(timedelta(days=29))
        old.work()
        assert [name[-10:-4] for name in carry(old, new)] == ["010002"]
        new.work()
        assert (new.transfer().way, new.transfer().state) == (Way.COMPETENCE, State.ASKED)


def test_only_a_question_that_is_open_here_is_answered_with_a_request(folder: Path) -> None:
    """Neither our own question nor one that was settled otherwise; nothing is begun."""
    with two_towns("sqlite", folder, way="xauslaender") as (old, new):
        case, their_case = old.submit().submission_id, new.submit().submission_id
        own = competence.ask(old.desk, case, NEW.lower(), "registratur", AZR, LIVES)
        old.work()
        carry(old, new)
        new.work()
        settled = giving.withdraw(new.desk, new.transfer(), "sachbearbeitung")
        for town, number, office, question in (
            (old, case, NEW, own),
            (new, their_case, OLD, settled),
        ):
            with pytest.raises(TransferError, match="not-now"):
                abh.ask(town.desk, number, office.lower(), "x", AZR, question=question)
            assert town.transfer().id == question.id


def test_a_question_whose_words_are_gone_hinders_no_request(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The request is kept; the question stays with a person."""
    with two_towns("sqlite", folder, way="xauslaender") as (old, new):
        case, their_case = old.submit().submission_id, new.submit().submission_id
        competence.ask(old.desk, case, NEW.lower(), "registratur", AZR, LIVES)
        abh.ask(new.desk, their_case, OLD.lower(), "sachbearbeitung", AZR)
        new.work()
        carry(new, old)

        def gone(*_: object) -> bytes:
            raise TransferError("not-asked")

        monkeypatch.setattr(abh, "asked_by_us", gone)
        old.work()
        stands = {one.way: one.state for one in transfers.listing(old.store)}
        assert stands == {Way.COMPETENCE: State.ASKED, Way.XAUSLAENDER: State.ASKED}
