"""Pages, groups, and what stands on them."""

from dataclasses import dataclass, field

from engine.load.block import Block, open_block
from engine.load.checks import CHECK_KEYS, load_checks
from engine.load.field_keys import FIELD_KEYS, ROW_FIELD_KEYS
from engine.load.fields import load_field
from engine.load.loading import Loading
from engine.model import Computed, Group, Info, Item, Page, Template
from engine.model_parts import Word
from engine.nodes import Mapping, Node, head
from engine.suggest import nearest

PAGE_KEYS = ("page", "title", "intro", "show_if", "purpose", "fields", "checks")
INFO_KEYS = ("info", "text", "show_if", "after_summary")
COMPUTED_KEYS = ("computed", "value", "type", "label", "because")
GROUP_KEYS = (
    "group", "label", "help", "repeat", "show_if", "required_if", "purpose", "fields", "checks",
    "was",
)  # fmt: skip
REPEAT_KEYS = ("min", "max", "item")
ITEM_KINDS = ("field", "group", "info", "computed")
MAX_ROWS = 100


@dataclass(slots=True)
class Names:
    """What is taken: names of rules per scope, and the other namespaces of the form."""

    pages: dict[str, Word] = field(default_factory=dict)
    form: dict[str, Word] = field(default_factory=dict)
    infos: dict[str, Word] = field(default_factory=dict)
    checks: dict[str, Word] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Around:
    """What holds for the items of a page or group: their names, and why they are asked."""

    scope: dict[str, Word]
    purpose: str
    depth: int = 0


def load_pages(block: Block) -> tuple[Page, ...]:
    """The pages in their order."""
    names = Names()
    found = []
    for node in block.items("pages", required=True):
        inner = open_block(block.loading, node, PAGE_KEYS)
        page = None if inner is None else _load_page(inner, names)
        if page is not None:
            found.append(page)
    return tuple(found)


def _load_page(block: Block, names: Names) -> Page | None:
    scalar = block.scalar("page", required=True)
    if scalar is None:
        return None
    name = block.loading.name(scalar)
    block.loading.declare(names.pages, name)
    block.path = f"page.{name}"
    purpose = block.string("purpose")
    return Page(
        id=name,
        title=block.needed_text("title"),
        intro=block.text("intro"),
        show_if=block.rule("show_if"),
        items=_items(block, names, Around(names.form, purpose)),
        checks=load_checks(block, block.path, names.checks),
        purpose=purpose,
        span=name.span,
    )


def _items(block: Block, names: Names, around: Around) -> tuple[Item, ...]:
    found = []
    for node in block.items("fields", required=True):
        item = _load_item(block.loading, node, block.path, names, around)
        if item is not None:
            found.append(item)
    return tuple(found)


def _load_item(
    loading: Loading, node: Node, path: str, names: Names, around: Around
) -> Item | None:
    if not isinstance(node, Mapping):
        loading.wrong_shape(node, "mapping")
        return None
    kind = next((kind for kind in ITEM_KINDS if node.get(kind) is not None), None)
    if kind == "field":
        block = Block(loading, node, ROW_FIELD_KEYS if around.depth else FIELD_KEYS)
        _not_in_rows(block, around)
        return load_field(block, path, around.scope, names.checks, around.purpose)
    if kind == "info":
        block = Block(loading, node, INFO_KEYS)
        _not_in_rows(block, around)
        return _load_info(block, path, names)
    if kind == "computed":
        return _load_computed(Block(loading, node, COMPUTED_KEYS), path, around.scope)
    if kind == "group":
        return _load_group(Block(loading, node, GROUP_KEYS), path, names, around)
    _no_kind(loading, node)
    return None


def _not_in_rows(block: Block, around: Around) -> None:
    """What is told and confirmed at the very end is about the whole application."""
    entry = block.entry("after_summary")
    if entry is not None and around.depth:
        block.loading.findings.add("after-summary-in-group", entry.key.span)


def _no_kind(loading: Loading, node: Mapping) -> None:
    """An entry of `fields` that says neither `field` nor any of the others."""
    keys = [entry.key.text for entry in node.entries]
    if "check" in keys:
        Block(loading, node, CHECK_KEYS)
    values = {"allowed": ", ".join(ITEM_KINDS)}
    meant = [near for key in keys[:3] for near in nearest(key, ITEM_KINDS, 1)]
    if meant:
        values["nearest"] = meant[0]
    loading.findings.add("item-without-kind", head(node), values)


def _load_info(block: Block, path: str, names: Names) -> Info | None:
    scalar = block.scalar("info")
    if scalar is None:
        return None
    name = block.loading.name(scalar)
    block.loading.declare(names.infos, name)
    block.path = f"{path}.info.{name}"
    text, show_if = block.needed_text("text"), block.rule("show_if")
    return Info(name, text, show_if, name.span, block.flag("after_summary"))


def _load_computed(block: Block, path: str, scope: dict[str, Word]) -> Computed | None:
    scalar = block.scalar("computed")
    if scalar is None:
        return None
    name = block.loading.name(scalar)
    block.loading.declare(scope, name)
    block.path = f"{path}.computed.{name}"
    value = block.rule("value", required=True)
    label, because = block.text("label"), block.cite("because")
    is_money = block.word("type", ("money",), "") == "money"
    return None if value is None else Computed(name, value, label, because, name.span, is_money)


def _load_group(block: Block, path: str, names: Names, around: Around) -> Group | None:
    loading = block.loading
    scalar = block.scalar("group")
    if scalar is None:
        return None
    name = loading.name(scalar)
    loading.declare(around.scope, name)
    block.path = f"{path}.group.{name}"
    if around.depth == 2:
        loading.findings.add("group-too-deep", name.span, {"name": name})
    minimum, maximum, item = _repeat(block)
    purpose = block.string("purpose", default=around.purpose)
    return Group(
        id=name,
        label=block.needed_text("label"),
        help=block.text("help"),
        item=item,
        minimum=minimum,
        maximum=maximum,
        show_if=block.rule("show_if"),
        required_if=block.rule("required_if"),
        items=_items(block, names, Around({}, purpose, around.depth + 1)),
        checks=load_checks(block, block.path, names.checks),
        was=block.optional("was"),
        purpose=purpose,
        span=name.span,
    )


def _repeat(block: Block) -> tuple[int, int, Template | None]:
    inner = block.block("repeat", REPEAT_KEYS, required=True)
    if inner is None:
        return 0, MAX_ROWS, None
    minimum = _count(inner, "min", 0)
    maximum = _count(inner, "max", MAX_ROWS)
    if minimum > maximum:
        entry = inner.entry("min")
        span = head(inner.node) if entry is None else head(entry.value)
        values = {"low": "min", "high": "max"}
        block.loading.findings.add("bounds-reversed", span, values)
        minimum = maximum
    return minimum, maximum, inner.template("item")


def _count(block: Block, key: str, default: int) -> int:
    scalar = block.scalar(key)
    if scalar is None:
        return default
    found = block.loading.integer(scalar, 0, MAX_ROWS)
    return default if found is None else found
