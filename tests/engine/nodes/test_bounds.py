"""R22: whatever bytes come, there is an answer with a place, in less than two seconds."""

import pytest

from engine import SharedLists, diagnose, source_from_bytes
from engine.diagnostics import Diagnostic
from engine.nodes.bounds import MAX_BYTES, MAX_DEPTH, MAX_NODES
from engine.source import Position, Source
from tests.timing import within

SECONDS = 2.0
BOMB = "a: &a [x]\n" + "".join(
    f"{name}: &{name} [{', '.join([f'*{before}'] * 9)}]\n"
    for before, name in zip("abcdefgh", "bcdefghi", strict=True)
)

CORPUS: dict[str, tuple[bytes, str, tuple[int, int]]] = {
    "50 MB of letters": (b"a" * 50_000_000, "file-too-large", (1, 1)),
    "50 MB of no text": (b"\xff\x00" * 25_000_000, "file-too-large", (1, 1)),
    "one byte too many": (b"a" * (MAX_BYTES + 1), "file-too-large", (1, 1)),
    "100,000 brackets": (b"[" * 100_000, "nested-too-deeply", (1, 1001)),
    "100,000 brackets on lines": (b"[\n" * 100_000, "nested-too-deeply", (MAX_DEPTH + 1, 1)),
    "100,000 braces": (b"{a: " * 100_000, "nested-too-deeply", (1, 129)),
    "100,000 levels of a block list": (b"- " * 100_000, "nested-too-deeply", (1, 65)),
    "100,000 keys of keys": (b"? " * 100_000, "nested-too-deeply", (1, 65)),
    "1,400 levels of indentation": (
        "".join(" " * level + "a:\n" for level in range(1_400)).encode(),
        "nested-too-deeply",
        (MAX_DEPTH + 1, MAX_DEPTH + 1),
    ),
    "an alias bomb": (BOMB.encode(), "yaml-anchor", (1, 4)),
    "an alias of itself": (b"&a [*a]", "yaml-anchor", (1, 1)),
    "a merge key": (b"a: 1\n<<: *b\n", "yaml-alias", (2, 5)),
    "a tag of Python": (b"a: !!python/object/apply:os.system [ls]", "yaml-tag", (1, 4)),
    "an unknown tag": (b"a: !include x", "yaml-tag", (1, 4)),
    "a tag of its own handle": (b"a: !e!x y", "yaml-tag", (1, 4)),
    "a duplicate key": (b"a: 1\nb: 2\na: 3\n", "duplicate-key", (3, 1)),
    "100,000 duplicate keys": (b"a: 1\n" * 100_000, "duplicate-key", (2, 1)),
    "a tab": (b"a:\n\tb: 1\n", "tab-as-indentation", (2, 1)),
    "100,000 tabs": (b"a:\n" + b"\tb: 1\n" * 100_000, "tab-as-indentation", (2, 1)),
    "a list for a key": (b"[a, b]: c", "key-not-text", (1, 1)),
    "two documents": (b"a: 1\n---\nb: 2\n", "several-documents", (2, 1)),
    "a directive": (b"%YAML 1.1\n---\na: 1\n", "yaml-directive", (1, 1)),
    "NUL": (b"a: x\x00y", "forbidden-character", (1, 5)),
    "an escape sequence": (b"a: \x1b[2J", "forbidden-character", (1, 4)),
    "a lone carriage return": (b"a: 1\rb: 2", "forbidden-character", (1, 5)),
    "next line": ("a: 1\u0085b: 2".encode(), "forbidden-character", (1, 5)),
    "a direction mark in a key": ("a\u202eb: 1".encode(), "forbidden-character", (1, 2)),
    "zero width in a key": ("a\u200bb: 1".encode(), "forbidden-character", (1, 2)),
    "a tag character": ("a: \U000e0041".encode(), "forbidden-character", (1, 4)),
    "a byte order mark": (b"\xef\xbb\xbfa: 1", "byte-order-mark", (1, 1)),
    "UTF-16": ("a: 1".encode("utf-16"), "not-utf-8", (1, 1)),
    "Latin-1": ("a: 1\nb: Straße".encode("latin-1"), "not-utf-8", (2, 8)),
    "an encoded surrogate": (b"a: \xed\xa0\x80", "not-utf-8", (1, 4)),
    "nothing": (b"", "empty-file", (1, 1)),
    "a megabyte of blanks": (b" " * 1_000_000, "empty-file", (1, 1)),
    "only comments": (b"# x\n" * 200_000, "empty-file", (1, 1)),
    "a key of a megabyte": (b"a" * 1_000_000 + b": 1", "wrong-indentation", (1, 1)),
    "a megabyte of quotes": (b"'" * 999_999, "unclosed-quote", (1, 1)),
    "260,000 entries": (b"- a\n" * 260_000, "too-many-values", (MAX_NODES + 1, 3)),
    "500,000 entries in brackets": (
        b"[" + b"a," * 500_000 + b"]",
        "too-many-values",
        (1, 2 * MAX_NODES + 2),
    ),
    "a list instead of a procedure": (b"- a\n- b\n", "wrong-shape", (1, 3)),
    "a word instead of a procedure": (b"hello", "wrong-shape", (1, 1)),
}


def _answer(data: bytes) -> tuple[Diagnostic, ...]:
    source, found = source_from_bytes("x.yaml", data)
    return found if source is None else diagnose(source, SharedLists())


@pytest.mark.parametrize("name", CORPUS)
def test_r22_hostile_bytes_are_answered_with_a_place(name: str) -> None:
    """No exception, no waiting, and the author is told where."""
    data, code, place = CORPUS[name]
    with within(SECONDS):
        found = _answer(data)
    assert (code, Position(*place)) in {(one.code, one.span.start) for one in found}


def test_r22_lone_surrogates_in_a_text_are_answered() -> None:
    """A str can hold what no file can."""
    (found,) = diagnose(Source("x.yaml", "a: \ud800"), SharedLists())

    assert ("forbidden-character", "U+D800") == (found.code, found.values["character"])


def test_r22_a_text_of_50_megabytes_is_answered() -> None:
    """The limit holds for a str as for bytes."""
    (found,) = diagnose(Source("x.yaml", "ä" * 50_000_000), SharedLists())

    assert found.code == "file-too-large"


def test_a_text_just_under_the_limit_is_read() -> None:
    """One MiB is allowed."""
    text = "procedure: x\n# " + "x" * (MAX_BYTES - 15)

    assert {"missing-key"} == {one.code for one in _answer(text.encode())}


@pytest.mark.parametrize("times", [1, 19, 500])
def test_many_mistakes_on_many_lines_stay_quick(times: int) -> None:
    """Mending is bounded, too."""
    with within(SECONDS):
        found = _answer(b"procedure: x\n" + b"title: a: b\n" * times + b"- x\n" * 90_000)
    assert "colon-in-unquoted-text" in {one.code for one in found}
