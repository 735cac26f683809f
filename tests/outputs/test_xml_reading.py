"""R43: no document type, no external entity, no network, bounded size."""

from pathlib import Path

import pytest
from lxml import etree

from outputs.schemas import SchemaError, Schemas
from outputs.xml_reading import UnsafeXml, read_xml

_LAUGHS = "".join(f'<!ENTITY l{n} "{("&l" + str(n - 1) + ";") * 10}">' for n in range(1, 10))
_BLOWN_UP = f'<!DOCTYPE a [<!ENTITY x "{"x" * 50_000}">]><a>{"&x;" * 5_000}</a>'
HOSTILE = {
    "billion-laughs": f'<!DOCTYPE a [<!ENTITY l0 "ha">{_LAUGHS}]><a>&l9;</a>',
    "quadratic": _BLOWN_UP,
    "file": '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/hostname">]><a>&x;</a>',
    "http": '<!DOCTYPE a [<!ENTITY x SYSTEM "http://127.0.0.1:9/x">]><a>&x;</a>',
    "ftp": '<!DOCTYPE a [<!ENTITY x SYSTEM "ftp://127.0.0.1:9/x">]><a>&x;</a>',
    "parameter": '<!DOCTYPE a [<!ENTITY % x SYSTEM "http://127.0.0.1:9/x.dtd">%x;]><a/>',
    "dtd-only": "<!DOCTYPE a><a/>",
    "dtd-public": '<!DOCTYPE a PUBLIC "-//X//Y" "http://127.0.0.1:9/a.dtd"><a/>',
    "dtd-file": '<!DOCTYPE a SYSTEM "/etc/hostname"><a/>',
    "attribute-default": '<!DOCTYPE a [<!ATTLIST a b CDATA "c">]><a/>',
    "deep": "<a>" * 100_000 + "</a>" * 100_000,
    "unclosed": "<a><b></a>",
    "nul": "<a>\x00</a>",
    "control": "<a>\x01</a>",
    "two-roots": "<a/><b/>",
    "utf7": '<?xml version="1.0" encoding="UTF-7"?><a>+ADw-b+AD4-</a>',
    "empty": "",
}


@pytest.mark.parametrize("name", HOSTILE)
def test_r43_hostile_documents_are_refused(name: str) -> None:
    """Each is an UnsafeXml, nothing is fetched, nothing is expanded."""
    with pytest.raises(UnsafeXml):
        read_xml(HOSTILE[name].encode())


def test_r43_utf16_does_not_hide_a_document_type() -> None:
    """The encoding changes nothing."""
    with pytest.raises(UnsafeXml):
        read_xml(HOSTILE["file"].encode("utf-16"))


def test_r43_size_is_bounded_before_parsing() -> None:
    """A large document is refused by its size."""
    with pytest.raises(UnsafeXml, match="larger than 100 bytes"):
        read_xml(b"<a>" + b" " * 200 + b"</a>", largest=100)


def test_xinclude_is_only_an_element() -> None:
    """Nobody resolves it."""
    root = read_xml(
        b'<a xmlns:i="http://www.w3.org/2001/XInclude"><i:include href="file:///etc/hostname"/></a>'
    )
    assert [child.tag for child in root] == ["{http://www.w3.org/2001/XInclude}include"]
    assert root.xpath("string()") == ""


_XSD = """<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" targetNamespace="urn:test:a"
  xmlns:b="urn:test:b" elementFormDefault="qualified">
  <xs:import namespace="urn:test:b" schemaLocation="{location}"/>
  <xs:element name="a" type="b:T"/></xs:schema>"""
_IMPORTED = """<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" targetNamespace="urn:test:b">
  <xs:simpleType name="T"><xs:restriction base="xs:int"/></xs:simpleType></xs:schema>"""


def _folder(tmp_path: Path, location: str, *, imported: bool = True) -> Schemas:
    (tmp_path / "message.xsd").write_text(_XSD.format(location=location))
    if imported:
        (tmp_path / "deep").mkdir()
        (tmp_path / "deep" / "types.xsd").write_text(_IMPORTED)
    return Schemas.from_folder(tmp_path)


@pytest.mark.parametrize(
    "location", ["http://schemas.example/v1/types.xsd", "types.xsd", "/elsewhere/types.xsd"]
)
def test_imports_come_from_the_folder_wherever_they_point(tmp_path: Path, location: str) -> None:
    """Published schemas name addresses on the web; the operator's file is used instead."""
    schema = _folder(tmp_path, location).declaring("urn:test:a", "a")
    assert schema is not None
    assert schema.problems(etree.XML('<a xmlns="urn:test:a">1</a>')) == ()
    [problem] = schema.problems(etree.XML('<a xmlns="urn:test:a">x</a>'))
    assert "'x' is not a valid value" in problem.message


def test_an_import_outside_the_folder_is_refused(tmp_path: Path) -> None:
    """Neither network nor another place on the disk is asked."""
    outside = tmp_path / "outside.xsd"
    outside.write_text(_IMPORTED)
    home = tmp_path / "standards"
    home.mkdir()
    with pytest.raises(SchemaError, match="Failed to parse the XML resource"):
        _folder(home, str(outside), imported=False).declaring("urn:test:a", "a")


def test_a_schema_that_cannot_be_used_says_so(tmp_path: Path) -> None:
    """The operator gets the file's name and the reason."""
    (tmp_path / "broken.xsd").write_text(_XSD.format(location="types.xsd").replace("b:T", "b:U"))
    (tmp_path / "types.xsd").write_text(_IMPORTED)
    with pytest.raises(SchemaError, match=r"broken\.xsd"):
        Schemas.from_folder(tmp_path).declaring("urn:test:a", "a")


def test_files_with_a_document_type_are_no_schemas(tmp_path: Path) -> None:
    """A folder may hold anything; what is unsafe is left out."""
    (tmp_path / "a.xsd").write_text("<!DOCTYPE a><a/>")
    (tmp_path / "b.xsd").write_text("not xml")
    assert Schemas.from_folder(tmp_path).declaring("", "a") is None
