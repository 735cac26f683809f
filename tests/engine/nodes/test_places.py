"""Every character of a value is found again in the file."""

import doctest

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from engine.nodes import Mapping, Scalar, Style, place, places, read_nodes
from engine.source import Position, Source

LETTERS = "abäöé:x '\"#,-{}[]ß日"


def _value(text: str) -> tuple[str, Scalar]:
    node, found = read_nodes(Source("x.yaml", text))
    assert found == ()
    assert isinstance(node, Mapping)
    value = node.entries[-1].value
    assert isinstance(value, Scalar)
    return text, value


def _at(text: str, position: Position) -> str:
    return text.split("\n")[position.line - 1][position.column - 1 : position.column]


@pytest.mark.parametrize(
    ("text", "style"),
    [
        ("k: abc def", Style.PLAIN),
        ("k: abc\n  def ghi\n  jkl", Style.PLAIN),
        ("k: 'it''s a ''b'''", Style.SINGLE),
        ("k: 'one\n  two ''x'''", Style.SINGLE),
        ('k: "plain double"', Style.DOUBLE),
        ('k: "a \\"b\\" \\\\ c"', Style.DOUBLE),
        ("k: |\n  one\n    two\n\n  three", Style.LITERAL),
        ("k: |2\n   one\n  two", Style.LITERAL),
        ("k: >\n  one\n  two\n\n  three", Style.FOLDED),
        ("k: >-\n  one and\n  two", Style.FOLDED),
        ("- {a: 1}\n- {a: x y, b: zz}"[9:], Style.PLAIN),
    ],
)
def test_every_visible_character_is_found(text: str, style: Style) -> None:
    """Quotes doubled, lines folded, blocks indented: the caret stands under the right letter."""
    if text.startswith("- "):
        text = text.removeprefix("- ")
    written, scalar = _value(text)

    assert scalar.style is style
    for offset, letter in enumerate(scalar.text):
        if not letter.isspace():
            found = place(scalar, offset, offset + 1)
            expected = "'" if letter == "'" else letter
            at = _at(written, found.start)
            assert expected == at or (at == "\\" and letter in '"\\')


def test_an_escape_makes_the_whole_value_the_place() -> None:
    """What `\\u00e4` stands for has no character of its own in the file."""
    _, scalar = _value('k: "a\\u00e4b"')

    assert scalar.span == place(scalar, 2, 3)


def test_a_place_may_span_lines() -> None:
    """A rule that was folded over two lines is underlined from its first word."""
    _, scalar = _value("k: >\n  one and\n  two")

    found = place(scalar, 4, 11)

    assert (Position(2, 7), Position(3, 6)) == (found.start, found.end)


def test_offsets_outside_of_the_text_name_the_whole_value() -> None:
    """A mistake in our arithmetic must not become an exception for the author."""
    _, scalar = _value("k: abc")

    assert scalar.span == place(scalar, 2, 99)


@given(st.text(LETTERS, min_size=1, max_size=30))
def test_single_quoted_texts_are_exact(text: str) -> None:
    """Whatever stands in single quotes, each of its characters has its own place."""
    written = "k: '" + text.replace("'", "''") + "'"
    _, scalar = _value(written)

    assert text == scalar.text
    for offset, letter in enumerate(text):
        if letter != " ":
            assert letter == _at(written, place(scalar, offset, offset + 1).start)


@given(st.lists(st.text("abc ä", min_size=1, max_size=8), min_size=1, max_size=6))
def test_literal_blocks_are_exact(lines: list[str]) -> None:
    """Line and indentation are added back."""
    written = "k: |-\n" + "\n".join("    x" + line for line in lines)
    _, scalar = _value(written)

    for offset, letter in enumerate(scalar.text):
        if not letter.isspace():
            assert letter == _at(written, place(scalar, offset, offset + 1).start)


def test_the_example_in_the_code_is_true() -> None:
    """The docstring of `place` runs."""
    assert doctest.testmod(places).failed == 0


def test_values_are_what_yaml_says() -> None:
    """Only types are left out: the text of each scalar is PyYAML's own."""
    text = "a: 'x''y'\nb: >\n  p\n  q\nc: no\nd: 01067\n"

    node, _ = read_nodes(Source("x.yaml", text))

    assert isinstance(node, Mapping)
    ours = {entry.key.text: getattr(entry.value, "text", None) for entry in node.entries}
    assert yaml.load(text, yaml.BaseLoader) == ours  # noqa: S506  (BaseLoader makes only texts)
