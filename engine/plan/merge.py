"""Answers that could not be read, among the problems of an evaluation, in the order of the form."""

from engine.answers.problem import Problem
from engine.plan.evaluation import Evaluation


def merged(unreadable: tuple[Problem, ...], evaluation: Evaluation) -> Evaluation:
    """Unreadable answers to hidden questions do not count; of others, nothing else is said."""
    places = {path: number for number, path in enumerate(evaluation.visible)}
    kept = [one for one in unreadable if not one.field or _asked(one.field, places) is not None]
    said = {_asked(one.field, places) for one in kept}
    others = [one for one in evaluation.problems if one.field not in said]
    ordered = sorted(
        (*kept, *others), key=lambda one: places.get(_asked(one.field, places) or "", -1)
    )
    return Evaluation(
        evaluation.procedure,
        evaluation.all_values,
        tuple(ordered),
        evaluation.warnings,
        lambda: evaluation.details,
    )


def _asked(path: str, places: dict[str, int]) -> str | None:
    """The question that a path belongs to: `anschrift` for `anschrift.plz`, a group for a row."""
    while path and path not in places:
        path = max(path.rpartition(".")[0], path.rpartition("[")[0], key=len)
    return path or None
