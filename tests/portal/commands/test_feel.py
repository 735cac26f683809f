"""`vordruck feel`: one line in, one line out, whatever the line."""

import json
import subprocess
import sys

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from portal.commands import rule_lines
from tests.portal.commands.conftest import ROOT
from tests.portal.commands.terminal import vordruck
from tests.timing import within

FINE = '{"expression": "1 + 1"}'
TWO = {"value": {"type": "number", "value": "2"}}


def test_values_come_back_typed() -> None:
    """As the records of the conformance suite write them; names may hold spaces."""
    records = [
        {"expression": "1 + 1"},
        {"expression": '"a" + b', "inputs": {"b": {"type": "string", "value": "ä"}}},
        {"expression": "net income > 10",
         "inputs": {"net income": {"type": "number", "value": "12.50"}}},
        {"expression": 'date("2024-02-29") + duration("P1Y")'},
        {"expression": "[1, 2][item > 1]"},
        {"expression": "x", "input_types": {"x": "number"}},
    ]  # fmt: skip
    said = vordruck("feel", "--stdin", given="\n".join(map(json.dumps, records)) + "\n")

    assert (0, "") == (said.code, said.err)
    assert [
        TWO,
        {"value": {"type": "string", "value": "aä"}},
        {"value": {"type": "boolean", "value": True}},
        {"value": {"type": "date", "value": "2025-02-28"}},
        {"value": {"type": "list", "value": [{"type": "number", "value": "2"}]}},
        {"value": {"type": "null"}},
    ] == said.lines


def test_refusals_say_when() -> None:
    """Stage `check`: refused before running; stage `run`: a limit was reached."""
    records = [{"expression": "1 +"}, {"expression": "for i in 1..20000 return i"}]

    said = vordruck("feel", given="\n".join(map(json.dumps, records)))

    assert ["check", "run"] == [one["error"]["stage"] for one in said.lines]
    assert all({"code", "message", "stage"} == one["error"].keys() for one in said.lines)


RUBBISH = (
    b"", b" ", b"nonsense", b"[1]", b"5", b"null", b'"x"', b"{", b"{}", b"\xff\xfe", b"\x00",
    b'{"expression": 5}', b'{"expression": null}', b'{"expression": []}', b'{"logic": 1}',
    b'{"logic": {}}', b'{"logic": {"kind": "decisionTable"}}', b'{"logic": {"kind": ["x"]}}',
    b'{"logic": {"kind": "decisionTable", "inputs": 1, "outputs": {}, "rules": "x"}}',
    b'{"logic": {"kind": "context", "entries": {"a": 1}}}', b'{"expression": "1", "type": {}}',
    b'{"expression": "1", "types": []}', b'{"expression": "1", "types": {"a": {"base": "a"}}}',
    b'{"expression": "1", "type": "a", "types": {"a": {"base": "a"}}}',
    b'{"expression": "a", "inputs": []}', b'{"expression": "a", "inputs": {"a": 1}}',
    b'{"expression": "a", "inputs": {"a": {"type": "number", "value": "1e999999999"}}}',
    b'{"expression": "a", "inputs": {"a": {"type": "number", "value": "NaN"}}}',
    b'{"expression": "a", "inputs": {"a": {"type": "date", "value": "2026-02-30"}}}',
    b'{"expression": "a", "inputs": {"a": {"type": "list", "value": {"b": 1}}}}',
    b'{"expression": "a", "inputs": {"a": {"type": ["x"], "value": 1}}}',
    b'{"expression": "a", "input_types": {"a": 7}}', b'{"expression": NaN, "inputs": 1e999}',
    b'{"expression": "\\ud800"}', b'{"expression": "\\"\\ud800\\""}', b'{"expression": "\\u0000"}',
    b'{"expression": "a", "inputs": {"a": {"type": "string", "value": "\\udfff"}}}',
    b'{"expression": ' + b"9" * 5_000 + b"}", b"[" * 100_000, b'{"a":' * 100_000,
    b'{"expression": "' + b"(" * 3_900 + b'"}', b'{"expression": "' + b"not(" * 900 + b'"}',
    b'{"expression": "' + b"-" * 3_900 + b'1"}', b'{"expression": "' + b"[" * 3_900 + b'"}',
    b'{"expression": "1' + b"+1" * 1_900 + b'"}', b'{"expression": "' + b"a." * 1_900 + b'a"}',
    b'{"expression": "' + b"if true then " * 300 + b'"}',
    b'{"expression": "' + b"x" * 10_000_000 + b'"}',
    b'{"expression": "a", "inputs": {"a": ' + b'{"type": "list", "value": [' * 400 + b"]}" * 400
    + b"}}",
    b'{"expression": "10**10**8"}', b'{"expression": "1/0"}', b'{"expression": "exp(1e6)"}',
    b'{"expression": "matches(\\"' + b"a" * 3_000 + b'\\", \\"(a+)+$\\")"}',
    b'{"expression": "__import__(\\"os\\")"}', b'{"expression": "a.__class__"}',
)  # fmt: skip


