"""`some`, `every`, `for`, and filters."""

from collections.abc import Iterator
from dataclasses import replace

from engine.rules.answered import answered_if_true
from engine.rules.checking import FOR_EVER, UNREADABLE, Checking, item_of, word
from engine.rules.scope import NO_GAPS, Gaps, Known, Local, Scope
from engine.rules.tree import Binding, Filter, Interval, Loop, Node, Quantified, walk
from engine.rules.types import NULL, NUMBER, UNKNOWN, YES_NO, Given, ListOf, Record, Type, plain

ELEMENT = "item"


def _bound(c: Checking, bindings: tuple[Binding, ...], scope: Scope) -> tuple[Scope, Known] | None:
    """The scope inside the loop, and whether its lists may be null."""
    null, gaps = False, NO_GAPS
    inside: Scope | None = scope
    for binding in bindings:
        source = _source(c, binding.source, inside or scope)
        kind = plain(source.type)
        item = item_of(kind)
        if item is None:
            if kind != UNKNOWN:
                c.report("not-a-list", binding.source, {"found": word(kind)})
            inside = None
            continue
        null, gaps = null or source.may_be_null, gaps | escaped(source.gaps, bindings)
        if inside is not None:
            inside = inside.binding({binding.name: _element(item)}, binding)
            inside = inside.where(answered=_kept(binding, source))
    return None if inside is None else (inside, Known(YES_NO, null, gaps))


def _kept(binding: Binding, source: Known) -> Iterator[str]:
    """What is answered in every element: those of a filter fulfil its condition."""
    if not any(one.stays for one in source.item_gaps):
        yield binding.name
    if isinstance(binding.source, Filter):
        for name in answered_if_true(binding.source.condition):
            if name.startswith(f"{ELEMENT}."):
                yield binding.name + name.removeprefix(ELEMENT)


def escaped(gaps: Gaps, bindings: tuple[Binding, ...]) -> Gaps:
    """Seen from outside of a loop: what its names lack cannot be guarded there."""
    names = {one.name for one in bindings}
    return frozenset(
        replace(gap, guard="") if gap.name.partition(".")[0] in names else gap for gap in gaps
    )


def _source(c: Checking, node: Node, scope: Scope) -> Known:
    """The list of a loop; foreign FEEL may also count from one number to another."""
    if not isinstance(node, Interval) or node.start != node.low.start or not c.is_foreign:
        return c.of(node, scope)
    bounds = [c.of(one, scope) for one in (node.low, node.high)]
    kinds = [plain(one.type) for one in bounds]
    if UNKNOWN in kinds:
        return UNREADABLE
    if kinds != [NUMBER, NUMBER]:
        found = next(one for one in kinds if one != NUMBER)
        return c.report("not-a-list", node, {"found": word(found)})
    c.known[node] = Known(ListOf(Given(NUMBER)), True, FOR_EVER)
    return c.known[node]


def _element(item: Type) -> Type:
    """A row is always there, its fields may be empty."""
    return Given(item) if isinstance(plain(item), Record) else item


def check_quantified(c: Checking, node: Quantified, scope: Scope) -> Known:
    """`some … in … satisfies …`."""
    bound = _bound(c, node.bindings, scope)
    if bound is None:
        return UNREADABLE
    inside, source = bound
    condition = c.of(node.condition, inside)
    kind = plain(condition.type)
    if kind == UNKNOWN:
        return UNREADABLE
    if kind != YES_NO:
        return c.report("condition-not-yes-no", node.condition, {"found": word(kind)})
    null = condition.may_be_null or source.may_be_null
    return Known(YES_NO, null, escaped(condition.gaps, node.bindings) | source.gaps)


def check_loop(c: Checking, node: Loop, scope: Scope) -> Known:
    """`for … in … return …`."""
    bound = _bound(c, node.bindings, scope)
    if bound is None:
        return UNREADABLE
    inside, source = bound
    result = c.of(node.result, inside)
    kind = plain(result.type)
    if kind == UNKNOWN:
        return UNREADABLE
    if kind == NULL and not c.is_foreign:
        return c.report("null-as-value", node.result)
    missing = escaped(result.gaps, node.bindings)
    return Known(ListOf(kind), source.may_be_null, source.gaps, item_gaps=missing)


def check_filter(c: Checking, node: Filter, scope: Scope) -> Known:
    """`list[condition]`; foreign FEEL may also pick by position, and treats a value as a list."""
    source = c.of(node.source, scope)
    kind = plain(source.type)
    if kind == UNKNOWN:
        return UNREADABLE
    item = item_of(kind)
    if item is None:
        if not c.is_foreign or kind == NULL:
            return c.report("not-a-list", node.source, {"found": word(kind)})
        item = kind
    names: dict[str, Type] = {}
    if c.is_foreign and isinstance(plain(item), Record):
        names.update(plain(item).fields)  # type: ignore[union-attr]  # just asked
    names[ELEMENT] = _element(item)
    condition = c.of(node.condition, scope.binding(names, node))
    decided = plain(condition.type)
    if decided == UNKNOWN:
        return UNREADABLE
    if decided == YES_NO:
        missing = source.item_gaps
        return Known(ListOf(item), source.may_be_null, source.gaps, item_gaps=missing)
    if decided == NUMBER and c.is_foreign and not _reads_element(c, node):
        return Known(item, True, FOR_EVER)
    if decided == NUMBER:
        values = {"what": "[1]", "instead": "[item.… = …]"}
        return c.report("not-in-subset", node.condition, values)
    return c.report("condition-not-yes-no", node.condition, {"found": word(decided)})


def _reads_element(c: Checking, node: Filter) -> bool:
    """Whether a position depends on the element it is to pick."""
    places = (c.places.get(one) for one in walk(node.condition))
    return any(isinstance(one, Local) and one.owner is node for one in places)
