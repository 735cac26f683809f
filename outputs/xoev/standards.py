"""The table of standards a message can follow. A new version is one file and one line here."""

from collections.abc import Mapping
from dataclasses import dataclass

from outputs.xoev import einbuergerung_1_0, xauslaender_2611
from outputs.xoev.facts import CodeList


@dataclass(frozen=True, slots=True)
class Standard:
    """What has to be known to write a message when its schema is not at hand."""

    id: str  # as definitions call it
    version: str
    name: str  # as the root element calls it
    namespace: str
    prefix: str
    messages: Mapping[str, str]  # root element -> code of the message type
    message_types: CodeList
    unqualified: Mapping[str, frozenset[str]]  # element -> children that are in no namespace
    code_lists: Mapping[str, CodeList]  # element, or parent/element where the name is not enough
    formats: Mapping[str, str]  # file formats a document may have -> code
    schema: str | None = None  # file in outputs/xoev/schemas if it is our own

    def tag(self, parent: str, name: str) -> str:
        """The expanded name of a child element."""
        if name in self.unqualified.get(parent, ()):
            return name
        return f"{{{self.namespace}}}{name}"

    def code_list(self, parent: str, name: str) -> CodeList | None:
        """The list the codes of an element come from, as far as the standard says."""
        return self.code_lists.get(f"{parent}/{name}") or self.code_lists.get(name)


XAUSLAENDER_2611 = Standard(
    id="xauslaender",
    version="26.11",
    name="XAusländer",
    namespace="http://www.osci.de/xauslaender2611",
    prefix="xauslaender",
    messages=xauslaender_2611.MESSAGES,
    message_types=CodeList("urn:de:xauslaender:codelist:nachrichtentyp", "19"),
    unqualified=xauslaender_2611.UNQUALIFIED,
    code_lists=xauslaender_2611.CODE_LISTS,
    formats={"pdf": "1", "jpg": "2"},
)
EINBUERGERUNG_1_0 = Standard(
    id="vordruck-einbuergerung",
    version="1.0",
    name="Vordruck-Einbürgerung",
    namespace="urn:vordruck:einbuergerung:1.0",
    prefix="ebg",
    messages={"einbuergerung.antrag.0001": "0001"},
    message_types=CodeList("urn:vordruck:einbuergerung:codeliste:nachrichtentyp", "1.0"),
    unqualified=einbuergerung_1_0.UNQUALIFIED,
    code_lists=einbuergerung_1_0.CODE_LISTS,
    formats={"pdf": "pdf", "jpg": "jpg", "png": "png"},
    schema="einbuergerung-1.0.xsd",
)
STANDARDS: tuple[Standard, ...] = (XAUSLAENDER_2611, EINBUERGERUNG_1_0)


def find_standard(name: str, version: str) -> Standard | None:
    """The standard a definition names; None if it is not in the table."""
    for standard in STANDARDS:
        if (standard.id, standard.version) == (name, version):
            return standard
    return None
