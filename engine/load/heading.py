"""The head of a procedure: names, law, authority, service page, privacy, retention."""

import re
from collections.abc import Mapping
from datetime import date, timedelta

from engine.load.block import Block
from engine.load.purposes import class_entries
from engine.model import Authority, Service
from engine.model_parts import Text, Word
from engine.texts.languages import TRANSLATED
from engine.texts.ledger import State

HEAD_KEYS = (
    "procedure", "version", "title", "summary", "leika", "law_as_of", "legal_basis", "authority",
    "service", "privacy", "languages", "sign_in", "retention", "recipients", "purposes",
    "settings", "lists", "pages", "quick_check", "documents", "invitations", "process", "outputs",
    "assertions", "cases",
)  # fmt: skip
AUTHORITY_KEYS = (
    "name", "street", "postcode", "town", "email", "phone", "ags", "dvdv_key", "district",
)  # fmt: skip
SERVICE_KEYS = ("who", "cost", "duration", "result", "next_steps")
SIGN_IN = ("none", "basic", "substantial", "high")
GATES = tuple(str(one) for one in (State.MACHINE, State.HUMAN, State.APPROVED))
BECAUSE = "drafts_because"
RETENTION = {"drafts": 30, "submissions": 90, "uploads": 90}
MAX_DAYS = 3650
USUAL_DRAFT_DAYS = 30  # § 8a Abs. 3 OZG: longer only with a reason


def matching(block: Block, words: tuple[str, ...], pattern: str, code: str) -> tuple[str, ...]:
    """The words that have the form of such keys; the others are reported."""
    found = []
    for word in words:
        if re.fullmatch(pattern, word, re.ASCII):
            found.append(word)
        elif isinstance(word, Word):
            block.loading.findings.add(code, word.span, {"text": word[:80]})
    return tuple(found)


def load_leika(block: Block) -> tuple[str, ...]:
    """LeiKa keys: 14 digits."""
    return matching(block, block.words("leika"), r"\d{14}", "wrong-leika")


def load_law_day(block: Block) -> date | None:
    """The day of which the law was read."""
    scalar = block.scalar("law_as_of")
    return None if scalar is None else block.loading.day(scalar)


def load_authority(block: Block) -> Authority:
    """Who is responsible."""
    inner = block.block("authority", AUTHORITY_KEYS, required=True)
    if inner is None:
        return Authority("", "", "", "", "", "", "", "", ())
    one = {key: inner.string(key) for key in AUTHORITY_KEYS if key != "district"}
    if "name" not in inner:
        inner.missing("name")
    if one["ags"]:
        matching(inner, (one["ags"],), r"\d{8}", "wrong-ags")
    if one["postcode"]:
        matching(inner, (one["postcode"],), r"\d{5}", "wrong-postcode")
    district = matching(inner, inner.words("district"), r"\d{5}", "wrong-postcode")
    return Authority(**one, district=district)


def load_service(block: Block) -> Service:
    """The service page."""
    inner = block.block("service", SERVICE_KEYS, "service")
    if inner is None:
        return Service(None, None, None, None, ())
    who, cost, duration, result = (inner.text(key) for key in ("who", "cost", "duration", "result"))
    loading = inner.loading
    scalars = (loading.scalar(node) for node in inner.items("next_steps"))
    steps = tuple(
        loading.text(scalar, f"service.next_steps.{number}")
        for number, scalar in enumerate(scalars, 1)
        if scalar is not None
    )
    return Service(who, cost, duration, result, steps)


def load_languages(block: Block) -> Mapping[str, str]:
    """How good every translation must be before a language is offered."""
    inner = block.block("languages", TRANSLATED)
    if inner is None:
        return {}
    return {code: inner.word(code, GATES, GATES[0]) for code in TRANSLATED if code in inner}


def load_retention(block: Block) -> tuple[Mapping[str, timedelta], Text | None]:
    """How long data is kept, and why drafts are kept long; in days, because nobody can delete
    after a month of unknown length.
    """
    found = {key: timedelta(days=days) for key, days in RETENTION.items()}
    classes = tuple(one.key.text for one in class_entries(block))
    inner = block.block("retention", (*RETENTION, BECAUSE, *classes))
    if inner is None:
        return found, None
    because = None if BECAUSE in classes else inner.text(BECAUSE)
    for key in RETENTION:
        scalar = None if key in classes else inner.scalar(key)
        if scalar is None:
            continue
        duration = inner.loading.duration(scalar)
        if duration is None:
            continue
        if duration.months or not 1 <= duration.days <= MAX_DAYS:
            values = {"key": key, "text": scalar.text[:80], "limit": str(MAX_DAYS)}
            inner.loading.findings.add("retention-not-in-days", scalar.span, values)
        else:
            found[key] = timedelta(days=duration.days)
        if key == "drafts" and duration.days > USUAL_DRAFT_DAYS and because is None:
            values = {"days": str(duration.days), "usual": str(USUAL_DRAFT_DAYS)}
            inner.loading.findings.add("drafts-kept-long", scalar.span, values)
    return found, because
