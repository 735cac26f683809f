import json
import random
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from engine.answers import canonical_bytes, items_of, read_answers, write_answers
from tests.engine.made import PROCEDURES, TODAY, page_of, real_plan
from tests.strategies import applications, hostile_values, sampled

PLAN = page_of("""
- {field: plz, type: postcode, label: PLZ}
- {field: tag, type: date, label: Tag}
- {field: geburt, type: partial_date, label: Geburt}
- {field: betrag, type: money, label: Betrag}
- {field: farben, type: choices, label: Farben, options: {rot: Rot, blau: Blau}}
- {field: an, type: address, label: Anschrift}
- {field: ok, type: yes_no, label: Ok}
- {field: kz, type: text, label: Kz, pattern: "[A-Z]+", pattern_message: Nur Buchstaben.}
- {computed: c, value: betrag * 2}
- {field: intern, type: text, label: Intern, internal: true}
- group: g
  label: G
  repeat: {min: 0, max: 2, item: "{x}"}
  fields: [{field: x, type: text, label: X}]
""")
QUIET = settings(deadline=None, max_examples=60, suppress_health_check=list(HealthCheck))


def _shuffled(value: Any, chance: random.Random) -> Any:
    if isinstance(value, dict):
        keys = list(value)
        chance.shuffle(keys)
        return {key: _shuffled(value[key], chance) for key in keys}
    return [_shuffled(one, chance) for one in value] if isinstance(value, list) else value


@QUIET
@given(application=st.one_of(*(applications(name) for name in PROCEDURES[:2])), seed=st.integers())
def test_r36_order_of_fields_changes_no_byte(application: dict[str, Any], seed: int) -> None:
    """R36: same answers, same canonical bytes, in whatever order they were given."""
    for name in PROCEDURES[:2]:
        procedure = real_plan(name).procedure
        one = read_answers(procedure, application)
        # Not for security: a shuffled copy that can be repeated.
        other = read_answers(procedure, _shuffled(application, random.Random(seed)))  # noqa: S311

        assert canonical_bytes(procedure, one.answers) == canonical_bytes(procedure, other.answers)


@pytest.mark.parametrize("name", PROCEDURES)
def test_r36_canonical_answers_are_read_as_they_are(name: str) -> None:
    """R36: what was stored is read and written again without a change."""
    procedure = real_plan(name).procedure

    for application in sampled(name, 10):
        reading = read_answers(procedure, application)
        assert reading.problems == ()
        assert reading.dropped == ()
        assert write_answers(procedure, reading.answers) == application


def test_r36_every_value_has_one_spelling() -> None:
    """R36: two ways to say the same thing give the same bytes."""
    spelt = {"tag": "1.2.2026", "geburt": "00.11.1990", "betrag": "1.234,5", "ok": "ja",
             "farben": ["blau", "rot", "rot"], "an": {"ort": "Örtchen", "plz": "12345",
             "strasse": "Weg", "hausnummer": ""}, "g": [{}, {"x": " y "}], "plz": ""}  # fmt: skip
    other = {"tag": "2026-02-01", "geburt": "1990-11", "betrag": 1234.5, "ok": True,
             "farben": ["rot", "blau"], "an": {"strasse": "Weg", "plz": "12345",
             "ort": "O\u0308rtchen"}, "g": [{}, {"x": "y"}]}  # fmt: skip

    one = canonical_bytes(PLAN.procedure, read_answers(PLAN.procedure, spelt).answers)

    assert one == canonical_bytes(PLAN.procedure, read_answers(PLAN.procedure, other).answers)
    assert json.loads(one) == {
        "an": {"ort": "Örtchen", "plz": "12345", "strasse": "Weg"}, "betrag": "1234.50",
        "farben": ["rot", "blau"], "g": [{}, {"x": "y"}], "geburt": "1990-11", "ok": True,
        "tag": "2026-02-01",
    }  # fmt: skip


def test_r35_what_nobody_asked_for_is_dropped_and_named() -> None:
    """R35: foreign keys, computed values, the clerk's questions; also inside rows."""
    raw = {"plz": "12345", "c": 7, "intern": "x", "__class__": 1, "g": [{"x": "a", "y": "b"}]}

    reading = read_answers(PLAN.procedure, raw)
    clerk = read_answers(PLAN.procedure, raw, internal=True)

    assert reading.answers == {"plz": "12345", "g": [{"x": "a"}]}
    assert reading.dropped == ("__class__", "c", "g[0].y", "intern")
    assert clerk.answers["intern"] == "x"


def test_complaints_stand_at_their_path() -> None:
    """With the author's sentence where the author gave one."""
    raw = {"plz": 1, "an": {"ort": "X", "strasse": "Y"}, "kz": "1", "g": ["x"], "farben": {"a": 1}}

    found = read_answers(PLAN.procedure, raw).problems

    assert [(one.field, one.code) for one in found] == [
        ("plz", "not-a-text"), ("farben", "unknown-choice"), ("an.plz", "missing"),
        ("kz", "pattern"), ("g[0]", "not-a-row"),
    ]  # fmt: skip
    message = next(one.message for one in found if one.code == "pattern")
    assert message is not None
    assert message.german == "Nur Buchstaben."


def test_r31_a_thousand_rows_are_not_read() -> None:
    """R31: as many as could be shown for correction, no more."""
    reading = read_answers(PLAN.procedure, {"g": [{"x": "a"}] * 100_000})

    rows = reading.answers["g"]
    assert isinstance(rows, list)
    assert len(rows) == 12
    assert reading.dropped[0].startswith("g[12]")


@QUIET
@given(data=st.data())
def test_r35_a_superset_of_answers_changes_nothing_hidden(data: st.DataObject) -> None:
    """R35: whatever is sent for hidden, computed or foreign names, the result is the same."""
    name = data.draw(st.sampled_from(PROCEDURES))
    plan = real_plan(name)
    application = data.draw(applications(name, 10))
    before = plan.check(application, TODAY)
    names = [one.id for one in items_of(plan.procedure)]
    hidden = [one for one in (*names, "fremd", "__proto__") if one not in before.visible]
    values = hostile_values(names)
    more = data.draw(st.dictionaries(st.sampled_from(hidden), values, max_size=8))

    after = plan.check({**application, **more}, TODAY)

    assert after.all_values == before.all_values
    assert after.problems == before.problems
    assert after.visible == before.visible


@QUIET
@given(data=st.data())
def test_r32_no_answers_make_an_evaluation_fail(data: st.DataObject) -> None:
    """R32 to R35: anything JSON can say is evaluated and explained, never our error."""
    name = data.draw(st.sampled_from(PROCEDURES))
    plan = real_plan(name)
    names = [path.rpartition(".")[2] for path, _ in plan.procedure.fields()]
    outer = [one.id for one in items_of(plan.procedure)]
    keys = st.one_of(st.sampled_from(outer), st.text(max_size=5))
    raw = data.draw(st.dictionaries(keys, hostile_values(names), max_size=12))
    raw = {**data.draw(applications(name, 10)), **raw}

    found = plan.check(raw, TODAY)

    json.dumps(found.as_json(), ensure_ascii=False).encode("utf-8", "surrogatepass")
    reading = read_answers(plan.procedure, raw)
    assert plan.evaluate(reading.answers, TODAY).all_values == found.all_values
    for problem in found.problems:
        problem.field.encode()
