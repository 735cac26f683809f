"""A procedure with one field of every kind, and rules of it to put into words."""

import json
from datetime import date
from functools import cache
from pathlib import Path
from textwrap import indent

import yaml

from engine import Plan
from engine.model import Computed
from engine.rules.scope import Typed
from tests.engine.made import plan_of

DAY = date(2026, 11, 23)
CASES = Path(__file__).parent / "words.yaml"
FORM = """\
settings:
  volljaehrig: {value: 18, source: § 2 BGB}
  frist: {value: P5Y, source: § 10 StAG}
  ab_tag: {value: 2000-01-01, source: § 4 StAG}
  paragrafen: {value: [a16, b18], source: to be checked by the authority}
  lichtbild: {value: true, source: ""}
pages:
  - page: eins
    title: Eins
    purpose: zweck
    fields:
      - field: dokument
        type: choice
        label: Welches Dokument?
        options: {duldung: Duldung, gestattung: Aufenthaltsgestattung, b18: Karte}
      - {field: sprachen, type: choices, label: Sprachen, options: {de: Deutsch, tr: Türkisch}}
      - {field: wohnt, type: yes_no, label: Wohnen Sie hier?}
      - {field: lohn, type: money, label: Lohn}
      - {field: tage, type: integer, label: Tage}
      - {field: zahl, type: number, label: Zahl, decimals: 2}
      - {field: einreise, type: date, label: Einreise}
      - {field: ablauf, type: date, label: Ablauf}
      - {field: geburt, type: partial_date, label: Geburtsdatum}
      - {field: ort, type: text, label: Ort}
      - {field: plz, type: postcode, label: Postleitzahl}
      - {field: anschrift, type: address, label: Anschrift}
      - {field: staat, type: country, label: Staatsangehörigkeit}
      - {field: einverstanden, type: declaration, label: Einverstanden, version: "1"}
      - {computed: alter, value: "alter am(geburt, stichtag)"}
      - {computed: arm, value: lohn < 1000, label: Wenig Lohn}
      - group: kinder
        label: Kinder
        repeat: {min: 0, max: 9}
        fields:
          - {field: vorname, type: text, label: Vorname, max_length: 40}
          - {field: kind_alter, type: integer, label: Alter des Kindes}
          - {field: lebt_hier, type: yes_no, label: Lebt hier}
"""


def cases() -> list[dict[str, str]]:
    """Rules with their words in German and English."""
    found: list[dict[str, str]] = yaml.safe_load(CASES.read_text("utf-8"))
    return found


@cache
def plan_with_rules() -> Plan:
    """The form, and every rule of the cases as a computed value `rule_<number>`."""
    rules = "".join(
        f"- computed: rule_{number}\n  value: {json.dumps(case['rule'])}\n"
        for number, case in enumerate(cases())
    )
    return plan_of(FORM + indent(rules, " " * 6))


def typed_rule(plan: Plan, number: int) -> Typed:
    """The rule of a case, checked."""
    for page in plan.procedure.pages:
        for item in page.items:
            if isinstance(item, Computed) and item.id == f"rule_{number}":
                return plan.checked.typed[item.value]
    raise LookupError(number)
