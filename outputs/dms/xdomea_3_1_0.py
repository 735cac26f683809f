"""xdomea 3.1.0: names, code lists and the smallest way to write its elements."""

from lxml import etree

NAMESPACE = "urn:xoev-de:xdomea:schema:3.1.0"
PREFIX = "xdomea"  # the standard prescribes it
VERSION = "3.1.0"

MESSAGE_TYPES = ("urn:xoev-de:xdomea:codeliste:nachrichtentyp", "2.0")
MEDIA = ("urn:xoev-de:xdomea:codeliste:medium", "1.0")
FILE_FORMATS = ("urn:xoev-de:xdomea:codeliste:dateiformat", "1.0")
CONFIDENTIALITY = ("urn:xoev-de:xdomea:codeliste:vertraulichkeitsstufe", "1.0")
DISPOSAL = ("urn:xoev-de:xdomea:codeliste:aussonderungsart", "1.0")
OBJECT_TYPES = ("urn:xoev-de:xdomea:codeliste:schriftgutobjekttyp", "1.0")
DATA_TYPES = ("urn:xoev-de:xdomea:codeliste:datentyp", "1.1")
GENERAL_ANSWERS = ("urn:xoev-de:xdomea:codeliste:allgemeinerueckmeldung", "1.1")

ELECTRONIC = "001"
AKTE = "001"
STRING = "038"
OTHER_FORMAT = "100"
# media type -> code and version of the format; the application itself is PDF/A and says so apart
FORMATS: dict[str, tuple[str, str]] = {
    "application/pdf": ("018", "1.7"),
    "image/jpeg": ("011", "1.02"),
    "image/png": ("019", "1.2"),
    "application/xml": ("030", "1.0"),
}
PDF_A = ("044", "PDF/A-3b")


def element(name: str, *content: "etree._Element | str | None") -> etree._Element:
    """An element with children or text; None is skipped."""
    made = etree.Element(f"{{{NAMESPACE}}}{name}", nsmap={PREFIX: NAMESPACE})
    for one in content:
        if isinstance(one, str):
            made.text = one
        elif one is not None:
            made.append(one)
    return made


def code(name: str, code_list: tuple[str, str], value: str, label: str = "") -> etree._Element:
    """A code element; its children are in no namespace."""
    made = element(name)
    made.set("listURI", code_list[0])
    made.set("listVersionID", code_list[1])
    etree.SubElement(made, "code").text = value
    if label:
        etree.SubElement(made, "name").text = label
    return made


def flag(name: str, value: bool) -> etree._Element:
    """A boolean; xdomea fixes some of them to `1`, and validators compare the text."""
    return element(name, "1" if value else "0")
