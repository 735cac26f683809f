"""What a procedure sends out: the filing, and the mapping of the message."""

from engine.load.block import Block
from engine.load.mapping import load_tree
from engine.model import Template
from engine.model_outputs import DmsOutput, Outputs, XoevOutput
from engine.model_parts import Word
from engine.nodes import Mapping, head

OUTPUT_KEYS = ("xoev", "dms")
XOEV_KEYS = ("standard", "version", "message", "map")
DMS_KEYS = (
    "system", "version", "aktenplan", "aktenplan_title", "akte", "vorgang", "application_title",
    "document_types", "confidentiality",
)  # fmt: skip
SYSTEMS = ("xdomea",)


def load_outputs(head_block: Block) -> Outputs:
    """Every way the application leaves the portal."""
    block = head_block.block("outputs", OUTPUT_KEYS)
    if block is None:
        return Outputs(None, None)
    return Outputs(_load_xoev(block), _load_dms(block))


def _load_xoev(outputs: Block) -> XoevOutput | None:
    block = outputs.block("xoev", XOEV_KEYS)
    entry = outputs.entry("xoev")
    if block is None or entry is None:
        return None
    node = block.value("map", required=True)
    tree = None if node is None else load_tree(block.loading, node)
    standard = block.string("standard", required=True)
    version = block.string("version", required=True)
    message = block.string("message", required=True)
    if tree is None:
        return None
    return XoevOutput(standard, version, message, tree, entry.key.span)


def _load_dms(outputs: Block) -> DmsOutput | None:
    block = outputs.block("dms", DMS_KEYS)
    entry = outputs.entry("dms")
    if block is None or entry is None:
        return None
    return DmsOutput(
        system=block.word("system", SYSTEMS, SYSTEMS[0]),
        version=block.string("version", required=True),
        aktenplan=block.string("aktenplan", required=True),
        aktenplan_title=block.string("aktenplan_title"),
        akte=_template(block, "akte"),
        vorgang=_template(block, "vorgang"),
        application_title=_template(block, "application_title"),
        document_types=_document_types(block),
        confidentiality=block.string("confidentiality"),
        span=entry.key.span,
    )


def _template(block: Block, key: str) -> Template:
    return block.template(key, required=True) or Template((), head(block.node))


def _document_types(block: Block) -> dict[str, str]:
    value = block.value("document_types")
    if value is None:
        return {}
    if not isinstance(value, Mapping):
        block.loading.wrong_shape(value, "mapping")
        return {}
    found: dict[str, str] = {}
    for entry in value.entries:
        scalar = block.loading.scalar(entry.value)
        if scalar is not None:
            found[Word(entry.key.text, entry.key.span)] = scalar.text.strip()
    return found
