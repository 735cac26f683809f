import pytest
from lxml import etree

from engine.message.shape import Codes, places
from outputs.xoev import facts
from outputs.xoev.derive import Declarations, Shaper
from outputs.xoev.facts import CodeList
from outputs.xoev.standards import EINBUERGERUNG_1_0, STANDARDS, XAUSLAENDER_2611, Standard
from tests.outputs.golden import assert_golden
from tests.outputs.standards_folder import ROOT, folder, needs_standards

_DESTATIS = "de.bund.destatis.bevoelkerungsstatistik.schluessel."
CODE_LISTS = {
    facts.CHANNEL: "de.xoev.codeliste.erreichbarkeit_3.xml",
    facts.SEX: "xoev-de.xinneres.codeliste.geschlecht_1.xml",
    facts.STATE: f"{_DESTATIS}staat_2024-08-01.xml",
    facts.TERRITORY: f"{_DESTATIS}staatsgebiete_2024-08-01.xml",
    facts.REASON: "xoev-de.xauslaender.codeliste.ozg.antragsgrund_4.xml",
}
every_standard = pytest.mark.parametrize("standard", STANDARDS, ids=lambda one: one.id)


@needs_standards
@every_standard
def test_the_shapes_are_what_the_schema_says(standard: Standard) -> None:
    """Elements, order, how often, content and codes: read anew from the XSD, nothing else."""
    home = folder()
    assert home is not None
    files = list((home / "xauslaender/26.11-ozg-subset").glob("*.xsd"))
    if standard.schema:
        files.append(ROOT / "outputs/xoev/schemas" / standard.schema)
    declared = Declarations(etree.parse(file).getroot() for file in files)
    read = Shaper(declared, standard.namespace).blocks(standard.messages)
    name = f"{standard.id}-{standard.version}.txt"
    assert_golden(str(ROOT / "outputs/xoev/shapes" / name), "\n".join(read) + "\n")


@every_standard
def test_the_name_of_the_parent_tells_whether_an_element_has_a_namespace(
    standard: Standard,
) -> None:
    """No two places of the same two names differ, so a table by names is enough."""
    for parent, one in standard.places:
        assert standard.tag(parent, one.name).startswith("{") is one.is_qualified, (parent, one)


@every_standard
def test_every_code_has_its_list_with_a_version(standard: Standard) -> None:
    """Where the schema leaves the version open, the table of the standard fills it in."""
    for parent, one in standard.places:
        kind = standard.kinds[one.type]
        if isinstance(kind, Codes):
            found = standard.code_list(parent, one.name)
            assert found == CodeList(kind.uri, kind.version or "", kind.codes), (parent, one.name)
            assert found.version, (parent, one.name)


@needs_standards
@pytest.mark.parametrize("known", CODE_LISTS, ids=lambda one: one.uri)
def test_codes_the_schema_does_not_list_are_those_of_the_published_list(known: CodeList) -> None:
    """First column of the Genericode file."""
    home = folder()
    assert home is not None
    root = etree.parse(home / "codelists" / CODE_LISTS[known]).getroot()
    first = [row.findtext(".//{*}SimpleValue", "") for row in root.iter("{*}Row")]
    codes = [one for one in first if one.isalnum()]  # not the dots of a row without a key
    assert sorted(codes) == sorted(known.codes or ())


@every_standard
def test_the_header_is_not_part_of_a_shape(standard: Standard) -> None:
    """It is made from the authority's data; no mapping can reach it."""
    for message in standard.messages:
        paths = [path for path, _ in places(standard.shape(message))]
        assert paths[0] == "antragsidentifikation"
        assert not any("nachrichtenkopf" in path for path in paths)


def test_our_own_message_never_takes_a_foreign_name() -> None:
    """What is no published standard is not named like one."""
    assert "vordruck" in EINBUERGERUNG_1_0.namespace
    assert EINBUERGERUNG_1_0.name.startswith("Vordruck")
    assert XAUSLAENDER_2611.namespace == "http://www.osci.de/xauslaender2611"
