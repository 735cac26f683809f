"""A case as an accepted application, and the message that leaves the portal."""

import base64
from datetime import UTC, datetime
from pathlib import Path

from lxml import etree

from engine.cases import answers_of
from outputs.application import Application, Upload
from outputs.schemas import Schemas
from outputs.xoev.write import schema_for, write
from tests.definitions.delivered import plan_of

PDF = b"%PDF-1.4\n%%EOF\n"
NAMESPACE = {"x": "http://www.osci.de/xauslaender2611"}


def application(name: str, case_id: str, *uploads: Upload) -> Application:
    """The application of a case, which must be one without problems."""
    plan = plan_of(name)
    case = next(one for one in plan.procedure.cases if one.id == case_id)
    evaluation = plan.check(answers_of(plan, case)[1], case.on)
    assert evaluation.problems == ()
    sent = datetime(2026, 11, 23, 10, 15, tzinfo=UTC)
    return Application(plan, evaluation, "2026-000123", sent, case.on, "de", uploads)


def message(shared: Path, accepted: Application) -> etree._Element:
    """The message, accepted by the published schema."""
    output = accepted.procedure.outputs.xoev
    assert output is not None
    schema = schema_for(output, Schemas.from_folder(shared / "standards" / output.standard))
    assert schema is not None
    written = write(accepted, PDF, schema)
    assert written.problems == ()
    return etree.fromstring(written.content)


def texts(root: etree._Element, path: str) -> list[str]:
    """The texts at a path; `x:` is the namespace of the message."""
    found = root.xpath(path, namespaces=NAMESPACE)
    assert isinstance(found, list)
    return ["".join(one.itertext()).strip() for one in found if isinstance(one, etree._Element)]


def files(root: etree._Element, path: str) -> list[bytes]:
    """The files inside the elements at a path."""
    return [base64.b64decode(one) for one in texts(root, path)]


def pdf_upload(document: str) -> Upload:
    """Any PDF for a document."""
    return Upload(document, None, f"{document}.pdf", "application/pdf", PDF)
