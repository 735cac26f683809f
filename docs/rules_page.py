"""Writes docs/rules.md: every function of the rule language, from the tables in the code.

./run python docs/rules_page.py

The examples are the first case of each file in tests/engine/rules/cases, so each is a test.
"""

import re
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from engine.rules.functions import FUNCTIONS, Function  # noqa: E402  the folder must be importable
from engine.rules.functions.dates import DATES, PERIODS  # noqa: E402
from engine.rules.functions.lists import LISTS  # noqa: E402
from engine.rules.functions.numbers import NUMBERS  # noqa: E402
from engine.rules.functions.signature import Parameter, Signature  # noqa: E402
from engine.rules.functions.texts import TEXTS  # noqa: E402
from engine.rules.runtime.budget import MAX_ITEMS, MAX_STEPS, MAX_TEXT  # noqa: E402
from engine.rules.types import NULL, ListOf, Type, family, plain  # noqa: E402
from engine.rules.words import LEFT_OUT  # noqa: E402

_PLAIN = re.compile(r"-?[0-9][0-9.-]*|-?P[0-9].*")  # numbers, dates, durations
CASES = ROOT / "tests" / "engine" / "rules" / "cases"
SECTIONS: tuple[tuple[str, tuple[Function, ...]], ...] = (
    ("Deadlines and ages", PERIODS),
    ("Dates and durations", DATES),
    ("Numbers", NUMBERS),
    ("Lists and yes/no", LISTS),
    ("Texts", TEXTS),
)
WORDS = {
    "yes_no": "yes/no",
    "partial_date": "partly known date",
    "months": "duration of months",
    "days": "duration of days",
    "any": "anything",
    "null": "nothing",
}

HEAD = """\
# The language of rules

Made by `./run python docs/rules_page.py` from the tables in the code; a test keeps it true. Every
example is a test, too (`tests/engine/rules/cases`).

Rules are FEEL, the expression language of DMN, as a typed subset that can be proved: no clock, no
recursion, every rule ends. What FEEL would silently answer with null is an error or a warning here,
with the field named and with a fix to type (`vordruck explain CODE`).

## What there is

| | |
|---|---|
| comparisons | `=` `!=` `<` `<=` `>` `>=`, `x in ("a", "b")`, `x in [1..10]`, `x in (< 5, > 9)`, \
`x between 1 and 5` |
| logic | `and`, `or`, `not(…)`: true, false, or undecided where an answer is missing |
| numbers | `+` `-` `*`, and `/` inside a rounding function; 34 decimal digits, halves to even |
| dates | `date ± duration`, `date - date` (days), `.year` `.month` `.day` |
| durations | `duration("P5Y")`, `duration("P3M")` are months; `duration("P30D")` is days; \
the two never compare |
| choice | `if … then … else …` |
| groups | `some k in kinder satisfies …`, `every …`, `for k in kinder return …`, \
`kinder[item.alter < 18]`, `kinder.alter` |
| cells of tables | `-`, `"a", "b"`, `< 5`, `[1..3]`, `not("a")`, `angegeben`, `null` |
| names | `feld`, `anschrift.plz`, `setting.frist`, `stichtag` (the day of the decision), \
`authority.district` (list of postcodes, if the head has one) |
| the law of another day | `wert am(setting.mindestlohn, beginn)`: the value in force on that day; \
`setting.mindestlohn` is that of `stichtag` |

An unanswered or hidden question is null. `angegeben(x)` asks whether there is an answer. A
condition shows a question, requires an answer or lets a rule hit only if it is true; an error check
refuses only if its condition is false.

## Deadlines

`start + duration <= day` is a day early for starts on 29 February, so it is warned about.

| the law counts | write |
|---|---|
| the first day (§ 187 Abs. 2 BGB: "seit fünf Jahren") | `volle frist(start, dauer, stichtag)` |
| from the day after an event (§ 187 Abs. 1) | `frist nach ereignis(ereignis, dauer, stichtag)` |
| on which day it is reached | `frist ende(start, dauer)` |

## Decision tables

| `hit_policy` | DMN | several rules hit | none hits |
|---|---|---|---|
| `unique` | U | no value; the proofs show where that can be | `otherwise`, else no value |
| `any` | A | the value, if they agree | `otherwise`, else no value |
| `first` | F | the first | `otherwise`, else no value |
| `rule_order`, `collect` | R, C | the list of all | the list of `otherwise`, else an empty list |
| `collect_sum`, `collect_min`, `collect_max` | C+, C<, C> | sum, least, greatest | `otherwise`, \
else no value |
| `collect_count` | C# | how many | 0 |

P and O of DMN are read as F and R with the rows sorted by priority.
"""

