"""What is in the pack holds: right samples are right, wrong ones wrong in the one way named."""

import hashlib
import json
import re

import jsonschema
import pytest
from lxml import etree

from outputs.xoev.write import schema_for
from portal.contract import pack
from portal.contract.refusals import SENTENCES
from tests.outputs.standards_folder import needs_standards, schemas
from tests.portal.contract.golden import assert_golden
from tests.portal.contract.packs import (
    PROCEDURES,
    TODAY,
    expected,
    judge_of,
    pack_of,
    plan_of,
    sent,
)


@pytest.mark.parametrize("procedure", PROCEDURES)
def test_right_samples_are_taken(procedure: str) -> None:
    """Message or JSON, package for the DMS, and submission: by our judge without any schema."""
    judge = judge_of(procedure)
    assert 6 == len(sent(procedure))
    assert [] == [
        (path, one) for path, content in sent(procedure).items() for one in judge.refusals(content)
    ]


@pytest.mark.parametrize("procedure", PROCEDURES)
def test_wrong_samples_are_refused_for_the_one_reason_named(procedure: str) -> None:
    """At least ten, each with its fault and the sentences that a receiver may say."""
    files, judge = pack_of(procedure), judge_of(procedure)
    told = expected(procedure)
    names = {path for path in files if path.startswith("negative/")} - {pack.EXPECTED}
    assert names == {f"negative/{one['file']}" for one in told}
    assert 10 <= len(told)
    for one in told:
        found = judge.refusals(files[f"negative/{one['file']}"])
        assert one["refusals"] == [reason.as_json() for reason in found]
        assert 1 == len({reason.code for reason in found}), one["file"]
        assert one["fault"]["de"] != one["fault"]["en"]


@needs_standards
@pytest.mark.parametrize("procedure", PROCEDURES[1:])
def test_the_published_schema_says_the_same(procedure: str) -> None:
    """Right samples are valid; of the wrong ones, those that XML can tell are not."""
    plan = plan_of(procedure)
    assert plan.procedure.outputs.xoev is not None
    schema = schema_for(plan.procedure.outputs.xoev, schemas())
    assert schema is not None
    for path, content in sent(procedure).items():
        if path.endswith(".xml"):
            assert () == schema.problems(etree.fromstring(content))
    judged = ("element-", "code-", "content-", "another-message")
    for one in expected(procedure):
        if one["refusals"][0]["code"].startswith(judged) and one["file"].endswith(".xml"):
            wrong = etree.fromstring(pack_of(procedure)[f"negative/{one['file']}"])
            assert schema.problems(wrong), one["file"]


def test_the_json_schema_fits_the_samples() -> None:
    """All right ones; wrong forms are told, rules between answers are not its business."""
    files = pack_of("musterprozess")
    schema = json.loads(files["schema/musterprozess.schema.json"])
    judge = jsonschema.Draft202012Validator(schema)
    judge.check_schema(schema)
    for path, content in sent("musterprozess").items():
        if path.endswith(".json"):
            assert [] == [one.message for one in judge.iter_errors(json.loads(content))]
    faults = ("other-procedure", "other-version", "answer-unknown", "no-such-option")
    wrong = [one["file"] for one in expected("musterprozess") if one["file"][3:-5] in faults]
    assert len(faults) == len(wrong)
    for name in wrong:
        assert not judge.is_valid(json.loads(files[f"negative/{name}"])), name


def test_the_same_arguments_give_the_same_bytes() -> None:
    """And another seed other ones."""
    plan = plan_of("musterprozess")
    again = pack.files(plan, None, today=TODAY, seed=1, count=2)
    assert pack_of("musterprozess") == again
    other = pack.files(plan, None, today=TODAY, seed=2, count=1)
    assert again["samples/01/answers.json"] != other["samples/01/answers.json"]


@pytest.mark.parametrize("procedure", PROCEDURES)
def test_checksums_cover_every_file(procedure: str) -> None:
    """In the form that `sha256sum --check` reads."""
    files = dict(pack_of(procedure))
    lines = files.pop(pack.CHECKSUMS).decode().splitlines()
    assert {
        f"{hashlib.sha256(content).hexdigest()}  {path}" for path, content in files.items()
    } == set(lines)


@pytest.mark.parametrize("procedure", ["musterprozess", "einbuergerung"])
def test_the_expected_listing(procedure: str) -> None:
    """Names of all files, and which refusal each wrong one has to get."""
    lines = [path for path in pack_of(procedure) if path != pack.CHECKSUMS]
    told = {f"negative/{one['file']}": one["refusals"] for one in expected(procedure)}
    listed = [
        f"{path}: {', '.join(reason['code'] for reason in told[path])}" if path in told else path
        for path in lines
    ]
    assert_golden(f"{procedure}.txt", "\n".join(listed) + "\n")


@pytest.mark.parametrize("procedure", PROCEDURES)
@pytest.mark.parametrize("language", ["de", "en"])
def test_the_readme_names_what_is_there(procedure: str, language: str) -> None:
    """No place is left open, and the file to try first exists."""
    files = pack_of(procedure)
    text = files[f"README.{language}.md"].decode()
    assert re.findall(r"\{[a-z]+\}", text) == []
    (tried,) = set(re.findall(r"samples/01/[\w.-]+", text))
    assert tried in files
    assert plan_of(procedure).procedure.title.german in text


def test_the_mapping_names_elements_and_answers() -> None:
    """Of a message with its conditions; of JSON with labels and options."""
    message = pack_of("beschaeftigungserlaubnis")["mapping/mapping.csv"].decode()
    assert "OZG.Antrag.130101/antragsdatum;text;" in message
    plain = pack_of("musterprozess")["mapping/mapping.csv"].decode()
    assert "fahrzeuge[].kennzeichen;" in plain


def test_every_refusal_has_its_sentences_in_both_languages() -> None:
    """With the place in both or in none."""
    for code, (german, english) in SENTENCES.items():
        assert german != english, code
        assert german.count("{}") == english.count("{}"), code
