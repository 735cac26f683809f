"""The decisions of a procedure as DMN 1.3, for other engines and for eyes: model and picture."""

from dataclasses import dataclass
from datetime import date
from uuid import NAMESPACE_URL, uuid5

from engine.model import Procedure
from engine.plan import Plan
from renderers.dmn.document import to_xml
from renderers.dmn.form import form_graph
from renderers.dmn.graph import Graph
from renderers.dmn.quick_check import quick_check_graph
from renderers.dmn.sources import TwoMeaningsError

__all__ = ["DmnFile", "TwoMeaningsError", "form_file", "quick_check_file"]


@dataclass(frozen=True, slots=True)
class DmnFile:
    """The file, and what it could not hold."""

    content: bytes
    left_out: tuple[str, ...] = ()


def quick_check_file(plan: Plan, today: date) -> DmnFile | None:
    """The decisions of the Quick Check on that day; None if the procedure has none."""
    graph = quick_check_graph(plan, today)
    return None if graph is None else DmnFile(to_xml(graph, _namespace(plan.procedure, graph)))


def form_file(plan: Plan, today: date) -> DmnFile:
    """What the form shows, requires and asks for."""
    made = form_graph(plan, today)
    return DmnFile(to_xml(made.graph, _namespace(plan.procedure, made.graph)), made.left_out)


def _namespace(procedure: Procedure, graph: Graph) -> str:
    """Of this state of this definition only: another one must not be taken for it."""
    return f"urn:uuid:{uuid5(NAMESPACE_URL, f'{procedure.digest}/{graph.id}')}"
