"""An applicant and an employer who have met, at two points of their way."""

from collections.abc import Callable

import pytest
from fastapi import FastAPI

from tests.portal.fill.test_application import upload_all
from tests.portal.invite.people import answers, hand_over, part_of_employer, put_answers
from tests.portal.invite.test_scope import Pair, meet, own_answers
from tests.portal.visitor import Visitor


@pytest.fixture
def pair(app: FastAPI, new_visitor: Callable[[], Visitor]) -> Pair:
    """The applicant of the complete case and their employer."""
    return meet(app, new_visitor, own_answers())


@pytest.fixture
def done(pair: Pair, app: FastAPI) -> Pair:
    """The employer has handed over."""
    theirs = part_of_employer()
    put_answers(app, pair.person, {k: v for k, v in answers().items() if k in theirs})
    pair.employer.open(f"{pair.base}/your-documents")
    hand_over(pair.employer, upload_all)
    assert pair.employer.path.endswith("/handed-over")
    return pair
