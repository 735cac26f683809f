"""R05: check-your-answers against the canonical answers, for every complete case."""

import re
from collections.abc import Iterator, Mapping, Sequence

import pytest

from engine.model import Computed, Field, Group, Item
from engine.values import Value
from portal.texts import Texts
from renderers.html.shown import show, show_plain
from renderers.html.words import Words
from tests.portal.complete import ROOT, answers_of, complete_cases, plans
from tests.portal.conftest import TODAY
from tests.portal.fill.test_application import begin, fill_in, upload_all
from tests.portal.visitor import Visitor


def lines(
    items: Sequence[Item], values: Mapping[str, Value], words: Words
) -> Iterator[tuple[str, str]]:
    """Label and text of every answer that counts, in the order of the form."""
    for item in items:
        value = values.get(item.id)
        if value is None or getattr(item, "after_summary", False):  # asked behind the summary
            continue
        if isinstance(item, Group) and isinstance(value, list):
            for row in value:
                yield from lines(item.items, row, words)
        elif isinstance(item, Field):
            yield str(words.text(item.label)), str(show(value, item, words))
        elif isinstance(item, Computed) and item.label:
            yield str(words.text(item.label)), show_plain(value, words, is_money=item.is_money)


def flat(text: str) -> str:
    """Without line breaks and repeated spaces, which HTML does not show."""
    return re.sub(r"\s+", " ", text).strip()


@pytest.mark.parametrize("language", ["de", "en"])
@pytest.mark.parametrize(("procedure_id", "case_id"), list(complete_cases()))
def test_r05_every_answer_is_shown_once_and_nothing_else(
    visitor: Visitor, procedure_id: str, case_id: str, language: str
) -> None:
    """The lines of the summary are the canonical answers of the evaluated definition."""
    plan = plans()[procedure_id]
    answers = answers_of(procedure_id, case_id)
    visitor.open(f"/?lang={language}")
    fill_in(begin(visitor, procedure_id), plan.procedure, answers)
    if visitor.path.endswith("/your-documents"):
        upload_all(visitor)
    sections = visitor.page.xpath(
        "//section[contains(@class, 'kern-summary')][not(@aria-labelledby='s-documents')]"
    )
    shown = [
        (
            flat(one.xpath("string(dt)")),
            flat(one.xpath("string(dd)")),
        )
        for section in sections
        for one in section.xpath(".//*[contains(@class, 'description-list-item')][dt]")
    ]
    words = Texts(ROOT / "definitions").words(language, plan.procedure)
    values = plan.check(answers, TODAY).values
    pages = plan.procedure.pages
    expected = [line for page in pages for line in lines(page.items, values, words)]

    assert shown == [(flat(label), flat(text)) for label, text in expected]
    assert len(shown) >= 15
