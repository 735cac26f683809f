"""`prefill`: a rule of the field's own type, where a rule may propose at all."""

import pytest

from engine import Source, prepare
from engine.load import SharedLists
from tests.engine.made import HEAD, ONE_PAGE

OPTIONS = "options: {a: A, b: B}"
GROUP = "{group: g, label: G, repeat: {min: 0, max: 2}, fields: [%s]}"


def _codes(*items: str) -> list[str]:
    text = HEAD + ONE_PAGE + "".join(f"      - {item}\n" for item in items)
    found = prepare(Source("beispiel.yaml", text), SharedLists())[1]
    return [one.code for one in found if one.code not in ("field-without-use", "purpose-missing")]


@pytest.mark.parametrize(
    "field",
    [
        "{field: tag, type: date, label: T, purpose: zweck, prefill: stichtag}",
        "{field: zahl, type: integer, label: Z, purpose: zweck, prefill: stichtag.year}",
        f"{{field: wahl, type: choice, label: W, purpose: zweck, {OPTIONS}, prefill: '\"a\"'}}",
    ],
)
def test_a_proposal_has_the_type_of_the_answer(field: str) -> None:
    """Days, numbers, values of a list."""
    assert _codes(field) == []


@pytest.mark.parametrize(
    ("field", "code"),
    [
        ("{field: tag, type: date, label: T, prefill: 5}", "wrong-result-type"),
        (f"{{field: w, type: choice, label: W, {OPTIONS}, prefill: '\"c\"'}}", "value-not-in-list"),
        ("{field: j, type: yes_no, label: J, prefill: 'true'}", "key-not-for-type"),
        (
            "{field: d, type: declaration, label: D, version: a, prefill: 'true'}",
            "key-not-for-type",
        ),
        (GROUP % "{field: t, type: date, label: T, prefill: stichtag}", "unknown-key"),
    ],
)
def test_what_cannot_be_proposed_is_refused(field: str, code: str) -> None:
    """No wrong type, no value outside the list, no yes for anybody, nothing in rows."""
    assert code in _codes(field)
