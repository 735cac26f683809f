"""My data: shown, taken along as one file, deleted for good; of this browser alone."""

import hashlib
import io
import json
import re
import zipfile
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest
from fastapi import FastAPI
from sqlmodel import SQLModel, func, select
from starlette.testclient import TestClient

from engine import Plan
from portal.app import create_app
from portal.settings import Settings
from tests.portal.complete import plans
from tests.portal.fill.test_application import begin, case_of, fill_in, upload_all
from tests.portal.form_values import form_values
from tests.portal.papers import paper_for
from tests.portal.visitor import Visitor, text
from tests.portal.web.test_headers import routes

ROOT = Path(__file__).resolve().parents[3]
CANARY = "Kanarienvogel-7391"


@pytest.fixture
def alone(tmp_path: Path) -> Iterator[FastAPI]:
    """A portal whose data folder nobody else writes to."""
    app = create_app(
        Settings(definitions=ROOT / "definitions", data=tmp_path / "data", today=date(2026, 11, 23))
    )
    yield app
    app.state.portal.store.close()


def typed(visitor: Visitor) -> Visitor:
    """Half a page with a canary, saved."""
    begin(visitor)
    return visitor.press("_go", "overview", {"familienname": [CANARY]})


def copy_of(visitor: Visitor) -> zipfile.ZipFile:
    """The file with everything."""
    answer = visitor.client.get("/my-data/copy.zip")
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "application/zip"
    assert answer.headers["cache-control"] == "no-store"
    return zipfile.ZipFile(io.BytesIO(answer.content))


def test_r50_a_person_sees_and_takes_along_what_is_kept(
    visitor: Visitor, plan: Plan, new_visitor: Callable[[], Visitor]
) -> None:
    """A draft and a submission with their files; another browser sees and gets nothing."""
    upload_all(fill_in(begin(visitor), plan.procedure, case_of(plan.procedure, "MP-voll")))
    visitor.press("_go", "submit")
    number = visitor.page.xpath("string(//p[@class='vd-reference'])")
    typed(visitor)
    visitor.open("/my-data")

    assert visitor.heading() == "Meine Daten"
    assert number in visitor.text
    assert "Die Behörde hat den Antrag noch nicht bekommen" in visitor.text
    assert "23.12.2026" in visitor.text  # the draft, thirty days after today
    packed = copy_of(visitor)
    told = json.loads(packed.read("data.json"))
    raw = [one["answers"]["raw"] for one in told["tables"]["draft"]]
    assert CANARY in {one["familienname"] for one in raw}
    assert told["tables"]["submission"][0]["reference"] == number
    assert told["labels"]["musterprozess"]["familienname"] == "Familienname"
    names = packed.namelist()
    assert [one for one in names if one.startswith("uploads/")]
    assert [one for one in names if one.endswith("_antrag.pdf")]

    other = new_visitor().open("/my-data")
    assert number not in other.text
    assert "Hier ist kein abgeschickter Antrag gespeichert" in other.text
    rows = json.loads(copy_of(other).read("data.json"))["tables"]
    assert not [one for found in rows.values() for one in found]


def test_r06_the_copy_that_is_taken_along_is_what_was_delivered(
    visitor: Visitor, plan: Plan
) -> None:
    """The very bytes of every payload, by the checksum that stands in its row."""
    upload_all(fill_in(begin(visitor), plan.procedure, case_of(plan.procedure, "MP-voll")))
    visitor.press("_go", "submit")
    packed = copy_of(visitor)
    rows = json.loads(packed.read("data.json"))["tables"]["payload"]

    assert rows
    for row in rows:
        content = packed.read(f"submissions/{row['submission_id']}/{row['name']}")
        assert hashlib.sha256(content).hexdigest() == row["sha256"]


def test_r48_a_deleted_draft_is_gone_from_the_disk(alone: FastAPI) -> None:
    """Asked once; then nothing of it is in database, log, or file store, not even encrypted."""
    visitor = Visitor(TestClient(alone))
    typed(visitor)
    store = alone.state.portal.store
    [draft] = _drafts(alone)
    visitor.open(f"/p/musterprozess/form/{draft}/your-documents")
    [where, *_] = visitor.page.xpath("//input[@type='file']")
    visitor.upload(text(where, "id"), *paper_for(text(where, "accept")))
    sealed = _sealed(alone, draft)
    assert len(store.files.names()) == 1
    visitor.open("/my-data")
    form = visitor.form_with("Entwurf löschen")
    visitor.press("", "", form=form)
    assert visitor.heading() == "Wirklich löschen?"
    assert _drafts(alone) == [draft]
    visitor.press("_sure", "yes", form=visitor.form_with("Ja, löschen"))

    assert "Der Antrag ist gelöscht" in visitor.text
    assert _drafts(alone) == []
    assert store.files.names() == set()
    held = b"".join(
        one.read_bytes() for one in alone.state.portal.settings.data.rglob("*") if one.is_file()
    )
    assert CANARY.encode() not in held
    assert sealed not in held


