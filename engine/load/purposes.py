"""Why data is asked for, who gets it, and how long it is kept."""

from dataclasses import replace

from engine.load.block import Block, open_block
from engine.model_parts import Text
from engine.model_purposes import DESTINATIONS, Purpose, Recipient, RetentionClass
from engine.nodes import Entry, Mapping, Scalar, Sequence

RECIPIENT_KEYS = ("text", "receives")
PURPOSE_KEYS = ("text", "legal_basis", "recipients", "retention", "by_hand", "source")
CLASS_KEYS = ("text", "source")


def load_recipients(block: Block) -> tuple[Recipient, ...]:
    """Everybody who gets answers: `id: text`, or what the portal itself sends there beside it."""
    found = []
    for entry in _entries(block, "recipients"):
        name = block.loading.name(entry.key)
        path = f"recipient.{name}"
        if isinstance(entry.value, Scalar):
            if entry.value.is_empty:
                block.loading.findings.add("empty-value", name.span, {"key": name})
            text = block.loading.text(entry.value, path)
            found.append(Recipient(name, text, (), name.span))
            continue
        inner = open_block(block.loading, entry.value, RECIPIENT_KEYS, path)
        said = None if inner is None else _said(inner)
        if inner is not None and said is not None:
            found.append(Recipient(name, said, _destinations(inner), name.span))
    return tuple(found)


def load_purposes(block: Block) -> tuple[Purpose, ...]:
    """What answers are needed for."""
    found = []
    for entry in _entries(block, "purposes"):
        name = block.loading.name(entry.key)
        inner = open_block(block.loading, entry.value, PURPOSE_KEYS, f"purpose.{name}")
        if inner is None:
            continue
        one = Purpose(
            id=name,
            text=inner.needed_text("text"),
            legal_basis=inner.string("legal_basis", required=True),
            recipients=inner.words("recipients", required=True),
            retention=inner.string("retention", required=True),
            by_hand=inner.flag("by_hand"),
            source=inner.optional("source"),
            span=name.span,
        )
        found.append(one)
    return tuple(found)


def load_retention_classes(block: Block, periods: tuple[str, ...]) -> tuple[RetentionClass, ...]:
    """How long the authority keeps what it got: the entries of `retention` that are in words."""
    found = []
    for entry in class_entries(block):
        name = block.loading.name(entry.key)
        if name in periods:
            block.loading.wrong_shape(entry.value, "text")
            continue
        inner = open_block(block.loading, entry.value, CLASS_KEYS, f"retention.{name}")
        said = None if inner is None else _said(inner)
        if inner is not None and said is not None:
            found.append(RetentionClass(name, said, inner.optional("source"), name.span))
    return tuple(found)


def class_entries(block: Block) -> tuple[Entry, ...]:
    """The classes among the entries of `retention`."""
    entry = block.entry("retention")
    if entry is None or not isinstance(entry.value, Mapping):
        return ()
    return tuple(one for one in entry.value.entries if isinstance(one.value, Mapping))


def _entries(block: Block, key: str, *, required: bool = False) -> tuple[Entry, ...]:
    value = block.value(key, required=required)
    if value is None:
        return ()
    if not isinstance(value, Mapping):
        block.loading.wrong_shape(value, "mapping")
        return ()
    if not value.entries:
        block.loading.findings.add("empty-list", value.span, {"key": key})
    return value.entries


def _said(block: Block) -> Text | None:
    """The text of a block under the name of the block, as if it stood there alone."""
    text = block.text("text", required=True)
    return None if text is None else replace(text, path=block.path)


def _destinations(block: Block) -> tuple[str, ...]:
    value = block.value("receives")
    if value is None:
        return ()
    nodes = value.items if isinstance(value, Sequence) else (value,)
    scalars = (block.loading.scalar(node) for node in nodes)
    words = (block.loading.one_of(one, DESTINATIONS, "") for one in scalars if one is not None)
    return tuple(word for word in words if word)
