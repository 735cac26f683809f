"""R25, and limits: nothing an author writes makes the server slow or large."""

import pytest

from engine.check import safety
from engine.fields.patterns import matches
from tests.diagnostics.fragments import diagnose
from tests.engine.load.procedures import HEAD, with_fields
from tests.timing import within

# Patterns that take a backtracking engine longer than anybody waits, with what triggers it.
EXPLOSIVE = (
    ("(a+)+$", "a" * 100_000 + "!"),
    ("([a-zA-Z]+)*$", "a" * 100_000 + "!"),
    ("(a|aa)+$", "a" * 100_000 + "!"),
    ("(a|a?)+$", "a" * 100_000 + "!"),
    ("(.*a){12}$", "a" * 100_000 + "!"),
    ("(\\w+\\s?)+$", "aaaa " * 20_000 + "!"),
    ("^(([a-z])+.)+[A-Z]([a-z])+$", "a" * 100_000),
    ("(x+x+)+y", "x" * 100_000),
)
NOT_LINEAR = ("(?=a)a", "(?!a)b", "(?<=a)b", "(?<!a)b", "(a)\\1", "(?P<n>a)(?P=n)", "(?>a)b")


def _with_pattern(pattern: str) -> str:
    quoted = pattern.replace("'", "''")
    return with_fields(
        "- field: a",
        "  type: text",
        "  label: A",
        f"  pattern: '{quoted}'",
        "  pattern_message: M",
    )


@pytest.mark.parametrize(("pattern", "text"), EXPLOSIVE)
def test_explosive_patterns_are_harmless(pattern: str, text: str) -> None:
    """They are accepted, because RE2 takes time in proportion to the answer."""
    assert [] == [one.code for one in diagnose(_with_pattern(pattern))]
    with within(0.5):
        matches(pattern, text)


@pytest.mark.parametrize("pattern", NOT_LINEAR)
def test_look_around_and_back_references_are_refused(pattern: str) -> None:
    """No linear engine has them."""
    assert ["pattern-not-linear"] == [one.code for one in diagnose(_with_pattern(pattern))]


@pytest.mark.parametrize("pattern", ["[a", "a{2,1}", "(", "a{1001}", "\\p{Foo}", "*a"])
def test_what_is_no_pattern_is_refused(pattern: str) -> None:
    """With the words of the engine that would have to run it."""
    (found,) = diagnose(_with_pattern(pattern))

    assert "wrong-pattern" == found.code
    assert found.values["found"]


def test_too_many_fields_are_refused() -> None:
    """A form of two thousand questions is no form."""
    lines = [f"- {{field: f{n}, type: text, label: L{n}}}" for n in range(safety.MAX_FIELDS + 1)]

    found = [one for one in diagnose(with_fields(*lines)) if one.code == "too-many-parts"]

    assert ["fields"] == [one.values["key"] for one in found]


def test_too_many_options_are_refused() -> None:
    """A list of that size belongs in a register."""
    options = ", ".join(f"v{n}: L" for n in range(5_001))

    found = diagnose(with_fields(f"- {{field: f, type: choice, label: L, options: {{{options}}}}}"))

    assert "too-many-parts" in {one.code for one in found}


def test_r27_a_definition_names_nothing_that_is_opened() -> None:
    """R27: keys for addresses, paths or modules do not exist at any level."""
    for key in ("include", "import", "extends", "url", "file", "module", "env", "template"):
        found = diagnose(HEAD + f"{key}: /etc/passwd\n")

        assert ("unknown-key", key) in {(one.code, one.values.get("key")) for one in found}
