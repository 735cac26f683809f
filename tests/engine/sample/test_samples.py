from itertools import islice

import pytest

from engine.fields.options import positions
from engine.kinds import Kind
from engine.model import Field
from engine.sample import NoSampleFoundError, samples
from engine.sample.reads import Reads
from engine.sample.tree import plain
from tests.engine.made import PROCEDURES, TODAY, page_of, real_plan
from tests.strategies import sampled

MANY = 100
# Shown only where the authority changes a setting.
OUT_OF_REACH = {"religion"}


@pytest.mark.parametrize("name", PROCEDURES)
def test_applications_are_complete_and_valid(name: str) -> None:
    """Nothing is missing, nothing is wrong, nothing hidden is among them."""
    plan = real_plan(name)

    for application in sampled(name, MANY):
        assert plan.check(application, TODAY).problems == ()


@pytest.mark.parametrize("name", PROCEDURES)
def test_the_same_seed_makes_the_same_applications(name: str) -> None:
    """However many are asked for; another seed makes others."""
    plan = real_plan(name)

    again = tuple(islice(samples(plan, today=TODAY, count=50), 5))
    other = tuple(samples(plan, today=TODAY, seed=1, count=5))

    assert again == sampled(name, MANY)[:5]
    assert other != again


@pytest.mark.parametrize("name", PROCEDURES)
def test_every_question_comes_up(name: str) -> None:
    """Both ways of every condition: shown in some application, hidden in another."""
    plan = real_plan(name)
    conditions = Reads(plan.procedure.pages, plan.checked.typed).conditions
    shown = [{*map(plain, plan.check(one, TODAY).visible)} for one in sampled(name, MANY)]
    never = {path for path in conditions if not any(path in one for one in shown)}
    # Of rows it is enough that they come up: one of them always is the first.
    always = {path for path, rules in conditions.items()
              if rules and "[]" not in path and all(path in one for one in shown)}  # fmt: skip

    assert never <= OUT_OF_REACH
    assert always == set()


@pytest.mark.parametrize("name", PROCEDURES)
def test_every_option_gets_its_turn(name: str) -> None:
    """Of all short lists; those that a check forbids for good are few."""
    plan = real_plan(name)
    items = Reads(plan.procedure.pages, plan.checked.typed).items
    wanted = {
        (path, value)
        for path, item in items.items()
        if isinstance(item, Field) and item.type.kind is Kind.CHOICE and "[]" not in path
        and not item.internal and path not in OUT_OF_REACH
        for value in (positions(item.options) if item.options else ())
        if len(positions(item.options)) <= 12
    }  # fmt: skip
    used = {(path, value) for one in sampled(name, MANY) for path, value in one.items()
            if isinstance(value, str)}  # fmt: skip

    assert len(wanted - used) <= len(wanted) * 0.1, sorted(wanted - used)


def test_boundaries_are_among_the_answers() -> None:
    """Limits of numbers, lengths and rows, 29 February, partly known dates, hard names."""
    plan = page_of("""
- {field: zahl, type: integer, label: Zahl, required: true, min: 3, max: 900}
- {field: tag, type: date, label: Tag, required: true}
- {field: geburt, type: partial_date, label: Geburt, required: true}
- {field: name, type: name, label: Name, required: true}
- {field: kurz, type: text, label: Kurz, required: true, min_length: 2, max_length: 30}
- group: g
  label: G
  repeat: {min: 1, max: 4, item: "{x}"}
  fields: [{field: x, type: text, label: X, pattern: "[A-Z]{2}-[0-9]{1,3}(a|b)?",
            pattern_message: Anders.}]
""")
    made = list(samples(plan, today=TODAY, count=400))

    assert {"3", "900"} <= {one["zahl"] for one in made}
    assert any(str(one["tag"]).endswith("-02-29") for one in made)
    assert {len(str(one["geburt"])) for one in made} == {4, 7, 10}
    assert any("K͟H" in str(one["name"]).upper() for one in made)
    assert 30 in {len(str(one["kurz"])) for one in made}
    assert {len(one["g"]) for one in made if isinstance(one["g"], list)} == {1, 2, 3, 4}


def test_checks_between_answers_are_met() -> None:
    """Sums, orders of days, texts within texts: found by mending."""
    plan = page_of("""
- {field: vornamen, type: name, label: Vornamen, required: true}
- field: rufname
  type: name
  label: Rufname
  required: true
  valid_if: contains(vornamen, rufname)
  message: Kein Vorname.
- {field: von, type: date, label: Von, required: true}
- field: bis
  type: date
  label: Bis
  required: true
  valid_if: bis = von + duration("P1D")
  message: Der Tag danach.
- {field: teil, type: integer, label: Teil, required: true, max: 100}
- field: rest
  type: integer
  label: Rest
  required: true
  valid_if: rest = teil + 1
  message: Eins mehr.
""")

    assert len(list(samples(plan, today=TODAY, count=20))) == 20


def test_a_dead_end_is_said_to_be_one() -> None:
    """A form that nobody can submit has no example."""
    plan = page_of("""
- field: a
  type: integer
  label: A
  required: true
  valid_if: a < a
  message: Nie.
""")

    with pytest.raises(NoSampleFoundError, match="a"):
        next(samples(plan, today=TODAY))
