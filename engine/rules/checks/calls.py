"""Calls: the signature that fits, arguments in order, literals worked out."""

from collections.abc import Sequence
from dataclasses import replace

from engine.rules.checking import NOTHING, UNREADABLE, Checking, word
from engine.rules.checks import hints
from engine.rules.checks.literals import literal
from engine.rules.faults import nearby
from engine.rules.functions.signature import Function, Nulls, Parameter, Signature
from engine.rules.print import print_tree
from engine.rules.runtime.patterns import compiled, is_plain
from engine.rules.scope import NO_GAPS, Known, Matched, Scope
from engine.rules.tree import Argument, Call, Node, Text
from engine.rules.types import (
    ANY,
    DATE,
    NULL,
    PARTIAL_DATE,
    RANGE,
    UNKNOWN,
    Choice,
    ListOf,
    Simple,
    Type,
    alike,
    family,
    plain,
)
from engine.suggest import nearest


def check_call(c: Checking, node: Call, scope: Scope) -> Known:
    """`function(arguments)`."""
    function = scope.functions.get(node.function)
    if function is None:
        near = nearest(node.function, scope.functions)
        values = {"name": node.function} | nearby(near)
        place = (node.start, node.name_end)
        return c.report("unknown-function", node, values, at=place, fix=near[0] if near else None)
    c.roundings += function.rounds
    known = [c.of(one.value, scope) for one in node.arguments]
    c.roundings -= function.rounds
    if any(plain(one.type) == UNKNOWN for one in known):
        return UNREADABLE
    value = literal(c, node, known)
    if value is not None:
        return value
    found = _match(c, node, function, known)
    if isinstance(found, Known):
        return found
    c.calls[node] = found
    _look_closer(c, node, found)
    return _result(c, node, found, scope)


def check_argument(c: Checking, node: Argument, scope: Scope) -> Known:
    """Reached only through a tree that nobody reads from text."""
    return c.of(node.value, scope)


def _match(c: Checking, node: Call, function: Function, known: Sequence[Known]) -> Matched | Known:
    """The first signature that takes the arguments; else the mistake in the closest one."""
    mistake: Known | None = None
    count = len(known)
    fitting = [one for one in function.signatures if one.most is None or count <= one.most]
    fitting = [one for one in fitting if count >= one.fewest]
    if not fitting:
        return _wrong_count(c, node, function, count)
    names = [one.name for one in node.arguments]
    for signature in fitting:
        ordered = _ordered(signature, node.arguments)
        if ordered is None:
            continue
        singles = _singles(c, signature, ordered)
        if _takes(c, signature, ordered, singles):
            spread = _is_spread(c, signature, node)
            return Matched(function, signature, ordered, spread, singles)
    kinds = [plain(one.type) for one in known]
    if c.is_foreign and (
        NULL in kinds or (function.name == "not" and isinstance(kinds[0], Simple))
    ):
        return NOTHING
    if any(names):
        mistake = _wrong_name(c, node, fitting[0])
    return mistake or _wrong_type(c, node, fitting)


def _wrong_count(c: Checking, node: Call, function: Function, count: int) -> Known:
    least = min(one.fewest for one in function.signatures)
    most = max(one.most or one.fewest for one in function.signatures)
    wanted = str(least) if least == most else f"{least}–{most}"
    values = {"function": function.name, "wanted": wanted, "found": str(count)}
    if any(one.most is None for one in function.signatures):
        values["wanted"] = f"{least}+"
    return c.report("wrong-argument-count", node, values)


def _ordered(
    signature: Signature, arguments: tuple[Argument, ...]
) -> tuple[Node | None, ...] | None:
    """The arguments by parameter; None if names do not fit."""
    if not any(one.name for one in arguments):
        given: list[Node | None] = [one.value for one in arguments]
        missing = len(signature.parameters) - len(given)
        return tuple(given + [None] * max(missing, 0))
    by_name = {one.name: one.value for one in arguments}
    names = [one.name for one in signature.parameters]
    if len(by_name) != len(arguments) or not by_name.keys() <= set(names):
        return None
    if any(one.name not in by_name for one in signature.parameters if not one.optional):
        return None
    return tuple(by_name.get(name) for name in names)


