"""What the form shows, requires and asks for, as decisions: one per condition.

Conditions inside of groups hold row by row; a decision of DMN holds once, so they are left out and
named.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from engine.model import Computed, Document, Expression, Field, Group, Info, Page, with_paths
from engine.plan import Plan
from renderers.dmn.graph import Decision, Graph
from renderers.dmn.sources import Sources, rows_type
from renderers.dmn.types import Types

SHOWN, REQUIRED, PAGE, DOCUMENT, OPTIONAL = (
    "zeige_",
    "pflicht_",
    "zeige_seite_",
    "unterlage_",
    "unterlage_freiwillig_",
)


@dataclass(frozen=True, slots=True)
class FormGraph:
    """The graph, and the paths of what it does not have."""

    graph: Graph
    left_out: tuple[str, ...]


def form_graph(plan: Plan, today: date) -> FormGraph:
    """Pages, fields and documents with a condition, and the computed values."""
    writer = _Writer(plan, today)
    return writer.written()


class _Writer:
    def __init__(self, plan: Plan, today: date) -> None:
        self._plan = plan
        self._today = today
        self._typed = plan.checked.typed
        self._types = Types()
        self._sources = Sources(plan.procedure, today, self._types)
        self._left_out: list[str] = []

    def written(self) -> FormGraph:
        procedure = self._plan.procedure
        for page in procedure.pages:
            for item in page.items:
                self._ask(item)
        computed = dict(self._computed())
        ordered = [computed[path] for path in self._plan.checked.order if path in computed]
        decisions = [*ordered, *self._conditions(), *self._documents()]
        graph = Graph(
            f"{procedure.id}_formular",
            procedure.title.german,
            f"{procedure.title.german}, Fassung {procedure.version}; Rechtsstand "
            f"{self._today:%d.%m.%Y}. Was nicht gezeigt wird, ist null.",
            (),
            self._sources.inputs(),
            (*self._sources.settings(), *decisions),
        )
        graph = replace(graph, types=self._types.needed(graph.type_names()))
        return FormGraph(graph, tuple(self._left_out))

    def _ask(self, item: Field | Computed | Info | Group) -> None:
        match item:
            case Field():
                self._sources.ask(item, item.type.rule_type(item))
            case Group():
                self._sources.ask(item, rows_type(item, self._typed))
                self._left_out.extend(_inside(item, f"{item.id}[]."))
            case Computed():
                self._sources.declare(item.id)

    def _computed(self) -> Iterator[tuple[str, Decision]]:
        for page in self._plan.procedure.pages:
            for item in page.items:
                if isinstance(item, Computed):
                    yield item.id, self._value(item)

    def _value(self, item: Computed) -> Decision:
        typed = self._typed[item.value]
        found = self._sources.rule(typed)
        label = item.label.german if item.label else ""
        return Decision(
            item.id,
            self._types.name(typed.type, item.id),
            found.text,
            tuple(sorted(found.reads)),
            label=label,
            description=item.because or "",
        )

    def _conditions(self) -> Iterator[Decision]:
        for page in self._plan.procedure.pages:
            outer: tuple[str, ...] = ()
            if page.show_if is not None:
                outer = (PAGE + page.id,)
                label = f"Seite »{page.title.german}« wird gezeigt"
                yield self._condition(outer[0], page.show_if, (), label)
            for item in page.items:
                if isinstance(item, Field | Group):
                    yield from self._of_item(item, page, outer)

    def _of_item(
        self, item: Field | Group, page: Page, outer: tuple[str, ...]
    ) -> Iterator[Decision]:
        around = outer
        label = item.label.german
        if item.show_if is not None:
            around = (SHOWN + item.id,)
            yield self._condition(around[0], item.show_if, outer, f"»{label}« wird gezeigt")
        if item.required_if is not None:
            name = REQUIRED + item.id
            yield self._condition(name, item.required_if, around, f"»{label}« ist Pflicht")

    def _documents(self) -> Iterator[Decision]:
        for document in self._plan.procedure.documents:
            yield from self._of_document(document)

    def _of_document(self, document: Document) -> Iterator[Decision]:
        conditions = (
            (DOCUMENT, document.required_if, "wird verlangt"),
            (OPTIONAL, document.optional_if, "kann beigefügt werden"),
        )
        for prefix, condition, words in conditions:
            if condition is None:
                continue
            if document.each is not None:
                self._left_out.append(prefix + document.id)
                continue
            label = f"»{document.title.german}« {words}"
            yield self._condition(prefix + document.id, condition, (), label)

    def _condition(
        self, name: str, condition: Expression, around: tuple[str, ...], label: str
    ) -> Decision:
        """True or false; what stands around it must be shown, too."""
        self._sources.declare(name)
        found = self._sources.condition(self._typed[condition])
        text = found.text
        if around:
            text = " and ".join((*around, f"({text})"))
        needs = tuple(sorted({*found.reads, *around}))
        return Decision(name, "boolean", text, needs, label=label, description=condition.text)


def _inside(group: Group, path: str) -> Iterator[str]:
    """The conditions of the rows."""
    for inner, item in with_paths(group.items, path):
        if isinstance(item, Computed):
            continue
        required_if = None if isinstance(item, Info) else item.required_if
        if item.show_if is not None or required_if is not None:
            yield inner
