"""What an applicant is told while a case is handled, step by step, and what happens every time."""

from dataclasses import dataclass

from engine.model_process import Process, Step
from renderers.html.words import Said, Words


@dataclass(frozen=True, slots=True)
class Told:
    """One thing that is told; not every case gets there."""

    text: Said
    is_certain: bool


def progress(process: Process | None, words: Words) -> tuple[Told, ...]:
    """In the order of the Soll process; nothing if that tells nothing."""
    steps = process.soll if process is not None else ()
    return tuple(
        Told(words.text(step.status), is_certain(step, steps))
        for step in steps
        if step.status is not None
    )


def is_certain(step: Step, steps: tuple[Step, ...]) -> bool:
    """Whether no way leads from the beginning to an end without it."""
    by_id = {str(one.id): one for one in steps}
    first = str(steps[0].id)
    seen, waiting = {str(step.id), first}, [first]
    if first == str(step.id):
        return True
    while waiting:
        here = by_id[waiting.pop()]
        if not here.flows:
            return False
        further = {str(flow.to) for flow in here.flows} - seen
        seen |= further
        waiting += further
    return True
