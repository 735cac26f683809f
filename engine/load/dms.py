"""The filing: what the `dms` block says about Akte, Vorgang, Dokumente, rights and retention."""

from collections.abc import Callable, Iterator
from typing import TypeVar

from engine.load.block import Block, open_block
from engine.load.loading import iso_duration
from engine.model import Duration, Template
from engine.model_dms import (
    ACTIONS,
    AUSSONDERUNG,
    CONFIDENTIALITY,
    FILINGS,
    FORMS,
    SETTING,
    VERSIONS,
    Akte,
    AkteLink,
    DmsOutput,
    DmsRole,
    DocumentType,
    Handover,
    HandoverStep,
    Retention,
    Right,
    Vorgang,
)
from engine.model_parts import Word
from engine.nodes import Entry, Mapping, Scalar, Sequence, head

DMS_KEYS = (
    "system", "version", "message", "archive", "aktenplan", "aktenplan_title", "aktenplan_source",
    "akte", "vorgang", "dokument", "document_types", "confidentiality", "roles", "rights",
    "retention", "handover",
)  # fmt: skip
AKTE_KEYS = ("title", "type", "aktenzeichen", "found_by", "metadata", "links")
LINK_KEYS = ("each", "title", "found_by")
VORGANG_KEYS = ("title", "type", "kennzeichen", "metadata")
DOKUMENT_KEYS = ("metadata",)
TYPE_KEYS = ("type", "title", "documents", "application_title", "restricted")
RIGHT_KEYS = ("right", "title", "action", "on", "restricted", "may", "because")
RETENTION_KEYS = (
    "retention", "title", "on", "period", "event", "aussonderung", "source", "note",
)  # fmt: skip
HANDOVER_KEYS = (
    "handover", "event", "to", "form", "sends", "not_while", "remind", "steps", "because",
)  # fmt: skip
HANDOVER_STEP_KEYS = ("by", "does")
SYSTEMS = ("xdomea",)
UNLIMITED = "unlimited"

_Part = TypeVar("_Part")


def load_dms(outputs: Block) -> DmsOutput | None:
    """The whole block."""
    block, entry = outputs.block("dms", DMS_KEYS), outputs.entry("dms")
    if block is None or entry is None:
        return None
    dokument = block.block("dokument", DOKUMENT_KEYS)
    block.value("version", required=True)
    return DmsOutput(
        system=block.word("system", SYSTEMS, SYSTEMS[0]),
        version=block.word("version", VERSIONS, VERSIONS[0]),
        message=block.word("message", FILINGS, FILINGS[0]),
        archive=block.string("archive"),
        aktenplan=block.string("aktenplan", required=True),
        aktenplan_title=block.string("aktenplan_title"),
        aktenplan_source=block.string("aktenplan_source"),
        akte=_akte(block),
        vorgang=_vorgang(block),
        metadata={} if dokument is None else _metadata(dokument),
        document_types=_named(block, "document_types", "type", TYPE_KEYS, _document_type),
        confidentiality=block.word("confidentiality", tuple(CONFIDENTIALITY), "") or None,
        roles=tuple(DmsRole(word, text, word.span) for word, text in _roles(block)),
        rights=_named(block, "rights", "right", RIGHT_KEYS, _right),
        retention=_named(block, "retention", "retention", RETENTION_KEYS, _retention),
        handover=_named(block, "handover", "handover", HANDOVER_KEYS, _handover),
        span=entry.key.span,
    )


def _akte(outputs: Block) -> Akte:
    block, place = outputs.block("akte", AKTE_KEYS, required=True), head(outputs.node)
    if block is None:
        return Akte(Template((), place), "", None, (), {}, (), place)
    return Akte(
        title=_template(block, "title"),
        type=block.string("type"),
        aktenzeichen=block.template("aktenzeichen"),
        found_by=_found_by(block),
        metadata=_metadata(block),
        links=tuple(_links(block)),
        span=head(block.node),
    )


def _links(akte: Block) -> Iterator[AkteLink]:
    for node in akte.items("links"):
        block = open_block(akte.loading, node, LINK_KEYS)
        each = None if block is None else block.rule("each", required=True)
        if block is not None and each is not None:
            yield AkteLink(each, _template(block, "title"), _found_by(block), head(node))


def _vorgang(outputs: Block) -> Vorgang:
    block, place = outputs.block("vorgang", VORGANG_KEYS, required=True), head(outputs.node)
    if block is None:
        return Vorgang(Template((), place), "", None, {}, place)
    return Vorgang(
        title=_template(block, "title"),
        type=block.string("type"),
        kennzeichen=block.template("kennzeichen"),
        metadata=_metadata(block),
        span=head(block.node),
    )


