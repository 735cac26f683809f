"""The decisions of the Quick Check as a graph."""

from dataclasses import replace
from datetime import date

from engine.plan import Plan
from renderers.dmn.decisions import Decisions
from renderers.dmn.graph import Graph
from renderers.dmn.sources import Sources
from renderers.dmn.types import Types


def quick_check_graph(plan: Plan, today: date) -> Graph | None:
    """All decisions, the questions that they read, and the law of the day; None without one."""
    procedure, check = plan.procedure, plan.procedure.quick_check
    if check is None:
        return None
    types = Types()
    sources = Sources(procedure, today, types)
    kinds = {one.id: one.type.rule_type(one) for one in check.questions}
    for question in check.questions:
        sources.ask(question, kinds[question.id])
    labels = {one.id: one.label.german for one in check.questions}
    writer = Decisions(plan.checked.typed, sources, types, kinds)
    by_id = {one.id: one for one in check.decisions}
    ordered = [by_id[name] for name in plan.checked.quick_check_order if name in by_id]
    decisions = tuple(writer.write(one, labels) for one in ordered)
    graph = Graph(
        f"{procedure.id}_schnelltest",
        check.title.german,
        f"{procedure.title.german}, Fassung {procedure.version}; Rechtsstand {today:%d.%m.%Y}. "
        "Fragen ohne Antwort und nicht gestellte Fragen sind null.",
        (),
        sources.inputs(),
        (*sources.settings(), *decisions),
    )
    return replace(graph, types=types.needed(graph.type_names()))
