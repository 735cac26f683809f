"""The whole campaign: every page of all procedures, in every language, theme, width and state.

`./run python -m tests.browser.accessibility.campaign` takes half an hour. It writes what the
accessibility statement tells (`portal/start/accessibility.json`) and docs/accessibility.md.
"""

import argparse
import json
import logging
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from playwright.sync_api import Browser
from rich.progress import Progress

from engine.texts.languages import LANGUAGES
from tests.browser.accessibility import report
from tests.browser.accessibility.examine import Examiner
from tests.browser.accessibility.modes import quiet_context
from tests.browser.accessibility.pages import PORTAL, PROCEDURE, Stop
from tests.browser.accessibility.walk import Walk
from tests.browser.serving import Served, serving
from tests.conftest import driving, find_chromium
from tests.portal.complete import plans

THOROUGH = "de"  # the language in which axe runs whole in every mode


@dataclass(slots=True)
class Part:
    """One walk: a procedure in a language, or the pages around all procedures."""

    procedure: str
    language: str
    in_all_modes: bool
    states: int = 0
    runs: int = 0
    found: list[str] = field(default_factory=list)
    undecided: list[str] = field(default_factory=list)


def languages() -> tuple[str, ...]:
    """Those that the product speaks."""
    folder = Path(report.ROOT / "renderers" / "texts")
    return tuple(code for code in LANGUAGES if (folder / f"portal.{code}.po").is_file())


def examine(browser: Browser, served: Served, part: Part) -> None:
    """Go through a procedure; an empty name stands for the pages around all of them."""
    language, procedure = part.language, part.procedure
    examiner = Examiner(in_all_modes=part.in_all_modes, is_thorough=language == THOROUGH)
    context = quiet_context(browser, served.address, language)
    walk = Walk(context.new_page(), procedure or next(iter(plans())), language, served.app)
    try:
        for name in _states(walk, PROCEDURE if procedure else PORTAL):
            part.states += 1
            part.found += [f"{name}: {one}" for one in examiner.everything(walk.page)]
    except Exception as fault:  # a page that cannot be reached is a finding like any other
        part.found.append(f"{walk.page.url}: not reached: {fault!r}"[:600])
    context.close()
    part.runs, part.undecided = examiner.runs, sorted(examiner.undecided)


def _states(walk: Walk, stops: Sequence[Stop]) -> Iterator[str]:
    """What is empty is looked at in one language: with errors it shows the same and more."""
    for stop in stops:
        for state in stop.way(walk):
            if walk.language == THOROUGH or stop.kind != "questions" or "empty" not in state:
                yield f"{stop.name} {state}".strip()


def run(parts: Sequence[Part], log: Path) -> None:
    """One walk after the other; each is written down as soon as it is done."""
    log.parent.mkdir(parents=True, exist_ok=True)
    with (
        tempfile.TemporaryDirectory() as folder,
        serving(Path(folder) / "data") as served,
        driving(find_chromium()) as browser,
        Progress() as bar,
        log.open("a", encoding="utf-8") as lines,
    ):
        task = bar.add_task("accessibility", total=len(parts))
        for part in parts:
            bar.update(task, description=f"{part.procedure or 'portal'} {part.language}")
            examine(browser, served, part)
            lines.write(json.dumps(asdict(part), ensure_ascii=False) + "\n")
            lines.flush()
            bar.advance(task)


def main(arguments: Sequence[str]) -> int:
    """Walk, or only write the report from what was written down."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--procedures", default=",".join(["", *plans()]))
    parser.add_argument("--languages", default=",".join(languages()))
    parser.add_argument(
        "--in-turn", default="", help="languages that get two modes a page, in turn"
    )
    parser.add_argument("--log", type=Path, default=report.LOG)
    parser.add_argument("--report", action="store_true", help="walk nowhere, write the report")
    given = parser.parse_args(arguments)
    logging.disable(logging.INFO)
    if not given.report:
        in_turn = given.in_turn.split(",")
        run(
            [
                Part(procedure, language, language not in in_turn)
                for language in given.languages.split(",")
                for procedure in given.procedures.split(",")
            ],
            given.log,
        )
    return report.write(given.log, datetime.now(UTC).date())


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