LIMITS = f"""\
## Limits

A rule has at most 4,000 characters, 2,000 parts and 64 levels. It takes at most {MAX_STEPS:,} steps
in loops inside loops, lists have at most {MAX_ITEMS:,} elements and texts {MAX_TEXT:,} characters:
what could go beyond with full groups is refused (`rule-may-run-long`). Patterns run in linear time.
"""


def page() -> str:
    """The whole page."""
    parts = [HEAD, "## Functions\n"]
    for title, functions in SECTIONS:
        parts.append(f"### {title}\n")
        parts.append("| function | gives | | example |\n|---|---|---|---|")
        parts.append("\n".join(map(_row, functions)) + "\n")
    parts += [_left_out(), LIMITS]
    return "\n".join(parts)


def _row(one: Function) -> str:
    calls = "<br>".join(dict.fromkeys(f"`{_call(one, it)}`" for it in _signatures(one)))
    says = f"{one.says['de']}<br>{one.says['en']}"
    gives = " / ".join(dict.fromkeys(map(_result, one.signatures)))
    return f"| {calls} | {gives} | {says} | {_example(one)} |".replace("…|", "… |")


def _signatures(one: Function) -> Iterable[Signature]:
    """`min` and `max` take a list of any one type: shown once."""
    return one.signatures[:1] if one.signatures[0].parameters[0].many else one.signatures


def _call(one: Function, signature: Signature) -> str:
    return f"{one.name}({', '.join(map(_parameter, signature.parameters))})"


def _parameter(one: Parameter) -> str:
    if one.many:
        return f"{one.name}, or its elements one by one"
    kinds = " or ".join(dict.fromkeys(_word(kind) for kind in one.types if kind != NULL))
    text = f"{one.name}: {kinds}"
    return f"[{text}]" if one.optional else text


def _result(signature: Signature) -> str:
    if not callable(signature.result):
        return _word(signature.result)
    first = signature.parameters[0]
    if len(first.types) > 1:
        return "as given"
    given: Type = ListOf(first.types[0]) if first.many else first.types[0]
    return _word(signature.result([given]))


def _word(kind: Type) -> str:
    kind = plain(kind)
    if isinstance(kind, ListOf):
        return "list" if family(kind.item) in ("any", "list") else f"list of {_word(kind.item)}"
    return WORDS.get(family(kind), family(kind))


def _example(one: Function) -> str:
    cases = yaml.safe_load((CASES / f"{one.name.replace(' ', '_')}.yaml").read_text("utf-8"))
    first = next(case for case in cases if "expects" in case)
    names = ", ".join(f"{name} = {_value(value)}" for name, value in first.get("given", {}).items())
    text = f"`{first['expression']}` is {_value(first['expects'])}"
    return (f"{text}, where {names}" if names else text).replace("|", "\\|")


def _value(value: Any) -> str:
    match value:
        case None:
            return "null"
        case bool():
            return "true" if value else "false"
        case list():
            return f"[{', '.join(map(_value, value))}]"
        case Mapping():
            return "{" + ", ".join(f"{key}: {_value(one)}" for key, one in value.items()) + "}"
        case str() if not _PLAIN.fullmatch(value):
            return f'"{value}"'
        case _:
            return str(value)


def _left_out() -> str:
    lines = ["## What FEEL has and rules have not", ""]
    lines.append("Refused by name, because it cannot be repeated, proved or bounded.")
    lines += ["", "| FEEL | instead |", "|---|---|"]
    lines += [f"| `{name}(…)` | {f'`{use}`' if use else ''} |" for name, use in LEFT_OUT.items()]
    lines += [
        "| `**` | `… * …` |",
        "| `x not in (…)` | `not(x in (…))` |",
        "| `x instance of …` | types are known before; `angegeben(x)` |",
        "| `{…}`, `function(…)` | `computed:` and `decision:` give names |",
        '| times, `@"2026-01-01T10:00:00"` | dates |',
        "| `liste[1]` | `liste[item.… = …]` |",
        "",
    ]
    return "\n".join(lines)


assert {one.name for _, functions in SECTIONS for one in functions} == set(FUNCTIONS)  # noqa: S101

if __name__ == "__main__":
    (ROOT / "docs" / "rules.md").write_text(page(), "utf-8")
