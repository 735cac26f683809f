"""A question shows only pictures that the product has; the nearest name is proposed."""

import pytest

from tests.diagnostics.fragments import diagnose
from tests.engine.load.procedures import first_field, with_fields

QUESTION = "- {{field: nummer, type: text, label: Nummer, picture: {}}}"


@pytest.mark.parametrize(
    ("written", "nearest"),
    [("passport_numbr", "passport_number"), ("residence_card_bck", "residence_card_back")],
)
def test_an_unknown_picture_is_answered_with_the_nearest(written: str, nearest: str) -> None:
    """And typed by `check --fix`."""
    found = [
        one
        for one in diagnose(with_fields(QUESTION.format(written)))
        if one.code == "unknown-picture"
    ]

    assert [(one.values["name"], one.fix and one.fix.text) for one in found] == [(written, nearest)]


def test_a_known_picture_is_kept_with_the_question() -> None:
    """Without `picture` there is none."""
    assert first_field(QUESTION.format("passport_number")).picture == "passport_number"
    assert first_field("- {field: nummer, type: text, label: Nummer}").picture is None
