"""`vordruck feel`: one record in, a value or a refusal out, never an exception."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.rules.lines import answer

NUMBER = {"type": "number", "value": "12.50"}


@pytest.mark.parametrize(
    ("record", "value"),
    [
        ({"expression": "1 + 1"}, {"type": "number", "value": "2"}),
        (
            {
                "expression": "Full Name",
                "input_types": {"Full Name": "string"},
                "inputs": {"Full Name": {"type": "string", "value": "Ada"}},
            },
            {"type": "string", "value": "Ada"},
        ),
        ({"expression": "x > 3", "inputs": {"x": NUMBER}}, {"type": "boolean", "value": True}),
        ({"expression": "x > 3", "input_types": {"x": "number"}}, {"type": "null"}),
        (
            {
                "expression": "L.sum due + 1",
                "inputs": {"L": {"type": "context", "value": {"sum due": NUMBER}}},
            },
            {"type": "number", "value": "13.5"},
        ),
        ({"expression": '["foo"]', "type": "string"}, {"type": "string", "value": "foo"}),
        ({"expression": "1", "type": "string"}, {"type": "null"}),
        (
            {
                "expression": '"x"',
                "type": "t",
                "types": {"t": {"base": "string", "allowedValues": '"a","b"'}},
            },
            {"type": "null"},
        ),
        (
            {
                "logic": {
                    "kind": "every",
                    "var": "e",
                    "in": {"kind": "literal", "text": "[1,2]"},
                    "satisfies": {"kind": "literal", "text": "e > 0"},
                }
            },
            {"type": "boolean", "value": True},
        ),
        (
            {
                "logic": {
                    "kind": "filter",
                    "in": {"kind": "literal", "text": "[1,2]"},
                    "match": {"kind": "literal", "text": "item > 1"},
                }
            },
            {"type": "list", "value": [{"type": "number", "value": "2"}]},
        ),
        (
            {"expression": 'duration("P14M")'},
            {"type": "years and months duration", "value": "P1Y2M"},
        ),
    ],
)
def test_a_record_has_a_value(record: dict[str, Any], value: dict[str, Any]) -> None:
    """Names may hold spaces; a declared input without a value is null."""
    assert {"value": value} == answer(record)


@pytest.mark.parametrize(
    ("record", "code"),
    [
        ({}, "malformed"),
        ({"expression": 5}, "malformed"),
        ({"logic": {"kind": "context", "entries": []}}, "not-in-subset"),
        ({"expression": "{a: 1}"}, "not-in-subset"),
        (
            {"expression": "t > t", "inputs": {"t": {"type": "time", "value": "10:00:00"}}},
            "not-in-subset",
        ),
        ({"expression": "1 +"}, "rule-unfinished"),
        ({"expression": "1", "inputs": {"x": 5}}, "malformed"),
        ({"expression": "1", "inputs": [1]}, "malformed"),
        ({"expression": "1", "type": "time"}, "not-in-subset"),
        ({"logic": {"kind": "decisionTable", "inputs": 5}}, "malformed"),
        ({"logic": {"kind": "list", "items": 5}}, "malformed"),
    ],
)
def test_a_record_is_refused_before_it_runs(record: dict[str, Any], code: str) -> None:
    """With a code and a sentence."""
    said = answer(record)["error"]

    assert (code, "check") == (said["code"], said["stage"])
    assert said["message"]


def test_inputs_that_nobody_reads_may_be_of_any_kind() -> None:
    """A time among the inputs does not refuse a rule about numbers."""
    inputs = {"t": {"type": "time", "value": "10:00:00"}, "x": NUMBER}

    assert "value" in answer({"expression": "x + 1", "inputs": inputs})


def test_german_is_spoken_too() -> None:
    """The sentences come from the same catalogue as everywhere."""
    said = answer({"expression": "foo"}, "de")["error"]["message"]

    assert "»foo« gibt es hier nicht." == said


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                ["kind", "text", "type", "value", "inputs", "rules", "in", "items", "base"]
            ),
            inner,
            max_size=4,
        )
    ),
    max_leaves=10,
)
_KEYS = ["expression", "logic", "inputs", "input_types", "types", "type"]


@settings(max_examples=300, deadline=None)
@given(st.dictionaries(st.sampled_from(_KEYS), _JSON, max_size=6))
def test_no_record_breaks_it(record: dict[str, Any]) -> None:
    """Any JSON object gets one of the two answers."""
    said = answer(record)

    assert said.keys() in ({"value"}, {"error"})


@pytest.mark.parametrize(
    ("expression", "value"),
    [
        ('date("-2017-12-31")', {"type": "date", "value": "-2017-12-31"}),
        ('string(date("999999999-12-31"))', {"type": "string", "value": "999999999-12-31"}),
        ("date(-2017, 1, 1).year", {"type": "number", "value": "-2017"}),
    ],
)
def test_far_dates_are_given_out(expression: str, value: dict[str, Any]) -> None:
    """Beyond Python's calendar there is no arithmetic, but there are days."""
    assert {"value": value} == answer({"expression": expression})
    assert "check" == answer({"expression": f"{expression} < 5 + date"})["error"]["stage"]
    assert "check" == answer({"expression": 'date("-2017-02-29")'})["error"]["stage"]
