"""Every function and operator gives what its case file says; every function has one."""

from pathlib import Path
from typing import Any

import pytest
import yaml
from _pytest.mark.structures import ParameterSet

from engine.rules import FUNCTIONS
from tests.engine.rules.asking import NAMES, complaints, plain, run, value_of

FOLDER = Path(__file__).parent / "cases"
FILES = {file.stem: yaml.safe_load(file.read_text("utf-8")) for file in FOLDER.glob("*.yaml")}


def _cases(key: str) -> list[ParameterSet]:
    return [
        pytest.param(case, id=f"{stem}: {case.get('name') or case['expression']}")
        for stem, cases in sorted(FILES.items())
        for case in cases
        if key in case
    ]


@pytest.mark.parametrize("case", _cases("expects"))
def test_a_rule_gives_what_is_expected(case: dict[str, Any]) -> None:
    """Names that are not given are unanswered."""
    given = {
        name: value_of(written, NAMES[name]) for name, written in case.get("given", {}).items()
    }

    assert case["expects"] == plain(run(case["expression"], given))


@pytest.mark.parametrize("case", _cases("refused"))
def test_a_rule_is_refused_before_it_runs(case: dict[str, Any]) -> None:
    """With one code that says why."""
    found = [one.code for one in complaints(case["expression"]) if one.severity == "error"]

    assert [case["refused"]] == found


def test_every_function_has_a_case_file() -> None:
    """And every other file is about the operators."""
    functions = {name.replace(" ", "_") for name in FUNCTIONS}

    assert functions | {"operators", "null_logic", "loops", "paths"} == set(FILES)


@pytest.mark.parametrize("name", FUNCTIONS)
def test_every_function_says_what_it_does(name: str) -> None:
    """One line in each language; the reference page is made of them."""
    says = FUNCTIONS[name].says

    assert {"de", "en"} == set(says)
    assert all(10 < len(text) < 100 for text in says.values())
