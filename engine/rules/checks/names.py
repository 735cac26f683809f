"""Names, paths and `?`."""

from engine.rules.answered import answered_if_true
from engine.rules.checking import NOTHING, UNREADABLE, Checking, item_of, word
from engine.rules.faults import left_out_values, nearby
from engine.rules.print import print_tree
from engine.rules.scope import NO_GAPS, Gap, Gaps, Known, Local, Root, Scope
from engine.rules.tree import Call, Filter, Input, Name, Node, Path
from engine.rules.types import (
    ANY,
    DATE,
    DAYS,
    FAR_DATE,
    FOREIGN,
    MONTHS,
    NULL,
    NUMBER,
    PARTIAL_DATE,
    UNKNOWN,
    Given,
    ListOf,
    Record,
    Type,
    plain,
)
from engine.suggest import nearest

# What can be asked of a value that is not a record, and the run-time name of the answer.
PROPERTIES: dict[Type, tuple[str, ...]] = {
    DATE: ("year", "month", "day"),
    FAR_DATE: ("year", "month", "day"),
    MONTHS: ("years", "months"),
    DAYS: ("days",),
}
_FEEL_ONLY = frozenset(
    {"weekday", "hour", "minute", "second", "hours", "minutes", "seconds", "timezone"}
)


def check_name(c: Checking, node: Name, scope: Scope) -> Known:
    """A name that stands alone."""
    found = scope.find(node.name)
    if found is None:
        return _unknown_name(c, node, node.name, (node.start, node.end), scope)
    declared, where = found
    if where.owner is not None:
        c.places[node] = Local(where.owner, node.name)
    else:
        c.places[node] = Root(node.name)
        c.reads.add(node.name)
    return _known(c, node, declared, scope)


def _known(c: Checking, node: Node, declared: Type, scope: Scope) -> Known:
    if plain(declared) == FOREIGN:
        return c.report("not-in-subset", node, {"what": print_tree(node)})
    if isinstance(declared, Given):
        return Known(declared.type)
    return Known(declared, True, _gap(node, scope))


def _gap(node: Node, scope: Scope, record: Record | None = None) -> Gaps:
    """That a name or a part of a record may be missing here."""
    text = print_tree(node)
    if scope.is_answered(text):
        return NO_GAPS
    is_certain = (
        scope.is_certain(text)
        if record is None
        else isinstance(node, Path) and node.name in record.certain
    )
    return frozenset({Gap(text, not is_certain, f"angegeben({text})")})


def _unknown_name(
    c: Checking, node: Node, name: str, place: tuple[int, int], scope: Scope
) -> Known:
    dots = name.rpartition(".")[0]
    names = [one for one in scope.every_name() if not dots or one.startswith(f"{dots}.")]
    near = nearest(name, names)
    values = {"name": name} | nearby(near)
    return c.report("unknown-name", node, values, fix=near[0] if near else None, at=place)


def check_path(c: Checking, node: Path, scope: Scope) -> Known:
    """`of.name`: a name with a dot, a part of a record, or a property of a value."""
    whole = _whole_name(node)
    if whole is not None:
        dotted = _dotted(c, node, whole, scope)
        if dotted is not None:
            return dotted
    of = c.of(node.of, scope)
    kind = plain(of.type)
    place = (node.name_start, node.end)
    if isinstance(kind, Record):
        return _part(c, node, kind, of, place, scope)
    if kind in (UNKNOWN, ANY):
        return (
            UNREADABLE
            if kind == UNKNOWN
            else c.report("no-such-part", node, {"name": node.name, "of": word(kind)}, at=place)
        )
    if kind == NULL and c.is_foreign:
        return NOTHING
    item = item_of(kind)
    if isinstance(item, Record):
        return _parts(c, node, item, of, place)
    return _property(c, node, kind, of, place)


def _whole_name(node: Node) -> str | None:
    """`a.b.c` as one name, if it is only names and dots."""
    parts: list[str] = []
    while isinstance(node, Path):
        parts.append(node.name)
        node = node.of
    if not isinstance(node, Name):
        return None
    return ".".join([node.name, *reversed(parts)])


