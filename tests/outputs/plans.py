"""Procedures of the tests, compiled; uploads and applications with invented people."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date, datetime, timedelta, timezone
from functools import cache

from engine.cases import answers_of
from engine.check import check
from engine.load import load, read_lists
from engine.plan import Plan, compile_plan
from engine.source import Source
from outputs.application import Application, Upload
from tests.outputs.standards_folder import ROOT

TODAY = date(2026, 11, 24)
RECEIVED = datetime(2026, 11, 24, 10, 15, 30, tzinfo=timezone(timedelta(hours=1)))

PDF = b"%PDF-1.7\n%invented\n"
JPG = b"\xff\xd8\xff\xe0invented\xff\xd9"
# procedure, case of its definition with an accepted application
COMPLETE = {
    "musterprozess": "MP-voll",
    "beschaeftigungserlaubnis": "BE-voll",
    "verpflichtungserklaerung": "VE-voll",
    "einbuergerung": "EB-voll",
}


def plan_of(name: str, text: str) -> Plan:
    """A procedure from its text; mistakes in it fail the test with their codes."""
    lists, problems = read_lists(
        Source(file.name, file.read_text("utf-8"))
        for file in sorted((ROOT / "definitions/shared").glob("*.yaml"))
    )
    procedure, more = load(Source(f"{name}.yaml", text), lists)
    checked, wrong = check(procedure) if procedure is not None else (None, ())
    assert checked is not None, [(one.code, str(one.span)) for one in (*problems, *more, *wrong)]
    return compile_plan(checked)


@cache
def real_plan(name: str) -> Plan:
    """A procedure of `definitions/`."""
    return plan_of(name, (ROOT / f"definitions/{name}.yaml").read_text("utf-8"))


def application(
    plan: Plan,
    raw: Mapping[str, object],
    *,
    reference: str = "MU-2026-000123",
    language: str = "de",
    uploads: tuple[Upload, ...] = (),
    today: date = TODAY,
) -> Application:
    """An accepted application: without problems, or the test fails with them."""
    evaluation = plan.check(raw, today)
    assert not evaluation.problems, [(one.field, one.code) for one in evaluation.problems]
    return Application(plan, evaluation, reference, RECEIVED, today, language, uploads)


def complete(
    name: str, *, language: str = "de", more: Mapping[str, object] | None = None
) -> Application:
    """The application of a real procedure in which as much as possible is answered."""
    plan = real_plan(name)
    [case] = [one for one in plan.procedure.cases if one.id == COMPLETE[name]]
    raw = {**answers_of(plan, case)[1], **(more or {})}
    bare = application(plan, raw, language=language, today=case.on)
    return replace(bare, uploads=tuple(uploads_for(bare)))


def uploads_for(bare: Application) -> Iterator[Upload]:
    """One file per document that was asked for, PDF or JPEG as it allows."""
    formats = {one.id: one.formats for one in bare.procedure.documents}
    for need in bare.evaluation.documents:
        if "pdf" in formats[need.document]:
            name, media_type, content = f"{need.document}.pdf", "application/pdf", PDF
        else:
            name, media_type, content = f"{need.document}.jpg", "image/jpeg", JPG
        yield Upload(need.document, need.row, name, media_type, content)
