"""XSD sets of others: whatever their authors used of XML Schema, their messages get a shape."""

import io
import zipfile

import pytest

from engine.message.shape import Codes, Content, Parts, places
from outputs.xoev.installed import UnfitSchemaError
from outputs.xoev.package import Wanted, read_package
from tests.outputs.standards_folder import folder, needs_standards


def package_of(path: str) -> bytes:
    """A ZIP file of the XSD files of a folder of published standards."""
    home = folder()
    assert home is not None
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for file in sorted((home / path).glob("*.xsd")):
            archive.writestr(file.name, file.read_bytes())
    return target.getvalue()


@needs_standards
@pytest.mark.parametrize(
    ("path", "namespace", "messages"),
    [
        ("xauslaender/26.11-ozg-subset", "http://www.osci.de/xauslaender2611", 18),
        ("xbau-kernmodul/1.3.0", "http://www.xleitstelle.de/xbau/kernmodul/1/3/0", 18),
        ("xdomea/3.1.0/xsd", "urn:xoev-de:xdomea:schema:3.1.0", 64),
        ("xdomea/2.3.0/xsd", "urn:xoev-de:xdomea:schema:2.3.0", 47),
        ("cmis/1.1", "http://docs.oasis-open.org/ns/cmis/messaging/200908/", 101),
    ],
)
def test_published_sets_can_be_brought_along(path: str, namespace: str, messages: int) -> None:
    """Every message, every place in it, every type: known, and of a kind."""
    standard = read_package(package_of(path), Wanted("probe", "1")).standard

    assert (standard.namespace, len(standard.messages)) == (namespace, messages)
    for message in standard.messages:
        shape = standard.shape(message)
        for path_of, one in places(shape):
            assert isinstance(shape.kind(one), Parts | Codes | Content), path_of


@needs_standards
def test_a_set_without_messages_is_told() -> None:
    """XÖV's core types alone are no standard."""
    with pytest.raises(UnfitSchemaError, match="no message"):
        read_package(package_of("xdomea/3.1.0/xoev"), Wanted("probe", "1"))
