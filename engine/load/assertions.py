"""Assertions: what the author is sure of, for the solver to prove."""

from engine.load.block import Block, open_block
from engine.model_parts import Assertion, Word

ASSERTION_KEYS = ("assert", "that", "about", "message", "because")
ABOUT = ("form", "quick_check")


def load_assertions(block: Block) -> tuple[Assertion, ...]:
    """The list at `assertions`."""
    known: dict[str, Word] = {}
    found = []
    for node in block.items("assertions"):
        inner = open_block(block.loading, node, ASSERTION_KEYS)
        one = None if inner is None else _load(inner, known)
        if one is not None:
            found.append(one)
    return tuple(found)


def _load(block: Block, known: dict[str, Word]) -> Assertion | None:
    scalar = block.scalar("assert", required=True)
    that = block.rule("that", required=True)
    about = block.word("about", ABOUT, "form")
    message, because = block.string("message"), block.cite("because")
    if scalar is None:
        return None
    name = block.loading.name(scalar)
    block.loading.declare(known, name)
    return None if that is None else Assertion(name, that, about, message, because, name.span)
