"""Small procedures for the tests of the loader."""

from engine import SharedLists, load, read_lists
from engine.diagnostics import Diagnostic
from engine.model import Field, Group, Procedure
from engine.source import Source
from tests.diagnostics.fragments import shared_lists

HEAD = """\
procedure: beispiel
version: 2026.1.0
title: Beispiel
authority: {name: Stadt Beispiel}
"""
PURPOSES = """\
recipients: {amt: {text: Das Amt, receives: [xoev, dms]}}
purposes:
  zweck:
    {text: Zum Entscheiden, legal_basis: § 1, recipients: [amt], retention: drafts, by_hand: true}
"""


def loaded(text: str, shared: SharedLists | None = None) -> Procedure:
    """The procedure of a text that has no mistakes of shape."""
    procedure, found = load(Source("x.yaml", text), shared or shared_lists())
    assert found == ()
    assert procedure is not None
    return procedure


def mistakes(text: str) -> list[tuple[str, str]]:
    """Codes and what they are about."""
    _, found = load(Source("x.yaml", text), shared_lists())
    return [(one.code, about(one)) for one in found]


def about(one: Diagnostic) -> str:
    """The author's own word."""
    return one.values.get("key") or one.values.get("name") or one.values.get("text") or ""


def with_fields(*lines: str) -> str:
    """A procedure of one page."""
    page = ["pages:", "  - page: seite", "    title: Seite", "    fields:"]
    named = "    purpose: zweck"  # behind the fields, whose lines tests count
    return HEAD + "\n".join([*page, *(f"      {line}" for line in lines), named, PURPOSES])


def first_field(*lines: str) -> Field:
    """The first item of a page, which is a field."""
    item = loaded(with_fields(*lines)).pages[0].items[0]
    assert isinstance(item, Field)
    return item


def first_group(*lines: str) -> Group:
    """The first item of a page, which is a group."""
    item = loaded(with_fields(*lines)).pages[0].items[0]
    assert isinstance(item, Group)
    return item


def lists_of(**texts: str) -> SharedLists:
    """Shared lists, `name=values`."""
    sources = [
        Source(f"{name}.yaml", f"list: {name}\nversion: 1\nsource: x\nvalues: {values}\n")
        for name, values in texts.items()
    ]
    lists, found = read_lists(sources)
    assert found == ()
    return lists
