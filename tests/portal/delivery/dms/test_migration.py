"""From one DMS into another: whatever holds the cases, whatever shall hold them."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from outputs.dms.read import read_filing
from portal.delivery.transports.dms.names import document_name
from portal.migration.holding import Holding
from portal.migration.moving import Log, Move, Moved, holding_of, proved
from portal.migration.report import as_data, as_sentences
from tests.portal.commands.terminal import vordruck
from tests.portal.delivery.dms.cases import expected, package, small_package
from tests.portal.delivery.dms.conftest import SYSTEMS
from tests.portal.delivery.dms.faults import Fault
from tests.portal.delivery.dms.systems import FolderSystem, System

CASES = (package(), package("MU-2026-000999", "Emil"))
PAIRS = [("filed", one) for one in sorted(SYSTEMS)] + [
    (one, "filed") for one in sorted(SYSTEMS) if one != "filed"
]
New = Callable[[str], System]


@pytest.fixture
def new(request: pytest.FixtureRequest, tmp_path: Path) -> New:
    """Makes empty systems by name."""
    numbers = iter(range(100))
    return lambda name: SYSTEMS[name](request, tmp_path / f"{name}-{next(numbers)}")


def fill(system: System, *packages: bytes) -> None:
    """File cases, as the portal does."""
    for number, content in enumerate(packages):
        system.filer().send(f"case-{number}.dms", "abgabe.zip", "application/zip", content)


def move(source: System, target: System, log: Path, fault: Fault | None = None) -> list[Moved]:
    """One run, then the proof."""
    old = holding_of(source.filer())
    carried: list[Moved] = []
    Move(old, target.filer(fault), Log(log)).run(old.cases(), carried.append)
    return carried


def prove(source: System, target: System) -> list[Moved]:
    """Both sides read anew."""
    old: Holding = holding_of(source.filer())
    return list(proved(old, holding_of(target.filer()), list(old.cases())))


@pytest.mark.parametrize(("source", "target"), [*PAIRS, ("dvelop", "cmis"), ("cmis", "webdav")])
def test_every_system_can_be_left_for_every_other(
    new: New, tmp_path: Path, source: str, target: str
) -> None:
    """The same Ablagestruktur with the same bytes, and a proof that is read from both."""
    old, fresh = new(source), new(target)
    fill(old, *CASES)

    move(old, fresh, tmp_path / "log.jsonl")
    found = prove(old, fresh)

    assert fresh.held() == expected(*CASES)
    assert [one.is_proved for one in found] == [True, True]
    documents = sum(len(one.documents) for one in found)
    assert documents == sum(len(read_filing(one).documents) for one in CASES) > 5


@pytest.mark.parametrize("is_after", [False, True])
def test_a_migration_that_breaks_at_any_step_is_completed(
    new: New, tmp_path: Path, is_after: bool
) -> None:
    """The second run goes on; nothing is there twice."""
    old = new("filed")
    fill(old, small_package())
    number = 0
    while True:
        number += 1
        fresh, log, fault = new("filed"), tmp_path / f"{number}.jsonl", Fault(number, is_after)
        broken = move(old, fresh, log, fault)
        again = move(old, fresh, log)
        assert fresh.held() == expected(small_package()), number
        assert all(one.is_proved for one in (*again, *prove(old, fresh)))
        if fault.steps < number:
            break
        assert broken[0].fault
    assert number > 5


def test_what_was_proved_is_not_carried_again(new: New, tmp_path: Path) -> None:
    """The log of the first run is enough; a line that a crash cut off does not count."""
    old, fresh, log = new("filed"), new("filed"), tmp_path / "log.jsonl"
    fill(old, *CASES)
    move(old, fresh, log)
    lines = log.read_text("utf-8").splitlines()
    log.write_text(lines[0] + "\n" + lines[1][:40], "utf-8")

    move(old, fresh, log)

    assert len(lines) == 2
    assert len(log.read_text("utf-8").splitlines()) == 3  # the torn line, and its case again
    assert set(Log(log).done()) == {read_filing(one).vorgang.id for one in CASES}


def test_documents_that_the_authority_added_come_along(new: New, tmp_path: Path) -> None:
    """Somebody put the Bescheid into its drawer; it keeps drawer, title and bytes."""
    old, fresh = FolderSystem(tmp_path / "old"), new("cmis")
    fill(old, package())
    vorgang = next(path.parent for path in old.root.rglob("01 Antrag"))
    (vorgang / "05 Bescheid").mkdir()
    (vorgang / "05 Bescheid" / "Bescheid vom 3. Dezember.pdf").write_bytes(b"%PDF-1.7 invented")

    move(old, fresh, tmp_path / "log.jsonl")

    assert all(one.is_proved for one in prove(old, fresh))
    added = [row for row in fresh.held() if row.type == "05 Bescheid"]
    assert [row.title for row in added] == ["Bescheid vom 3. Dezember"]
    assert len(fresh.held()) == len(expected(package())) + 1


def test_what_lacks_in_the_old_system_is_told(new: New, tmp_path: Path) -> None:
    """A file that is gone, one that was changed, and one where no document belongs."""
    old, fresh = FolderSystem(tmp_path / "old"), new("filed")
    fill(old, package())
    filing = read_filing(package())
    gone, changed = filing.documents[0], filing.documents[1]
    next(old.root.rglob(document_name(gone))).unlink()
    next(old.root.rglob(document_name(changed))).write_bytes(b"changed")
    vorgang = next(path.parent for path in old.root.rglob("02 Identität"))
    (vorgang / "Notiz zu Erika.txt").write_bytes(b"invented")

    move(old, fresh, tmp_path / "log.jsonl")
    (found,) = prove(old, fresh)

    assert not found.is_proved
    assert set(found.missing) == {gone.id, changed.id}
    assert len(found.stray) == 1
    told = json.dumps(as_data("a", "b", [found])) + str(as_sentences([found]))
    assert "Erika" not in told
    assert "in der Quelle fehlen 2 Dokumente" in told


def test_a_document_that_the_new_system_lost_is_not_proved(new: New, tmp_path: Path) -> None:
    """The proof reads the new system, it does not believe the move."""
    old, fresh = new("filed"), FolderSystem(tmp_path / "fresh")
    fill(old, package())
    move(old, fresh, tmp_path / "log.jsonl")
    lost = read_filing(package()).documents[2]
    next(fresh.root.rglob(document_name(lost))).unlink()

    (found,) = prove(old, fresh)

    assert [one.id for one in found.documents if not one.is_proved] == [lost.id]


def test_the_command_carries_proves_and_reports(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As an operator types it: only one place of the Aktenplan, then everything, then again."""
    old, fresh = FolderSystem(tmp_path / "old"), FolderSystem(tmp_path / "fresh")
    fill(old, *CASES)
    targets = {
        "dms": {"transport": "filed", "folder": str(old.root)},
        "neu": {"transport": "filed", "folder": str(fresh.root)},
    }
    monkeypatch.setenv("VORDRUCK_TARGETS", json.dumps(targets))
    monkeypatch.setenv("VORDRUCK_DATA", str(tmp_path / "data"))
    command = ("dms", "migrate", "--from", "dms", "--to", "neu")
    report, names = tmp_path / "nachweis.json", tmp_path / "names.txt"
    names.write_text(read_filing(CASES[1]).vorgang.id + "\n", "utf-8")

    none = vordruck(*command, "--unit", "99.99")
    one = vordruck(*command, "--cases", str(names))
    both = vordruck(*command, "--report", str(report))

    assert (none.code, none.data["cases"]) == (0, 0)
    assert (one.code, one.data["cases"], one.data["proved"]) == (0, 1, 1)
    assert (both.code, both.data["cases"], both.data["is_complete"]) == (0, 2, True)
    assert "2 von 2 Vorgängen sind vollständig dort" in both.err
    assert fresh.held() == expected(*CASES)
    told = json.loads(report.read_text("utf-8"))["report"]
    assert all(each["source"] == each["target"] for case in told for each in case["documents"])


@pytest.mark.parametrize(
    ("source", "target"), [("dms", "dms"), ("dms", "unknown"), ("fachverfahren", "dms")]
)
def test_targets_that_cannot_be_meant_are_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, source: str, target: str
) -> None:
    """Not from a folder of messages, not into itself, not to nowhere."""
    monkeypatch.setenv("VORDRUCK_TARGETS", json.dumps({"dms": {"transport": "xdomea"}}))
    monkeypatch.setenv("VORDRUCK_DATA", str(tmp_path))

    assert vordruck("dms", "migrate", "--from", source, "--to", target).code == 2


def test_a_system_that_does_not_answer_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No traceback, and what to do."""
    away = {"transport": "webdav", "url": "http://127.0.0.1:9/"}
    monkeypatch.setenv("VORDRUCK_TARGETS", json.dumps({"dms": away, "neu": {"transport": "filed"}}))
    monkeypatch.setenv("VORDRUCK_DATA", str(tmp_path))

    said = vordruck("dms", "migrate", "--from", "dms", "--to", "neu")

    assert said.code == 1
    assert "fährt später dort fort" in said.err.replace("\n", " ")
