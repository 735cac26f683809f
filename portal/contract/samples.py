"""Complete applications of people who do not exist, as the authority's systems would get them."""

import base64
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time

from engine import Plan
from engine.answers.write import Json
from engine.plan import DocumentNeed
from engine.sample import samples
from outputs.application import Application, OutputFile, Upload
from outputs.building import build_all
from outputs.schemas import Schemas
from outputs.xoev.simulated import sample_letter
from portal.clock import BERLIN

_NOON = time(12)
# The smallest picture: one grey point.
_JPEG = base64.b64decode(
    "/9j/4AAQSkZJRgABAQAAAQABAAD/2wBDABALDA4MChAODQ4SERATGCgaGBYWGDEjJR0oOjM9PDkzODdASFxOQERXRTc4"
    "UG1RV19iZ2hnPk1xeXBkeFxlZ2P/wAALCAABAAEBAREA/8QAHwAAAQUBAQEBAQEAAAAAAAAAAAECAwQFBgcICQoL/8QA"
    "tRAAAgEDAwIEAwUFBAQAAAF9AQIDAAQRBRIhMUEGE1FhByJxFDKBkaEII0KxwRVS0fAkM2JyggkKFhcYGRolJicoKSo0"
    "NTY3ODk6Q0RFRkdISUpTVFVWV1hZWmNkZWZnaGlqc3R1dnd4eXqDhIWGh4iJipKTlJWWl5iZmqKjpKWmp6ipqrKztLW2"
    "t7i5usLDxMXGx8jJytLT1NXW19jZ2uHi4+Tl5ufo6erx8vP09fb3+Pn6/9oACAEBAAA/ACv/2Q=="
)


@dataclass(frozen=True, slots=True)
class Sample:
    """One application: what was answered, and every file that leaves the portal for it."""

    number: int
    answers: dict[str, Json]
    application: Application
    files: tuple[OutputFile, ...]

    def file(self, output: str) -> OutputFile | None:
        """One of the files, if the procedure has it."""
        return next((one for one in self.files if one.output == output), None)


def made(
    plan: Plan, schemas: Schemas | None, *, today: date, seed: int, count: int
) -> Iterator[Sample]:
    """As many as asked for; the same arguments give the same bytes."""
    for number, answers in enumerate(samples(plan, today=today, seed=seed, count=count), start=1):
        evaluation = plan.check(answers, today)
        application = Application(
            plan=plan,
            evaluation=evaluation,
            submission_id=f"MUSTER-{number:04d}",
            submitted_at=datetime.combine(today, _NOON, BERLIN),
            today=today,
            language="de",
            uploads=tuple(_uploads(plan, evaluation.documents)),
        )
        yield Sample(number, answers, application, build_all(application, schemas))


def _uploads(plan: Plan, needs: Iterable[DocumentNeed]) -> Iterator[Upload]:
    formats = {one.id: one.formats for one in plan.procedure.documents}
    for need in needs:
        is_pdf = "pdf" in formats[need.document]
        media_type = "application/pdf" if is_pdf else "image/jpeg"
        content = sample_letter() if is_pdf else _JPEG
        name = f"{need.document}.{'pdf' if is_pdf else 'jpg'}"
        yield Upload(need.document, need.row, name, media_type, content)