def _dotted(c: Checking, node: Path, whole: str, scope: Scope) -> Known | None:
    """A name that the plan knows by its full name: declared with dots, or of a family."""
    found = scope.find(whole)
    if found is not None and found[1].owner is None:
        declared: Type = found[0]
    else:
        first, *parts = whole.split(".")
        family = scope.find(first)
        if family is None:
            if any(name.startswith(f"{first}.") for name in scope.every_name()):
                return _unknown_name(c, node, whole, (node.start, node.end), scope)
            return None
        if family[1].owner is not None or not isinstance(plain(family[0]), Record):
            return None
        declared = family[0]
        for number, part in enumerate(parts, 1):
            record = plain(declared)
            if not isinstance(record, Record) or part not in record.fields:
                return _end_of_family(c, node, record, number == len(parts))
            declared = record.fields[part]
    c.places[node] = Root(whole)
    c.reads.add(whole)
    return _known(c, node, declared, scope)


def _end_of_family(c: Checking, node: Path, reached: Type, is_last: bool) -> Known | None:
    """No such name in the family; None if the rest is a property (`setting.tag.year`)."""
    if not isinstance(reached, Record) or not is_last:
        return None
    near = nearest(node.name, reached.fields)
    values = {"name": print_tree(node)} | nearby(near)
    fix = near[0] if near else None
    return c.report("unknown-name", node, values, fix=fix, at=(node.name_start, node.end))


def _part(
    c: Checking, node: Path, record: Record, of: Known, place: tuple[int, int], scope: Scope
) -> Known:
    declared = _field(c, node, record, place)
    if declared is None:
        return UNREADABLE
    if plain(declared) == FOREIGN:
        return c.report("not-in-subset", node, {"what": print_tree(node)})
    if isinstance(declared, Given) and not of.may_be_null:
        return Known(declared.type)
    return Known(plain(declared), True, _gap(node, scope, record))


def _parts(c: Checking, node: Path, record: Record, of: Known, place: tuple[int, int]) -> Known:
    """`kinder.alter`: a part of every row."""
    part = _field(c, node, record, place)
    if part is None:
        return UNREADABLE
    is_kept = isinstance(node.of, Filter) and f"item.{node.name}" in answered_if_true(
        node.of.condition
    )
    missing = NO_GAPS
    if not isinstance(part, Given) and not is_kept:
        missing = frozenset({Gap(print_tree(node), node.name not in record.certain, "")})
    return Known(ListOf(part), of.may_be_null, of.gaps, item_gaps=missing)


def _field(c: Checking, node: Path, record: Record, place: tuple[int, int]) -> Type | None:
    if node.name in record.fields:
        return record.fields[node.name]
    near = nearest(node.name, record.fields)
    values = {"name": node.name} | nearby(near)
    c.report("unknown-name", node, values, fix=near[0] if near else None, at=place)
    return None


def _property(c: Checking, node: Path, kind: Type, of: Known, place: tuple[int, int]) -> Known:
    if kind == PARTIAL_DATE:
        fix = f"spaetestens({print_tree(node.of)}).{node.name}"
        values = {"name": print_tree(node.of)}
        return c.report("partial-date-compared", node, values, fix=fix)
    allowed = PROPERTIES.get(kind, ()) if not isinstance(kind, Record) else ()
    if node.name in allowed:
        return Known(NUMBER, of.may_be_null, of.gaps)
    if node.name in _FEEL_ONLY:
        values = left_out_values(f".{node.name}", ", ".join(f".{one}" for one in allowed))
        return c.report("not-in-subset", node, values, at=place)
    near = nearest(node.name, allowed)
    values = {"name": node.name, "of": word(kind)} | nearby(near)
    return c.report("no-such-part", node, values, fix=near[0] if near else None, at=place)


def check_input(c: Checking, node: Input, scope: Scope) -> Known:
    """`?`: the value of the column; only in a cell."""
    if c.input is None:
        return c.report("input-outside-cell", node)
    return c.input


def is_guard(node: Node) -> bool:
    """Whether a node is `angegeben(…)`."""
    return isinstance(node, Call) and node.function == "angegeben"
