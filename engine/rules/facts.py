"""What holds where a rule is read: conditions that are true there, and what follows from them.

In a complete application a required question is answered wherever it is shown. So if a rule
counts only where the conditions of that question hold, the question is not empty there.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from engine.rules.answered import answered_if_true
from engine.rules.print import print_tree
from engine.rules.tree import (
    Both,
    Call,
    Comparison,
    Either,
    Flag,
    Listing,
    Membership,
    Name,
    Node,
    Null,
    Number,
    Path,
    Text,
)


@dataclass(frozen=True, slots=True)
class Asked:
    """When a name has an answer."""

    shown: tuple[Node, ...] = ()  # all of these hold wherever it is answered
    certain: tuple[tuple[Node, ...], ...] = ()  # answered, once all is complete, where one holds
    made_of: frozenset[str] = frozenset()  # a value: these are answered wherever it is there
    needs: frozenset[str] | None = None  # a value: it is there if these are; None: nobody knows

    @property
    def is_always_there(self) -> bool:
        """A value with a default for everything that may be missing."""
        return self.needs == frozenset() and not self.made_of and () in self.certain


_MOST = 64  # of chains of hundreds of questions the rest is not followed: it only costs hints


@dataclass(frozen=True, slots=True)
class Facts:
    """Conditions that hold."""

    answered: frozenset[str] = frozenset()
    texts: frozenset[str] = frozenset()
    values: Mapping[str, frozenset[object]] = field(default_factory=dict)  # name: one of these

    def hold(self, node: Node) -> bool:
        """Whether a condition follows; False means that nobody knows."""
        if isinstance(node, Both):
            return all(map(self.hold, node.parts))
        if isinstance(node, Flag):
            return node.value
        if print_tree(node) in self.texts or (
            isinstance(node, Either) and any(map(self.hold, node.parts))
        ):
            return True
        name, allowed = values_of(node)
        if name and self.values.get(name, _ALL) <= allowed:
            return True
        given = _given(node)
        return given is not None and given in self.answered

    def learning(
        self,
        conditions: Iterable[Node],
        answered: Iterable[str],
        asked_of: Callable[[str], Asked | None],
    ) -> "Facts":
        """These facts, more of them, and what follows: an answer was given where it is asked."""
        names = set(self.answered)
        texts = set(self.texts)
        values = dict(self.values)
        waiting = list(conditions)
        fresh = set(answered) - names
        made_of: set[str] = set()
        most = len(names) + len(texts) + _MOST
        while (waiting or fresh) and len(names) + len(texts) < most:
            for name in fresh:
                asked = asked_of(name)
                if asked is not None:
                    waiting.extend(asked.shown)
                    made_of |= asked.made_of
            names |= fresh
            fresh = made_of - names
            made_of = set()
            for node in _conjuncts(waiting):
                text = print_tree(node)
                if text in texts:
                    continue
                texts.add(text)
                name, allowed = values_of(node)
                if name:
                    values[name] = values.get(name, allowed) & allowed
                fresh |= answered_if_true(node) - names
            waiting = []
        return Facts(frozenset(names), frozenset(texts), values)

    def without(self, names: Iterable[str]) -> "Facts":
        """What is left where some names mean something else."""
        hidden = frozenset(names)
        if not any(_first(one) in hidden for one in (*self.answered, *self.values)):
            return self
        kept = frozenset(one for one in self.answered if _first(one) not in hidden)
        return Facts(kept)


class _Everything(frozenset[object]):
    def __le__(self, other: object) -> bool:
        return False


_ALL = _Everything()


def _first(name: str) -> str:
    return name.partition(".")[0].partition("[")[0]


def _conjuncts(nodes: Iterable[Node]) -> Iterable[Node]:
    for node in nodes:
        if isinstance(node, Both):
            yield from _conjuncts(node.parts)
        else:
            yield node


def values_of(node: Node) -> tuple[str, frozenset[object]]:
    """`x = "a"`, `x in ("a", "b")`, `x`: a name, and the values it then has; "" for all others."""
    match node:
        case Name() | Path():
            return print_tree(node), frozenset({True})
        case Call(function="not", arguments=(only,)) if isinstance(only.value, Name | Path):
            return print_tree(only.value), frozenset({False})
        case Comparison(operator="=", left=(Name() | Path()) as name, right=value):
            literals = _literals((value,))
        case Comparison(operator="=", left=value, right=(Name() | Path()) as name):
            literals = _literals((value,))
        case Membership(value=(Name() | Path()) as name, tests=tests):
            literals = _literals(tests)
        case _:
            return "", frozenset()
    return (print_tree(name), literals) if literals else ("", frozenset())


def _literals(nodes: tuple[Node, ...]) -> frozenset[object]:
    """The values, if all are written out."""
    found: set[object] = set()
    for node in nodes:
        if isinstance(node, Listing):
            inner = _literals(node.items)
            if not inner:
                return frozenset()
            found |= inner
        elif isinstance(node, Text | Number | Flag):
            found.add(node.value)
        else:
            return frozenset()
    return frozenset(found)


def _given(node: Node) -> str | None:
    match node:
        case Call(function="angegeben", arguments=(only,)):
            return print_tree(only.value)
        case Comparison(operator="!=", left=left, right=Null()):
            return print_tree(left)
        case Comparison(operator="!=", left=Null(), right=right):
            return print_tree(right)
        case _:
            return None
