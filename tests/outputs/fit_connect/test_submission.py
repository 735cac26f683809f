"""What an application becomes for FIT-Connect: package, metadata, hashes."""

import hashlib
import json
import uuid
from dataclasses import replace

import jsonschema
import pytest

from outputs.application import Application
from outputs.building import build_all
from outputs.fit_connect.metadata import VERSIONS, metadata
from outputs.fit_connect.submission import (
    FORM,
    NotASubmission,
    Submission,
    read_package,
    write_package,
)
from outputs.fit_connect.write import write
from tests.outputs.golden import assert_golden
from tests.outputs.plans import COMPLETE, complete
from tests.outputs.standards_folder import folder, needs_standards


def _submission(application: Application) -> Submission:
    return read_package(write(application, build_all(application, None)).content)


@needs_standards
@pytest.mark.parametrize("name", COMPLETE)
def test_metadata_are_valid_for_the_published_schema(name: str) -> None:
    """1.0.0, with formats checked, for every procedure."""
    standards = folder()
    assert standards is not None
    text = (standards / "fit-connect/metadata-1.0.0/metadata.schema.json").read_text("utf-8")
    checker = jsonschema.Draft202012Validator.FORMAT_CHECKER
    judge = jsonschema.Draft202012Validator(json.loads(text), format_checker=checker)
    made = metadata(_submission(complete(name)))
    assert [] == [one.message for one in judge.iter_errors(made)]
    broken = {**made, "contentStructure": {}}
    assert list(judge.iter_errors(broken))


def test_every_hash_is_that_of_the_plain_bytes() -> None:
    """SHA-512 of data and of each attachment; the applicant's files are all among them."""
    application = complete("beschaeftigungserlaubnis")
    submission = _submission(application)
    structure = metadata(submission)["contentStructure"]
    assert isinstance(structure, dict)
    told = {one["attachmentId"]: one["hash"]["content"] for one in structure["attachments"]}
    held = {one.id: hashlib.sha512(one.content).hexdigest() for one in submission.attachments}
    assert held == told
    assert hashlib.sha512(submission.data).hexdigest() == structure["data"]["hash"]["content"]
    contents = [one.content for one in submission.attachments]
    assert [one.content for one in application.uploads] == contents[1:]
    assert FORM == submission.attachments[0].purpose
    assert {4} == {uuid.UUID(one.id).version for one in submission.attachments}


@pytest.mark.parametrize(
    ("name", "uri", "media_type"),
    [
        ("beschaeftigungserlaubnis", "http://www.osci.de/xauslaender2611", "application/xml"),
        ("musterprozess", "urn:vordruck:antrag:musterprozess:", "application/json"),
    ],
)
def test_data_say_which_schema_they_follow(name: str, uri: str, media_type: str) -> None:
    """A message by its namespace, the plain answers by procedure and version."""
    submission = _submission(complete(name))
    assert submission.schema_uri.startswith(uri)
    assert media_type == submission.media_type


def test_the_same_application_gives_the_same_package() -> None:
    """It is built once and hashed; a repetition must not differ."""
    application = complete("musterprozess")
    made = [write(application, build_all(application, None)).content for _ in range(2)]
    assert made[0] == made[1]
    assert write_package(read_package(made[0])) == made[0]
    other = replace(application, submission_id="MU-2026-000124")
    assert _submission(application).attachments[0].id != _submission(other).attachments[0].id


@pytest.mark.parametrize("version", VERSIONS)
def test_the_expected_metadata(version: str) -> None:
    """Both shapes, as people can read them."""
    made = metadata(_submission(complete("musterprozess")), version)
    structure = made["contentStructure"]
    assert isinstance(structure, dict)
    for one in (structure["data"], *structure["attachments"]):
        one["hash"]["content"] = "…"  # told by the test above
    text = json.dumps(made, ensure_ascii=False, indent=2) + "\n"
    assert_golden(f"fit_connect/cases/musterprozess/metadata-{version}.json", text)


@pytest.mark.parametrize(
    ("package", "code"),
    [
        (b"", "not-a-submission"),
        (b"<a/>", "not-a-submission"),
        (b"PK\x05\x06" + b"\0" * 18, "not-a-submission"),
    ],
)
def test_what_is_no_package_of_ours_is_told_by_a_code(package: bytes, code: str) -> None:
    """Never with anything of the content."""
    with pytest.raises(NotASubmission, match=code):
        read_package(package)
