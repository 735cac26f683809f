import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.answers import flatten, unflatten

_NAMES = st.sampled_from(["a", "b", "kinder", "straße", "x_1"])
_LEAVES = st.one_of(st.text(max_size=5), st.booleans(), st.just(["rot", "blau"]))
_ROWS = st.lists(st.dictionaries(_NAMES, _LEAVES, min_size=1, max_size=3), min_size=1, max_size=3)
_ANSWERS = st.dictionaries(
    _NAMES,
    st.one_of(_LEAVES, _ROWS, st.dictionaries(_NAMES, st.text(max_size=3), min_size=1, max_size=3)),
    max_size=5,
)


@given(_ANSWERS)
def test_nested_answers_survive_being_flat(answers: dict[str, object]) -> None:
    """A form sends flat paths; nothing gets lost on the way there and back."""
    assert unflatten(flatten(answers)) == answers


def test_paths_name_rows_and_parts() -> None:
    """Groups, groups inside, lines of an address."""
    nested = {"k": [{"v": "x", "g": [{"z": "1"}]}, {"v": "y"}], "an": {"plz": "1"}, "l": ["a"]}

    assert flatten(nested) == {
        "k[0].v": "x", "k[0].g[0].z": "1", "k[1].v": "y", "an.plz": "1", "l": ["a"],
    }  # fmt: skip


def test_missing_rows_close_up() -> None:
    """A row that was taken away in the browser leaves no empty one behind."""
    assert unflatten({"k[7].v": "b", "k[2].v": "a"}) == {"k": [{"v": "a"}, {"v": "b"}]}


@pytest.mark.parametrize(
    "path", ["k[0]", "k[", "k[x].v", "", ".", "a..b", "k[99999].v", "k[1000].v", "a.b.c.d.e",
             "k[-1].v", "k[١].v", "k[0][1].v"],
)  # fmt: skip
def test_r35_what_is_no_path_stays_a_key(path: str) -> None:
    """R35: so that it is dropped, and logged, like every other key nobody asked for."""
    assert unflatten({path: "x"}) == {path: "x"}


def test_contradicting_paths_do_not_fail() -> None:
    """`a` cannot be a text and an address at once; the second one stays a key."""
    assert unflatten({"a": "x", "a.b": "y"}) == {"a": "x", "a.b": "y"}
    assert unflatten({"a[0].b": "x", "a.b": "y"}) == {"a": [{"b": "x"}], "a.b": "y"}
