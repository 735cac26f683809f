"""Writes docs/dms.md: how each procedure is filed, drawn from the definitions.

./run python docs/dms_page.py
"""

import sys
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from engine import load, read_lists  # noqa: E402  the folder above is importable now
from engine.model import Procedure, Template  # noqa: E402
from engine.model_dms import FORMS, SETTING, DmsOutput, DocumentType, Retention  # noqa: E402
from engine.model_parts import Duration  # noqa: E402
from portal.commands.procedures import (  # noqa: E402
    definition_files,
    read_file,
    shared_sources,
)

HEAD = """\
# How cases are filed

Drawn from the `dms` blocks of `definitions/` by `./run python docs/dms_page.py`; a test keeps this
page true. How the block is written: [definition-language.md](definition-language.md#outputs). What
is marked *to be checked* every authority decides for itself.

The same Akte, Vorgang and Dokumente come out of every adapter: see [delivery.md](delivery.md). 🔒
is restricted (geschützt): only roles whose right to read reaches it see the content. Each Dokument
has Typ, Posteingangsdatum, SHA-256, Zugriffsklasse and the roles that may read it; each Vorgang
has Referenznummer, Eingang, Verfahren, Fassung, LeiKa, Sprache and the checksum of the answers.
"""
ACTIONS = {
    "create": "anlegen", "see": "Metadaten sehen", "read": "lesen", "edit": "bearbeiten",
    "sign": "zeichnen", "hand_over": "abgeben", "delete": "löschen",
}  # fmt: skip
NOT_YET = date.max  # the newest period of a setting is shown


def page() -> str:
    """The whole page."""
    folder = ROOT / "definitions"
    lists, _ = read_lists(shared_sources(folder)[0])
    read = (read_file(path)[0] for path in definition_files(folder))
    loaded = (load(source, lists)[0] for source in read if source is not None)
    parts = (_procedure(one) for one in loaded if one is not None and one.outputs.dms)
    return HEAD + "".join(parts)


def _procedure(procedure: Procedure) -> str:
    dms = procedure.outputs.dms
    assert dms is not None  # noqa: S101 - asked before
    lines = (
        f"\n## {procedure.title.german}\n",
        *_tree(procedure, dms),
        "\n### Berechtigungskonzept\n",
        *_rights(dms),
        "\n### Aufbewahrung und Aussonderung\n",
        *_retention(procedure, dms),
        "\n### Aktenversendung\n",
        *_handover(dms),
    )
    return "\n".join(lines) + "\n"


def _tree(procedure: Procedure, dms: DmsOutput) -> Iterator[str]:
    """The Ablagestruktur, as the folders of a case would stand."""
    checked = f" ({_marked(dms.aktenplan_source)})" if dms.aktenplan_source else ""
    yield "```text"
    yield f"{dms.aktenplan} {dms.aktenplan_title}"
    yield f"└── Akte: {_words(dms.akte.title)}"
    yield f"    └── Vorgang: {_words(dms.vorgang.title)}"
    for number, drawer in enumerate(dms.document_types, start=1):
        is_last = number == len(dms.document_types)
        yield f"        {'└' if is_last else '├'}── {_drawer(procedure, dms, drawer)}"
    yield "```\n"
    yield f"- Aktenplaneinheit: `{dms.aktenplan}` {dms.aktenplan_title}{checked}"
    if dms.archive:
        yield f"- Vor dem Löschen angeboten: {dms.archive} (xdomea 0501)"
    yield from _akte(dms)


def _akte(dms: DmsOutput) -> Iterator[str]:
    akte, vorgang = dms.akte, dms.vorgang
    found = ", ".join(f"`{_rule(one)}`" for one in akte.found_by)
    yield f"- Akte: {akte.type}; gefunden durch {found}, sonst neu angelegt"
    number = "vergibt die Registratur"
    if akte.aktenzeichen is not None:
        number = f"`{_words(akte.aktenzeichen)}`, bis die Registratur ein anderes vergibt"
    yield f"- Aktenzeichen: {number}"
    for link in akte.links:
        yield f"- Verweis für jede Zeile aus `{link.each.text}`: {_words(link.title)}"
    yield f"- Metadaten der Akte: {', '.join(akte.metadata) or '–'}"
    yield f"- Metadaten des Vorgangs: {', '.join(vorgang.metadata) or '–'}"
    yield f"- Metadaten jedes Dokuments: {', '.join(dms.metadata) or '–'}"


