"""Proofs in words and as data: no claim without a sentence, and cases that can be pasted."""

import json
import re
from pathlib import Path

import pytest

from engine.cases import run_case
from engine.prove.report import as_json, as_lines, as_text, texts
from engine.texts.catalogue import LANGUAGES, places
from tests.engine.made import HEAD, TODAY, plan_of
from tests.engine.prove.asking import A_FIELD, OUTCOMES, QUESTIONS, proofs
from tests.engine.prove.test_tables import SOUND

PROVE = Path(__file__).resolve().parents[3] / "engine" / "prove"
GAP = A_FIELD + QUESTIONS + re.sub("(?m)^", "    ", SOUND.replace("< 18", "< 17")).rstrip() + "\n"


def _codes() -> set[str]:
    sources = [path.read_text("utf-8") for path in sorted((PROVE / "claims").glob("*.py"))]
    return {
        one
        for source in sources
        for one in re.findall(r'"((?:[a-z]+-)+[a-z]+)"', source)
        if not one.startswith("show")
    }


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_claim_has_its_sentences(language: str) -> None:
    """One for the claim, one for its refutation; none is left over."""
    keys = texts(language).every_key()
    claims = {key.removeprefix("claim:") for key in keys if key.startswith("claim:")}

    assert claims == {key.removeprefix("refuted:") for key in keys if key.startswith("refuted:")}
    assert claims == _codes()


def test_both_languages_say_the_same() -> None:
    """The same keys with the same places."""
    german, english = texts("de"), texts("en")

    assert german.every_key() == english.every_key()
    assert [] == [
        key
        for key in german.every_key()
        if places(german.get(key) or "") != places(english.get(key) or "")
    ]


def test_the_case_of_a_report_can_be_pasted() -> None:
    """It is read by the loader and comes out as it says."""
    found = proofs(plan_of(GAP + OUTCOMES))
    (case,) = [str(one["case"]) for one in as_json(found) if "case" in one]

    pasted = plan_of(GAP + OUTCOMES + "cases:\n" + re.sub("(?m)^", "  ", case) + "\n")

    (read,) = pasted.procedure.cases
    assert TODAY == read.on
    assert () == run_case(pasted, read)


def test_data_is_json_with_an_example_for_what_is_refuted() -> None:
    """Whatever is proved has none; what is refuted by answers has one."""
    found = as_json(proofs(plan_of(GAP + OUTCOMES)), "en")

    assert found == json.loads(json.dumps(found))
    assert {"proved", "refuted"} == {one["result"] for one in found}
    assert [{"status": "a", "alter": 17}] == [one["example"] for one in found if "example" in one]


def test_words_show_the_place_the_region_and_the_sum() -> None:
    """As other reports do; one line each for editors."""
    plan = plan_of(GAP + OUTCOMES)
    found = proofs(plan)

    said = as_text(found, (plan.procedure.source,))

    assert 'ohne Regel: status = "a" and alter = 17' in said
    assert "1 widerlegt, 0 offen." in said
    line = next(n for n, text in enumerate((HEAD + GAP).split("\n"), 1) if "ergebnis" in text)
    assert as_lines(found, "en").startswith(f"beispiel.yaml:{line}:")