def _drafts(app: FastAPI) -> list[str]:
    with app.state.portal.store.database.reading() as session:
        table = SQLModel.metadata.tables["draft"]
        return [str(one) for one in session.connection().execute(select(table.c.id)).scalars()]


def _sealed(app: FastAPI, draft: str) -> bytes:
    """The middle of the encrypted answers, as they lie on the disk."""
    table = SQLModel.metadata.tables["draft"]
    with app.state.portal.store.database.reading() as session:
        found = session.connection().execute(select(table.c.answers).where(table.c.id == draft))
        answers: bytes = found.scalar_one()
    return answers[20:60]


def test_nothing_of_others_and_nothing_submitted_can_be_deleted(
    visitor: Visitor, new_visitor: Callable[[], Visitor], plan: Plan
) -> None:
    """Both answer as if it were not there (R58)."""
    typed(visitor)
    mine = visitor.path.split("/")[4]
    other = new_visitor()
    typed(other)
    other.open("/my-data")
    token = text(other.form_with("Entwurf löschen").xpath(".//input[@name='_token']")[0], "value")
    pairs = [("_token", token), ("draft", mine), ("_sure", "yes")]

    assert other.send("/my-data/delete", pairs).status == 404
    assert visitor.open(f"/p/musterprozess/form/{mine}/task-list").status == 200
    upload_all(fill_in(begin(other), plan.procedure, case_of(plan.procedure, "MP-voll")))
    sent = other.path.split("/")[4]
    other.press("_go", "submit")
    assert other.send("/my-data/delete", [*pairs[:1], ("draft", sent), pairs[2]]).status == 404


def test_r49_what_the_authority_lacks_says_until_when_it_stays(visitor: Visitor) -> None:
    """Nothing kept: said so, with the way to every privacy notice."""
    visitor.open("/my-data")
    links = visitor.page.xpath("//main//a/@href")

    assert {f"/p/{one}/privacy" for one in plans()} <= set(links)
    assert not visitor.page.xpath("//a[contains(@href, 'copy.zip')]")


@pytest.mark.parametrize("procedure_id", sorted(plans()))
def test_every_procedure_tells_what_it_does_with_data(visitor: Visitor, procedure_id: str) -> None:
    """Every purpose with its paragraph, every recipient, every question that is asked."""
    procedure = plans()[procedure_id].procedure
    visitor.open(f"/p/{procedure_id}/privacy")
    told = " ".join(visitor.page.xpath("//main")[0].text_content().split())

    for one in procedure.purposes:
        assert " ".join(one.text.german.split()) in told
        assert " ".join(one.legal_basis.split()) in told
    for recipient in procedure.recipients:
        assert " ".join(recipient.text.german.split()) in told
    for _, field in procedure.fields():
        assert field.internal or " ".join(field.label.german.split()) in told
    assert procedure.authority.name in told


def test_the_quick_check_stores_nothing(alone: FastAPI) -> None:
    """Neither row nor file nor cookie: before and after are the same."""
    visitor = Visitor(TestClient(alone))
    plan = plans()["musterprozess"]
    before = _everything(alone)
    visitor.open("/p/musterprozess/quick-check")
    case = next(one for one in plan.procedure.cases if one.quick_check)
    visitor.press("_go", "next", form_values(plan.procedure, case.quick_check))
    visitor.open("/p/musterprozess").open("/")

    assert _everything(alone) == before
    assert list(visitor.client.cookies) in ([], ["vordruck"])


def _everything(app: FastAPI) -> dict[str, int]:
    found = {}
    with app.state.portal.store.database.reading() as session:
        for name, table in SQLModel.metadata.tables.items():
            counted = session.connection().execute(select(func.count()).select_from(table))
            found[name] = int(counted.scalar_one())
    return found | {"files": len(app.state.portal.store.files.names())}


def test_r52_no_log_line_of_these_pages_says_anything(
    alone: FastAPI, capfd: pytest.CaptureFixture[str]
) -> None:
    """A draft with a canary is shown, copied and deleted; the log knows routes and counts only."""
    visitor = Visitor(TestClient(alone))
    capfd.readouterr()
    typed(visitor)
    draft = visitor.path.split("/")[4]
    copy_of(visitor)
    visitor.open("/my-data")
    visitor.press("", "", form=visitor.form_with("Entwurf löschen"))
    visitor.press("_sure", "yes", form=visitor.form_with("Ja, löschen"))
    written = "".join(capfd.readouterr())

    assert "/my-data/delete" in written
    assert CANARY not in written
    assert draft not in written
    assert not re.search(r"vordruck=[A-Za-z0-9_-]{43}", written)


def test_r44_nothing_is_handed_out_as_a_spreadsheet() -> None:
    """There is no table that a spreadsheet would open: no route, no payload."""
    paths = [one.path for one in routes()]

    assert "/my-data/copy.zip" in paths
    assert not [one for one in paths if re.search(r"\.(csv|ods|xlsx?)$", one)]
