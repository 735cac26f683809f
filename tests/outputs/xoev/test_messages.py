"""The messages of the real procedures, against their schemas and expected files."""

import pytest
from lxml import etree

from outputs.xoev.write import schema_for, write
from tests.outputs.golden import assert_golden
from tests.outputs.plans import PDF, complete
from tests.outputs.standards_folder import needs_standards, schemas

WITH_MESSAGE = ("beschaeftigungserlaubnis", "verpflichtungserklaerung", "einbuergerung")


@pytest.mark.parametrize("name", WITH_MESSAGE)
def test_a_complete_application_gives_the_expected_message(name: str) -> None:
    """Element by element; the summary PDF is a stand-in so that people can read the file."""
    message = write(complete(name), PDF, None)
    assert_golden(f"xoev/cases/{name}/expected.xml", message.content.decode())


@needs_standards
@pytest.mark.parametrize("name", WITH_MESSAGE)
def test_a_complete_application_is_valid(name: str) -> None:
    """The published schema accepts the message."""
    application = complete(name)
    declared = application.procedure.outputs.xoev
    assert declared is not None
    schema = schema_for(declared, schemas())
    assert schema is not None
    assert write(application, PDF, schema).problems == ()


@needs_standards
def test_the_schema_is_really_asked() -> None:
    """A document the standard has no code for, and a missing one, are found."""
    application = complete("beschaeftigungserlaubnis")
    declared = application.procedure.outputs.xoev
    assert declared is not None
    schema = schema_for(declared, schemas())
    assert schema is not None
    root = etree.fromstring(write(application, PDF, None).content)
    person = root.find(".//{*}angabenZurPerson")
    assert person is not None
    root.remove(person)
    [problem] = schema.problems(root)
    assert "angabenZurPerson" in problem.message


def test_without_a_schema_the_message_is_written_unvalidated() -> None:
    """`problems` is None, not an empty list that looks like a verdict."""
    assert write(complete("beschaeftigungserlaubnis"), PDF, None).problems is None


@pytest.mark.parametrize("name", WITH_MESSAGE)
def test_the_header_names_message_reader_and_author(name: str) -> None:
    """Basisnachricht 1.1: type, time with offset, DVDV key, a way to reach the author."""
    application = complete(name)
    root = etree.fromstring(write(application, PDF, None).content)
    authority = application.authority
    head = root.find("nachrichtenkopf.g2g")
    assert head is not None
    text = {path: head.findtext(path) for path in (
        "identifikation.nachricht/nachrichtentyp/code",
        "identifikation.nachricht/erstellungszeitpunkt",
        "leser/kennung",
        "leser/name",
        "autor/erreichbarkeit/kennung",
    )}  # fmt: skip
    assert list(text.values()) == [
        etree.QName(root).localname.rpartition(".")[2],
        "2026-11-24T10:15:30.000+01:00",
        authority.dvdv_key,
        authority.name,
        authority.email,
    ]
