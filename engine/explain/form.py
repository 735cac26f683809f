"""Why something of the form is shown, hidden or needed: its conditions, with the values."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from engine.explain.naming import Names, form_names, quick_check_names
from engine.explain.speech import Speech
from engine.explain.weigh import Values, Weighed, Weigher
from engine.explain.words import value_words
from engine.model import Computed, Document, Expression, Field, Group, Info, Item, Page
from engine.model_parts import Text
from engine.plan.evaluation import Evaluation
from engine.plan.plan import Plan


@dataclass(frozen=True, slots=True)
class Clause:
    """One condition: `key` says of what (`shown.page`, `shown.show_if`, …), `what` of which."""

    key: str
    what: str
    weighed: Weighed


@dataclass(frozen=True, slots=True)
class Why:
    """What is so, in sentences, and the conditions that made it so."""

    path: str
    facts: tuple[str, ...]
    clauses: tuple[Clause, ...]

    def lines(self, speech: Speech) -> Iterator[str]:
        """For people at a terminal."""
        yield from self.facts
        if not self.clauses:
            yield speech.t("shown.always")
        for clause in self.clauses:
            yield ""
            yield speech.t(clause.key, what=clause.what) + ":"
            yield from (f"  {line}" for line in clause.weighed.lines(speech))

    def as_json(self) -> dict[str, object]:
        """For programs."""
        return {
            "path": self.path,
            "facts": list(self.facts),
            "conditions": [
                {"of": one.key.removeprefix("shown."), "what": one.what, **one.weighed.as_json()}
                for one in self.clauses
            ],
        }


@dataclass(frozen=True, slots=True)
class _Place:
    """Where something stands: its page, the groups around it with their rows, and itself."""

    item: Item
    page: Page | None
    groups: tuple[tuple[Group, int], ...]
    path: str


def part_names(plan: Plan) -> tuple[str, ...]:
    """Everything that can be asked about, for suggestions."""
    procedure = plan.procedure
    check = procedure.quick_check
    names = [place.path for place in _places(plan, {})]
    names += [page.id for page in procedure.pages] + [one.id for one in procedure.documents]
    names += [one.id for one in check.questions] if check is not None else []
    return tuple(dict.fromkeys(names))


def why_part(
    plan: Plan, state: Evaluation, questions: Evaluation, name: str, today: date, speech: Speech
) -> Why | None:
    """Why a field, group, text, page, document or question is as it is; None: no such part."""
    telling = _Telling(plan, state, today, speech)
    wanted = name.replace("[]", "[0]")
    for place in _places(plan, state.all_values):
        if wanted in (place.path, place.path.replace("[0]", ""), place.item.id):
            return telling.item(place)
    for page in plan.procedure.pages:
        if page.id == name:
            return telling.page(page)
    for document in plan.procedure.documents:
        if document.id == name:
            return telling.document(document)
    check = plan.procedure.quick_check
    question = next((one for one in check.questions if one.id == name), None) if check else None
    if question is None:
        return None
    place = _Place(question, None, (), question.id)
    return _Telling(plan, questions, today, speech, is_quick_check=True).item(place)


class _Telling:
    def __init__(
        self,
        plan: Plan,
        state: Evaluation,
        today: date,
        speech: Speech,
        *,
        is_quick_check: bool = False,
    ) -> None:
        self._plan = plan
        self._state = state
        self._speech = speech
        names = quick_check_names if is_quick_check else form_names
        env = plan.environment(state, today)
        self._values = Values(names(plan.procedure, today), env, speech)
        self._weigher = Weigher()

    def item(self, place: _Place) -> Why:
        """A field, group, text or computed value."""
        outer = [*self._page_clause(place.page)]
        values = self._values
        for group, row in place.groups:
            if group.show_if is not None:
                what = self._speech.field(group.label)
                outer.append(self._clause("shown.group", group.show_if, values, what))
            values = _in_row(values, group, row)
        match place.item:
            case Field() as field:
                return self._field(field, place.path, values, outer)
            case Group() as group:
                return self._group(group, place.path, values, outer)
            case Info() as info:
                is_shown = place.path in self._state.infos
                key = "shown.info_shown" if is_shown else "shown.info_hidden"
                return self._why(place.path, [self._fact(key, info.text)], outer, values, info)
            case Computed() as computed:
                return self._computed(computed, place.path, values, outer)

    def page(self, page: Page) -> Why:
        """A page: its own condition; one without anything to show is not shown either."""
        key = "shown.page_shown" if page.id in self._state.pages else "shown.page_hidden"
        return Why(page.id, (self._fact(key, page.title),), tuple(self._page_clause(page)))

    def document(self, one: Document) -> Why:
        """A document: asked for, needed, or not."""
        needs = [need for need in self._state.documents if need.document == one.id]
        state = "none" if not needs else "optional"
        state = "required" if any(need.required for need in needs) else state
        facts = [self._fact(f"shown.document_{state}", one.title)]
        values, group = self._values, self._values.names.find(one.each) if one.each else None
        if isinstance(group, Group):
            facts.append(self._speech.t("shown.each", what=self._speech.field(group.label)) + ".")
            values = _in_row(values, group, 0)
        clauses = [
            self._clause(f"shown.{key}", rule, values)
            for key, rule in (("required_if", one.required_if), ("optional_if", one.optional_if))
            if rule is not None
        ]
        return Why(one.id, tuple(facts), tuple(clauses))

    def _field(self, one: Field, path: str, values: Values, outer: list[Clause]) -> Why:
        is_shown = path in self._state.visible
        facts = [self._fact("shown.asked" if is_shown else "shown.not_asked", one.label)]
        if one.internal:
            facts.append(self._speech.t("shown.internal"))
        elif is_shown:
            is_needed = path in self._state.required
            facts.append(self._speech.t("shown.required" if is_needed else "shown.optional"))
        return self._why(path, facts, outer, values, one)

    def _group(self, one: Group, path: str, values: Values, outer: list[Clause]) -> Why:
        is_shown = path in self._state.visible
        facts = [self._fact("shown.asked" if is_shown else "shown.not_asked", one.label)]
        return self._why(path, facts, outer, values, one)

    def _computed(self, one: Computed, path: str, values: Values, outer: list[Clause]) -> Why:
        typed = self._plan.checked.typed[one.value]
        words = value_words(typed, values.names, self._speech)
        name = self._speech.field(one.label) if one.label is not None else one.id
        shown = values.shown(values.env.get(one.id), one)
        reads = values.reads_below(typed, typed.tree)
        facts = [
            self._speech.t("why.read", name=name, value=shown),
            self._speech.t("shown.computed", what=name, value=words),
        ]
        if reads:
            said = (self._speech.t("why.read", name=r.label, value=r.shown) for r in reads)
            facts.append(self._speech.t("truth.read", values="; ".join(said)))
        return Why(path, tuple(facts), tuple(outer))

    def _why(
        self,
        path: str,
        facts: list[str],
        outer: list[Clause],
        values: Values,
        one: Field | Group | Info,
    ) -> Why:
        rules = [("show_if", one.show_if)]
        if not isinstance(one, Info):
            rules.append(("required_if", one.required_if))
        own = [
            self._clause(f"shown.{key}", rule, values) for key, rule in rules if rule is not None
        ]
        return Why(path, tuple(facts), (*outer, *own))

    def _page_clause(self, page: Page | None) -> Iterator[Clause]:
        if page is not None and page.show_if is not None:
            what = self._speech.field(page.title)
            yield self._clause("shown.page", page.show_if, self._values, what)

    def _clause(self, key: str, rule: Expression, values: Values, what: str = "") -> Clause:
        weighed = self._weigher.weigh(self._plan.checked.typed[rule], values)
        return Clause(key, what, weighed)

    def _fact(self, key: str, what: Text) -> str:
        return self._speech.t(key, what=self._speech.field(what))


def _in_row(values: Values, group: Group, row: int) -> Values:
    """The names inside a row; of a row that is not there nothing is answered."""
    rows = values.env.get(group.id)
    has_row = isinstance(rows, list) and row < len(rows)
    inside: Mapping[str, object] = rows[row] if has_row and isinstance(rows, list) else {}
    names: Names = values.names.inner(group)
    empty = dict.fromkeys(names.tables[0])
    return Values(names, {**values.env, **empty, **inside}, values.speech)


def _places(plan: Plan, values: Mapping[str, object]) -> Iterator[_Place]:
    for page in plan.procedure.pages:
        for item in page.items:
            yield from _below(item, page, (), "", values)


def _below(
    item: Item,
    page: Page,
    around: tuple[tuple[Group, int], ...],
    prefix: str,
    values: Mapping[str, object],
) -> Iterator[_Place]:
    path = f"{prefix}{item.id}"
    yield _Place(item, page, around, path)
    if not isinstance(item, Group):
        return
    found = values.get(item.id)
    rows: list[Mapping[str, object]] = found if isinstance(found, list) and found else [{}]
    for row, inside in enumerate(rows):
        for inner in item.items:
            yield from _below(inner, page, (*around, (item, row)), f"{path}[{row}].", inside)
