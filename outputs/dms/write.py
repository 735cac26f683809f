"""The package for the document management system: xdomea message and primary documents."""

from collections.abc import Sequence

from outputs.application import Application, OutputFile, UnknownStandard
from outputs.dms.build import build_filing
from outputs.dms.messages import CREATE, FILE, Envelope, write_package
from outputs.schemas import Schemas

_MESSAGES = {"0604": CREATE, "0605": FILE}


def write(
    application: Application, produced: Sequence[OutputFile], schemas: Schemas | None
) -> OutputFile:
    """Files what was produced for the application and what was handed in with it."""
    output = application.procedure.outputs.dms
    if output is None:
        raise ValueError(f"{application.procedure.id} declares no filing")
    if output.system != "xdomea":
        raise UnknownStandard(f"{output.system} {output.version}")
    name = application.authority.name
    later = application.supplement
    process = application.identifier(f"dms/process/{later.id}" if later else "dms/process")
    envelope = Envelope(process, application.handed_in_at, name, name)
    filing = build_filing(application, produced)
    return write_package(_MESSAGES[output.message], envelope, filing, output.version, schemas)
