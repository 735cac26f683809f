"""A process as nodes in rows, one row each, and the ways between them."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias

from engine.model_parts import Duration, Text
from engine.model_process import Process, Role, Step
from engine.texts.shown import show_days, show_months

START, END = "start", "end"
EVENTS = ("timer", "message")
SYMBOLS = ("exclusive", "parallel", *EVENTS, START, END)

TextOf: TypeAlias = Callable[[Text], str]


def german(text: Text) -> str:
    """The author's own words."""
    return text.german


@dataclass(frozen=True, slots=True)
class Node:
    """A step, the start or an end; `lane` is the place of its role among those that are used."""

    name: str
    kind: str
    lane: int
    title: str
    step: Step | None
    is_start: bool = False  # an event by which the process may begin, too

    @property
    def is_symbol(self) -> bool:
        """Drawn as a small sign with its title beside it."""
        return self.kind in SYMBOLS


@dataclass(frozen=True, slots=True)
class Way:
    """From one row to another; `label` says when it is taken."""

    source: int
    target: int
    label: str

    @property
    def is_adjacent(self) -> bool:
        """Straight on to the next row."""
        return self.target == self.source + 1


@dataclass(frozen=True, slots=True)
class Graph:
    """Rows from the start to the last end, in the order of the definition."""

    roles: tuple[Role, ...]
    heads: tuple[str, ...]
    nodes: tuple[Node, ...]
    ways: tuple[Way, ...]


def start_of(step: Step, number: int) -> str:
    """Name of the start event in front of a step."""
    return f"{START}:{step.id}" if number else START


def end_of(step: Step) -> str:
    """Name of the end event behind a step that leads nowhere."""
    return f"{END}:{step.id}"


def graph_of(
    process: Process, steps: tuple[Step, ...], say: TextOf = german, language: str = "de"
) -> Graph:
    """The same for the same process; the first step is where it begins."""
    used = {str(step.role) for step in steps}
    roles = tuple(role for role in process.roles if str(role.id) in used)
    lanes = {str(role.id): number for number, role in enumerate(roles)}
    nodes: list[Node] = []
    reached = {str(flow.to) for step in steps for flow in step.flows}
    for number, step in enumerate(steps):
        lane, name = lanes[str(step.role)], str(step.id)
        is_start = step.begins and step.kind in EVENTS and name not in reached
        if number == 0 or (step.begins and not is_start):
            nodes.append(Node(start_of(step, number), START, lane, "", None))
        title = say(step.title)
        if step.deadline is not None:
            title += f" ({duration_words(step.deadline, language)})"
        title = title.replace("§ ", "§\u00a0")
        nodes.append(Node(name, step.kind, lane, title, step, is_start))
        if not step.flows:
            nodes.append(Node(end_of(step), END, lane, "", None))
    heads = tuple(say(role.label) for role in roles)
    return Graph(roles, heads, tuple(nodes), tuple(_ways(steps, nodes, say)))


def duration_words(duration: Duration, language: str) -> str:
    """»56 Tage«, »3 Monate«, on one line."""
    if duration.days:
        said = show_days(duration.days, language)
    else:
        said = show_months(duration.months, language)
    return said.replace(" ", "\u00a0")


def _ways(steps: tuple[Step, ...], nodes: list[Node], say: TextOf) -> list[Way]:
    rows = {node.name: row for row, node in enumerate(nodes)}
    found = [Way(row, row + 1, "") for row, node in enumerate(nodes) if node.kind == START]
    for step in steps:
        row = rows[str(step.id)]
        if not step.flows:
            found.append(Way(row, row + 1, ""))
        for flow in step.flows:
            label = say(flow.when) if flow.when is not None else ""
            found.append(Way(row, rows[str(flow.to)], label))
    return found
