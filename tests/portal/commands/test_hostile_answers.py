"""Answer files from anywhere: whatever they hold, there is a report and no traceback."""

import json
import math
import time
from collections.abc import Callable, Mapping
from datetime import date
from functools import cache

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from engine import Plan
from engine.model import Field, Group, Item
from engine.plan import Evaluation
from tests.definitions.delivered import plan_of
from tests.portal.commands.mutations import PROCEDURES
from tests.portal.commands.terminal import vordruck

TODAY = date(2026, 11, 23)
LONG = "x" * 10_000_000
pytestmark = pytest.mark.usefixtures("ready")

# Not JSON at all, or not what answers are: exit code 2.
REFUSED: dict[str, bytes] = {
    "nothing": b"",
    "words": b"hello",
    "a list": b"[]",
    "a text": b'"x"',
    "null": b"null",
    "half": b'{"a": ',
    "single quotes": b"{'a': 1}",
    "a comma too many": b'{"a": 1,}',
    "a comment": b'{"a": 1} // x',
    "two documents": b"{} {}",
    "not UTF-8": b'{"a": "\xff"}',
    "an encoded surrogate": b'{"a": "\xed\xa0\x80"}',
    "UTF-16": '{"a": 1}'.encode("utf-16"),
    "a raw line end": b'{"a": "x\ny"}',
    "100,000 brackets": b'{"a": ' + b"[" * 100_000,
    "100,000 objects": b'{"a": ' * 100_000 + b"1" + b"}" * 100_000,
    "a number of a million digits": b'{"dauer_monate": ' + b"9" * 1_000_000 + b"}",
}
# JSON, but odd: exit code 0 and problems or silence.
ODD: dict[str, bytes] = {
    "NaN": b'{"dauer_monate": NaN, "familienname": Infinity, "fahrzeuge": -Infinity}',
    "1e999": b'{"dauer_monate": 1e999, "gueltig_ab": -1e999}',
    "a number of 4,000 digits": b'{"dauer_monate": ' + b"9" * 4_000 + b"}",
    "a tiny number": b'{"dauer_monate": 1e-999999}',
    "lone surrogates": b'{"familienname": "\\ud800", "\\udfff": 1, "email": "a\\udc00@b.example"}',
    "NUL": b'{"familienname": "a\\u0000b", "vornamen": "\\u0000"}',
    "escapes": b'{"familienname": "\\u001b[2J", "\\u001b[2J": 1}',
    "900 levels": b'{"familienname": ' + b"[" * 900 + b"]" * 900 + b"}",
    "900 levels nobody asks for": b'{"x": ' + b'{"a": ' * 900 + b"1" + b"}" * 900 + b"}",
    "10 MB in a name": json.dumps({"familienname": LONG}).encode(),
    "10 MB in a day": json.dumps({"gueltig_ab": LONG, "geburtsdatum": "1" * 10_000_000}).encode(),
    "10 MB in a number": json.dumps({"dauer_monate": "9" * 10_000_000}).encode(),
    "10 MB in a choice": json.dumps({"parkzone": LONG, "merkzeichen": [LONG]}).encode(),
    "10 MB for a pattern": json.dumps({"fahrzeuge": [{"kennzeichen": LONG}]}).encode(),
    "10 MB as a key": json.dumps({LONG: 1}).encode(),
    "100,000 combining marks": json.dumps({"familienname": "a" + "\u0301" * 100_000}).encode(),
    "100,000 rows": json.dumps({"fahrzeuge": [{}] * 100_000}).encode(),
    "rows of no shape": b'{"fahrzeuge": [1, "x", null, [], {"fahrer": {"a": 1}}]}',
    "an object for rows": b'{"fahrzeuge": {"0": {}}}',
    "100,000 keys": json.dumps({f"k{n}": n for n in range(100_000)}).encode(),
    "100,000 choices": json.dumps({"merkzeichen": ["ag"] * 100_000}).encode(),
    "the same key twice": b'{"familienname": 1, "familienname": "Muster"}',
    "Python's names": b'{"__class__": 1, "__proto__": {}, "constructor": [], "self": 1}',
    "paths as keys": b'{"fahrzeuge[0].kennzeichen": "MU-AB 123", "anschrift.plz": "12345"}',
    "full-width digits": '{"dauer_monate": "１２", "gueltig_ab": "２０２６-12-01"}'.encode(),
}


@pytest.mark.parametrize("what", REFUSED)
@pytest.mark.parametrize("command", ["evaluate", "quick-check"])
def test_what_is_no_answer_file_is_wrong_use(
    command: str, what: str, answers: Callable[..., str]
) -> None:
    """Exit code 2, with the place where the file stops being JSON."""
    said = vordruck(command, "musterprozess", answers(REFUSED[what]))

    assert (2, "") == (said.code, said.out)
    assert "JSON" in said.err