@pytest.mark.parametrize("line", RUBBISH, ids=range(len(RUBBISH)))
def test_rubbish_gets_its_line_and_the_next_one_its_answer(line: bytes) -> None:
    """Whatever comes, the order of answers is the order of lines."""
    with within(2):
        said = vordruck("feel", "--stdin", given=line + b"\n" + FINE.encode() + b"\n")
    first, second = said.lines
    assert (0, TWO) == (said.code, second)
    assert {"value"} == first.keys() or {"code", "message", "stage"} == first["error"].keys()
    assert first.get("error", {}).get("code") != "fault"


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8)
    | st.sampled_from(["number", "string", "list", "a", "1 + 1", "a.b", "decisionTable", "UNIQUE"]),
    lambda one: st.lists(one, max_size=3)
    | st.dictionaries(
        st.sampled_from(["type", "value", "kind", "text", "base", "components", "inputs", "outputs",
                         "rules", "when", "then", "entries", "name", "expression", "hitPolicy",
                         "values", "collection", "items", "a"]),
        one, max_size=4),
    max_leaves=12,
)  # fmt: skip


@given(st.dictionaries(
    st.sampled_from(["expression", "logic", "inputs", "input_types", "types", "type"]), JSON,
    max_size=5,
))  # fmt: skip
@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_any_record_is_answered(record: dict[str, object]) -> None:
    """Records of every shape; none is a fault of ours."""
    said = rule_lines.answer_line(json.dumps(record).encode())

    error = said.get("error", {"code": ""})
    assert isinstance(error, dict)
    assert error["code"] != "fault"


def test_a_line_without_end_is_cut(monkeypatch: pytest.MonkeyPatch) -> None:
    """Only so much is kept; what follows is passed over, and the next line counts."""
    monkeypatch.setattr(rule_lines, "MAX_BYTES", 1_000)

    said = vordruck("feel", given="x" * 5_500 + "\n" + FINE + "\n" + "y" * 999 + "\n")

    assert ["too-long", None, "not-json"] == [
        one.get("error", {}).get("code") for one in said.lines
    ]


def test_a_fault_of_ours_does_not_take_the_others_along(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is said to be ours, in its line."""

    def broken(_record: object) -> dict[str, object]:
        raise KeyError("x")

    monkeypatch.setattr(rule_lines, "answer", broken)

    said = vordruck("feel", given=f"{FINE}\nx\n")

    assert ["fault", "not-json"] == [one["error"]["code"] for one in said.lines]


def test_each_answer_comes_at_once() -> None:
    """Another program asks, waits, and asks again."""
    with subprocess.Popen(
        [sys.executable, "-m", "portal.cli", "feel", "--stdin"],
        cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    ) as running:  # fmt: skip
        assert running.stdin is not None
        assert running.stdout is not None
        for _ in range(3):
            running.stdin.write(FINE + "\n")
            running.stdin.flush()
            assert TWO == json.loads(running.stdout.readline())
        running.stdin.close()
    assert running.returncode == 0
