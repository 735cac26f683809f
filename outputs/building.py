"""The table of everything an application can leave the portal as, and building it."""

from dataclasses import dataclass

from engine.texts.catalogue import Catalogue
from outputs.application import Application, OutputFile
from outputs.dms import write as dms
from outputs.json import write as json
from outputs.pdf import write as pdf
from outputs.schemas import Schemas
from outputs.xoev import write as xoev


@dataclass(frozen=True, slots=True)
class Output:
    """One entry of the table: a kind of file an application can leave the portal as."""

    id: str
    title: str
    media_type: str
    needs_declaration: bool  # written only if the definition's `outputs` say so


OUTPUTS: dict[str, Output] = {
    one.id: one
    for one in (
        Output("json", "Angaben als JSON", "application/json", False),
        Output("pdf", "Antrag als PDF/A-3b und PDF/UA-1", "application/pdf", False),
        Output("xoev", "XÖV-Nachricht an das Fachverfahren", "application/xml", True),
        Output("dms", "xdomea-Paket für das DMS", "application/zip", True),
    )
}


def build_all(
    application: Application, schemas: Schemas | None, catalogue: Catalogue | None = None
) -> tuple[OutputFile, ...]:
    """Every file of an application, in the order of OUTPUTS: each may hold the ones before it."""
    data = json.write(application)
    summary = pdf.write(application, data, catalogue)
    built = [data, summary]
    declared = application.procedure.outputs
    if declared.xoev is not None:
        schema = xoev.schema_for(declared.xoev, schemas) if schemas else None
        built.append(xoev.write(application, summary.content, schema))
    if declared.dms is not None:
        built.append(dms.write(application, built, schemas))
    return tuple(built)
