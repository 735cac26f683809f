"""Every procedure of the repository, from the first page to the receipt, in both languages."""

import pytest

from tests.portal.complete import answers_of, complete_cases, plans
from tests.portal.fill.test_application import begin, fill_in, upload_all
from tests.portal.form_values import form_values
from tests.portal.visitor import Visitor


def test_every_procedure_has_a_complete_case() -> None:
    """So that each of them is filled in here."""
    assert {procedure for procedure, _ in complete_cases()} == set(plans())


@pytest.mark.parametrize("language", ["de", "en"])
@pytest.mark.parametrize(("procedure_id", "case_id"), list(complete_cases()))
def test_a_complete_case_becomes_a_receipt(
    visitor: Visitor, procedure_id: str, case_id: str, language: str
) -> None:
    """What the case answers is what the form asks, and nothing more is wanted."""
    procedure, answers = plans()[procedure_id].procedure, answers_of(procedure_id, case_id)
    visitor.open(f"/?lang={language}")
    fill_in(begin(visitor, procedure_id), procedure, answers)
    if visitor.path.endswith("/your-documents"):
        upload_all(visitor)
    assert visitor.path.endswith("/check-answers"), visitor.errors()
    assert not visitor.errors()
    visitor.press("_go", "submit")
    if visitor.path.endswith("/last-step"):
        visitor.press("_go", "submit", form_values(procedure, answers))

    assert f"/p/{procedure_id}/receipt/" in visitor.path
    assert visitor.page.get("lang") == language
