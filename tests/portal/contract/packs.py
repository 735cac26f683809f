"""Packs of the procedures, each made once: making one takes seconds."""

import json
from datetime import date
from functools import cache
from typing import Any

from engine import Plan
from portal.contract import pack
from portal.contract.judge import Judge
from tests.outputs.plans import real_plan

TODAY = date(2026, 11, 23)
PROCEDURES = (
    "musterprozess",
    "beschaeftigungserlaubnis",
    "verpflichtungserklaerung",
    "einbuergerung",
)


def plan_of(procedure: str) -> Plan:
    """As compiled for all tests of outputs."""
    return real_plan(procedure)


@cache
def pack_of(procedure: str) -> dict[str, bytes]:
    """Without anybody's standards folder."""
    return pack.files(plan_of(procedure), None, today=TODAY, seed=1, count=2)


@cache
def judge_of(procedure: str) -> Judge:
    """The same."""
    return Judge(plan_of(procedure), TODAY)


def expected(procedure: str) -> list[dict[str, Any]]:
    """What the pack says about its wrong samples."""
    found: list[dict[str, Any]] = json.loads(pack_of(procedure)[pack.EXPECTED])
    return found


def sent(procedure: str) -> dict[str, bytes]:
    """The samples that travel: message or JSON, package, submission."""
    return {
        path: content
        for path, content in pack_of(procedure).items()
        if path.startswith("samples/") and not path.endswith(("answers.json", ".pdf"))
    }
