"""Invitations: which pages somebody else fills in, and what that person gets to see."""

from datetime import timedelta

from engine.load.block import Block, open_block
from engine.model_invitations import Invitation
from engine.model_parts import Word

INVITATION_KEYS = (
    "invitation", "title", "text", "offer", "show_if", "required", "pages", "documents", "sees",
    "uses", "valid_for",
)  # fmt: skip
VALID_FOR = timedelta(days=28)
MOST_DAYS = 365


def load_invitations(block: Block) -> tuple[Invitation, ...]:
    """The list at `invitations`."""
    known: dict[str, Word] = {}
    found = []
    for node in block.items("invitations"):
        inner = open_block(block.loading, node, INVITATION_KEYS)
        one = None if inner is None else _load(inner, known)
        if one is not None:
            found.append(one)
    return tuple(found)


def _load(block: Block, known: dict[str, Word]) -> Invitation | None:
    scalar = block.scalar("invitation", required=True)
    if scalar is None:
        return None
    name = block.loading.name(scalar)
    block.loading.declare(known, name)
    block.path = f"invitation.{name}"
    return Invitation(
        id=name,
        title=block.needed_text("title"),
        text=block.text("text"),
        offer=block.text("offer"),
        show_if=block.rule("show_if"),
        required=block.flag("required"),
        pages=block.words("pages", required=True),
        documents=block.words("documents"),
        sees=block.words("sees"),
        uses=block.words("uses"),
        valid_for=_valid_for(block),
        span=name.span,
    )


def _valid_for(block: Block) -> timedelta:
    """Days, because a link that ends after a month of unknown length ends on no certain day."""
    scalar = block.scalar("valid_for")
    duration = None if scalar is None else block.loading.duration(scalar)
    if scalar is None or duration is None:
        return VALID_FOR
    if duration.months or not 1 <= duration.days <= MOST_DAYS:
        values = {"text": scalar.text[:80], "limit": str(MOST_DAYS)}
        block.loading.findings.add("validity-not-in-days", scalar.span, values)
        return VALID_FOR
    return timedelta(days=duration.days)
