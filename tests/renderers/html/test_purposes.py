"""Why we ask: every question has it within reach, and a page stays calm."""

from collections.abc import Iterator, Sequence

import pytest

from engine.model import Field, Group, Item, Page, Procedure, with_paths
from portal.texts import Texts
from renderers.html.items import Asking, GroupView, ItemView
from renderers.html.page import FormPage, form_page
from renderers.html.purposes import PurposeView, purpose_views
from renderers.html.widgets import Widget
from renderers.html.words import Words
from tests.engine.made import PROCEDURES, ROOT, plan_of, real_plan

SMALL = """\
retention:
  akte: {text: In der Akte ein Jahr}
recipients: {amt: Das Amt, kasse: Die Kasse}
purposes:
  eins: {text: A, legal_basis: § 1, recipients: [amt], retention: akte, by_hand: true}
  zwei: {text: B, legal_basis: § 2, recipients: [amt, kasse], retention: submissions, by_hand: true}
pages:
  - page: p
    title: P
    purpose: eins
    fields:
      - {field: a, type: text, label: A}
      - {field: b, type: text, label: B, purpose: zwei}
      - {field: c, type: text, label: C, purpose: zwei}
      - {field: d, type: text, label: D}
      - {field: e, type: text, label: E, purpose: zwei}
      - group: g
        label: G
        purpose: zwei
        repeat: {min: 1, max: 3}
        fields:
          - {field: f, type: text, label: F}
          - {field: h, type: text, label: H, purpose: eins}
"""


def _words(procedure: Procedure, language: str = "de") -> Words:
    return Texts(ROOT / "definitions").words(language, procedure)


def _page(procedure: Procedure, page: Page, language: str = "de") -> FormPage:
    """The page with everything shown and one row in each group."""
    words = _words(procedure, language)
    shown = set()
    for path, _ in with_paths(page.items):
        shown |= {path.replace("[]", "[0]"), f"{path}[0]".replace("[]", "[0]")}
    asking = Asking(
        words,
        frozenset(shown),
        frozenset(),
        open_rows=frozenset(shown),
        purposes=purpose_views(procedure, words),
    )
    return form_page(page, _rows(page.items), asking)


def _rows(items: Sequence[Item]) -> dict[str, object]:
    return {item.id: [_rows(item.items)] for item in items if isinstance(item, Group)}


def _small() -> FormPage:
    procedure = plan_of(SMALL).procedure
    return _page(procedure, procedure.pages[0])


def _told(items: Sequence[ItemView]) -> Iterator[tuple[str, PurposeView | None, list[str]]]:
    for item in items:
        if isinstance(item, Widget):
            yield item.path, item.purpose, [str(label) for label in item.also]
        elif isinstance(item, GroupView):
            yield item.path, item.purpose, []
            for row in item.rows:
                yield from _told(row.items)


def test_a_question_tells_its_purpose_only_where_it_differs() -> None:
    """Of questions in a row the first one speaks for all; a group speaks for its rows."""
    told = [(path, str(one.text), also) for path, one, also in _told(_small().items) if one]

    assert [("b", "B.", ["C"]), ("e", "B.", []), ("g", "B.", []), ("g[0].h", "A.", [])] == told


def test_a_page_tells_the_purpose_of_the_others() -> None:
    """Text, paragraph, recipients, and both the portal's periods and the authority's."""
    one = _small().purpose

    assert one is not None
    assert ("A.", "§ 1", ["Das Amt"]) == (str(one.text), str(one.legal_basis),
                                         [str(said) for said in one.recipients])  # fmt: skip
    portal, akte = map(str, one.kept)
    assert "30 Tage" in portal
    assert "90 Tage" in portal
    assert "In der Akte ein Jahr." == akte


@pytest.mark.parametrize("name", PROCEDURES)
def test_every_question_of_a_procedure_has_its_purpose_within_reach(name: str) -> None:
    """At itself, at the question that speaks for it, at its group, or at its page."""
    procedure = real_plan(name).procedure
    views = purpose_views(procedure, _words(procedure))
    for page in procedure.pages:
        drawn = _page(procedure, page)
        reached = dict(_reached(drawn.items, drawn.purpose))
        for path, item in with_paths(page.items):
            if isinstance(item, Field) and not item.internal:
                told = reached[path.replace("[]", "[0]")]
                assert told == views[item.purpose], (page.id, path)


def _reached(
    items: Sequence[ItemView], around: PurposeView | None
) -> Iterator[tuple[str, PurposeView | None]]:
    """What each question is told by, read from the page as people do."""
    spoken: PurposeView | None = None
    left: list[str] = []
    for item in items:
        if isinstance(item, Widget):
            if item.purpose:
                spoken, left = item.purpose, [str(label) for label in item.also]
                yield item.path, spoken
            elif str(item.label) in left:
                left.remove(str(item.label))
                yield item.path, spoken
            else:
                yield item.path, around
        elif isinstance(item, GroupView):
            for row in item.rows:
                yield from _reached(row.items, item.purpose or around)


def test_paragraphs_stay_german_in_english() -> None:
    """And are marked as German, so that they are read out as such."""
    procedure = real_plan("musterprozess").procedure
    found = purpose_views(procedure, _words(procedure, "en"))["antrag"]

    assert "de" == found.legal_basis.language
    assert found.text.language is None
    assert "So that" in str(found.text)