def _drawer(procedure: Procedure, dms: DmsOutput, drawer: DocumentType) -> str:
    held = [one.id for one in procedure.documents if dms.type_of(one.id) is drawer]
    confidential = {one.id for one in procedure.documents if one.confidential}
    marked = [f"{one} 🔒" if one in confidential else one for one in held]
    if dms.type_of("summary") is drawer:
        marked = ["Antrag (PDF/A), Daten (JSON), Nachricht (XML)", *marked]
    lock = " 🔒" if drawer.restricted else ""
    return f"{drawer.title}{lock}: {', '.join(marked) or 'von der Behörde'}"


def _rights(dms: DmsOutput) -> Iterator[str]:
    granted = {role for right in dms.rights for role in right.may}
    roles = [role for role in dms.roles if role.id in granted]
    yield "| Recht | Aktion | gilt für | " + " | ".join(role.title for role in roles) + " |"
    yield "|---" * (3 + len(roles)) + "|"
    places = {one.id: one.title for one in dms.document_types}
    for right in dms.rights:
        lock = " 🔒" if right.restricted else ""
        on = ", ".join(places.get(one, one.capitalize()) for one in right.on)
        cells = [f"{right.title}{lock}", ACTIONS[right.action], on]
        cells += ["–" if role.id not in right.may else right.may[role.id] or "ja" for role in roles]
        yield _row(cells)


def _retention(procedure: Procedure, dms: DmsOutput) -> Iterator[str]:
    yield "| was | gilt für | Frist | ab | danach | Grundlage |"
    yield "|---|---|---|---|---|---|"
    places = {one.id: one.title for one in dms.document_types}
    for rule in dms.retention:
        period, source = _period(procedure, rule)
        title = f"{rule.title}. {rule.note}" if rule.note else rule.title
        on = ", ".join(places.get(one, one.capitalize()) for one in rule.on)
        event = rule.event or "Verfügung zu den Akten"
        yield _row([title, on, period, event, rule.aussonderung, _marked(source)])
    kept = procedure.retention
    days = f"{kept['drafts'].days} Tage"
    cells = ["Entwurf, nicht abgeschickt", "im Portal", days, "letzte Änderung", "vernichten"]
    yield _row([*cells, "§ 8a Abs. 3 OZG"])


def _handover(dms: DmsOutput) -> Iterator[str]:
    roles = {role.id: role.title for role in dms.roles}
    places = {one.id: one.title for one in dms.document_types}
    for one in dms.handover:
        sent = ", ".join(places.get(what, what.capitalize()) for what in one.sends)
        yield f"- **{one.event}**: {FORMS[one.form]}{f'; {sent} an {one.to}' if one.to else ''}."
        if one.not_while:
            yield f"  Nicht, solange: {', '.join(one.not_while)}."
        if one.remind:
            yield f"  Erinnerung nach {_length(one.remind)}."
        if one.because:
            yield f"  Grundlage: {_marked(one.because)}."
        for number, step in enumerate(one.steps, start=1):
            yield f"  {number}. {roles.get(step.by, step.by)} {step.does}"


def _period(procedure: Procedure, rule: Retention) -> tuple[str, str]:
    period, source = rule.period, rule.source
    if isinstance(period, str):
        [setting] = [one for one in procedure.settings if SETTING + one.id == period]
        held = setting.on(NOT_YET)
        period, source = held if isinstance(held, Duration) else None, setting.values[-1].source
    if period is None:
        return "unbefristet", source
    return _length(period), source


def _length(period: Duration) -> str:
    years, months = divmod(period.months, 12)
    parts = [f"{years} Jahre" if years != 1 else "1 Jahr"] if years else []
    parts += [f"{months} Monate"] if months else []
    return " ".join(parts) or (f"{period.days} Tage" if period.days else "sofort")


def _marked(source: str) -> str:
    return source.replace("to be checked by the authority", "*to be checked*")


def _rule(template: Template) -> str:
    return " ".join(part if isinstance(part, str) else part.text for part in template.parts)


def _words(template: Template) -> str:
    return "".join(part if isinstance(part, str) else f"{{{part.text}}}" for part in template.parts)


def _row(cells: Iterable[str]) -> str:
    return "| " + " | ".join(cell.replace("|", "\\|").replace("\n", " ") for cell in cells) + " |"


if __name__ == "__main__":
    (ROOT / "docs" / "dms.md").write_text(page(), "utf-8")
