import re

from lxml import etree

from tests.outputs.standards_folder import ROOT

XS = "{http://www.w3.org/2001/XMLSchema}"
PAGE = (ROOT / "docs/einbuergerung-nachricht.md").read_text("utf-8")
SCHEMA = etree.parse(ROOT / "outputs/xoev/schemas/einbuergerung-1.0.xsd").getroot()


def _sections() -> dict[str, list[str]]:
    sections = re.split(r"^### ", PAGE, flags=re.MULTILINE)[1:]
    return {
        section.split("\n", 1)[0]: re.findall(r"^\| `([^`]+)` \| [01]", section, re.MULTILINE)
        for section in sections
    }


def test_every_element_of_the_message_is_on_its_page() -> None:
    """The page lists the same elements as the schema, in message order."""
    parts = [*SCHEMA.iterchildren(f"{XS}element"), *SCHEMA.iterchildren(f"{XS}complexType")]
    header = {"Nachricht", "Nachrichtenkopf", "Identifikation.Nachricht"}
    declared = {
        part.get("name", ""): [
            one.get("name") for one in part.iter(f"{XS}element") if one is not part
        ]
        for part in parts
        if part.get("name") not in header and not part.get("name", "").startswith("Code.")
    }
    assert _sections() == declared


def test_every_code_list_of_the_message_is_on_its_page() -> None:
    """With its URI and all its codes."""
    for kind in SCHEMA.iterchildren(f"{XS}complexType"):
        if kind.get("name", "").startswith("Code."):
            [line] = [one for one in PAGE.splitlines() if one.startswith(f"| `{kind.get('name')}`")]
            codes = [one.get("value") for one in kind.iter(f"{XS}enumeration")]
            assert all(f"`{code}`" in line for code in codes), kind.get("name")
