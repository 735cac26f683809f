"""How a case is kept: Aktenplan, Akte, Vorgang, Dokumente, who may do what, how long, and to whom.

What belongs to the file of an authority and not to the form: texts here are German terms of the
Aktenordnung that no applicant sees, so they are never translated.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from engine.model_parts import Cite, Duration, Expression, Template
from engine.source import Span

# Documents that the portal makes itself, as `document_types` names them.
SUMMARY, DATA, MESSAGE = "summary", "data", "message"
PRODUCED = (SUMMARY, DATA, MESSAGE)
VERSIONS = ("3.1.0", "3.0.0", "2.4.0")  # of xdomea
FILINGS = ("0605", "0604")  # file into an Akte (made if it is not there), or create it
LEVELS = ("akte", "vorgang", "dokument")
ACTIONS = ("create", "see", "read", "edit", "sign", "hand_over", "delete")
SETTING = "setting."  # before the name of one, as in rules
# Aussonderungsart: our word -> code of xdomea's list `aussonderungsart` 1.0
AUSSONDERUNG: Mapping[str, str] = {"archivieren": "A", "bewerten": "B", "vernichten": "V"}
# Vertraulichkeitsstufe: our word -> code of xdomea's list `vertraulichkeitsstufe` 1.0
CONFIDENTIALITY: Mapping[str, str] = {
    "offen": "003", "nfd": "002", "vertraulich": "005", "geheim": "001", "streng_geheim": "004",
}  # fmt: skip
# The ways an Akte can take: our word -> what is sent
FORMS: Mapping[str, str] = {
    "xauslaender_aktenanforderung": "XAusländer 010201 bis 010207",
    "xdomea_abgabe": "xdomea 0401 (Abgabe)",
    "xdomea_kopie": "xdomea 0101 (Kopie)",
    "bleibt": "nichts, die Akte bleibt",
}


@dataclass(frozen=True, slots=True, eq=False)
class AkteLink:
    """A Verweis to another Akte: to each row of a group, if `found_by` says which Akte that is."""

    each: Expression
    title: Template
    found_by: tuple[Template, ...]  # empty: only named in words
    span: Span


@dataclass(frozen=True, slots=True, eq=False)
class Akte:
    """The Akte of a case: found by the values of `found_by` together, made if it is not there."""

    title: Template
    type: str
    aktenzeichen: Template | None  # of an Akte that is made; None: the Registratur gives it one
    found_by: tuple[Template, ...]  # empty: every application has an Akte of its own
    metadata: Mapping[str, Template]
    links: tuple[AkteLink, ...]
    span: Span


@dataclass(frozen=True, slots=True, eq=False)
class Vorgang:
    """The Vorgang of one application."""

    title: Template
    type: str
    kennzeichen: Template | None
    metadata: Mapping[str, Template]
    span: Span


@dataclass(frozen=True, slots=True, eq=False)
class DocumentType:
    """A drawer of the Vorgang. Those that hold nothing of the applicant are for the clerk."""

    id: str
    title: str
    documents: tuple[
        str, ...
    ]  # ids, `summary`, `data`, `message`; "*": all others of the applicant
    application_title: Template | None  # of the application in it; uploads have their own titles
    restricted: bool
    span: Span


@dataclass(frozen=True, slots=True, eq=False)
class DmsRole:
    """Who works with the Akte."""

    id: str
    title: str
    span: Span


@dataclass(frozen=True, slots=True, eq=False)
class Right:
    """A line of the Berechtigungskonzept."""

    id: str
    title: str
    action: str  # one of ACTIONS
    on: tuple[str, ...]  # levels or ids of document types
    restricted: bool  # reaches what is restricted, too
    may: Mapping[str, str]  # role -> limit in words, "" without one; others may not
    because: Cite | None
    span: Span


@dataclass(frozen=True, slots=True, eq=False)
class Retention:
    """How long something is kept, counted from what, and what becomes of it then."""

    id: str
    title: str
    on: tuple[str, ...]  # levels or ids of document types; the first rule of a level is its default
    period: Duration | str | None  # str: `setting.x`; None: for good
    event: str | None  # counted from it, in words; None: from the Verfügung zu den Akten (zdA)
    aussonderung: str  # a key of AUSSONDERUNG
    source: str
    note: str | None
    span: Span


@dataclass(frozen=True, slots=True, eq=False)
class HandoverStep:
    """Who does what when an Akte travels."""

    by: str  # a role
    does: str


@dataclass(frozen=True, slots=True, eq=False)
class Handover:
    """On which event an Akte goes to whom, in which form."""

    id: str
    event: str
    to: str | None
    form: str  # a key of FORMS
    sends: tuple[str, ...]  # levels or ids of document types
    not_while: tuple[str, ...]  # Versandhemmnisse
    remind: Duration | None  # how long an answer may take before the other side is reminded
    steps: tuple[HandoverStep, ...]
    because: Cite | None
    span: Span


@dataclass(frozen=True, slots=True, eq=False)
class DmsOutput:
    """Where the case is filed, by whom it may be read, and how long it stays."""

    system: str  # xdomea
    version: str  # one of VERSIONS
    message: str  # one of FILINGS
    archive: str  # who is offered what the rules of retention leave; "": nobody
    aktenplan: str
    aktenplan_title: str
    aktenplan_source: str
    akte: Akte
    vorgang: Vorgang
    metadata: Mapping[str, Template]  # of every Dokument
    document_types: tuple[DocumentType, ...]
    confidentiality: str | None  # a key of CONFIDENTIALITY: Verschlusssachen only
    roles: tuple[DmsRole, ...]
    rights: tuple[Right, ...]
    retention: tuple[Retention, ...]
    handover: tuple[Handover, ...]
    span: Span

    def type_of(self, document: str) -> DocumentType | None:
        """The drawer of a document; "*" takes what no other one names."""
        named = (one for one in self.document_types if document in one.documents)
        rest = None if document in PRODUCED else "*"
        others = (one for one in self.document_types if rest in one.documents)
        return next(named, None) or next(others, None)

    def default_retention(self, level: str) -> Retention | None:
        """The rule that counts for a level while nobody has decided."""
        return next((one for one in self.retention if level in one.on), None)