def _singles(
    c: Checking, signature: Signature, ordered: tuple[Node | None, ...]
) -> frozenset[Node]:
    """Single values where only a list will do: foreign FEEL makes a list of one of them."""
    if not c.is_foreign:
        return frozenset()
    first = signature.parameters[0]
    parameters = [first] * len(ordered) if first.many else list(signature.parameters)
    return frozenset(
        node
        for parameter, node in zip(parameters, ordered, strict=False)
        if node is not None and _is_element(plain(c.known[node].type), parameter.types[0])
    )


def _is_element(found: Type, wanted: Type) -> bool:
    return (
        isinstance(wanted, ListOf)
        and not isinstance(found, ListOf)
        and found not in (NULL, ANY, RANGE)
        and alike(found, wanted.item)
    )


def _takes(
    c: Checking,
    signature: Signature,
    ordered: tuple[Node | None, ...],
    singles: frozenset[Node],
) -> bool:
    parameters = signature.parameters
    if parameters[0].many:
        return _takes_many(c, parameters[0], [one for one in ordered if one not in singles])
    return all(
        node is None or node in singles or _accepts(parameter.types, c.known[node], c.is_foreign)
        for parameter, node in zip(parameters, ordered, strict=True)
    )


def _takes_many(c: Checking, parameter: Parameter, ordered: Sequence[Node | None]) -> bool:
    given = [c.known[one] for one in ordered if one is not None]
    if len(given) == 1 and _accepts((ListOf(parameter.types[0]),), given[0], c.is_foreign):
        return not isinstance(parameter.types[0], ListOf) or _accepts(
            parameter.types, given[0], c.is_foreign
        )
    return all(
        _accepts(parameter.types, one, c.is_foreign)
        or (c.is_foreign and len(given) > 1 and plain(one.type) == NULL)
        for one in given
    )


def _is_spread(c: Checking, signature: Signature, node: Call) -> bool:
    parameter = signature.parameters[0]
    if not parameter.many:
        return False
    if isinstance(parameter.types[0], ListOf):
        return True
    is_list = isinstance(plain(c.known[node.arguments[0].value].type), ListOf)
    return len(node.arguments) > 1 or not is_list


def _accepts(wanted: tuple[Type, ...], known: Known, is_foreign: bool) -> bool:
    found = plain(known.type)
    if found == NULL:
        return NULL in wanted
    if found == RANGE:
        return False
    for one in wanted:
        if one == ANY:
            return True
        if isinstance(one, ListOf) and isinstance(found, ListOf):
            if one.item == ANY or plain(found.item) != ANY:
                if alike(one.item, found.item):
                    return True
            elif known.constant == ():
                return True
        elif not isinstance(one, ListOf) and found != ANY and family(one) == family(found):
            return True
    return False


def _wrong_name(c: Checking, node: Call, signature: Signature) -> Known | None:
    names = [one.name for one in signature.parameters]
    for argument in node.arguments:
        if argument.name not in names:
            place = (argument.start, argument.start + max(len(argument.name), 1))
            near = nearest(argument.name, names)
            values = {"name": argument.name, "allowed": ", ".join(names)} | nearby(near)
            return c.report("unknown-argument", argument, values, at=place)
    return None


def _wrong_type(c: Checking, node: Call, fitting: Sequence[Signature]) -> Known:
    """Names the first argument that does not go with those before it."""
    left = list(fitting)
    for index, argument in enumerate(node.arguments):
        known = c.known[argument.value]
        taking = [one for one in left if _takes_at(one, index, known, c.is_foreign)]
        if not taking:
            return _wrong_argument(c, node, argument, [_parameter(one, index) for one in left])
        left = taking
    count = str(len(node.arguments))
    values = {"function": node.function, "wanted": str(fitting[0].fewest), "found": count}
    return c.report("wrong-argument-count", node, values)


def _parameter(signature: Signature, index: int) -> Parameter:
    return signature.parameters[0 if signature.parameters[0].many else index]


def _takes_at(signature: Signature, index: int, known: Known, is_foreign: bool) -> bool:
    return _accepts(_offered(_parameter(signature, index)), known, is_foreign)


