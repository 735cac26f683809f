"""The order in which values are found: what a rule reads comes before the rule; never a circle."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from engine.check.directory import Directory, Placed
from engine.check.free_names import free_names
from engine.check.quick_check import rules_of
from engine.diagnostics import Findings, Note
from engine.model import Computed, Expression, Field, Group, Info, Procedure
from engine.source import Span


@dataclass(slots=True)
class Graph:
    """What each value reads, and where it says so."""

    names: dict[str, Span] = field(default_factory=dict)  # in the order of the file
    reads: dict[str, dict[str, Span]] = field(default_factory=dict)
    holds: set[tuple[str, str]] = field(default_factory=set)  # a group and what is in it: no rule

    def add(self, name: str, span: Span) -> None:
        """A value of its own."""
        self.names[name] = span
        self.reads.setdefault(name, {})

    def link(self, name: str, read: str, span: Span) -> None:
        """`name` needs `read` first."""
        self.reads.setdefault(name, {}).setdefault(read, span)


def form_order(names: Directory, findings: Findings) -> tuple[str, ...]:
    """Paths of fields, groups and computed values, dependencies first; circles are reported."""
    graph = Graph()
    placed = [one for one in names.placed if not isinstance(one.item, Info)]
    paths = {one.path for one in placed}
    for one in placed:
        graph.add(one.path, one.item.span)
    for one in placed:
        for rule in _decides(one):
            _link_names(graph, one.path, rule, _Resolver(one.groups, paths))
        if one.groups:
            graph.link(_path(one.groups), one.path, one.item.span)
            graph.holds.add((_path(one.groups), one.path))
    return _sorted(graph, findings)


def quick_check_order(procedure: Procedure, findings: Findings) -> tuple[str, ...]:
    """Ids of questions and decisions, dependencies first."""
    check = procedure.quick_check
    if check is None:
        return ()
    graph = Graph()
    for question in check.questions:
        graph.add(question.id, question.span)
    for decision in check.decisions:
        graph.add(decision.id, decision.span)
    resolver = _Resolver((), set(graph.names))
    for question in check.questions:
        if question.show_if is not None:
            _link_names(graph, question.id, question.show_if, resolver)
    for decision in check.decisions:
        for word in decision.inputs:
            if word in graph.names:
                graph.link(decision.id, word, decision.span)
        for rule in rules_of(decision):
            _link_names(graph, decision.id, rule, resolver)
    return _sorted(graph, findings)


def _decides(one: Placed) -> Iterator[Expression]:
    """The rules that decide a value: whether it is shown, or what it is."""
    shown = [one.page.show_if, *(group.show_if for group in one.groups)]
    if isinstance(one.item, Field | Group):
        shown.append(one.item.show_if)
    elif isinstance(one.item, Computed):
        shown.append(one.item.value)
    return (rule for rule in shown if rule is not None)


def _path(groups: tuple[Group, ...]) -> str:
    return "[].".join(group.id for group in groups)


@dataclass(frozen=True, slots=True)
class _Resolver:
    """Which value a name means: the row's own first, then those around it."""

    groups: tuple[Group, ...]
    paths: set[str]

    def path(self, name: str) -> str | None:
        for depth in range(len(self.groups), -1, -1):
            prefix = "".join(f"{group.id}[]." for group in self.groups[:depth])
            if prefix + name in self.paths:
                return prefix + name
        return None


def _link_names(graph: Graph, path: str, rule: Expression, resolver: _Resolver) -> None:
    if rule.tree is None:
        return
    for node in free_names(rule.tree):
        read = resolver.path(node.name)
        if read is not None and read not in graph.reads[path]:
            graph.link(path, read, rule.at(node.start, node.end))


def _sorted(graph: Graph, findings: Findings) -> tuple[str, ...]:
    """Depth first in the order of the file; what is in a circle comes last."""
    done: dict[str, bool] = {}  # False: on the way
    order: list[str] = []
    reported: set[str] = set()
    for start in graph.names:
        if start not in done:
            _visit(graph, start, done, order, reported, findings)
    return tuple(order)


def _visit(
    graph: Graph,
    start: str,
    done: dict[str, bool],
    order: list[str],
    reported: set[str],
    findings: Findings,
) -> None:
    """Without recursion: a chain of two thousand fields must not end in an error of ours."""
    way: list[tuple[str, Iterator[str]]] = [(start, iter(graph.reads[start]))]
    done[start] = False
    while way:
        name, reads = way[-1]
        for read in reads:
            if read not in done:
                done[read] = False
                way.append((read, iter(graph.reads.get(read, {}))))
                break
            if not done[read]:
                circle = _circle([one for one, _ in way], read)
                if not reported.intersection(circle):
                    _report(graph, circle, findings)
                reported.update(circle)
        else:
            done[name] = True
            order.append(name)
            way.pop()


def _circle(way: list[str], back_to: str) -> list[str]:
    return way[way.index(back_to) :]


def _report(graph: Graph, circle: list[str], findings: Findings) -> None:
    """At the first rule of the circle in the file, with the others beside it."""
    steps = [
        (name, read, graph.reads[name][read])
        for name, read in zip(circle, [*circle[1:], circle[0]], strict=True)
    ]
    first = min(range(len(steps)), key=lambda at: (steps[at][:2] in graph.holds, steps[at][2]))
    turned = steps[first:] + steps[:first]
    related = tuple(
        Note("circular-rule:also", span, {"name": name}) for name, _, span in turned[1:]
    )
    names = [name for name, _, _ in turned]
    values = {"name": names[0], "path": " → ".join([*names, names[0]])}
    findings.add("circular-rule", turned[0][2], values, related=related)