def test_the_place_of_a_slip_is_named(answers: Callable[..., str]) -> None:
    """Line and column."""
    said = vordruck("evaluate", "musterprozess", answers('{"a": 1,\n "b" 2}'))

    assert "2:6" in said.err


@pytest.mark.parametrize("what", ODD)
def test_odd_answers_are_reported_on(what: str, answers: Callable[..., str]) -> None:
    """No exception, no waiting, and strict JSON in return."""
    file = answers(ODD[what])

    for command in ("evaluate", "quick-check"):
        began = time.process_time()
        said = vordruck(command, "musterprozess", file, "--today", "2026-11-23")
        assert time.process_time() - began < 2
        assert (0, 1) == (said.code, said.out.count("\n"))
        json.loads(said.out, parse_constant=pytest.fail)
        assert len(said.out) + len(said.err) < 200_000
        assert "\x1b" not in said.out + said.err


def test_too_large_for_answers_is_wrong_use(
    answers: Callable[..., str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Only so much is read."""
    monkeypatch.setattr("portal.commands.given.MAX_BYTES", 1_000)

    said = vordruck("evaluate", "musterprozess", answers(b" " * 1_001))

    assert (2, "") == (said.code, said.out)
    assert "zu groß" in said.err


@cache
def _fields(name: str) -> tuple[tuple[str | None, str], ...]:
    """Group (or none) and id of every question."""
    plan = plan_of(name)
    quick_check = plan.procedure.quick_check
    items = [*(item for page in plan.procedure.pages for item in page.items),
             *(quick_check.questions if quick_check else ())]  # fmt: skip
    return tuple(_places(items, None))


def _places(items: list[Item], group: str | None) -> list[tuple[str | None, str]]:
    found: list[tuple[str | None, str]] = []
    for item in items:
        if isinstance(item, Group):
            found += [(group, item.id), *_places(list(item.items), item.id)]
        elif isinstance(item, Field):
            found.append((group, item.id))
    return found


WRONG: tuple[object, ...] = (
    None, True, False, 0, -1, 1.5, 10**400, 1e308, math.nan, math.inf, "", " ", "x", "ja", "\ud800",
    "\x00", "\u202e", "a\u0301" * 5_000, "9" * 5_000, "-0", "1e5", "١٢", "0000", "1990-02-30",
    "31.02.1990", "00.00.0000", "9999-12-31", "0001-01-01", "1990-13", "{plz}", "<script>",
    "' OR 1=1 --", "../../x", [], [None], [[]], [{}], ["x"] * 300, [{"a": {"b": []}}], {}, {"": ""},
    {"strasse": 1, "plz": [], "ort": None, "staat": {}}, {"strasse": "\ud800"}, [1, "x", None, {}],
)  # fmt: skip


@pytest.mark.parametrize("name", PROCEDURES)
def test_every_question_may_get_anything(name: str) -> None:
    """Each wrong value for each question, in form and Quick Check, in rows and outside."""
    plan = plan_of(name)
    for value in WRONG:
        raw: dict[str, object] = {}
        rows: dict[str, dict[str, object]] = {}
        for group, id_ in _fields(name):
            (raw if group is None else rows.setdefault(group, {}))[id_] = value
        _strict(plan, raw)
        _strict(plan, {**raw, **{group: [row, row] for group, row in rows.items()}})


def _strict(plan: Plan, raw: Mapping[str, object]) -> Evaluation:
    found = plan.check(raw, TODAY)
    questions = plan.check_questions(raw, TODAY)
    for report in (found, questions, plan.quick_check(questions.values, TODAY)):
        json.dumps(report.as_json(), allow_nan=False)
    return found


JSON = st.recursive(
    st.sampled_from(WRONG[:30]) | st.text(max_size=10) | st.integers() | st.floats(),
    lambda one: st.lists(one, max_size=4) | st.dictionaries(st.text(max_size=5), one, max_size=4),
    max_leaves=8,
)


@pytest.mark.parametrize("name", PROCEDURES)
def test_wrong_answers_among_right_ones(name: str) -> None:
    """A whole application with some answers of another shape."""
    plan = plan_of(name)
    whole = max((case.given for case in plan.procedure.cases), key=len)
    ids = sorted({id_ for group, id_ in _fields(name) if group is None})

    @settings(
        max_examples=60,
        deadline=None,
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
    )
    @given(st.dictionaries(st.sampled_from(ids), JSON, max_size=6))
    def reported(changed: dict[str, object]) -> None:
        _strict(plan, {**whole, **changed})

    reported()
