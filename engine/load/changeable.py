"""What may be proposed instead of an answer of the Quick Check: nothing, anything, or a list."""

from collections.abc import Iterator

from engine.kinds import Kind
from engine.load.block import Block
from engine.model import CodeList
from engine.nodes import Mapping, Node, Scalar, Sequence

Instead = dict[str, tuple[str, ...]]


def load_changeable(
    block: Block, kind: Kind, options: CodeList | None
) -> tuple[bool, Instead | None]:
    """`false`: a fact; a mapping: from which answer to which; neither: whatever helps."""
    value = block.value("changeable")
    if not isinstance(value, Mapping) or kind is not Kind.CHOICE or options is None:
        return block.flag("changeable", default=True), None
    found: Instead = {}
    for entry in value.entries:
        _known(block, entry.key, options)
        found[entry.key.text] = tuple(_answers(block, entry.value, options))
    return True, found


def _answers(block: Block, node: Node, options: CodeList) -> Iterator[str]:
    for one in node.items if isinstance(node, Sequence) else (node,):
        scalar = block.loading.scalar(one)
        if scalar is not None and _known(block, scalar, options):
            yield scalar.text.strip()


def _known(block: Block, scalar: Scalar, options: CodeList) -> bool:
    values = [option.value for option in options.options]
    if not values or scalar.text.strip() in values:
        return True
    block.loading.unknown_word("unknown-word", scalar, values)
    return False
