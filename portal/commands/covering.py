"""How much of the rules cases cover, and cases that cover more, for the command line."""

import sys
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from engine import Plan, Source, prepare, read_lists
from engine.coverage.goals import Goal, Section
from engine.coverage.measure import Measure
from engine.coverage.report import COUNTED, Count, Coverage, case_coverage
from engine.coverage.spot import World
from engine.diagnostics import has_errors
from engine.sample.as_cases import MadeCase, as_cases
from engine.sample.case_text import case_lines, with_made, without_made
from engine.sample.cover import AnswerSet, Covering, cover
from portal.commands.procedures import (
    definition_files,
    definitions_folder,
    lists_folder_of,
    locate,
    prepared,
    read_file,
    shared_sources,
)
from portal.commands.words import refuse, say
from portal.commands.writing import replace_text

_WORDS = {
    Section.CONDITION: "Bedingungen",
    Section.LEAF: "MC/DC",
    Section.RULE: "Regeln",
    Section.RESULT: "Ergebnisse",
    Section.BOUNDARY: "Grenzen",
    Section.OPTION: "Antworten",
    Section.ROWS: "Zeilen",
    Section.LIMIT: "Schranken",
    Section.VALUE: "Sonderfälle",
}
_MOST_TOLD = 200


def coverage_of(names: list[str], today: date) -> list[Coverage]:
    """What the cases of the named definitions cover, or of all."""
    chosen = names or [str(path) for path in definition_files(definitions_folder())]
    return [case_coverage(prepared(name), today) for name in chosen]


def coverage_json(one: Coverage) -> dict[str, object]:
    """The form for programs."""
    return {
        "procedure": one.procedure,
        "conditions_true_and_false": _count(one.both_ends),
        "mcdc": _count(one.leaves),
        **{name.value: _count(one.counts[name]) for name in COUNTED if name is not Section.LEAF},
        "undecided": _count(one.undecided),
        "missing": [_goal(goal) for goal in one.missing],
        "ruled_out": [_goal(goal) for goal in one.ruled_out],
    }


def coverage_text(reports: list[Coverage], one_line_each: bool) -> str:
    """A table, and what is missing with its place; lines only: the places only."""
    lines = [] if one_line_each else [*_table(reports), ""]
    for report in reports:
        told = report.missing if one_line_each else report.missing[:_MOST_TOLD]
        lines += [_line(goal) for goal in told]
        if len(told) < len(report.missing):
            lines.append(f"… und {len(report.missing) - len(told)} weitere (--format line)")
    return "\n".join(lines) + "\n" if lines else ""


def _table(reports: list[Coverage]) -> Iterator[str]:
    heads = ["Verfahren", "wahr+falsch", *(_WORDS[section] for section in COUNTED)]
    rows = [heads]
    for report in reports:
        cells = [report.procedure, _cell(report.both_ends)]
        for section in COUNTED:
            is_leaf = section is Section.LEAF
            cells.append(_cell(report.leaves if is_leaf else report.counts[section]))
        rows.append(cells)
    widths = [max(len(row[at]) for row in rows) for at in range(len(heads))]
    for row in rows:
        first = row[0].ljust(widths[0])
        rest = (cell.rjust(width) for cell, width in zip(row[1:], widths[1:], strict=True))
        yield "  ".join((first, *rest)).rstrip()


def _cell(count: Count) -> str:
    return f"{count.seen}/{count.of} {count.percent} %" if count.of else "–"


def _count(count: Count) -> dict[str, int]:
    return {"seen": count.seen, "of": count.of, "percent": count.percent}


def _goal(goal: Goal) -> dict[str, object]:
    return {
        "section": goal.section.value,
        "subject": goal.subject,
        "what": goal.what,
        "file": goal.span.file,
        "line": goal.span.start.line,
    }


def _line(goal: Goal) -> str:
    return f"{goal.span.file}:{goal.span.start.line}: {goal.subject}: {goal.what}"


