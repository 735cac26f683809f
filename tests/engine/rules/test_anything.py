"""Whatever is written, there is a value or a diagnostic: rules put together without any sense."""

import random
import warnings
from datetime import date
from typing import Any

import pytest

from engine.rules import FUNCTIONS, compile_expression
from engine.rules.lines import answer
from tests.engine.rules.asking import SCOPE, complaints, typed

ATOMS = [
    "1", "2.5", "-3", '"a"', "true", "null", '@"2020-02-29"', '@"P1Y"', 'duration("P30D")', "[]",
    "[1, 2, 3]", "[null]", '[1, "a"]', "[true]", "a", "n", "ja", "d", "geburt", "monate", "titel",
    "zahlen", "kinder", "kinder.alter", "anschrift", "anschrift.plz", "stichtag", "item", "e",
    "[1..3]", "1e30", 'date("-2020-01-01")',
]  # fmt: skip
NUMBER = {"type": "number", "value": "5"}
INPUTS: dict[str, Any] = {
    "n": NUMBER,
    "a": {"type": "string", "value": "a"},
    "ja": {"type": "boolean", "value": True},
    "d": {"type": "date", "value": "2020-05-05"},
    "e": {"type": "null"},
    "zahlen": {"type": "list", "value": [NUMBER, {"type": "null"}]},
    "kinder": {"type": "list", "value": [{"type": "context", "value": {"alter": NUMBER}}]},
    "anschrift": {"type": "context", "value": {"plz": {"type": "string", "value": "01067"}}},
}


def made(chance: random.Random, depth: int) -> str:
    """Put a rule together without looking at types."""
    if depth <= 0:
        return chance.choice(ATOMS)
    one, two, three = (made(chance, depth - 1) for _ in range(3))
    function = FUNCTIONS[chance.choice(list(FUNCTIONS))]
    count = len(chance.choice(function.signatures).parameters)
    arguments = ", ".join((one, two, three)[:count])
    return chance.choice(
        [
            f"({one} {chance.choice('+-*/')} {two})",
            f"({one} {chance.choice(['=', '!=', '<', '>='])} {two})",
            f"({one} {chance.choice(['and', 'or'])} {two})",
            f"({one} in ({chance.choice(['', '<', '>=', '='])} {two}, {three}))",
            f"({one} in [{two}..{three}))",
            f"(if {one} then {two} else {three})",
            f"(some i in {one} satisfies {two})",
            f"(for i in {one} return i)",
            f"{one}[{two}]",
            f"({one} between {two} and {three})",
            f"[{one}, {two}]",
            f"{one}.{chance.choice(['year', 'alter', 'months'])}",
            f"{function.name}({arguments})",
            f"{function.name}({arguments})",
        ]
    )


@pytest.mark.parametrize("seed", range(20))
def test_no_rule_breaks_the_language(seed: int) -> None:
    """Checked and run as foreign FEEL, checked and compiled as a definition has it."""
    chance = random.Random(seed)  # noqa: S311  # the same rules every time
    with warnings.catch_warnings():
        warnings.simplefilter("error")  # Python's own doubts about generated code count too
        for _ in range(100):
            text = made(chance, chance.randrange(1, 4))

            said = answer({"expression": text, "inputs": INPUTS})

            assert said.keys() in ({"value"}, {"error"}), text
            if not any(one.severity == "error" for one in complaints(text)):
                compile_expression(typed(text, SCOPE))({"stichtag": date(2026, 11, 23)})
