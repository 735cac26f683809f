"""Small procedures out of small texts, and the real ones out of `definitions/`."""

import re
from datetime import date
from functools import cache
from pathlib import Path
from textwrap import indent

from engine import Plan, Source, prepare, read_lists
from engine.load import SharedLists

ROOT = Path(__file__).resolve().parents[2]
TODAY = date(2026, 11, 23)
PROCEDURES = ("musterprozess", "verpflichtungserklaerung", "beschaeftigungserlaubnis",
              "einbuergerung")  # fmt: skip

STATES = """\
list: staaten
version: 2026-01-01
source: Beispiel
values:
  "000": {label: Deutschland, iso: DE}
  "163": {label: Türkei, iso: TR}
  "997": {label: staatenlos}
"""
BARE = """\
procedure: beispiel
version: 2026.1.0
title: Beispiel
authority: {name: Stadt Beispiel, ags: '00000000', dvdv_key: 'abh:00000000'}
"""
HEAD = f"""\
{BARE}\
recipients: {{amt: {{text: Das Amt, receives: [xoev, dms]}}}}
purposes:
  zweck:
    {{text: T, legal_basis: § 1, recipients: [amt], retention: drafts, by_hand: true}}
"""
ONE_PAGE = """\
pages:
  - page: eins
    title: Eins
    purpose: zweck
    fields:
"""


def plan_of(text: str) -> Plan:
    """The plan of a procedure whose head is left out, and its purposes where it names none."""
    head = BARE if "purposes:" in text else HEAD
    if "purpose:" not in text:
        text = re.sub(r"(?m)^( *)- page: \w+$", r"\g<0>\n\1  purpose: zweck", text)
    source = Source("beispiel.yaml", head + text)
    plan, found = prepare(source, read_lists((Source("staaten.yaml", STATES),))[0])
    assert plan is not None, [(str(one.span), one.code, dict(one.values)) for one in found]
    return plan


def page_of(fields: str) -> Plan:
    """The plan of one page with these fields."""
    return plan_of(ONE_PAGE + indent(fields, " " * 6))


@cache
def real_plan(name: str) -> Plan:
    """The plan of a procedure of this repository."""
    path = ROOT / "definitions" / f"{name}.yaml"
    beside = path.parent / "cases" / path.name
    cases = Source(beside.name, beside.read_text("utf-8")) if beside.is_file() else None
    plan, found = prepare(Source(path.name, path.read_text("utf-8"), cases=cases), _shared())
    assert plan is not None, [(str(one.span), one.code, dict(one.values)) for one in found]
    return plan


@cache
def _shared() -> SharedLists:
    paths = sorted((ROOT / "definitions" / "shared").glob("*.yaml"))
    return read_lists(tuple(Source(path.name, path.read_text("utf-8")) for path in paths))[0]