def _wrong_argument(
    c: Checking, node: Call, argument: Argument, parameters: Sequence[Parameter]
) -> Known:
    found = c.known[argument.value].type
    if plain(found) == PARTIAL_DATE and any(DATE in one.types for one in parameters):
        text = print_tree(argument.value)
        fix = f"spaetestens({text})"
        return c.report("partial-date-compared", argument, {"name": text}, fix=fix)
    wanted = dict.fromkeys(word(kind) for one in parameters for kind in one.types)
    values = {
        "function": node.function,
        "parameter": parameters[0].name,
        "wanted": ", ".join(wanted),
        "found": word(found),
    }
    return c.report("wrong-argument-type", argument.value, values)


def _offered(parameter: Parameter) -> tuple[Type, ...]:
    if not parameter.many:
        return parameter.types
    return (*parameter.types, ListOf(parameter.types[0]))


def _look_closer(c: Checking, node: Call, matched: Matched) -> None:
    """What the types do not show: patterns, values of a list, guards."""
    if node.function == "not":
        hints.on_not(c, node)
    if node.function in ("matches", "split"):
        _pattern(c, *matched.arguments[1:])
    if node.function == "list contains":
        _listed(c, *matched.arguments)


def _pattern(c: Checking, pattern: Node | None, flags: Node | None = None) -> None:
    """A pattern that stands in the rule must be one."""
    written = flags.value if isinstance(flags, Text) else ""
    if not isinstance(pattern, Text) or not (flags is None or isinstance(flags, Text)):
        return
    readable = compiled(pattern.value, written) is not None
    if not readable or not (c.is_foreign or is_plain(pattern.value, written)):
        c.report("pattern-not-readable", pattern, {"found": pattern.value})


def _listed(c: Checking, source: Node | None, element: Node | None) -> None:
    if source is None or element is None:
        return
    kind, known = plain(c.known[source].type), c.known[element]
    if plain(known.type) == NULL and not c.is_foreign:
        c.report("null-as-value", element)
    item = plain(kind.item) if isinstance(kind, ListOf) else None
    value = known.constant
    if isinstance(item, Choice) and isinstance(value, str) and value not in item.values:
        near = nearest(value, sorted(item.values))
        values = {"value": value, "list": item.name} | nearby(near)
        place = (element.start + 1, element.end - 1) if value else None
        c.report("value-not-in-list", element, values, at=place, fix=near[0] if near else None)
    elif item is not None and not alike(item, known.type) and not c.is_foreign:
        values = {"operator": "=", "left": word(item), "right": word(known.type)}
        c.report("compare-different-types", element, values)


def _result(c: Checking, node: Call, matched: Matched, scope: Scope) -> Known:
    given = [c.known[one] for one in matched.arguments if one is not None]
    kind = matched.signature.result
    if callable(kind):
        nodes = [one for one in matched.arguments if one is not None]
        kinds = [plain(one.type) for one in given]
        kind = kind(
            [
                ListOf(one) if node in matched.singles else one
                for node, one in zip(nodes, kinds, strict=True)
            ]
        )
    nulls = matched.signature.nulls
    if nulls is Nulls.NEVER:
        return Known(kind)
    null = any(one.may_be_null for one in given) or nulls is Nulls.ALSO_OTHERWISE
    return _with_gaps(c, node, matched, Known(kind, null), scope)


def _with_gaps(c: Checking, node: Call, matched: Matched, result: Known, scope: Scope) -> Known:
    """What is missing makes the result missing; lists hand on what their elements lack."""
    nodes = [one for one in matched.arguments if one is not None]
    given = [c.known[one] for one in nodes]
    in_items = NO_GAPS.union(*(one.item_gaps for one in given))
    name = matched.function.name
    parameters = matched.signature.parameters
    if parameters[0].many:
        result = replace(result, gaps=NO_GAPS.union(*(one.gaps for one in given)))
        if name == "concatenate":
            return replace(result, item_gaps=in_items)
        if name in ("all", "any"):
            return replace(result, gaps=result.gaps | in_items)
        if matched.are_spread:
            return hints.sum_with_gaps(c, node, tuple(nodes), result, scope)
        return hints.over_list(c, node, nodes[0], replace(result, gaps=result.gaps), scope)
    pairs = zip(parameters, matched.arguments, strict=False)
    needed = [c.known[one] for parameter, one in pairs if one and NULL not in parameter.types]
    gaps = NO_GAPS.union(*(one.gaps for one in needed))
    return replace(result, gaps=gaps, item_gaps=in_items if name == "distinct values" else NO_GAPS)
