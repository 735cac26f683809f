"""Answers to the questions of a Quick Check, thrown; some stay open, many lie at a boundary."""

from collections.abc import Iterator
from datetime import date

from engine.plan.plan import Plan
from engine.sample.dice import Dice
from engine.sample.draw import Draw
from engine.sample.hints import hints

_ANSWERED = 92  # percent


def drawn_answers(
    plan: Plan, today: date, *, seed: int = 0, count: int = 1
) -> Iterator[dict[str, object]]:
    """Raw answers, question by question as they are shown; the same for the same seed."""
    quick_check = plan.procedure.quick_check
    if quick_check is None:
        return
    dice = Dice(seed)
    trees = (typed.tree for typed in plan.checked.typed.values())
    district = plan.procedure.authority.district
    draw = Draw(dice, hints(plan.procedure, trees, today), today, district)
    questions = {one.id: one for one in quick_check.questions}
    for _ in range(count):
        raw: dict[str, object] = {}
        met: set[str] = set()
        while shown := [one for one in _shown(plan, raw, today) if one not in met]:
            met.update(shown)
            raw.update(
                (path, draw.answer(questions[path], path))
                for path in shown
                if dice.chance(_ANSWERED)
            )
        yield raw


def _shown(plan: Plan, raw: dict[str, object], today: date) -> tuple[str, ...]:
    return plan.check_questions(raw, today).visible
