"""A comparison as people and programs read it."""

from datetime import date
from typing import Any

import pytest

from engine.diff.comparing import Comparison, compare
from engine.diff.report import as_json, as_lines, as_text, texts
from tests.engine.diff.made import changed, plan_of
from tests.engine.diff.test_changes import RENAMED

GERMAN = """\
»musterprozess«: Fassung 2026.1.0 → 2026.2.0

Was sich geändert hat
  geändert: Kopf »version«
      - 2026.1.0
      + 2026.2.0
  umbenannt: Feld »zone«, bisher »parkzone«
  geändert: Regel »ergebnis.E02«, when
      - stellplatz: "gemietet", "eigen"
      + stellplatz: "gemietet"

Was nicht einfach weitergeht
  Empfänger bekommen andere Daten: 1 (zone)
  Übersetzungen fehlen oder stehen unter altem Namen: 1 (zone)

Was für Antworten herauskommt
  Ergebnis des Schnelltests: anders, zum Beispiel
  frühester Tag: bewiesen gleich für alle Antworten
  Gründe und was erfüllt ist: anders, zum Beispiel
  gezeigte Felder und Fragen: bewiesen gleich für alle Antworten
  Unterlagen: bewiesen gleich für alle Antworten
  Antrag kann abgeschickt werden: bewiesen gleich für alle Antworten
"""


@pytest.fixture(scope="module")
def comparison() -> Comparison:
    """A renamed field, and a rule that hits fewer people."""
    after = changed(
        "musterprozess",
        *RENAMED,
        ("version: 2026.1.0", "version: 2026.2.0"),
        ('"gemietet", "eigen"', '"gemietet"'),
    )
    return compare(plan_of("musterprozess"), after, date(2026, 11, 23), with_solver=True)


def test_words(comparison: Comparison) -> None:
    """The whole report but for the example."""
    lines = as_text(comparison).splitlines()

    assert GERMAN.splitlines() == [one for one in lines if '"quick_check"' not in one]


def test_one_line_each(comparison: Comparison) -> None:
    """For `grep`."""
    lines = as_lines(comparison).splitlines()

    assert len(comparison.changes) + 6 == len(lines)
    assert 'geändert: Regel »ergebnis.E02«, when: - stellplatz: "gemietet", "eigen": ' in lines[2]


def test_data(comparison: Comparison) -> None:
    """The example can be pasted as a case."""
    data: Any = as_json(comparison)

    assert ("musterprozess", "2026.1.0", "2026.2.0") == (
        data["procedure"],
        data["old"],
        data["new"],
    )
    outcome = data["meaning"]["outcome"]
    (one,) = outcome["differences"]
    assert ("differs", "nicht_moeglich") == (outcome["verdict"], one["before"])
    assert "eigen" == one["example"]["quick_check"]["stellplatz"]


def test_both_languages_have_every_sentence() -> None:
    """The keys are the same."""
    german, english = (frozenset(texts(one).every_key()) for one in ("de", "en"))

    assert german == english
    assert len(german) > 50
