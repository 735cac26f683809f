"""The Einbürgerung holds everything the authority's fact sheet says about it."""

import json
import re
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from engine.answers import read_answers
from engine.model import Computed, Group, Item, Page, Procedure, QuickCheck
from tests.definitions.delivered import plan_of

# The sheet's own rules; the others of the tables only join results.
_NUMBERED = re.compile(r"R[0-9]{2}B?")


@pytest.fixture(scope="module")
def sheet(shared: Path) -> dict[str, Any]:
    """Give the fact sheet."""
    found: dict[str, Any] = json.loads(
        (shared / "domain" / "einbuergerung.json").read_text("utf-8")
    )
    return found


@pytest.fixture(scope="module")
def procedure() -> Procedure:
    """Give the definition."""
    return plan_of("einbuergerung").procedure


@pytest.fixture(scope="module")
def quick_check(procedure: Procedure) -> QuickCheck:
    """Give its Quick Check."""
    assert procedure.quick_check is not None
    return procedure.quick_check


def rows(items: tuple[Item, ...], prefix: str = "") -> Mapping[str, Item]:
    """Fields and groups as the sheet numbers them: `kinder[]`, `kinder[].vornamen`."""
    found: dict[str, Item] = {}
    for item in items:
        if isinstance(item, Group):
            found[f"{prefix}{item.id}[]"] = item
            found |= rows(item.items, f"{prefix}{item.id}[].")
        elif not isinstance(item, Computed):
            found[prefix + item.id] = item
    return found


def _page_of(pages: tuple[Page, ...]) -> dict[str, str]:
    return {path: page.id for page in pages for path in rows(page.items)}


def test_it_has_the_pages_of_the_sheet(sheet: dict[str, Any], procedure: Procedure) -> None:
    """13 pages in the sheet's order."""
    ids = [page.id for page in procedure.pages]
    assert ids == [page["key"] for page in sheet["pages"]]
    assert len(ids) == 13


def test_every_question_of_the_sheet_is_asked_on_its_page(
    sheet: dict[str, Any], procedure: Procedure
) -> None:
    """242 questions in 18 groups; a question on another page would be in another step."""
    there = _page_of(procedure.pages)
    wrong = {
        row["id"]: there.get(row["id"])
        for row in sheet["fields"]
        if there.get(row["id"]) != row["page"]
    }
    assert wrong == {}
    groups = [row for row in sheet["fields"] if row["type"] == "group"]
    assert (len(sheet["fields"]) - len(groups), len(groups)) == (242, 18)


def test_what_the_sheet_requires_is_required(sheet: dict[str, Any], procedure: Procedure) -> None:
    """P and B of the sheet: an answer is needed when the question is shown."""
    items = {path: item for page in procedure.pages for path, item in rows(page.items).items()}
    wrong = [
        row["id"]
        for row in sheet["fields"]
        if row["type"] != "group"
        and getattr(items[row["id"]], "required", None) is not (row["req"] != "O")
    ]
    assert wrong == []


def test_every_choice_of_the_sheet_can_be_made(sheet: dict[str, Any], procedure: Procedure) -> None:
    """The values in the sheet's options are the values of the form."""
    items = {path: item for page in procedure.pages for path, item in rows(page.items).items()}
    missing: list[str] = []
    for row in sheet["fields"]:
        if row["type"] not in ("enum", "multi_enum"):
            continue
        said = re.split(r"; |\(", row["validation"])[0]
        values = {one.strip() for one in said.split(",")}
        if not all(re.fullmatch(r"\w+", value) for value in values):
            continue  # described in words: "as geschlecht", "codelist …"
        options = getattr(items[row["id"]], "options", None)
        missing += [
            f"{row['id']}: {one}" for one in values - (options.values if options else set())
        ]
    assert missing == []


def test_every_document_of_the_sheet_is_asked_for(
    sheet: dict[str, Any], procedure: Procedure
) -> None:
    """42 documents; what may be empty in the sheet is optional here."""
    ours = {one.id: one for one in procedure.documents}
    assert list(ours) == [one["id"] for one in sheet["documents"]]
    assert len(ours) == 42
    optional = [one["id"] for one in sheet["documents"] if one["files"].startswith("0")]
    assert [one.id for one in procedure.documents if one.min_files == 0] == optional
    originals = [one["id"] for one in sheet["documents"] if one["original"] == "ja"]
    assert [one.id for one in procedure.documents if one.original] == originals


def test_the_quick_check_asks_all_questions(sheet: dict[str, Any], quick_check: QuickCheck) -> None:
    """32 questions in the sheet's order."""
    asked = [question.id for question in quick_check.questions]
    assert asked == [one["id"] for one in sheet["quickcheck"]["questions"]]
    assert len(asked) == 32


def test_the_quick_check_has_all_rules(sheet: dict[str, Any], quick_check: QuickCheck) -> None:
    """38 rules, each exactly once, each with its paragraph."""
    rules = [rule for decision in quick_check.decisions for rule in decision.rules]
    numbered = [rule for rule in rules if _NUMBERED.fullmatch(rule.id)]
    assert sorted(one.id for one in numbered) == sorted(
        one["id"] for one in sheet["quickcheck"]["rules"]
    )
    assert len(numbered) == 38
    assert [one.id for one in numbered if not one.because or not one.reason] == []


def test_the_quick_check_has_all_outcomes(sheet: dict[str, Any], quick_check: QuickCheck) -> None:
    """9 outcomes with words and a next step."""
    said = {one.id: one.title.german for one in quick_check.outcomes}
    assert said == {one["id"]: one["title"] for one in sheet["quickcheck"]["outcomes"]}
    assert all(one.text and one.next for one in quick_check.outcomes)


def test_the_excluded_titles_are_those_of_the_law(
    sheet: dict[str, Any], procedure: Procedure
) -> None:
    """21 paragraphs of § 10 Abs. 1 Satz 1 Nr. 2 StAG, all of which can be chosen."""
    setting = next(one for one in procedure.settings if one.id == "ausgeschlossene_paragrafen")
    excluded = setting.values[-1].value
    assert isinstance(excluded, tuple)
    assert sorted(excluded) == sorted(sheet["quickcheck"]["excluded_titles"])
    titles = next(one for one in procedure.lists if one.id == "paragraf").values
    assert set(excluded) <= titles


def test_the_personas_of_the_sheet_get_their_outcome(
    sheet: dict[str, Any], quick_check: QuickCheck
) -> None:
    """25 personas with the answers of the sheet itself: outcome and date."""
    plan = plan_of("einbuergerung")
    today = date.fromisoformat(sheet["cases_today"])
    wrong: list[str] = []
    for case in sheet["cases"]:
        reading = read_answers(quick_check.questions, case["answers"])
        result = plan.quick_check(reading.answers, today).as_json()
        expected = {"outcome": case["expected"]["outcome"], "earliest": case["expected"]["date"]}
        found = {key: result[key] for key in expected}
        if reading.problems or reading.dropped or found != expected:
            wrong.append(f"{case['id']}: {found}, expected {expected}")
    assert len(sheet["cases"]) == 25
    assert wrong == []


def test_every_threshold_is_a_setting_with_a_source(procedure: Procedure) -> None:
    """Law and authority may change a number; then one line changes, and everybody sees why."""
    without = [one.id for one in procedure.settings for value in one.values if not value.source]
    assert without == []
    amounts = {one.id: one.on(date(2026, 11, 23)) for one in procedure.settings}
    assert (amounts["gebuehr"], amounts["gebuehr_kind"]) == (255, 51)
    assert amounts["geringfuegig_tagessaetze"] == 21
