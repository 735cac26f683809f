"""The explanation of every persona of the fact sheets, in two languages, as files to be read.

They stand under `golden/`; whoever changes a rule or a sentence reads what changed
(UPDATE_GOLDEN=1 writes them anew): is it true to the law, good German, and is the advice sensible?
"""

import json
import re
from functools import cache
from pathlib import Path

import pytest

from engine.cases import answers_of
from engine.explain.explanation import Explainer, as_lines
from engine.explain.speech import Speech
from engine.model_parts import Text
from engine.texts.catalogue import Catalogue
from tests.engine.explain.personas import persona
from tests.engine.made import PROCEDURES, ROOT, real_plan
from tests.golden import assert_golden

GOLDEN = Path(__file__).parent / "golden"
_OF_THE_SHEETS = re.compile(r"[A-Z]{2}-\d+[a-z]?")
PERSONAS = [
    (name, case.id)
    for name in PROCEDURES
    for case in real_plan(name).procedure.cases
    if _OF_THE_SHEETS.fullmatch(case.id) and answers_of(real_plan(name), case)[0]
]


@cache
def _explainer(procedure: str) -> Explainer:
    return Explainer(real_plan(procedure))


@cache
def _english(procedure: str) -> Catalogue:
    path = ROOT / "definitions" / "locales" / "en" / "LC_MESSAGES" / f"{procedure}.po"
    return Catalogue.from_po(path.read_text("utf-8"), "en")


def _explained(procedure: str, case_id: str) -> str:
    def in_english(text: Text) -> str:
        return _english(procedure).get(text.path, text.german) or text.german

    _, answers, day = persona(procedure, case_id)
    case = next(one for one in real_plan(procedure).procedure.cases if one.id == case_id)
    parts = [f"{case_id}: {case.title} ({day.isoformat()})"]
    for speech in (Speech("de"), Speech("en", in_english)):
        found = _explainer(procedure).explain(answers, day, speech)
        parts.append("\n".join(as_lines(found, speech)))
    return "\n\n--------\n\n".join(parts) + "\n"


@pytest.mark.parametrize(("procedure", "case_id"), PERSONAS)
def test_the_explanation_reads_as_reviewed(procedure: str, case_id: str) -> None:
    """Result, deciding rules with paragraphs, conditions in words, and the smallest change."""
    assert_golden(GOLDEN / procedure / f"{case_id}.txt", _explained(procedure, case_id))


@pytest.mark.parametrize("procedure", [one for one in PROCEDURES if one != "musterprozess"])
def test_every_persona_of_the_sheet_is_there(procedure: str, shared: Path) -> None:
    """None was left out."""
    sheet = json.loads((shared / "domain" / f"{procedure}.json").read_text("utf-8"))

    assert {one["id"] for one in sheet["cases"]} <= {
        case for name, case in PERSONAS if name == procedure
    }


def test_no_file_is_left_over() -> None:
    """A case that is gone takes its explanation along."""
    files = {(path.parent.name, path.stem) for path in GOLDEN.glob("*/*.txt")}

    assert set(PERSONAS) == files
