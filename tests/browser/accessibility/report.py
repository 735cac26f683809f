"""What the campaign found, for the accessibility statement and for docs/accessibility.md."""

import json
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Final

from tests.browser.accessibility.axe import DECISIONS
from tests.browser.accessibility.modes import MODES
from tests.browser.accessibility.mutants import FURTHER, PLANNED
from tests.browser.accessibility.pages import PORTAL, PROCEDURE

ROOT: Final = Path(__file__).resolve().parents[3]
LOG: Final = ROOT / "data" / "accessibility.jsonl"
RESULTS: Final = ROOT / "portal" / "start" / "accessibility.json"
PAGE: Final = ROOT / "docs" / "accessibility.md"

# What no program has decided yet: it is told in the statement until somebody has.
OPEN: Final = ("no-outside-test", "machine-translations", "no-sign-language")
# German on a page of another language: a text that is not translated yet.
_UNTRANSLATED: Final = "foreign-part: "

Parts = Sequence[Mapping[str, object]]


def write(log: Path, day: date) -> int:
    """Both files; the exit code says whether everything held."""
    parts = _latest(log)
    results = summary(parts, day)
    RESULTS.write_text(json.dumps(results, indent=2, ensure_ascii=False) + "\n", "utf-8")
    PAGE.write_text(page(results, parts), "utf-8")
    return 1 if results["findings"] else 0


def _latest(log: Path) -> list[dict[str, object]]:
    """The last walk of each procedure and language."""
    found: dict[tuple[object, object], dict[str, object]] = {}
    for line in log.read_text("utf-8").splitlines():
        part = json.loads(line)
        found[part["procedure"], part["language"]] = part
    return list(found.values())


def summary(parts: Parts, day: date) -> dict[str, object]:
    """The numbers that the statement tells."""
    found = [one for part in parts for one in _list(part, "found")]
    untranslated = [one for one in found if _UNTRANSLATED in one]
    languages = list(dict.fromkeys(str(one["language"]) for one in parts))
    procedures = list(dict.fromkeys(str(one["procedure"]) for one in parts if one["procedure"]))
    return {
        "tested_on": day.isoformat(),
        "standard": "WCAG 2.2 AA",
        "languages": languages,
        "languages_in_all_modes": [
            language
            for language in languages
            if all(one["in_all_modes"] for one in parts if one["language"] == language)
        ],
        "procedures": procedures,
        "modes": [str(one) for one in MODES],
        "kinds_of_pages": len(PORTAL) + len(PROCEDURE),
        "states": sum(_number(one, "states") for one in parts),
        "axe_runs": sum(_number(one, "runs") for one in parts),
        "findings": len(found) - len(untranslated),
        "undecided": sorted({rule for one in parts for rule in _list(one, "undecided")}),
        "seeded_faults": len(PLANNED),
        "further_faults": len(FURTHER),
        "open": [*OPEN, *(["untranslated"] if untranslated else [])],
    }


def _number(part: Mapping[str, object], key: str) -> int:
    value = part[key]
    assert isinstance(value, int)
    return value


def _list(part: Mapping[str, object], key: str) -> list[str]:
    value = part[key]
    assert isinstance(value, list)
    return value


def page(results: Mapping[str, object], parts: Parts) -> str:
    """The page for developers: what was looked at, what was found, what was decided."""
    lines = [
        "# Accessibility",
        "",
        "Written by `./run python -m tests.browser.accessibility.campaign`; how it works is told"
        " at the end.",
        "",
        f"Last campaign: {results['tested_on']}. {results['states']} states of pages,"
        f" {results['axe_runs']} runs of axe-core, **{results['findings']} findings**. There are"
        f" {len(MODES)} modes: light, dark and forced colours, each 1280 px and 320 px wide. Pages"
        f" were looked at in all of them in these languages: {_all_modes(results)}. Where the table"
        " says 2, it was the first mode and, in turn, one more.",
        "",
        "| language | procedure | states | modes | runs of axe | findings |",
        "|---|---|---|---|---|---|",
        *(
            f"| {one['language']} | {one['procedure'] or '(pages around all procedures)'}"
            f" | {one['states']} | {len(MODES) if one['in_all_modes'] else 2}"
            f" | {one['runs']} | {len(_list(one, 'found'))} |"
            for one in parts
        ),
        "",
        *_findings(parts),
        "## What axe leaves to people",
        "",
        *(f"- `{rule}`: {DECISIONS.get(rule, '**open**')}" for rule in _list(results, "undecided")),
        *(["Nothing on any page."] if not results["undecided"] else []),
        "",
        *_METHOD,
    ]
    return "\n".join(lines)


def _all_modes(results: Mapping[str, object]) -> str:
    return ", ".join(_list(results, "languages_in_all_modes"))


def _findings(parts: Parts) -> list[str]:
    told = [
        f"- {one['language']} {one['procedure']}: {what}"
        for one in parts
        for what in _list(one, "found")
    ]
    return ["## Findings", "", *told, ""] if told else []


_METHOD: Final = f"""## How pages are looked at

- `tests/browser/accessibility/pages.py` is the table of pages: a new page is one line there.
- axe-core with the tags of WCAG 2.0, 2.1 and 2.2 A and AA and best practice. In German all of it in
  every mode; in other languages all of it in the first mode, and in the others the rules whose
  answer depends on colours and sizes. The page behind a theme is the same.
- What axe does not see: `lint.js` (names, groups, errors and their links, the error summary,
  language of parts, landmarks, right-to-left numbers, clicks without a keyboard),
  `keyboard.py` (order, traps, focus measured on the difference of two pictures: 2 px around the
  control with a contrast of 3:1), `layout.py` (320 px, 200 % text, text spacing, forced colours).
- Every check has failed on a seeded fault: {len(PLANNED)} of {len(PLANNED)} faults of the plan, and
  {len(FURTHER)} more, in `mutants.py`. CI puts them in anew each time.
- CI looks at every page of every procedure in one language and mode (of the questions of long forms
  at a third), and at every kind of page in each language, in German and Arabic in every theme and
  width (`test_sample.py`); the names that screen readers get are kept in
  `names/` and reviewed like code; every procedure is gone through by keyboard alone and without
  scripts.

Not done by a program, and open: a test by independent people, screen readers with people who use
them, and at least six participants with access needs.
""".splitlines()
