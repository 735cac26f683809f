"""Receipts and decisions of other systems, written as they would and read."""

import pytest

from engine.model_dms import AUSSONDERUNG, VERSIONS
from outputs.dms.answers import (
    ANSWERS,
    AnswerKind,
    NotAnAnswer,
    Outcome,
    read_answer,
    write_appraisal,
    write_outcome,
    write_receipt,
)
from outputs.dms.messages import ARCHIVE, COPY, FILE, GIVE, MESSAGES
from outputs.schemas import Schemas
from tests.outputs.dms.test_versions import ENVELOPE
from tests.outputs.golden import assert_golden
from tests.outputs.standards_folder import folder, needs_standards, schemas

ID = "548d5041-d8c8-41ef-9c4e-005056871b7c"


def _schemas() -> Schemas | None:
    return schemas() if folder() else None


@needs_standards
@pytest.mark.parametrize("version", VERSIONS)
@pytest.mark.parametrize("message", MESSAGES)
def test_answers_are_valid_and_read_as_what_they_say(version: str, message: str) -> None:
    """0102, 0402, 0403, 0502, 0504, 0506, 0507, 0629 and 0630."""
    for outcome in (Outcome(ID), Outcome(ID, is_well=False, fault="Erfunden: kein Platz")):
        made = (
            write_receipt(message, ENVELOPE, version, schemas()),
            write_outcome(message, ENVELOPE, [outcome], version, schemas()),
            write_appraisal(ENVELOPE, [Outcome(ID, wish="bewerten")], version, schemas()),
        )
        for file in filter(None, made):
            assert file.problems == (), (file.name, file.problems)
            answer = read_answer(file.content, schemas())
            assert answer.process == ENVELOPE.process
            assert answer.is_validated
            if answer.kind is AnswerKind.IMPORTED:
                assert answer.is_well is outcome.is_well
                assert [one.fault for one in answer.outcomes] == [outcome.fault]


def test_every_answer_of_the_table_is_written_by_somebody() -> None:
    """Nothing in it is only hoped for."""
    made = [write_appraisal(ENVELOPE, [Outcome(ID, wish="archivieren")], "3.1.0", None)]
    for message in MESSAGES:
        receipt = write_receipt(message, ENVELOPE, "3.1.0", None)
        outcome = write_outcome(message, ENVELOPE, [Outcome(ID)], "3.1.0", None)
        made += filter(None, (receipt, outcome))
    written = {read_answer(one.content, None).name for one in made}
    assert written == set(ANSWERS)


@pytest.mark.parametrize("wish", AUSSONDERUNG)
@pytest.mark.parametrize("version", VERSIONS)
def test_an_archive_decides(version: str, wish: str) -> None:
    """A, B or V in every version."""
    made = write_appraisal(ENVELOPE, [Outcome(ID, wish=wish)], version, None)
    answer = read_answer(made.content, _schemas())
    assert (answer.code, answer.outcomes) == ("0502", (Outcome(ID, wish=wish),))


def test_an_archive_names_its_number() -> None:
    """Under which the file is kept from now on; 2.4.0 tells it in another place."""
    for version in VERSIONS:
        outcome = Outcome(ID, archive_id="StA 12/2026")
        made = write_outcome(ARCHIVE, ENVELOPE, [outcome], version, None)
        assert made is not None
        [read] = read_answer(made.content, _schemas()).outcomes
        assert read.archive_id == "StA 12/2026"


def test_a_copy_is_received_and_no_more() -> None:
    """0101 knows 0102 only; and 2.4.0 has no receipt for what is given away."""
    assert write_outcome(COPY, ENVELOPE, [Outcome(ID)], "3.1.0", None) is None
    assert write_receipt(GIVE, ENVELOPE, "2.4.0", None) is None
    assert write_receipt(COPY, ENVELOPE, "2.4.0", None) is not None


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "not-xml"),
        (b"<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>", "not-xml"),
        (b"<a/>", "unknown-message"),
        (b'<a xmlns="urn:xoev-de:xdomea:schema:3.1.0"/>', "unknown-message"),
        (b'<Abgabe.ImportBestaetigen.0402 xmlns="urn:xoev-de:xdomea:schema:3.1.0"/>', "incomplete"),
    ],
)
def test_anything_else_is_refused_with_a_code(content: bytes, code: str) -> None:
    """Without quoting what came."""
    with pytest.raises(NotAnAnswer) as caught:
        read_answer(content, None)
    assert str(caught.value) == code


def test_an_import_without_an_outcome_is_no_success() -> None:
    """An empty 0402 must not let us delete anything."""
    made = write_outcome(GIVE, ENVELOPE, [], "3.1.0", None)
    assert made is not None
    with pytest.raises(NotAnAnswer):
        read_answer(made.content, None)


def test_answers_that_people_can_open() -> None:
    """One of each kind."""
    receipt = write_receipt(GIVE, ENVELOPE, "3.1.0", None)
    outcome = write_outcome(GIVE, ENVELOPE, [Outcome(ID)], "3.1.0", None)
    filed = write_outcome(FILE, ENVELOPE, [Outcome(ID)], "3.1.0", None)
    appraisal = write_appraisal(ENVELOPE, [Outcome(ID, wish="archivieren")], "3.1.0", None)
    for one in filter(None, (receipt, outcome, filed, appraisal)):
        name = one.name.partition("_")[2]
        assert_golden(f"dms/messages/3.1.0/{name}", one.content.decode())
