"""The person of a case, as another Ausländerbehörde is asked about her."""

from dataclasses import replace

import pytest

from outputs.aktenversendung.messages import Name, Person
from outputs.aktenversendung.person import is_azr_number, is_same, person_of
from outputs.xoev.write import write
from tests.outputs.aktenversendung.samples import PERSON
from tests.outputs.plans import PDF, complete


def test_the_application_tells_who_it_is() -> None:
    """Names, birthday as far as known, nationality; the AZR number comes from the clerk."""
    message = write(complete("beschaeftigungserlaubnis"), PDF, None)
    assert person_of(message.content, "940501000001") == PERSON


@pytest.mark.parametrize("content", [b"", b"<a/>", b'{"a": 1}'])
def test_other_messages_do_not(content: bytes) -> None:
    """Rather nobody than somebody else."""
    assert person_of(content, "940501000001") is None


@pytest.mark.parametrize(
    ("number", "is_one"),
    [("940501000001", True), ("941301000001", False), ("94050100000", False), ("x" * 12, False)],
)
def test_numbers_of_the_azr(number: str, *, is_one: bool) -> None:
    """As the schema wants them."""
    assert is_azr_number(number) is is_one


@pytest.mark.parametrize(
    ("change", "same"),
    [
        ({"azr_number": "940501000002"}, True),
        ({"birthday": "", "azr_number": "940501000001"}, True),
        ({"birthday": "", "azr_number": "940501000002"}, False),
        ({"birthday": "1994-06", "azr_number": "940501000002"}, False),
        ({"names": (Name("passport", "A", "B", ""),), "azr_number": "940501000002"}, False),
    ],
)
def test_the_same_person_is_known_by_number_or_by_name_and_birthday(
    change: dict[str, object], *, same: bool
) -> None:
    """A number alone, or both of the others; never half of them."""
    other: Person = replace(PERSON, **change)  # type: ignore[arg-type]
    assert is_same(PERSON, other) is same
