"""Definitions with a part of another shape: every node may become anything."""

import copy
import json
import re
from collections.abc import Iterator
from typing import Any, TypeAlias

import yaml
from hypothesis import strategies as st

from tests.portal.commands.conftest import ROOT

Tree: TypeAlias = Any
Place: TypeAlias = tuple[str | int, ...]

PROCEDURES = ("musterprozess", "verpflichtungserklaerung", "beschaeftigungserlaubnis",
              "einbuergerung")  # fmt: skip

DEEP: Tree = "x"
for _level in range(20):
    DEEP = [DEEP] if _level % 2 else {"a": DEEP}

_PLAIN = re.compile(r"[A-Za-z0-9_.-]+")

# What authors, programs and attackers write where something else belongs.
VALUES: tuple[Tree, ...] = (
    None, True, 0, -1, 1.5, 10**30, "9" * 400, 1e308, "", " ", "x", "a b", "ä", "null", "~", "-",
    "no", "1:30", "0x1F", ".nan", "1e999", "２０２６", "2026-02-30", "2026-11-23", "P3M", "P5Y",
    "P99999M", "1..3", "3..1", "0..999999", "{x}", "{plz.a.b}", "{a", "{0.__class__}", "${x}",
    "[", "'", '"', "\\", "\n", "a\nb", "x" * 5_000, "ab" * 40_000, "\u0301", "\U0001f600",
    [], [[]], [None], ["a", "a"], [1, [2, [3]]], {}, {"a": 1}, {"": ""}, {"a": {"b": {"c": {}}}},
    [{}], [{"field": "x"}], {"value": "x"}, {"$code": "1"}, {"$each": "kinder"}, {"$choose": []},
    {"$when": "true"}, {"$document": "*"}, DEEP, ["x"] * 500, {f"k{n}": n for n in range(500)},
    "alter am(geburtsdatum, stichtag)", "some x in kinder satisfies x.a = 1", "stichtag",
    "setting.x", "a.b.c", "if a then b else c", "count(fahrzeuge) > 1", "not(x)", "true", "false",
    "null = null", "1/0", "10**10**8", "((((((((((", "for i in 1..9999999 return i", "item",
    '"a" in ("a", "b")', "date(\"2026-02-30\")", "duration(\"P1Y\")", "matches(x, \"(a+)+$\")",
    "(a+)+$", "(?=a)", "[", "a{1,999999}", "__class__", "constructor", "musterprozess",
    "../../etc/passwd", "file:///etc/passwd", "!!python/object:os.system",
)  # fmt: skip
KEYS = ("", "x", "field", "type", "label", "show_if", "valid_if", "options", "value", "repeat",
        "fields", "group", "info", "computed", "each", "item", "$each", "$value", "required",
        "internal", "was", "because", "ä", "__class__", "1", "null", "Feld", "fi eld")  # fmt: skip


class Plain(str):
    """A scalar without quotes: in settings `13.90` is a number and `"13.90"` is text."""

    __slots__ = ()


def tree_of(name: str) -> Tree:
    """A definition of the repository; every scalar is text, plain or quoted."""
    text = (ROOT / "definitions" / f"{name}.yaml").read_text("utf-8")
    return _tree(yaml.compose(text, yaml.CBaseLoader))


def _tree(node: yaml.Node | None) -> Tree:
    match node:
        case yaml.MappingNode():
            return {key.value: _tree(value) for key, value in node.value}
        case yaml.SequenceNode():
            return [_tree(one) for one in node.value]
        case yaml.ScalarNode():
            is_plain = node.style not in set("'\"|>") and _PLAIN.fullmatch(node.value)
            return Plain(node.value) if is_plain else node.value
        case _:
            return None


def paths(tree: Tree, before: Place = ()) -> Iterator[Place]:
    """Every place of a tree but its root."""
    items = tree.items() if isinstance(tree, dict) else enumerate(tree)
    for key, value in items:
        yield (*before, key)
        if isinstance(value, (dict, list)):
            yield from paths(value, (*before, key))


def at(tree: Tree, path: Place) -> Tree:
    """The part of a tree at a place; None if it is no longer there."""
    for key in path:
        try:
            tree = tree[key]
        except (LookupError, TypeError):
            return None
    return tree


def as_text(tree: Tree) -> str:
    """YAML in brackets, like JSON."""
    return "".join(_written(tree, "\n"))


def _written(tree: Tree, begin: str) -> Iterator[str]:
    if isinstance(tree, dict):
        yield "{"
        for key, value in tree.items():
            yield f"{begin} {_scalar(key)}: "
            yield from _written(value, begin + " ")
            yield ","
        yield begin + "}"
    elif isinstance(tree, list):
        yield "["
        for value in tree:
            yield begin + " "
            yield from _written(value, begin + " ")
            yield ","
        yield begin + "]"
    else:
        yield _scalar(tree)


def _scalar(value: Tree) -> str:
    return value if isinstance(value, Plain) else json.dumps(value, ensure_ascii=False)


@st.composite
def mutated(draw: st.DrawFn, tree: Tree, places: list[Place]) -> str:
    """The text of a definition with one to four parts changed."""
    tree = copy.deepcopy(tree)
    for _ in range(draw(st.integers(1, 4))):
        path = draw(st.sampled_from(places))
        parent = at(tree, path[:-1])
        key: Any = path[-1]
        if at(tree, path) is None or not isinstance(parent, (dict, list)):
            continue
        match draw(st.sampled_from(("value", "value", "part", "drop", "key", "double"))):
            case "value":
                parent[key] = draw(st.sampled_from(VALUES))
            case "part":
                parent[key] = copy.deepcopy(at(tree, draw(st.sampled_from(places))))
            case "drop":
                del parent[key]
            case "key" if isinstance(parent, dict):
                parent[draw(st.sampled_from(KEYS))] = parent.pop(key)
            case "double" if isinstance(parent, list):
                parent.insert(key, copy.deepcopy(parent[key]))
            case _:
                parent[key] = [parent[key]]
    return as_text(tree)
