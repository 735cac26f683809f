"""The package for the document management system: xdomea message and primary documents."""

from collections.abc import Sequence

from outputs.application import Application, OutputFile, UnknownStandard
from outputs.dms import message_0605 as filing
from outputs.dms.build import build_filing
from outputs.dms.case_file import akte, package_name
from outputs.dms.package import pack
from outputs.dms.xdomea_3_1_0 import NAMESPACE, VERSION
from outputs.schemas import Schema, Schemas
from outputs.xml_writing import serialise


def write(
    application: Application, produced: Sequence[OutputFile], schema: Schema | None
) -> OutputFile:
    """Files what was produced for the application and what was handed in with it."""
    output = application.procedure.outputs.dms
    if output is None:
        raise ValueError(f"{application.procedure.id} declares no filing")
    if (output.system, output.version) != ("xdomea", VERSION):
        raise UnknownStandard(f"{output.system} {output.version}")
    process = application.identifier("dms/process")
    filed = build_filing(application, produced)
    root = filing.message(application, process, akte(filed))
    name = f"{process}_{filing.ROOT}"
    files = [(f"{name}.xml", serialise(root))]
    files += [(package_name(one), one.content) for one in filed.documents]
    return OutputFile(
        output="dms",
        name=f"{name}.zip",
        media_type="application/zip",
        content=pack(files),
        problems=schema.problems(root) if schema else None,
    )


def schema_for(schemas: Schemas) -> Schema | None:
    """The xdomea schema, if the operator's folder has it."""
    return schemas.declaring(NAMESPACE, filing.ROOT)
