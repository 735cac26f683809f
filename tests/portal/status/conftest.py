"""An applicant who has submitted, and what their receipt shows."""

import re
from dataclasses import dataclass
from pathlib import Path

import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

from engine import Plan
from tests.portal.fill.test_application import begin, case_of, fill_in, upload_all
from tests.portal.status.people import Office, Person, apply
from tests.portal.visitor import Visitor

_CODE = re.compile(r"\b[2-9A-Z]{4}-[2-9A-Z]{4}-[2-9A-Z]{4}\b")


@dataclass
class Applied:
    """The applicant on the receipt, with number and code."""

    visitor: Visitor
    submission: str
    reference: str
    code: str


def shown_codes(visitor: Visitor) -> list[str]:
    """Number and, if it is shown, code of the receipt."""
    return _CODE.findall(visitor.text)


@pytest.fixture
def applied(visitor: Visitor, plan: Plan) -> Applied:
    """From the service page to the receipt."""
    fill_in(begin(visitor), plan.procedure, case_of(plan.procedure, "MP-voll"))
    upload_all(visitor).press("_go", "submit")
    submission = visitor.path.rpartition("/")[2]
    reference, code = shown_codes(visitor)
    return Applied(visitor, submission, reference, code)


@pytest.fixture
def office(app: FastAPI, tmp_path: Path) -> Office:
    """The authority."""
    return Office(app, tmp_path / "incoming")


@pytest.fixture(scope="module")
def person(app: FastAPI) -> Person:
    """One applicant for all tests of a module: applying takes a while."""
    return apply(Visitor(TestClient(app, raise_server_exceptions=False)))