def _template(block: Block, key: str) -> Template:
    return block.template(key, required=True) or Template((), head(block.node))


def _found_by(block: Block) -> tuple[Template, ...]:
    """Each is a rule; as a template it is shown the same way wherever it is used."""
    value = block.value("found_by")
    nodes = value.items if isinstance(value, Sequence) else () if value is None else (value,)
    scalars = (block.loading.scalar(node) for node in nodes)
    rules = [block.loading.rule(scalar) for scalar in scalars if scalar is not None]
    return tuple(Template((rule,), rule.span) for rule in rules)


def _metadata(block: Block) -> dict[str, Template]:
    return {
        Word(entry.key.text, entry.key.span): block.loading.template(scalar)
        for entry, scalar in _pairs(block, "metadata")
    }


def _pairs(block: Block, key: str, *, required: bool = False) -> Iterator[tuple[Entry, Scalar]]:
    value = block.value(key, required=required)
    if value is None:
        return
    if not isinstance(value, Mapping):
        block.loading.wrong_shape(value, "mapping")
        return
    for entry in value.entries:
        scalar = block.loading.scalar(entry.value)
        if scalar is not None:
            yield entry, scalar


def _roles(block: Block) -> Iterator[tuple[Word, str]]:
    for entry, scalar in _pairs(block, "roles"):
        yield block.loading.name(entry.key), scalar.text.strip()


def _named(
    outputs: Block,
    key: str,
    name_key: str,
    keys: tuple[str, ...],
    make: Callable[[Block, Word], _Part],
) -> tuple[_Part, ...]:
    """A list whose entries have names of their own."""
    known: dict[str, Word] = {}
    found = []
    for node in outputs.items(key):
        block = open_block(outputs.loading, node, keys)
        scalar = None if block is None else block.scalar(name_key, required=True)
        if block is None or scalar is None:
            continue
        name = block.loading.name(scalar)
        block.loading.declare(known, name)
        found.append(make(block, name))
    return tuple(found)


def _document_type(block: Block, name: Word) -> DocumentType:
    return DocumentType(
        id=name,
        title=block.string("title", required=True),
        documents=block.words("documents"),
        application_title=block.template("application_title"),
        restricted=block.flag("restricted"),
        span=name.span,
    )


def _right(block: Block, name: Word) -> Right:
    return Right(
        id=name,
        title=block.string("title", required=True),
        action=_word(block, "action", ACTIONS),
        on=block.words("on", required=True),
        restricted=block.flag("restricted"),
        may={
            Word(entry.key.text, entry.key.span): _limit(scalar)
            for entry, scalar in _pairs(block, "may", required=True)
            if scalar.text.strip() not in ("false", "nein")
        },
        because=block.cite("because"),
        span=name.span,
    )


def _limit(scalar: Scalar) -> str:
    """`true`: without limit; else the limit in words."""
    text = scalar.text.strip()
    return "" if text in ("true", "ja") else text


def _retention(block: Block, name: Word) -> Retention:
    return Retention(
        id=name,
        title=block.string("title", required=True),
        on=block.words("on", required=True),
        period=_period(block),
        event=block.optional("event"),
        aussonderung=_word(block, "aussonderung", tuple(AUSSONDERUNG)),
        source=block.string("source"),
        note=block.optional("note"),
        span=name.span,
    )


def _period(block: Block) -> Duration | str | None:
    """A duration, the setting that holds it, or for good."""
    scalar = block.scalar("period", required=True)
    if scalar is None:
        return Duration()
    text = scalar.text.strip()
    if text == UNLIMITED:
        return None
    if text.startswith(SETTING):
        return Word(text, scalar.span)
    found = iso_duration(text)
    if found is None:
        block.loading.findings.add("wrong-duration", scalar.span, {"text": text[:80]})
    return found or Duration()


def _word(block: Block, key: str, words: tuple[str, ...]) -> str:
    """One of a closed set of words that has to be there."""
    if key not in block:
        block.missing(key)
    return block.word(key, words, words[0])


def _handover(block: Block, name: Word) -> Handover:
    remind = block.scalar("remind")
    return Handover(
        id=name,
        event=block.string("event", required=True),
        to=block.optional("to"),
        form=_word(block, "form", tuple(FORMS)),
        sends=block.words("sends"),
        not_while=block.words("not_while"),
        remind=None if remind is None else block.loading.duration(remind),
        steps=tuple(_steps(block)),
        because=block.cite("because"),
        span=name.span,
    )


def _steps(handover: Block) -> Iterator[HandoverStep]:
    for node in handover.items("steps"):
        block = open_block(handover.loading, node, HANDOVER_STEP_KEYS)
        if block is not None:
            by, does = block.string("by", required=True), block.string("does", required=True)
            yield HandoverStep(by, does)
