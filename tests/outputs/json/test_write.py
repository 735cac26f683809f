import hashlib
import json

from engine.answers.write import canonical_bytes
from outputs.json.write import write
from tests.outputs.golden import assert_golden
from tests.outputs.plans import complete


def test_a_complete_application_gives_the_expected_json() -> None:
    """Head, answers, files; sorted, so that two of them can be compared."""
    assert_golden("json/cases/musterprozess/expected.json", _text("musterprozess"))


def test_the_checksum_is_the_one_of_the_canonical_answers() -> None:
    """Anybody can compute it from the `answers` alone."""
    application = complete("einbuergerung")
    found = json.loads(_text("einbuergerung"))
    compact = json.dumps(
        found["answers"], ensure_ascii=False, separators=(",", ":"), sort_keys=True
    )
    assert hashlib.sha256(compact.encode()).hexdigest() == found["sha256"]
    canonical = canonical_bytes(application.procedure, application.evaluation.values)
    assert hashlib.sha256(canonical).hexdigest() == found["sha256"] == application.data_hash


def _text(name: str) -> str:
    return write(complete(name)).content.decode()
