"""Documents an applicant hands in."""

import re

from engine.load.block import Block, open_block
from engine.model import Document
from engine.model_parts import Word
from engine.nodes import Scalar

DOCUMENT_KEYS = (
    "document", "title", "why", "required_if", "optional_if", "each", "item", "formats", "files",
    "megabytes", "original", "translation", "later", "confidential",
)  # fmt: skip
FORMATS = ("pdf", "jpg", "png")
MAX_FILES = 50
MAX_MEGABYTES = 50
_RANGE = re.compile(r"([0-9]{1,3})(?:\.\.([0-9]{1,3}))?")


def load_documents(block: Block) -> tuple[Document, ...]:
    """All documents, in the order shown."""
    known: dict[str, Word] = {}
    found = []
    for node in block.items("documents"):
        inner = open_block(block.loading, node, DOCUMENT_KEYS)
        document = None if inner is None else _load_document(inner, known)
        if document is not None:
            found.append(document)
    return tuple(found)


def _load_document(block: Block, known: dict[str, Word]) -> Document | None:
    scalar = block.scalar("document", required=True)
    if scalar is None:
        return None
    name = block.loading.name(scalar)
    block.loading.declare(known, name)
    block.path = f"document.{name}"
    block.both("required_if", "optional_if", "required-and-optional")
    least, most = _files(block)
    return Document(
        id=name,
        title=block.needed_text("title"),
        why=block.text("why"),
        required_if=block.rule("required_if"),
        optional_if=block.rule("optional_if"),
        each=block.optional("each"),
        item=block.template("item"),
        formats=_formats(block),
        min_files=least,
        max_files=most,
        max_megabytes=_megabytes(block),
        original=block.flag("original"),
        translation=block.flag("translation"),
        later=block.flag("later"),
        confidential=block.flag("confidential"),
        span=name.span,
    )


def _formats(block: Block) -> tuple[str, ...]:
    if "formats" not in block:
        return FORMATS
    found = []
    for word in block.words("formats"):
        if word in FORMATS:
            found.append(word)
        elif isinstance(word, Word):
            values = {"name": word[:80], "allowed": ", ".join(FORMATS)}
            block.loading.findings.add("unknown-word", word.span, values)
    return tuple(found) or FORMATS


def _files(block: Block) -> tuple[int, int]:
    scalar = block.scalar("files")
    if scalar is None:
        return 1, 1
    return read_range(block, scalar) or (1, 1)


def read_range(block: Block, scalar: Scalar) -> tuple[int, int] | None:
    """`1..3`, or one number for exactly so many."""
    text = scalar.text.strip()
    match = _RANGE.fullmatch(text)
    if match is not None:
        least, most = int(match[1]), int(match[2] or match[1])
        if least <= most and 1 <= most <= MAX_FILES:
            return least, most
    values = {"text": text[:80], "limit": str(MAX_FILES)}
    block.loading.findings.add("wrong-file-range", scalar.span, values)
    return None


def _megabytes(block: Block) -> int:
    scalar = block.scalar("megabytes")
    if scalar is None:
        return 10
    return block.loading.integer(scalar, 1, MAX_MEGABYTES) or 10
