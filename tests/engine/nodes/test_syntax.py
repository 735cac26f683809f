"""What authors really type, and what they are told about it."""

import pytest

from engine import SharedLists, apply_fixes, diagnose
from engine.nodes import read_nodes
from engine.source import Source

TABLE = {
    "label: Hinweis: Bitte": ("colon-in-unquoted-text", 1, 15, 'label: "Hinweis: Bitte"'),
    'label: Der "Ort": hier': ("colon-in-unquoted-text", 1, 17, "label: 'Der \"Ort\": hier'"),
    "label: a: b  # Rest": ("colon-in-unquoted-text", 1, 9, 'label: "a: b"  # Rest'),
    "- {x: b: d}": ("colon-in-unquoted-text", 1, 8, None),
    "b: Foo\n  c: x": ("wrong-indentation", 2, 3, None),
    "a:\n    b: Foo\n  c: x": ("wrong-indentation", 3, 3, None),
    "a:\n  - x\n - y": ("wrong-indentation", 3, 2, None),
    'a: "foo" bar': ("text-after-quote", 1, 10, "a: '\"foo\" bar'"),
    "a: 'foo' bar": ("text-after-quote", 1, 10, "a: \"'foo' bar\""),
    "a: {x} and y": ("text-after-bracket", 1, 8, 'a: "{x} and y"'),
    "a: [1..10] and x": ("text-after-bracket", 1, 12, 'a: "[1..10] and x"'),
    "a: 1\nlabel\nb: 2": ("missing-colon", 2, 1, None),
    'a: "foo\nb: 1': ("unclosed-quote", 1, 4, None),
    "a: 'foo\nb: 'x'": ("unclosed-quote", 1, 4, None),
    "a: [1, 2\nb: 3": ("unclosed-bracket", 1, 4, None),
    "a: {x: 1\nb: 3": ("unclosed-bracket", 1, 4, None),
    "a: @foo": ("special-character-first", 1, 4, 'a: "@foo"'),
    "a: `foo`": ("special-character-first", 1, 4, 'a: "`foo`"'),
    "a: %foo": ("special-character-first", 1, 4, 'a: "%foo"'),
    "a: >= 3": ("special-character-first", 1, 4, 'a: ">= 3"'),
    "a: *": ("special-character-first", 1, 4, 'a: "*"'),
    "a: - x": ("special-character-first", 1, 4, 'a: "- x"'),
    "a: {b: @c, d: e}": ("special-character-first", 1, 8, 'a: {b: "@c", d: e}'),
    'a: "\\d+"': ("unknown-escape", 1, 5, None),
    "a: *foo": ("yaml-alias", 1, 4, None),
    '"x" foo': ("several-documents", 1, 5, None),
}


@pytest.mark.parametrize("text", TABLE)
def test_the_complaint_is_in_the_author_s_words(text: str) -> None:
    """Code, place and, where it is certain, the finished line."""
    code, line, column, mended = TABLE[text]
    source = Source("x.yaml", text + "\n")

    _, found = read_nodes(source)

    first = found[0]
    assert (code, line, column) == (first.code, first.span.start.line, first.span.start.column)
    assert (mended or text) + "\n" == apply_fixes(source, found[:1])


@pytest.mark.parametrize("text", [text for text, row in TABLE.items() if row[3]])
def test_a_mended_text_can_be_read(text: str) -> None:
    """A fix that does not fix would be worse than none."""
    source = Source("x.yaml", text + "\n")
    _, found = read_nodes(source)

    node, left = read_nodes(Source("x.yaml", apply_fixes(source, found)))

    assert () == left
    assert node is not None


def test_one_run_shows_mistakes_behind_a_mistake_of_yaml() -> None:
    """A colon in a text hides nothing of what comes after it, and moves no place."""
    text = "procedure: x\ntitle: Hallo: Welt\nsummary: {a: @b, c: `d`}\nversionn: 1\n"

    found = diagnose(Source("x.yaml", text), SharedLists())

    assert [
        ("missing-key", 1, 1),
        ("colon-in-unquoted-text", 2, 13),
        ("special-character-first", 3, 14),
        ("special-character-first", 3, 21),
    ] == [
        (one.code, one.span.start.line, one.span.start.column)
        for one in found
        if one.code.endswith(("first", "text"))
        or (one.code == "missing-key" and one.values["key"] == "pages")
    ]
    assert ("unknown-key", 4) in {(one.code, one.span.start.line) for one in found}


def test_crlf_counts_as_one_line_break() -> None:
    """Files from Windows have the same lines and columns."""
    _, found = read_nodes(Source("x.yaml", "a: 1\r\nb: x: y\r\n"))

    assert [(2, 5)] == [(one.span.start.line, one.span.start.column) for one in found]
