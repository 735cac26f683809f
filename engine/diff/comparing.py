"""Two versions compared: in words, and in what comes out for people."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from engine.diff.changes import Change, changes
from engine.diff.pair import VIEWS, Difference, Pair, Versions
from engine.diff.searching import Examples, search, search_forms
from engine.plan.plan import Plan


class Verdict(StrEnum):
    """There is no fourth."""

    DIFFERS = "differs"
    SAME = "same"  # proved
    NOT_PROVED = "not_proved"


@dataclass(frozen=True, slots=True)
class Shown:
    """A difference, and answers that show it."""

    difference: Difference
    pair: Pair


@dataclass(frozen=True, slots=True)
class View:
    """What became of one view; `reasons` are codes of the texts, with what they are about."""

    view: str
    verdict: Verdict
    shown: tuple[Shown, ...] = ()
    reasons: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Comparison:
    """Everything that can be said about two versions."""

    old: Plan
    new: Plan
    changes: tuple[Change, ...]
    views: tuple[View, ...]

    @property
    def has_differences(self) -> bool:
        """Whether anything is not as before."""
        differs = any(one.verdict is Verdict.DIFFERS for one in self.views)
        return bool(self.changes) or differs


def compare(old: Plan, new: Plan, today: date, *, with_solver: bool) -> Comparison:
    """Bounded, and the same for the same two versions and day."""
    versions = Versions(old, new)
    found = changes(old.procedure, new.procedure)
    if old.procedure.digest == new.procedure.digest:
        return Comparison(old, new, found, tuple(View(one, Verdict.SAME) for one in VIEWS))
    examples = Examples()
    search(versions, today, examples)
    still_open: dict[str, list[tuple[str, str]]] = {one: [] for one in VIEWS}
    if with_solver:
        from engine.diff.proving import prove_alike

        for one in prove_alike(versions, today, examples):
            still_open[one.view].append((one.reason, one.what or one.subject))
    else:
        still_open = {one: [("no-solver", "")] for one in VIEWS}
    if any(still_open.values()):
        search_forms(versions, today, examples)
    return Comparison(
        old, new, found, tuple(_view(one, examples, still_open[one]) for one in VIEWS)
    )


def _view(view: str, examples: Examples, still_open: list[tuple[str, str]]) -> View:
    shown = tuple(
        Shown(difference, pair)
        for difference, pair in examples.found.values()
        if difference.view == view
    )
    reasons = tuple(dict.fromkeys(still_open))
    if shown:
        return View(view, Verdict.DIFFERS, shown, reasons)
    return View(view, Verdict.NOT_PROVED if reasons else Verdict.SAME, (), reasons)
