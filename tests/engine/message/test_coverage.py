from textwrap import indent

import pytest

from engine.load import load, read_lists
from engine.message.coverage import coverage
from engine.message.shape import places
from engine.source import Source
from tests.engine.made import HEAD, ONE_PAGE
from tests.engine.message.sample import MUSTER

TEXT = HEAD + ONE_PAGE + "      - {field: name, type: name, label: Name}\n"
OUTPUT = "outputs:\n  xoev:\n    standard: muster\n    version: '1.0'\n    message: muster.0001\n"


def _covered(mapping: str) -> tuple[list[str], list[str]]:
    text = f"{TEXT}{OUTPUT}    map:\n{indent(mapping, ' ' * 6)}"
    procedure, _ = load(Source("x.yaml", text), read_lists(())[0])
    assert procedure is not None
    output = procedure.outputs.xoev
    assert output is not None
    found = coverage(MUSTER, output.tree)
    return list(found.mapped), list(found.unmapped)


def test_what_is_left_alone_is_told_by_its_topmost_element() -> None:
    """Nothing inside of it is listed; required elements are not either."""
    mapped, left = _covered("kennung: name\nperson: {name: name}\n")
    assert mapped == ["kennung", "person", "person/name"]
    people = ["person/spitzname", "person/geburt", "person/anschrift"]
    assert left[:5] == ["art", *people, "zeugen"]
    assert not any(one.startswith("zeugen/") for one in left)


@pytest.mark.parametrize(
    "content",
    [
        "{$each: name, $limit: 1, name: item, spitzname: item}",
        '{$choose: [{$when: name = "x", name: name}, {name: name, spitzname: name}]}',
        "[{name: name}, {name: name, spitzname: name}]",
        '{$document: "*", name: document.title, spitzname: document.name}',
    ],
)
def test_all_contents_of_an_element_count_together(content: str) -> None:
    """An element that one branch writes is mapped."""
    mapped, left = _covered(f"kennung: name\nperson: {content}\n")
    assert "person/spitzname" in mapped
    assert "person/spitzname" not in left


def test_marks_that_say_that_nothing_is_known_are_not_missed() -> None:
    """`unbekannt` is no information that a field could give; the other alternative is."""
    _, left = _covered("kennung: name\nperson: {name: name, geburt: {unbekannt: 'true'}}\n")
    assert "person/geburt/tag" in left
    _, left = _covered("kennung: name\nperson: {name: name, geburt: {tag: name}}\n")
    assert not any("unbekannt" in one for one in left)


def test_places_are_told_in_message_order() -> None:
    """Parents before their children."""
    paths = [path for path, _ in places(MUSTER)]
    assert paths[:5] == ["kennung", "art", "person", "person/name", "person/spitzname"]
