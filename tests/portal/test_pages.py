"""One page of every kind, as HTML that people can open; what is random is masked."""

import re
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from engine import Plan
from tests.golden import assert_golden
from tests.portal.check.test_quick_check import answered
from tests.portal.fill.test_application import begin, case_of, fill_in, upload_all
from tests.portal.visitor import Visitor

HERE = Path(__file__).resolve().parent / "pages"
MASKS = (
    (r"(?<=\?)[0-9a-f]{12}(?=\")", "VERSION"),
    (r"\b(?:[0-9a-f]{16})?[0-9a-f]{64}\b", "HASH"),
    (r"\b[0-9a-f]{32}\b", "ID"),
    (r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", "SUBMISSION"),
    (r"\b([2-9A-Z]{4}-){2}[2-9A-Z]{4}\b", "REFERENCE"),
    (r"\d\d:\d\d:\d\d", "TIME"),
    (r"(name=\"_revision\" value=\")\d+", r"\1N"),
)


def masked(html: str) -> str:
    """Without empty lines and without what is different every time."""
    text = "\n".join(line for line in html.splitlines() if line.strip()) + "\n"
    for pattern, name in MASKS:
        text = re.sub(pattern, name, text)
    return re.sub(
        r'((?:<option value="\d{3}"[^\n]*\n){2})(?:<option value="\d{3}">[^\n]*\n)+', r"\1", text
    )


@pytest.mark.parametrize(
    ("name", "address"),
    [
        ("service", "/p/musterprozess"),
        ("quick-check", "/p/musterprozess/quick-check"),
        ("accessibility", "/accessibility"),
        ("not-found", "/gibt-es-nicht"),
        ("service-english", "/p/musterprozess?lang=en"),
    ],
)
def test_pages_that_need_no_application(client: TestClient, name: str, address: str) -> None:
    """Service, Quick Check, information, error."""
    assert_golden(HERE / name / "expected.html", masked(client.get(address).text))


def test_pages_of_an_application(visitor: Visitor, plan: Plan) -> None:
    """Form, documents, check-your-answers, receipt."""
    begin(visitor)
    assert_golden(HERE / "form" / "expected.html", masked(visitor.text))
    fill_in(visitor, plan.procedure, case_of(plan.procedure, "MP-voll"))
    assert_golden(HERE / "documents" / "expected.html", masked(visitor.text))
    upload_all(visitor)
    assert_golden(HERE / "check-answers" / "expected.html", masked(visitor.text))
    visitor.press("_go", "submit")
    assert_golden(HERE / "receipt" / "expected.html", masked(visitor.text))


def test_the_result_of_the_quick_check(visitor: Visitor, plan: Plan) -> None:
    """Outcome, reason, date, next step."""
    answered(visitor, plan, "MP-02")

    assert_golden(HERE / "result" / "expected.html", masked(visitor.text))
