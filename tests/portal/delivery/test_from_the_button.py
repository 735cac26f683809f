"""From the applicant's button to the authority's folder, with the real documents."""

from pathlib import Path
from zipfile import ZipFile

import pytest
from fastapi import FastAPI

from portal.delivery.transports.dms.filer import Filer
from portal.delivery.transports.dms.folders import Folders
from portal.delivery.transports.dms.tree import TreeDms
from portal.delivery.transports.folder import Folder
from portal.delivery.worker import Outcome, Worker
from portal.storage import outbox, submissions
from tests.portal.complete import answers_of, complete_cases, plans
from tests.portal.delivery.carriers import acknowledged
from tests.portal.delivery.dms.cases import expected
from tests.portal.delivery.dms.systems import rows_in
from tests.portal.fill.test_application import begin, fill_in, upload_all
from tests.portal.form_values import form_values
from tests.portal.visitor import Visitor

FIRST_CASES = {procedure: (procedure, case) for procedure, case in reversed([*complete_cases()])}


@pytest.mark.parametrize(("procedure", "case"), FIRST_CASES.values())
def test_r06_the_authority_finds_what_was_accepted(
    app: FastAPI, visitor: Visitor, folder: Path, procedure: str, case: str
) -> None:
    """Message and filing as the definition declares them, byte for byte as kept; the copy too."""
    fill_in(begin(visitor, procedure), plans()[procedure].procedure, answers_of(procedure, case))
    if visitor.path.endswith("/your-documents"):
        upload_all(visitor)
    visitor.press("_go", "submit")
    if visitor.path.endswith("/last-step"):
        declared_now = form_values(plans()[procedure].procedure, answers_of(procedure, case))
        visitor.press("_go", "submit", declared_now)
    submission = visitor.path.rpartition("/")[2]
    store = app.state.portal.store
    kept = {one.output: one for one in submissions.payloads_of(store, submission)}
    targets = {one.target for one in outbox.states(store, submission)}
    outputs = plans()[procedure].procedure.outputs
    declared = {"fachverfahren": outputs.xoev, "dms": outputs.dms}
    assert {name for name, output in declared.items() if output is not None} == targets

    worker = Worker(store, {name: Folder(folder / name) for name in targets})
    while (outcome := worker.deliver_next()) is not None:
        assert Outcome.DELIVERED == outcome
    for target, output in (("fachverfahren", "xoev"), ("dms", "dms")):
        if target in targets:
            (path,) = folder.glob(f"{target}/{submission}*")
            told = acknowledged(path.read_bytes())
            assert (kept[output].size, kept[output].sha256) == (told.size, told.sha256)
            assert ".zip" != path.suffix or ZipFile(path).testzip() is None
    for parcel in folder.glob(f"dms/{submission}*"):
        # The same stored package goes into a DMS: every document in its drawer, with its bytes.
        Filer(TreeDms(Folders(folder / "akten"))).send(
            f"{submission}.dms", parcel.name, "application/zip", parcel.read_bytes()
        )
        assert expected(parcel.read_bytes()) == rows_in(folder / "akten")
    copy = visitor.client.get(f"{visitor.url}/copy.pdf").content
    assert kept["pdf"].sha256 == acknowledged(copy).sha256
