"""Seeded faults in small mappings: what can be missing is found, what cannot is proved."""

from textwrap import indent

import pytest

pytest.importorskip("z3", reason="proofs need the extra `prove`")

from engine import Plan, prepare, read_lists
from engine.prove import Known, prove
from engine.prove.proof import Proof, Result
from engine.source import Source
from tests.engine.made import HEAD, ONE_PAGE, TODAY
from tests.engine.message.sample import MUSTER, SHAPES

CODE = "required-element-written"
CODES = (CODE, "address-is-german")
FIELDS = """\
- {field: hat, type: yes_no, label: Hat, required: true}
- {field: name, type: name, label: Name, required: true}
- {field: rufname, type: name, label: Rufname}
- {field: kind_name, type: name, label: Kind, show_if: hat = true, required: true}
- {field: geboren, type: partial_date, label: Geboren}
- {field: adresse, type: address, label: Adresse}
- group: leute
  label: Leute
  repeat: {min: 1, max: 9}
  fields:
    - {field: wer, type: name, label: Wer, required: true}
    - {field: auch, type: name, label: Auch}
    - {field: zeuge, type: yes_no, label: Zeuge, required: true}
"""


def _plan(mapping: str, fields: str = FIELDS) -> Plan:
    output = (
        "outputs:\n  xoev:\n    standard: muster\n    version: '1.0'\n    message: muster.0001\n"
    )
    text = HEAD + ONE_PAGE + indent(fields, " " * 6) + output + "    map:\n"
    source = Source("beispiel.yaml", text + indent(mapping, " " * 6) + "\n")
    plan, found = prepare(source, read_lists(())[0], SHAPES)
    assert plan is not None, [(one.code, dict(one.values)) for one in found]
    return plan


def _proofs(mapping: str, fields: str = FIELDS, code: str = CODE) -> dict[str, Proof]:
    found = prove(_plan(mapping, fields), today=TODAY, shape=MUSTER)
    return {one.subject: one for one in found if one.claim in ((code,) if code else CODES)}


PROVED = {
    "a required answer": ("kennung: name", "kennung"),
    "a literal": ("kennung: '\"fest\"'", "kennung"),
    "joined with a literal": ("kennung: '\"Nr. \" + name'", "kennung"),
    "a default": ('kennung: "if angegeben(rufname) then rufname else name"', "kennung"),
    "alternatives that cover all": (
        "kennung: {$choose: [{$when: hat = true, $value: kind_name}, {$value: name}]}",
        "kennung",
    ),
    "required where the element is": (
        "kennung: name\nperson: {$when: hat = true, name: kind_name}",
        "person/name",
    ),
    "in every row": (
        "kennung: name\nperson: {$each: leute, $limit: 1, name: item.wer}",
        "person/name",
    ),
    "a first row there always is": (
        "kennung: {$each: leute, $limit: 1, $value: item.wer}",
        "kennung",
    ),
    "two entries": ("kennung: name\nzeugen: {zeuge: [name, '\"Amt\"']}", "zeugen/zeuge"),
    "the summary": ("kennung: {$document: summary, $value: document.title}", "kennung"),
}
REFUTED = {
    "an optional answer": ("kennung: rufname", "kennung"),
    "an answer that is hidden": ("kennung: kind_name", "kennung"),
    "an empty text": ("kennung: 'if hat = true then name else \"\"'", "kennung"),
    "a condition without otherwise": ("kennung: {$when: hat = true, $value: name}", "kennung"),
    "an element around it that is there for another reason": (
        "kennung: name\nperson: {name: kind_name, spitzname: name}",
        "person/name",
    ),
    "an optional answer of a row": (
        "kennung: name\nperson: {$each: leute, $limit: 1, name: item.auch, spitzname: item.wer}",
        "person/name",
    ),
    "rows that may not be chosen": (
        "kennung: {$each: 'leute[item.zeuge = true]', $limit: 1, $value: item.wer}",
        "kennung",
    ),
    "too few of two": ("kennung: name\nzeugen: {zeuge: [name, rufname]}", "zeugen/zeuge"),
}


@pytest.mark.parametrize("why", PROVED)
def test_what_is_always_there_is_proved(why: str) -> None:
    """For all answers that can be submitted, with any number of rows."""
    mapping, path = PROVED[why]
    assert _proofs(mapping)[path].result is Result.PROVED


@pytest.mark.parametrize("why", REFUTED)
def test_what_can_be_missing_is_refuted_by_answers(why: str) -> None:
    """They can be submitted, and the message that was built of them lacks the element."""
    mapping, path = REFUTED[why]
    found = _proofs(mapping)[path]
    assert found.result is Result.REFUTED
    assert found.example is not None
    assert not _plan(mapping).check(found.example.answers, found.example.on).problems


ADDRESS = "kennung: name\nperson: {name: name, anschrift: {%s$address: adresse}}"


def test_an_address_abroad_is_no_german_one() -> None:
    """Its street and postcode may be missing, and what is there has another form."""
    found = _proofs(ADDRESS % "", code="")
    for subject in ("anschrift/strasse", "anschrift/postleitzahl", "anschrift"):
        assert found[f"person/{subject}"].result is Result.REFUTED, subject
    assert found["person/anschrift/wohnort"].result is Result.PROVED
    example = found["person/anschrift"].example
    assert example is not None
    assert dict(example.answers)["adresse"]["staat"] != "000"  # type: ignore[call-overload,index]


def test_a_condition_keeps_addresses_abroad_away() -> None:
    """Nothing is left to be missing then."""
    guard = "$when: 'not(angegeben(adresse.staat)) or adresse.staat = \"000\"', "
    found = _proofs(ADDRESS % guard, code="")
    assert {one.result for path, one in found.items() if path.startswith("person/")} == {
        Result.PROVED
    }


def test_dropping_required_from_a_mapped_field_is_found() -> None:
    """The fault this family was made for; the message is named by its element."""
    mapping = "kennung: name\nperson: {$when: hat = true, name: kind_name, spitzname: name}"
    assert _proofs(mapping)["person/name"].result is Result.PROVED
    broken = FIELDS.replace("show_if: hat = true, required: true", "show_if: hat = true")
    found = _proofs(mapping, broken)["person/name"]
    assert found.result is Result.REFUTED
    assert found.example is not None
    assert "kind_name" not in found.example.answers


def test_a_second_proof_asks_only_what_changed() -> None:
    """Replies are kept by content, as those of all other claims."""
    known = Known()
    plan = _plan("kennung: {$choose: [{$when: hat = true, $value: kind_name}, {$value: name}]}")
    prove(plan, today=TODAY, shape=MUSTER, known=known)
    kept = Known.from_json(known.as_json())
    assert kept.replies
    again = prove(plan, today=TODAY, shape=MUSTER, known=kept)
    assert all(one.result is Result.PROVED for one in again if one.claim == CODE)
    assert kept.used_replies.keys() == kept.replies.keys()


def test_without_a_shape_nothing_is_claimed_of_the_message() -> None:
    """Nobody knows then what is required."""
    found = prove(_plan("kennung: rufname"), today=TODAY)
    assert not [one for one in found if one.claim == CODE]
