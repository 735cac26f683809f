"""Browsers fill in the applicant's own data, and nobody else's with it."""

from renderers.html.tokens import tokens
from tests.portal.complete import plans


def test_a_token_belongs_to_the_first_question_of_its_kind() -> None:
    """The employer's e-mail address is not the applicant's."""
    found = tokens(plans()["beschaeftigungserlaubnis"].procedure)

    assert found["email"] == "email"
    assert "ag_email" not in found
    assert "ag_telefon" not in found


def test_what_the_author_writes_holds() -> None:
    """Explicit tokens stay."""
    assert tokens(plans()["musterprozess"].procedure)["familienname"] == "family-name"
