"""Chapter 6: what is handed in, and what somebody else fills in."""

from engine.explain.naming import Names
from engine.handbook.rights import or_none
from engine.handbook.structure import (
    CODE,
    QUIET,
    STRONG,
    Block,
    Cell,
    Line,
    Run,
    Section,
    Table,
    line,
    named,
    numbered,
)
from engine.handbook.telling import Telling
from engine.model import Document, Group
from engine.model_invitations import Invitation


def documents(one: Telling) -> Section:
    """Both tables."""
    t = one.t
    parts: tuple[tuple[str, str, tuple[Block, ...]], ...] = (
        (t("documents.proofs"), "nachweise", (_documents(one),)),
        (t("documents.invitations"), "einladungen", (_invitations(one),)),
    )
    return Section("6", t("chapter.documents"), "unterlagen", (), numbered("6", parts))


def _documents(one: Telling) -> Block:
    heads = tuple(one.t(f"document.{name}") for name in ("title", "when", "how"))
    rows = tuple(_document(one, document) for document in one.procedure.documents)
    anchors = tuple(f"unterlage-{document.id}" for document in one.procedure.documents)
    return or_none(one, Table(one.t("documents.proofs"), heads, (30, 44, 26), rows, anchors))


def _document(one: Telling, document: Document) -> tuple[Cell, ...]:
    left = [line(one.author(document.title), STRONG), line(document.id, CODE)]
    if document.why is not None:
        left.append(line(one.author(document.why), QUIET))
    return tuple(left), tuple(_when(one, document)), tuple(_how(one, document))


def _when(one: Telling, document: Document) -> list[Line]:
    names = _names(one, document.each)
    found: list[Line] = []
    if document.each:
        found.append(named(one.t("document.each"), document.each))
    if document.required_if is not None:
        found += one.rule(one.t("required_if"), document.required_if, names)
    if document.optional_if is not None:
        found += one.rule(one.t("document.optional_if"), document.optional_if, names)
    if document.required_if is None and document.optional_if is None:
        found.append(line(one.t("document.always")))
    return found


def _how(one: Telling, document: Document) -> list[Line]:
    t = one.t
    formats = ", ".join(name.upper() for name in document.formats)
    found = [
        line(t("document.files", least=document.min_files, most=document.max_files)),
        line(t("document.formats", formats=formats, megabytes=document.max_megabytes)),
    ]
    marks = ("original", "translation", "later", "confidential")
    found += [line(t(f"document.{mark}")) for mark in marks if getattr(document, mark)]
    return found


def _names(one: Telling, each: str | None) -> Names:
    """Inside a row of the group, if there is one set per row."""
    found = one.names.find(each) if each else None
    return one.names.inner(found) if isinstance(found, Group) else one.names


def _invitations(one: Telling) -> Block:
    heads = tuple(one.t(f"invitation.{name}") for name in ("title", "reach", "holds"))
    rows = tuple(_invitation(one, invitation) for invitation in one.procedure.invitations)
    return or_none(one, Table(one.t("documents.invitations"), heads, (26, 40, 34), rows))


def _invitation(one: Telling, invitation: Invitation) -> tuple[Cell, ...]:
    t = one.t
    left = [line(one.author(invitation.title), STRONG), line(invitation.id, CODE)]
    left += one.paragraphs(invitation.text)
    reach = [
        Line((Run(f"{t(f'invitation.{name}')}: ", STRONG), Run(", ".join(names), CODE)))
        for name in ("pages", "documents", "sees", "uses")
        if (names := getattr(invitation, name))
    ]
    holds: list[Line] = []
    if invitation.show_if is not None:
        holds += one.rule(t("only_if"), invitation.show_if, one.names)
    holds.append(line(t("invitation.must" if invitation.required else "invitation.may")))
    holds.append(named(t("invitation.valid_for"), one.period(invitation.valid_for)))
    if invitation.offer is not None:
        holds.append(named(t("invitation.offer"), one.author(invitation.offer)))
    return tuple(left), tuple(reach), tuple(holds)
