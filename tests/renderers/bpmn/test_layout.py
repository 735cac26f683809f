"""The picture can be read: nothing lies on anything else, and every line leads to one place."""

from collections.abc import Iterator
from itertools import combinations, pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.model_parts import Text
from engine.model_process import Flow, Process, Role, Step
from engine.source import whole_file
from renderers.bpmn import Which
from renderers.bpmn.graph import graph_of
from renderers.bpmn.layout import Box, Layout, Line, lay_out
from renderers.bpmn.wrapping import lines_of, width_of
from tests.renderers.bpmn.test_bpmn import BOTH, NAMES, process_of, steps_of

_SPAN = whole_file("made.yaml")
_KINDS = ("user", "exclusive", "parallel", "timer", "message", "send")


def _apart(one: Box, other: Box) -> bool:
    return (
        one.x + one.width <= other.x
        or other.x + other.width <= one.x
        or one.y + one.height <= other.y
        or other.y + other.height <= one.y
    )


def _pieces(line: Line) -> Iterator[Box]:
    """Each piece of a line as a rectangle without width."""
    for (x1, y1), (x2, y2) in pairwise(line.points):
        yield Box(min(x1, x2), min(y1, y2), abs(x2 - x1), abs(y2 - y1))


def assert_readable(layout: Layout) -> None:
    """Boxes, titles and labels are apart; no line runs through a box or words."""
    labels = [line.label.box for line in layout.lines if line.label is not None]
    places = [*layout.boxes.values(), *(one.box for one in layout.titles.values()), *labels]
    for one, other in combinations(places, 2):
        assert _apart(one, other), (one, other)
    for line in layout.lines:
        for piece in _pieces(line):
            assert piece.width == 0 or piece.height == 0, line
            for place in places:
                assert not _runs_through(piece, place), (line.source, line.target, place)
    for place in places:
        assert 0 <= place.x, place
        assert place.x + place.width <= layout.width, place
        assert place.y + place.height <= layout.height, place


def _runs_through(piece: Box, place: Box) -> bool:
    return (
        piece.x < place.x + place.width
        and piece.x + piece.width > place.x
        and piece.y < place.y + place.height
        and piece.y + piece.height > place.y
        # A line has no width: on the border it touches, inside it runs through.
        and (piece.width > 0 or place.x < piece.x < place.x + place.width)
        and (piece.height > 0 or place.y < piece.y < place.y + place.height)
    )


def assert_no_line_on_another(layout: Layout) -> None:
    """Lines share a piece only where they leave one step, or arrive at one."""
    for one, other in combinations(layout.lines, 2):
        if one.source == other.source or one.target == other.target:
            continue
        for mine in _pieces(one):
            for theirs in _pieces(other):
                assert not _along(mine, theirs), (one, other)


def _along(one: Box, other: Box) -> bool:
    if one.width == other.width == 0 and one.x == other.x:
        return one.y < other.y + other.height and other.y < one.y + one.height
    if one.height == other.height == 0 and one.y == other.y:
        return one.x < other.x + other.width and other.x < one.x + one.width
    return False


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("which", BOTH)
def test_nothing_lies_on_anything_else(name: str, which: Which) -> None:
    """All eight pictures of the repository."""
    layout = lay_out(graph_of(process_of(name), steps_of(name, which)))

    assert_readable(layout)
    assert_no_line_on_another(layout)


@st.composite
def _processes(draw: st.DrawFn) -> Process:
    """Steps that lead anywhere, also back; every branch has words."""
    count = draw(st.integers(1, 9))
    roles = tuple(Role(f"r{number}", _text(f"Rolle {number}"), _SPAN) for number in range(3))
    words = st.sampled_from(["ja", "nein", "nachgewiesen oder glaubhaft gemacht", "keine Antwort"])
    steps = []
    for number in range(count):
        kind = draw(st.sampled_from(_KINDS))
        most = 3 if kind in ("exclusive", "parallel") else 1
        targets = draw(st.lists(st.integers(0, count - 1), max_size=most, unique=True))
        has_words = kind == "exclusive"
        flows = tuple(
            Flow(f"s{target}", _text(draw(words)) if has_words else None) for target in targets
        )
        title = draw(st.sampled_from(["Prüft", "Kann eingebürgert werden?", "Donau" * 12]))
        role = draw(st.sampled_from(roles)).id
        steps.append(Step(f"s{number}", _text(title), role, kind, flows, None, None, None, _SPAN))
    return Process(roles, (), tuple(steps), _SPAN)


def _text(words: str) -> Text:
    return Text("made", words, _SPAN)


@given(_processes())
def test_whatever_the_author_writes_can_be_read(process: Process) -> None:
    """Loops, several ways back, long words: words and boxes stay free."""
    layout = lay_out(graph_of(process, process.soll))

    assert_readable(layout)
    assert_no_line_on_another(layout)


@given(st.text(st.characters(categories=["L", "P", "Zs"]), max_size=80), st.integers(60, 200))
def test_no_line_is_wider_than_its_place(text: str, width: int) -> None:
    """Long words are divided, and no letter is lost."""
    lines = lines_of(text, width)

    assert all(width_of(line) <= width for line in lines)
    whole = "".join(text.split()).replace("-", "")
    assert whole == "".join("".join(lines).split()).replace("-", "")
