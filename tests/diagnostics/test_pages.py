"""Every page of `engine/codes` is true: wrong examples are wrong as they say, right ones right."""

from importlib import resources

import pytest
from _pytest.mark.structures import ParameterSet

from engine.diagnostics import Severity
from tests.diagnostics.fragments import Example, diagnose, examples, wrap

PAGES = {
    file.name.removesuffix(".md"): file.read_text("utf-8")
    for file in sorted(resources.files("engine.codes").iterdir(), key=lambda one: one.name)
    if file.name.endswith(".md")
}
# What cannot be shown in a few lines of YAML is tested in tests/engine/nodes, /load and /check.
WITHOUT_EXAMPLE = frozenset(
    {
        "byte-order-mark",
        "cases-of-another",
        "empty-file",
        "file-too-large",
        "forbidden-character",
        "nested-too-deeply",
        "not-utf-8",
        "rule-too-long",
        "too-many-parts",
        "too-many-rules",
        "too-many-values",
        "translation-incomplete",
        "translation-links-differ",
        "translation-places-differ",
        "translation-unreadable",
        "unreadable-yaml",
    }
)


def _cases(is_error: bool) -> list[ParameterSet]:
    return [
        pytest.param(code, example, id=f"{code}-{number}")
        for code, page in PAGES.items()
        for number, example in enumerate(examples(page), 1)
        if example.is_error is is_error
    ]


@pytest.mark.parametrize(("code", "example"), _cases(True))
def test_a_wrong_example_is_wrong_where_it_says(code: str, example: Example) -> None:
    """The marked codes are found at the marked lines, and no other error anywhere."""
    text, before = wrap(example.text)

    found = {(one.span.start.line - before, str(one.severity), one.code) for one in diagnose(text)}

    expected = example.expected()
    assert code in {name for _, _, name in expected}
    assert expected <= found
    assert {one for one in found if one[1] == "error"} <= expected


@pytest.mark.parametrize(("code", "example"), _cases(False))
def test_a_right_example_is_free_of_errors(code: str, example: Example) -> None:
    """What the page recommends passes, and does not bring the same complaint again."""
    text, _ = wrap(example.text)

    found = diagnose(text)

    assert [] == [one for one in found if one.severity is Severity.ERROR]
    assert code not in {one.code for one in found}


@pytest.mark.parametrize("code", PAGES)
def test_a_page_has_a_title_a_reason_and_examples(code: str) -> None:
    """It is the text of `vordruck explain`."""
    lines = PAGES[code].splitlines()
    kinds = {example.is_error for example in examples(PAGES[code])}

    assert lines[0] == f"# {code}"
    assert len(lines[2]) > 20
    assert kinds == (set() if code in WITHOUT_EXAMPLE else {True, False})
