"""What an author asserts is proved for every complete application, or refuted with one."""

from textwrap import indent

from engine import Plan
from engine.prove.proof import Proof
from tests.engine.made import plan_of
from tests.engine.prove.asking import A_FIELD, OUTCOMES, QUESTIONS, proofs

FORM = """\
pages:
  - page: eins
    title: Eins
    purpose: zweck
    fields:
      - {field: geboren, type: date, label: Geboren, required: true, valid_if: geboren <= stichtag,
         message: Das liegt in der Zukunft.}
      - {computed: alter, value: "alter am(geboren, stichtag)"}
      - {field: vertretung, type: yes_no, label: Vertretung, required_if: alter < 16}
      - group: kinder
        label: Kinder
        repeat: {min: 0, max: 9}
        fields:
          - {field: geburt, type: date, label: Geburt, required: true}
        checks:
          - check: nach_mir
            valid_if: every k in kinder satisfies k.geburt > geboren
            message: Ein Kind ist älter als Sie.
            fields: [geburt]
"""
TABLE = """\
- decision: ergebnis
  hit_policy: first
  rules:
    - {rule: R1, when: {status: '"a"', alter: ">= 18"}, then: '"ja"'}
  otherwise: '"nein"'
"""


def asserting(*rules: str, about: str = "form") -> Plan:
    """The form with assertions."""
    lines = [
        f"  - {{assert: a{number}, that: '{rule}', about: {about}}}\n"
        for number, rule in enumerate(rules)
    ]
    text = FORM if about == "form" else A_FIELD + QUESTIONS + indent(TABLE, " " * 4) + OUTCOMES
    return plan_of(text + "assertions:\n" + "".join(lines))


def asserted(plan: Plan) -> list[Proof]:
    """What became of them."""
    return [one for one in proofs(plan) if one.claim == "assertion-holds"]


def test_what_follows_from_the_checks_is_proved() -> None:
    """Also over rows that nobody looked at, because the check speaks of all of them."""
    found = asserted(
        asserting(
            "alter >= 0",
            "not(angegeben(vertretung)) = false or alter >= 16",
            "every k in kinder satisfies k.geburt > geboren",
            "(every k in kinder satisfies k.geburt > geboren) or count(kinder) = 0",
        )
    )

    assert ["proved"] * 4 == [one.result for one in found]


def test_what_does_not_follow_is_refuted_with_an_application() -> None:
    """Valid, as short as can be, and on the day given."""
    (found,) = asserted(asserting("alter >= 18"))

    assert "refuted" == found.result
    assert found.example is not None
    assert {"geboren", "vertretung"} >= set(found.example.answers)


def test_undecided_is_not_false() -> None:
    """As with an error check."""
    (found,) = asserted(asserting("vertretung = true or alter >= 16 or vertretung = false"))
    assert "proved" == found.result

    (found,) = asserted(asserting("not(vertretung)"))
    assert "refuted" == found.result


def test_an_assertion_about_the_quick_check_may_name_decisions() -> None:
    """Nobody under 18 gets a yes."""
    kept, broken = asserted(
        asserting(
            'ergebnis = "nein" or alter >= 18', 'ergebnis = "nein" or alter >= 19',
            about="quick_check",
        )
    )  # fmt: skip

    assert ("proved", "refuted") == (kept.result, broken.result)
    assert broken.example is not None
    assert ("a", 18) == tuple(broken.example.answers[key] for key in ("status", "alter"))
