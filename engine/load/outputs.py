"""What a procedure sends out: the filing, and the mapping of the message."""

from engine.load.block import Block
from engine.load.dms import load_dms
from engine.load.mapping import load_tree
from engine.model_outputs import Outputs, XoevOutput

OUTPUT_KEYS = ("xoev", "dms")
XOEV_KEYS = ("standard", "version", "message", "map")


def load_outputs(head_block: Block) -> Outputs:
    """Every way the application leaves the portal."""
    block = head_block.block("outputs", OUTPUT_KEYS)
    if block is None:
        return Outputs(None, None)
    return Outputs(_load_xoev(block), load_dms(block))


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
