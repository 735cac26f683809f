from engine import load, read_lists
from engine.model import Procedure
from engine.source import Source
from portal.resume.moving import move_along


def _version(fields: str) -> Procedure:
    head = "procedure: probe\nversion: '1'\npages:\n  - page: eins\n    title: Eins\n    fields:\n"
    procedure, _ = load(Source("probe.yaml", head + fields), read_lists(())[0])
    assert procedure is not None
    return procedure


def _field(name: str, was: str = "") -> str:
    return f"      - {{field: {name}, label: X, type: text{f', was: {was}' if was else ''}}}\n"


def test_a_name_that_became_free_and_is_given_anew_brings_no_old_answer() -> None:
    """b was a, and later another a appears: the answer stays where it went."""
    versions = [
        _version(_field("a")),
        _version(_field("b", "a")),
        _version(_field("b", "a") + _field("a")),
    ]
    moved = move_along(versions, {"a": "alt"})

    assert moved.raw == {"b": "alt"}
    assert dict(moved.names) == {"a": "b"}


def test_a_question_that_keeps_its_name_keeps_its_answer() -> None:
    """Whatever another one is called now."""
    versions = [_version(_field("a") + _field("b")), _version(_field("b") + _field("c", "a"))]
    moved = move_along(versions, {"a": "eins", "b": "zwei"})

    assert moved.raw == {"c": "eins", "b": "zwei"}
