"""Documents that follow an application: filed beside it, or as they are where nothing is filed."""

from outputs.application import Application, OutputFile
from outputs.dms import write as dms
from outputs.dms.package import pack
from outputs.names import file_name
from outputs.schemas import Schemas


def build_later(application: Application, schemas: Schemas | None) -> OutputFile:
    """One file with all of them; its `output` is `dms` if it is a filing."""
    if application.supplement is None:
        raise ValueError("nothing of this came later")
    if application.procedure.outputs.dms is not None:
        return dms.write(application, (), schemas)
    files = [
        (f"{number:02d} {file_name(one.name, one.media_type)}", one.content)
        for number, one in enumerate(application.uploads, start=1)
    ]
    name = f"nachreichung-{application.supplement.id}.zip"
    return OutputFile(name, "application/zip", pack(files), "later")
