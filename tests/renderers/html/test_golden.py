"""A page with every field type, as HTML that people can open: empty, filled, wrong, in English."""

import re
from collections.abc import Mapping
from datetime import date
from functools import cache
from pathlib import Path

from engine import Plan, prepare, read_lists
from engine.source import Source
from portal.fill.taking import padded, readable
from portal.texts import Texts
from renderers.html.items import Asking
from renderers.html.page import FormPage, form_page
from renderers.html.purposes import purpose_views
from renderers.html.templates import Frame, Language, render
from renderers.html.tokens import tokens
from renderers.html.widgets import Widget
from tests.golden import assert_golden

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[2]
TODAY = date(2026, 11, 23)
Raw = Mapping[str, object]

FILLED: Raw = {
    "wort": "Wort <b>&\"'",
    "absatz": "\nErste Zeile\nZweite Zeile",
    "nachname": "Nguyễn-Çelik",
    "plz": "01067",
    "betrag": "1.234,50",
    "tag": {"day": "1", "month": "12", "year": "2026"},
    "geburt": {"year": "1990"},
    "wahl": "ja",
    "farben": ["gruen"],
    "staat": "252",
    "staaten": ["000", "163"],
    "anschrift": {"strasse": "Weg", "hausnummer": "1", "plz": "12345", "ort": "Musterstadt"},
    "kinder": [{"vorname": "Mia", "zuhause": "ja"}, {}],
    "stimmt": "ja",
}


@cache
def plan() -> Plan:
    """The probe with every field type."""
    shared = ROOT / "definitions" / "shared"
    sources = [Source(one.name, one.read_text("utf-8")) for one in sorted(shared.glob("*.yaml"))]
    lists, _ = read_lists(sources)
    text = (HERE / "every_question" / "procedure.yaml").read_text("utf-8")
    found, problems = prepare(Source("jede_frage.yaml", text), lists)
    assert found is not None, problems
    return found


def page_of(raw: Raw, language: str, *, with_problems: bool = False) -> tuple[FormPage, str]:
    """The page as data and as HTML; only its main part, lines without indentation."""
    page = plan().procedure.pages[0]
    full = padded(page.items, raw)
    state = plan().check(readable(page.items, full), TODAY)
    words = Texts(ROOT / "definitions").words(language, plan().procedure)
    asking = Asking(
        words=words,
        visible=frozenset((*state.visible, *state.infos)),
        required=frozenset(state.required),
        problems=state.problems if with_problems else (),
        tokens=tokens(plan().procedure),
        purposes=purpose_views(plan().procedure, words),
    )
    view = form_page(page, full, asking)
    frame = Frame(
        words=words,
        title=str(view.title),
        site="Stadt Musterstadt",
        languages=[Language("de", "Deutsch", "?lang=de", True)],
        version="0",
        token="t" * 64,
        form_keeps_answers=True,
        has_errors=with_problems,
    )
    values = {
        "page": view, "action": "/weiter", "hidden": [], "notice": "", "ask_warnings": False,
        "steps": [], "position": 1, "next_label": words.t("button.next"), "can_go_back": True,
        "can_save": True,
    }  # fmt: skip
    return view, render("form.html", frame, values)


def tidy(html: str) -> str:
    """The main part, without empty lines; of a long list of states the first three."""
    main = html[html.index("<main") : html.index("</main>") + len("</main>\n")]
    lines = [line for line in main.splitlines() if line.strip()]
    text = "\n".join(lines) + "\n"
    return re.sub(
        r'((?:<option value="\d{3}"[^\n]*\n){3})(?:<option value="\d{3}">[^\n]*\n)+', r"\1", text
    )


def test_every_question_empty() -> None:
    """Nothing preselected, hints told, hidden parts disabled."""
    _, html = page_of({}, "de")

    assert_golden(HERE / "every_question" / "expected.html", tidy(html))


def test_every_question_filled_and_wrong() -> None:
    """What was typed stays; messages at summary and question."""
    wrong = {**FILLED, "tag": {"day": "31", "month": "2", "year": "2026"}, "anzahl": "zehn"}
    _, html = page_of(wrong, "de", with_problems=True)

    assert_golden(HERE / "every_question_wrong" / "expected.html", tidy(html))


def test_every_question_in_english() -> None:
    """Product texts in English, authors' texts German and marked so."""
    _, html = page_of(FILLED, "en")

    assert_golden(HERE / "every_question_english" / "expected.html", tidy(html))


def test_hostile_answers_are_text() -> None:
    """Answers are escaped wherever they are shown again."""
    hostile = '"><script>alert(1)</script>{{ 7777*7777 }}'
    raw = dict.fromkeys(("wort", "absatz", "nachname", "mail", "plz", "anzahl"), hostile)
    rows = {"kinder": [{"vorname": hostile}], "staat": hostile, "geburt": {"day": hostile}}
    _, html = page_of({**raw, **rows}, "de", with_problems=True)

    assert "<script>alert" not in html
    assert "60481729" not in html


def test_states_are_sorted_by_their_names_in_each_language() -> None:
    """Germany first, then by letters without marks, states of the past last."""
    for language, order in (
        ("de", ["Deutschland", "Afghanistan", "Ägypten", "Albanien"]),
        ("en", ["Germany", "Afghanistan", "Albania", "Algeria"]),
    ):
        view, _ = page_of({}, language)
        select = next(one for one in view.items if isinstance(one, Widget) and one.path == "staat")
        assert [str(one.label) for one in select.options[:4]] == order
        assert len(select.options) > 190


def test_long_lists_fold_into_a_select_and_short_ones_do_not() -> None:
    """Seven options are the most that are seen at once."""
    view, _ = page_of(FILLED, "de")
    looks = {one.path: one.look for one in view.items if isinstance(one, Widget)}

    assert looks["farbe"] == "radios"
    assert looks["stadtteil"] == "select"
    assert looks["farben"] == "checkboxes"
    assert looks["staaten"] == "selects"
