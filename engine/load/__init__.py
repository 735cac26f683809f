"""Nodes to model: every mistake of shape in one run; what is broken becomes unknown and silent."""

import hashlib
from collections.abc import Iterator

from engine.diagnostics import Diagnostic, Findings, in_order
from engine.load.assertions import load_assertions
from engine.load.block import Block
from engine.load.cases import load_cases
from engine.load.documents import load_documents
from engine.load.heading import (
    HEAD_KEYS,
    RETENTION,
    SIGN_IN,
    load_authority,
    load_languages,
    load_law_day,
    load_leika,
    load_retention,
    load_service,
)
from engine.load.invitations import load_invitations
from engine.load.law_values import DISTRICT, LawValues
from engine.load.lists import SharedLists, load_own_lists, read_lists
from engine.load.loading import Loading
from engine.load.outputs import load_outputs
from engine.load.pages import load_pages
from engine.load.process import load_process
from engine.load.purposes import load_purposes, load_recipients, load_retention_classes
from engine.load.quick_check import load_quick_check
from engine.load.settings import load_settings
from engine.model import Authority, DatedValue, Procedure, Setting
from engine.model_parts import place_of
from engine.nodes import Mapping, Node, read_nodes
from engine.source import Source, whole_file

__all__ = ["SharedLists", "load", "read_lists"]


def load(source: Source, shared: SharedLists) -> tuple[Procedure | None, tuple[Diagnostic, ...]]:
    """The procedure of a file, as far as it could be read; None only if nothing could."""
    node, before = read_nodes(source)
    if node is None:
        return None, in_order(before)
    loading = Loading(Findings(), shared.lists)
    procedure = None
    if isinstance(node, Mapping):
        beside, more = (None, ()) if source.cases is None else read_nodes(source.cases)
        loading.findings.extend(more)
        block = Block(loading, node, HEAD_KEYS)
        procedure = _load_procedure(block, source, shared, beside)
    else:
        loading.wrong_shape(node, "mapping")
    return procedure, in_order((*before, *loading.findings.sorted()))


def _load_procedure(
    block: Block, source: Source, shared: SharedLists, beside: Node | None
) -> Procedure:
    loading = block.loading
    scalar = block.scalar("procedure", required=True)
    name = "" if scalar is None else loading.name(scalar)
    block.path = "procedure"
    authority = load_authority(block)
    settings = load_settings(block)
    named = {one.id: one for one in settings}
    loading.law = LawValues(named, has_district=bool(authority.district))
    lists = load_own_lists(block)
    pages = load_pages(block)
    quick_check = load_quick_check(block)
    retention, because = load_retention(block)
    return Procedure(
        id=name,
        version=block.string("version", required=True),
        title=block.needed_text("title"),
        summary=block.text("summary"),
        leika=load_leika(block),
        law_as_of=load_law_day(block),
        legal_basis=block.words("legal_basis"),
        authority=authority,
        service=load_service(block),
        privacy=block.text("privacy"),
        languages=load_languages(block),
        sign_in=block.word("sign_in", SIGN_IN, "none"),
        retention=retention,
        drafts_because=because,
        settings=(*settings, *_district(authority)),
        lists=lists,
        pages=pages,
        quick_check=quick_check,
        documents=load_documents(block),
        outputs=load_outputs(block),
        cases=load_cases(block, beside),
        source=source,
        digest=_digest(source, shared, loading),
        span=whole_file(source.name) if scalar is None else scalar.span,
        process=load_process(block),
        assertions=load_assertions(block),
        invitations=load_invitations(block),
        recipients=load_recipients(block),
        purposes=load_purposes(block),
        retention_classes=load_retention_classes(block, tuple(RETENTION)),
    )


def _district(authority: Authority) -> Iterator[Setting]:
    """What rules read as `authority.district`."""
    places = authority.district
    if places:
        span = place_of(places[0], whole_file(""))
        yield Setting(DISTRICT, (DatedValue(places, None, "authority.district", span),), span)


def _digest(source: Source, shared: SharedLists, loading: Loading) -> str:
    """Changes with the text of the procedure and of every shared list it uses."""
    digest = hashlib.sha256(source.text.encode())
    for name in sorted(loading.used):
        digest.update(f"\0{name}\0{shared.digests.get(name, '')}".encode())
    return digest.hexdigest()
