"""The message to the Fachverfahren, as bytes."""

from importlib import resources

from lxml import etree

from engine.message.shape import Parts
from engine.model_outputs import XoevOutput
from outputs.application import (
    MAKER,
    PRODUCT,
    PRODUCT_VERSION,
    Application,
    OutputFile,
    UnknownStandard,
)
from outputs.schemas import Schema, Schemas
from outputs.xml_writing import serialise
from outputs.xoev.elements import Elements
from outputs.xoev.header import header
from outputs.xoev.standards import Standard, find_standard


def write(application: Application, summary: bytes, schema: Schema | None) -> OutputFile:
    """The message with the summary PDF inside; without a schema it is written unvalidated."""
    output = application.procedure.outputs.xoev
    if output is None:
        raise ValueError(f"{application.procedure.id} declares no XÖV message")
    root = build(application, output, summary)
    return OutputFile(
        output="xoev",
        name=f"{application.submission_id}_{output.message}.xml",
        media_type="application/xml",
        content=serialise(root),
        problems=schema.problems(root) if schema else None,
    )


def build(application: Application, output: XoevOutput, summary: bytes) -> etree._Element:
    """The message as a tree."""
    standard = find_standard(output.standard, output.version)
    if standard is None or output.message not in standard.messages:
        raise UnknownStandard(f"{output.standard} {output.version} {output.message}")
    root = root_of(standard, output.message)
    if standard.has_header(output.message):
        root.extend(_header(standard, application, output.message))
    elements = Elements(standard, application, summary)
    root.extend(elements.children(output.message, output.tree, application.environment))
    return root


def _header(standard: Standard, application: Application, message: str) -> list[etree._Element]:
    """As far as the message has a place for it."""
    whole = standard.kinds[message]
    made = header(standard, application, message)
    return [one for one in made if isinstance(whole, Parts) and whole.get(str(one.tag))]


def schema_for(output: XoevOutput, schemas: Schemas) -> Schema | None:
    """The schema of a message, if the operator's folder has it."""
    standard = find_standard(output.standard, output.version)
    if standard is None:
        return None
    if standard.schema is None:
        return schemas.declaring(standard.namespace, output.message)
    own = resources.files("outputs.xoev") / "schemas" / standard.schema
    return schemas.own(standard.schema, own.read_bytes())


def root_of(standard: Standard, message: str) -> etree._Element:
    """The empty message of a standard."""
    facts = {
        "standard": standard.name,
        "version": standard.version,
        "produkt": PRODUCT,
        "produkthersteller": MAKER,
        "produktversion": PRODUCT_VERSION,
    }
    return etree.Element(
        f"{{{standard.namespace}}}{message}",
        facts if standard.states_product else {},
        nsmap={standard.prefix: standard.namespace},
    )
