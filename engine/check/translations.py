"""What is said about the translations of a definition (R30)."""

import re

from engine.diagnostics import Diagnostic, Findings, Severity
from engine.model import Procedure
from engine.model_parts import Text
from engine.texts.catalogue import places
from engine.texts.extract import texts_by_place, texts_of_definition
from engine.texts.ledger import Ledger, State, read_ledger, state_of, states

_LINK = re.compile(r"\]\(\s*([^()\s]*)")
_LACKING = (State.MISSING, State.STALE)


def check_translation(
    procedure: Procedure, language: str, catalogue: str
) -> tuple[Diagnostic, ...]:
    """What keeps a catalogue (the text of its file) from being shown, and what it lacks."""
    findings = Findings()
    at = procedure.title.span
    try:
        ledger = read_ledger(catalogue)
    except ValueError:
        findings.add("translation-unreadable", at, {"language": language})
        return findings.sorted()
    _lacking(procedure, language, ledger, findings)
    texts = texts_by_place(procedure)
    for wanted in texts_of_definition(procedure):
        if state_of(wanted, ledger) not in _LACKING:
            forms = ledger[wanted.context, wanted.id].forms
            _same_parts(texts[wanted.context], language, " ".join(forms), findings)
    return findings.sorted()


def _lacking(procedure: Procedure, language: str, ledger: Ledger, findings: Findings) -> None:
    """One message for all: a language that was just begun lacks a thousand texts."""
    wanted = texts_of_definition(procedure)
    found = states(wanted, ledger)
    least = State(procedure.languages.get(language, State.MACHINE))
    below = [one for state in State if state.rank < least.rank for one in found[state]]
    if not below:
        return
    values = {
        "language": language,
        "count": str(len(below)),
        "of": str(len(wanted)),
        "missing": str(len(found[State.MISSING])),
        "stale": str(len(found[State.STALE])),
        "least": str(least),
    }
    span = texts_by_place(procedure)[below[0].context].span
    findings.add("translation-incomplete", span, values, severity=Severity.WARNING)


def _same_parts(text: Text, language: str, translated: str, findings: Findings) -> None:
    """Places and links are not the translator's to change."""
    values = {"language": language, "translated": translated[:60]}
    if places(text.german) != places(translated):
        wrong = sorted(places(text.german) ^ places(translated))
        values["places"] = ", ".join(f"{{{one}}}" for one in wrong)
        findings.add("translation-places-differ", text.span, values)
    links = set(_LINK.findall(text.german)) ^ set(_LINK.findall(translated))
    if links:
        values["links"] = ", ".join(sorted(links))[:120]
        findings.add("translation-links-differ", text.span, values)