@dataclass(frozen=True, eq=False)
class Made:
    """Sets of answers for one world of a definition, and the definition they were made for."""

    plan: Plan
    source: Source
    measure: Measure
    world: World
    found: Covering

    @property
    def cases(self) -> list[MadeCase]:
        """The sets as cases."""
        return as_cases(self.plan, self.found.sets, self.measure.goals)

    @property
    def how(self) -> str:
        """The options that make these cases again."""
        return "--cover --quick-check" if self.world is World.QUICK_CHECK else "--cover"


def make(name: str, *, quick_check: bool, seed: int, today: date) -> Made:
    """Look for answers; cases that were stored before are not looked at."""
    path = locate(name)
    prepared(name)  # tells mistakes
    source, _ = read_file(path)
    assert source is not None  # noqa: S101 - it could be prepared
    world = World.QUICK_CHECK if quick_check else World.FORM
    text = source.text
    for how in ("--cover", "--cover --quick-check"):
        text = without_made(text, how)
    plan = _plan(replace(source, text=text), name)
    if plan is None or (quick_check and plan.procedure.quick_check is None):
        refuse(f"»{name}« hat keinen Quick Check.", "It has no Quick Check.")
    measure = Measure(plan)
    found = cover(plan, world, today=today, seed=seed, measure=measure, tell=_progress())
    return Made(plan, source, measure, world, found)


def _plan(source: Source, name: str) -> Plan | None:
    sources, _ = shared_sources(lists_folder_of(locate(name)))
    return prepare(source, read_lists(sources)[0])[0]


def _progress() -> "_Progress | None":
    return _Progress() if sys.stderr.isatty() else None


class _Progress:
    def __call__(self, met: int, of: int) -> None:
        """One line that is written over and over."""
        end = "\n" if met == of else ""
        sys.stderr.write(f"\r{met} von {of} Zielen gezeigt{end}")
        sys.stderr.flush()


def set_json(made: Made, one: AnswerSet) -> dict[str, object]:
    """One set of answers with what it comes to."""
    expect = as_cases(made.plan, [one], made.measure.goals)[0].expect
    return {
        "today": one.today.isoformat(),
        "valid": not one.is_refused,
        "answers": one.answers,
        **{key: expect[key] for key in ("outcome", "earliest", "problems") if key in expect},
    }


def cases_text(made: Made) -> str:
    """YAML, ready to be pasted below `cases:`."""
    return "\n".join(case_lines(made.cases, 2)) + "\n"


def store(made: Made, name: str) -> None:
    """Put the cases into the definition, in place of those made before; all or nothing."""
    text = with_made(made.source.text, made.plan.procedure.id, made.how, made.cases)
    if text is None:
        refuse(
            "Die Liste »cases« steht in eckigen Klammern. Bitte schreiben Sie sie zeilenweise.",
            "The list of cases is written in brackets; write one case per line.",
        )
    sources, _ = shared_sources(lists_folder_of(locate(name)))
    plan, found = prepare(replace(made.source, text=text), read_lists(sources)[0])
    if plan is None or has_errors(found):
        places = "; ".join(f"{one.span}: {one.code}" for one in found[:5])
        refuse(
            f"Die Datei bliebe mit den neuen Fällen nicht fehlerfrei ({places}).",
            "The file would not stay free of errors; nothing was written.",
        )
    replace_text(locate(name), text)
    say(
        f"{made.source.name}: {len(made.found.sets)} Fälle gespeichert.",
        f"{len(made.found.sets)} cases stored.",
    )


def tell_result(made: Made) -> None:
    """How much was found, for the person at the terminal."""
    goals = [one for one in made.measure.goals if one.world is made.world]
    open_goals = len(made.found.open)
    ruled_out = len(made.found.ruled_out)
    wanted = sum(one.section is not Section.UNDECIDED for one in goals) - ruled_out
    say(
        f"{len(made.found.sets)} Antwortsätze zeigen {wanted - open_goals} von {wanted} Zielen; "
        f"{ruled_out} schließen Einstellungen oder die Regel selbst aus.",
        f"{len(made.found.sets)} sets of answers show {wanted - open_goals} of {wanted} goals.",
    )
    for goal in made.found.open[:20]:
        say(f"nicht erreicht: {_line(goal)}")
