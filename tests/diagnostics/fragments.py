"""The examples of `engine/codes`: a fragment is put into the smallest procedure around it."""

import re
from dataclasses import dataclass

from engine.check import check
from engine.diagnostics import Diagnostic
from engine.load import SharedLists, load, read_lists
from engine.message.shape import NO_SHAPES
from engine.source import Source
from tests.engine.message.sample import SHAPES

_IN = re.compile(r"# in: ([a-z_]+)")
_MARK = re.compile(r"# (error|warning|info): ([a-z0-9-]+)")
_BLOCK = re.compile(r"^```yaml (error|ok)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_TOP_KEY = re.compile(r"^([a-z_]+):", re.MULTILINE)

STATES = """\
list: staaten
version: 2026-01-01
source: Beispiel
values:
  "000": {label: Deutschland, iso: DE}
  "163": {label: Türkei, iso: TR}
  "997": {label: staatenlos}
"""

HEAD = {
    "procedure": "procedure: beispiel",
    "version": "version: 2026.1.0",
    "title": "title: Beispiel",
    "authority": "authority: {name: Stadt Beispiel, ags: '00000000', dvdv_key: 'abh:00000000'}",
}
PURPOSES = {
    "purposes": (
        "purposes: {zweck: {text: Damit wir entscheiden, legal_basis: § 1 MusterG,"
        " recipients: [amt], retention: submissions, by_hand: true}}"
    ),
    "recipients": "recipients: {amt: {text: Das Amt, receives: [xoev, dms, invitation]}}",
}
PURPOSE = "    purpose: zweck"  # of the page, at its end: the lines above keep their numbers
SAMPLE = {
    "vorname": "{field: vorname, type: name, label: Vorname}",
    "alter": "{field: alter, type: integer, label: Alter, required: true}",
    "einkommen": "{field: einkommen, type: money, label: Einkommen}",
    "geburtsdatum": "{field: geburtsdatum, type: date, label: Geburtsdatum}",
    "einreise": "{field: einreise, type: date, label: Einreise}",
    "geburt_ungefaehr": "{field: geburt_ungefaehr, type: partial_date, label: Geburt}",
    "verheiratet": "{field: verheiratet, type: yes_no, label: Verheiratet}",
    "plz": "{field: plz, type: postcode, label: Postleitzahl}",
    "anschrift": "{field: anschrift, type: address, label: Anschrift}",
    "status": (
        "{field: status, type: choice, label: Status,"
        " options: {duldung: Duldung, gestattung: Gestattung, visum: Visum}}"
    ),
    "sprachen": (
        "{field: sprachen, type: choices, label: Sprachen, options: {de: Deutsch, tr: Türkisch}}"
    ),
    "staat": "{field: staat, type: country, label: Staat}",
    "kinder": (
        "{group: kinder, label: Kinder, repeat: {min: 0, max: 5, item: '{rufname}'}, fields: ["
        "{field: rufname, type: name, label: Rufname},"
        " {field: kind_alter, type: integer, label: Alter des Kindes}]}"
    ),
}
SETTINGS = (
    "settings: {frist: {value: P3M, source: Beispiel}, grenze: {value: 18, source: Beispiel}}"
)
QUICK_CHECK = {
    "title": "title: Schnelltest",
    "questions": (
        "questions: [{field: frage, type: yes_no, label: Frage, required: true},"
        " {field: anzahl, type: integer, label: Anzahl, required: true},"
        " {field: art, type: choice, label: Art, options: {a: A, b: B, c: C}, required: true}]"
    ),
    "decisions": (
        "decisions: [{decision: ergebnis,"
        """ value: 'if frage = true then "gut" else "schlecht"'}]"""
    ),
    "result": "result: ergebnis",
    "outcomes": "outcomes: [{outcome: gut, title: Gut}, {outcome: schlecht, title: Schlecht}]",
}

DMS = {
    "system": "system: xdomea",
    "version": 'version: "3.1.0"',
    "aktenplan": 'aktenplan: "33"',
    "akte": "akte: {title: Akte}",
    "vorgang": "vorgang: {title: Vorgang}",
    "document_types": (
        "document_types: [{type: antrag, title: Antrag, documents: [summary]},"
        " {type: nachweis, title: Nachweis, documents: '*'}]"
    ),
    "roles": "roles: {amt: Amt}",
    "rights": "rights: ["
    + ", ".join(
        f"{{right: r_{action}, title: R, action: {action}, on: akte, may: {{amt: true}}}}"
        for action in ("create", "see", "read", "edit", "sign", "hand_over", "delete")
    )
    + "]",
    "retention": (
        "retention: [{retention: alle, title: Alle, on: akte, period: P5Y,"
        " aussonderung: bewerten, source: Beispiel}]"
    ),
    "handover": "handover: [{handover: umzug, event: Umzug, form: bleibt}]",
}

# What only fragments `in: message` have: fields as messages need them.
MESSAGE_SAMPLE = {
    "notiz": "{field: notiz, type: text, label: Notiz}",
    "vermerk": "{field: vermerk, type: text, label: Vermerk, datatype: C, max_length: 60}",
    "bericht": "{field: bericht, type: multiline, label: Bericht, datatype: C}",
    "aktenzeichen": (
        "{field: aktenzeichen, type: text, label: Zeichen, pattern: '[0-9]{1,5}',"
        " pattern_message: Ziffern, example: '1'}"
    ),
}


@dataclass(frozen=True, slots=True)
class Example:
    """A fenced block of a page: what it shows, and what it says about its lines."""

    is_error: bool
    text: str

    def expected(self) -> set[tuple[int, str, str]]:
        """Line of the block, severity and code, as its comments say."""
        return {
            (number, match[1], match[2])
            for number, line in enumerate(self.text.split("\n"), 1)
            for match in _MARK.finditer(line)
        }


def examples(page: str) -> list[Example]:
    """The blocks of a page."""
    return [Example(match[1] == "error", match[2]) for match in _BLOCK.finditer(page)]


def wrap(block: str) -> tuple[str, int]:
    """The whole file for a block, and how many lines stand before the block's first one."""
    found = _IN.match(block)
    kind = found[1] if found else "file"
    return _WRAP[kind](block)


def diagnose(text: str) -> tuple[Diagnostic, ...]:
    """Everything the loader and the checker say."""
    procedure, found = load(Source("beispiel.yaml", text), shared_lists())
    if procedure is None:
        return found
    shapes = SHAPES if "standard: muster" in text else NO_SHAPES
    return (*found, *check(procedure, shapes)[1])


def shared_lists() -> SharedLists:
    """The one list that `country` fields need."""
    return read_lists([Source("staaten.yaml", STATES)])[0]


def _file(block: str) -> tuple[str, int]:
    return block, 0


def _head(block: str) -> tuple[str, int]:
    """Keys of the file itself; what is missing follows behind."""
    return block + _rest(block), 0


def _rest(block: str) -> str:
    keys = set(_TOP_KEY.findall(block))
    missing = [line for key, line in {**HEAD, **PURPOSES}.items() if key not in keys]
    if "settings" not in keys:
        missing.append(SETTINGS)
    if "pages" not in keys:
        missing += ["pages:", "  - page: seite", "    title: Seite", "    fields:"]
        missing += [*_samples(block), PURPOSE]
    return "\n".join([*missing, ""])


def _samples(block: str) -> list[str]:
    taken = set(re.findall(r"\b(?:field|group|computed): ([a-z_0-9]+)", block))
    return [f"      - {line}" for name, line in SAMPLE.items() if name not in taken]


def _page(block: str) -> tuple[str, int]:
    keys = {match[1] for match in _TOP_KEY.finditer(block)}
    lines = ["pages:", "  - page: seite"]
    lines += [] if "title" in keys else ["    title: Seite"]
    before = len(lines)
    lines += _indented(block, 4)
    lines += [] if "fields" in keys else ["    fields:", *_samples(block)]
    lines += [] if "purpose" in keys else [PURPOSE]
    text = "\n".join(lines) + "\n"
    return text + _rest(text), before


def _fields(block: str) -> tuple[str, int]:
    lines = ["pages:", "  - page: seite", "    title: Seite", "    fields:"]
    before = len(lines)
    text = "\n".join([*lines, *_indented(block, 6), *_samples(block), PURPOSE]) + "\n"
    return text + _rest(text), before


def _rule(block: str) -> tuple[str, int]:
    """Keys of a field among the sample fields."""
    keys = {match[1] for match in _TOP_KEY.finditer(block)}
    lines = ["pages:", "  - page: seite", "    title: Seite", "    fields:"]
    lines.append("      - field: beispiel")
    lines += [] if "type" in keys else ["        type: text"]
    lines += [] if "label" in keys else ["        label: Beispiel"]
    lines += ["        message: Beispiel"] if "valid_if" in keys and "message" not in keys else []
    before = len(lines)
    text = "\n".join([*lines, *_indented(block, 8), *_samples(block), PURPOSE]) + "\n"
    return text + _rest(text), before


def _quick_check(block: str) -> tuple[str, int]:
    keys = {match[1] for match in _TOP_KEY.finditer(block)}
    missing = [f"  {line}" for key, line in QUICK_CHECK.items() if key not in keys]
    text = "\n".join(["quick_check:", *_indented(block, 2), *missing]) + "\n"
    return text + _rest(text), 1


def _documents(block: str) -> tuple[str, int]:
    text = "\n".join(["documents:", *_indented(block, 2)]) + "\n"
    return text + _rest(text), 1


def _map(block: str) -> tuple[str, int]:
    lines = ["outputs:", "  xoev:", "    standard: beispiel", '    version: "1.0"']
    lines += ["    message: beispiel.0001", "    map:"]
    text = "\n".join([*lines, *_indented(block, 6)]) + "\n"
    return text + _rest(text), len(lines)


def _dms(block: str) -> tuple[str, int]:
    """Keys of the filing; what is missing follows behind."""
    keys = {match[1] for match in _TOP_KEY.finditer(block)}
    missing = [f"    {line}" for key, line in DMS.items() if key not in keys]
    text = "\n".join(["outputs:", "  dms:", *_indented(block, 4), *missing]) + "\n"
    return text + _rest(text), 2


def _message(block: str) -> tuple[str, int]:
    """Elements of the sample message, which is known with its shape."""
    lines = ["pages:", "  - page: seite", "    title: Seite", "    fields:"]
    lines += [f"      - {line}" for line in (*SAMPLE.values(), *MESSAGE_SAMPLE.values())]
    lines.append(PURPOSE)
    lines += ["outputs:", "  xoev:", "    standard: muster", '    version: "1.0"']
    lines += ["    message: muster.0001", "    map:", "      kennung: submission.id"]
    text = "\n".join([*lines, *_indented(block, 6)]) + "\n"
    return text + _rest(text), len(lines)


def _indented(block: str, width: int) -> list[str]:
    pad = " " * width
    return [pad + line if line else line for line in block.rstrip("\n").split("\n")]


_WRAP = {
    "file": _file,
    "head": _head,
    "page": _page,
    "fields": _fields,
    "rule": _rule,
    "quick_check": _quick_check,
    "documents": _documents,
    "map": _map,
    "message": _message,
    "dms": _dms,
}
