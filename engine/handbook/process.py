"""Chapter 9: how a case is handled, before and with the portal."""

from engine.handbook.structure import (
    CODE,
    QUIET,
    STRONG,
    Block,
    Cell,
    Line,
    Paragraphs,
    Picture,
    Run,
    Section,
    Table,
    cell,
    line,
    named,
    numbered,
)
from engine.handbook.telling import Telling
from engine.model_process import Process, Step


def process(one: Telling) -> Section:
    """Both processes: the picture, and every step in words."""
    t, declared = one.t, one.procedure.process
    if declared is None:
        return Section("9", t("chapter.process"), "ablauf", (Paragraphs(cell(t("none"))),))
    parts = [
        (t(f"process.{which}"), f"ablauf-{which}", _blocks(one, declared, which, steps))
        for which, steps in (("ist", declared.ist), ("soll", declared.soll))
    ]
    return Section("9", t("chapter.process"), "ablauf", (), numbered("9", parts))


def _blocks(
    one: Telling, declared: Process, which: str, steps: tuple[Step, ...]
) -> tuple[Block, ...]:
    if not steps:
        return (Paragraphs((line(one.t("none")),)),)
    heads = tuple(one.t(f"step.{name}") for name in ("number", "role", "title", "next"))
    numbers = {str(step.id): number for number, step in enumerate(steps, start=1)}
    rows = tuple(_row(one, declared, step, numbers) for step in steps)
    anchors = tuple(f"schritt-{which}-{step.id}" for step in steps)
    table = Table(one.t(f"process.{which}"), heads, (8, 22, 46, 24), rows, anchors)
    alternative = one.t("process.alternative", title=one.t(f"process.{which}"), steps=len(steps))
    return table, Picture(which, alternative)


def _row(one: Telling, declared: Process, step: Step, numbers: dict[str, int]) -> tuple[Cell, ...]:
    roles = {str(role.id): one.author(role.label) for role in declared.roles}
    kind = one.t(f"step.{step.kind}")
    what = [line(one.author(step.title), STRONG)]
    what.append(Line((Run(step.id, CODE), Run(f" · {kind}", QUIET))))
    if step.begins:
        what.append(line(one.t("step.begins")))
    if step.deadline is not None:
        what.append(named(one.t("step.deadline"), one.duration(step.deadline)))
    if step.because:
        what.append(named(one.t("because"), one.law(step.because)))
    if step.status is not None:
        what.append(named(one.t("step.status"), one.author(step.status)))
    if step.reached:
        events = ", ".join(one.t(f"step.reached.{event}") for event in step.reached)
        what.append(named(one.t("step.reached"), events))
    return (
        cell(str(numbers[str(step.id)])),
        cell(roles[str(step.role)]),
        tuple(what),
        tuple(_next(one, step, numbers)),
    )


def _next(one: Telling, step: Step, numbers: dict[str, int]) -> list[Line]:
    if not step.flows:
        return [line(one.t("step.end"))]
    found = []
    for flow in step.flows:
        when = f"{one.author(flow.when)}: " if flow.when is not None else ""
        found.append(Line((Run(when), Run(one.t("step.to", number=numbers[str(flow.to)])))))
    return found
