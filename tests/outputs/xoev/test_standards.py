import pytest

from outputs.xoev.standards import EINBUERGERUNG_1_0, STANDARDS, XAUSLAENDER_2611, Standard
from tests.outputs.standards_folder import ROOT, folder, needs_standards
from tests.outputs.xoev.derived import Facts, Schemas


def _facts(standard: Standard) -> Facts:
    home = folder()
    assert home is not None
    files = list((home / "xauslaender/26.11-ozg-subset").glob("*.xsd"))
    if standard.schema:
        files.append(ROOT / "outputs/xoev/schemas" / standard.schema)
    roots = (f"{{{standard.namespace}}}{message}" for message in standard.messages)
    return Schemas(*files).facts(*roots)


@needs_standards
@pytest.mark.parametrize("standard", STANDARDS, ids=lambda one: one.id)
def test_elements_are_qualified_as_the_schema_says(standard: Standard) -> None:
    """The table of unqualified elements holds every place of the schema, and no wrong one."""
    facts = _facts(standard)
    wrong = {
        (parent, child)
        for parent, child in facts.qualified
        if not standard.tag(parent, child).startswith("{")
    }
    missing = {
        (parent, child)
        for parent, child in facts.unqualified
        if standard.tag(parent, child).startswith("{")
    }
    assert (wrong, missing) == (set(), set())


@needs_standards
@pytest.mark.parametrize("standard", STANDARDS, ids=lambda one: one.id)
def test_code_lists_are_the_ones_of_the_schema(standard: Standard) -> None:
    """Every code element has its list; versions differ only where the schema leaves them open."""
    for (parent, element), found in _facts(standard).code_lists.items():
        if element in ("nachrichtentyp", "grundDesAufenthalts81a"):
            continue
        [(uri, version)] = found
        known = standard.code_list(parent, element)
        assert known is not None, (parent, element)
        assert known.uri == uri, (parent, element)
        assert known.version == (version or known.version), (parent, element)
        assert known.version, (parent, element)


@needs_standards
@pytest.mark.parametrize("standard", STANDARDS, ids=lambda one: one.id)
def test_the_message_type_list_is_the_one_of_the_schema(standard: Standard) -> None:
    """Header and schema agree on the list of message types."""
    lists = _facts(standard).code_lists["identifikation.nachricht", "nachrichtentyp"]
    assert lists == {(standard.message_types.uri, standard.message_types.version)}


def test_our_own_message_never_takes_a_foreign_name() -> None:
    """What is no published standard is not named like one."""
    assert "vordruck" in EINBUERGERUNG_1_0.namespace
    assert EINBUERGERUNG_1_0.name.startswith("Vordruck")
    assert XAUSLAENDER_2611.namespace == "http://www.osci.de/xauslaender2611"
