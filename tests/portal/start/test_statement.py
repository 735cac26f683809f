"""The accessibility statement says what the last campaign of tests found, and nothing else."""

import re
from dataclasses import replace
from datetime import date, timedelta

import pytest

from portal.settings import Settings
from portal.start.statement import results, statement
from portal.texts import Texts
from renderers.html.words import Words
from tests.browser.accessibility import report
from tests.portal.complete import ROOT
from tests.portal.visitor import Visitor


@pytest.fixture(scope="module", params=["de", "en"])
def words(request: pytest.FixtureRequest) -> Words:
    """The words of a language."""
    return Texts(ROOT / "definitions").words(request.param)


def _text(words: Words, **changed: object) -> str:
    parts = statement(replace(results(), **changed), Settings(), words)  # type: ignore[arg-type]
    return "\n".join(f"{one.title}\n{one.text}" for one in parts)


def test_every_number_of_the_page_is_that_of_the_file(words: Words) -> None:
    """Other results, another page: nothing is written by hand."""
    text = _text(words, states=4711, languages=42, faults=815, tested_on=date(2031, 5, 17))

    for told in ("4711", "42", "815", "2031"):
        assert told in text
    assert "4711" not in _text(words)


def test_what_is_not_accessible_is_told(words: Words) -> None:
    """Findings that are not mended, and what no test decides; without both it is all fulfilled."""
    partly = {"de": "teilweise", "en": "in part"}[words.language]
    full = {"de": "vollständig", "en": "in full"}[words.language]

    assert "17" in re.sub(r"\d{3,}", "", _text(words, findings=17, open=()))
    assert partly in _text(words, findings=17, open=())
    assert partly in _text(words, findings=0)
    for name in report.OPEN:
        assert words.t(f"statement.open.{name}") in _text(words, open=report.OPEN)
    assert full in _text(words, findings=0, open=())
    assert words.t("statement.missing.title") not in _text(words, findings=0, open=())


def test_the_page_names_who_answers_and_who_arbitrates(visitor: Visitor) -> None:
    """§ 12b BGG: a way to complain, and the arbitration service."""
    settings = Settings()
    text = visitor.open("/accessibility?lang=de").text

    assert f"mailto:{settings.feedback_email}" in text
    assert settings.arbitration in text
    assert settings.operator in text
    assert "innerhalb eines Monats" in text


def test_the_results_are_of_this_year_and_of_all_procedures() -> None:
    """§ 7 (6) BITV 2.0: a statement is renewed every year; a campaign leaves no procedure out."""
    told = results()
    files = sorted(path.stem for path in (ROOT / "definitions").glob("*.yaml"))

    assert told.tested_on > date(2026, 11, 1)
    assert told.tested_on + timedelta(days=366) > date(2026, 11, 23)
    assert told.states > 10 * len(files)
    assert told.faults >= 15
