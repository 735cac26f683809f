from decimal import Decimal

from engine.model import Template
from tests.engine.made import TODAY, plan_of

PLAN = plan_of("""
settings:
  gebuehr: {value: 30, source: Beispiel}
pages:
  - page: eins
    title: Eins
    purpose: zweck
    fields:
      - {field: name, type: name, label: Name}
      - {field: art, type: choice, label: Art, options: {a: Altstadt, b: Bahnhof}}
      - {field: zahl, type: money, label: Zahl}
      - {computed: summe, value: zahl + setting.gebuehr}
outputs:
  dms:
    system: xdomea
    version: "3.1.0"
    aktenplan: "1"
    aktenplan_title: Plan
    akte: {title: "{name}, {art}"}
    vorgang: {title: "Antrag {submission.date}: {zahl} und {summe}"}
""")


def _templates() -> tuple[Template, Template]:
    dms = PLAN.procedure.outputs.dms
    assert dms is not None
    return dms.akte.title, dms.vorgang.title


def test_templates_show_values_as_people_write_them() -> None:
    """Fields as they are shown elsewhere; other values as German writes them."""
    akte, vorgang = _templates()
    evaluation = PLAN.evaluate({"name": "Muster", "art": "b", "zahl": Decimal("1.50")}, TODAY)
    env = PLAN.environment(evaluation, TODAY, submission={"date": TODAY})

    assert PLAN.text(akte, env) == "Muster, Bahnhof"
    assert PLAN.text(vorgang, env) == "Antrag 23.11.2026: 1,50 € und 31,5"


def test_templates_leave_out_what_is_not_answered() -> None:
    """Never "None"."""
    akte, _ = _templates()
    env = PLAN.environment(PLAN.evaluate({}, TODAY), TODAY)

    assert PLAN.text(akte, env) == ", "


def test_r26_what_an_answer_says_is_not_read_again() -> None:
    """R26: an answer that looks like a place of a template stays what it is."""
    akte, _ = _templates()
    env = PLAN.environment(PLAN.evaluate({"name": "{art}", "art": "a"}, TODAY), TODAY)

    assert PLAN.text(akte, env) == "{art}, Altstadt"


def test_rules_of_outputs_see_all_names() -> None:
    """Also those without a value, the law and the day."""
    env = PLAN.environment(PLAN.evaluate({"zahl": Decimal(2)}, TODAY), TODAY, item="x")

    assert env["name"] is None
    assert env["summe"] == 32
    assert env["stichtag"] == TODAY
    assert env["setting"] == {"gebuehr": 30}
    assert env["item"] == "x"


def test_generated_source_holds_no_text_of_the_author_unquoted() -> None:
    """Names are made here; what authors write appears in literals only."""
    source = PLAN.source_code

    assert "Bahnhof" not in source
    assert "def evaluate(A, today, S, P, W):" in source
    assert "__" not in source.replace("__class__", "")
