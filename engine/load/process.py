"""The process block: roles, and the steps of the Ist and the Soll process."""

from engine.load.block import Block, open_block
from engine.model_parts import Text, Word
from engine.model_process import Flow, Process, Role, Step
from engine.nodes import Mapping, Node, Scalar, Sequence

PROCESS_KEYS = ("roles", "ist", "soll")
STEP_KEYS = (
    "step",
    "title",
    "role",
    "kind",
    "next",
    "deadline",
    "status",
    "because",
    "begins",
    "reached",
)
FLOW_KEYS = ("to", "when")
TASKS = ("user", "manual", "service", "rule", "send", "receive")
GATEWAYS = ("exclusive", "parallel")
EVENTS = ("timer", "message")
# What the portal gets to know of a case: its own doing, deliveries, messages of the authority.
REACHED = (
    "accepted",
    "delivered",
    "question",
    "answered",
    "documents_complete",
    "examined",
    "agreement",
    "appointment",
    "refusal",
    "not_competent",
    "withdrawn",
    "closed",
)
KINDS = (*TASKS, *GATEWAYS, *EVENTS)


def load_process(block: Block) -> Process | None:
    """Both processes, or None if the procedure has no such block."""
    entry = block.entry("process")
    inner = block.block("process", PROCESS_KEYS)
    if entry is None or inner is None:
        return None
    return Process(_roles(inner), _steps(inner, "ist"), _steps(inner, "soll"), entry.key.span)


def _roles(block: Block) -> tuple[Role, ...]:
    value = block.value("roles", required=True)
    if value is None:
        return ()
    if not isinstance(value, Mapping):
        block.loading.wrong_shape(value, "mapping")
        return ()
    found = []
    for entry in value.entries:
        name, label = block.loading.name(entry.key), block.loading.scalar(entry.value)
        if label is not None:
            text = block.loading.text(label, f"process.role.{name}.label")
            found.append(Role(name, text, name.span))
    return tuple(found)


def _steps(block: Block, which: str) -> tuple[Step, ...]:
    """Names are needed first: a step without `next` leads to the one below it."""
    inner = [
        one
        for node in (block.items(which) if which in block else ())
        if (one := open_block(block.loading, node, STEP_KEYS)) is not None
    ]
    known: dict[str, Word] = {}
    names = [_name(one, known) for one in inner]
    found = []
    for index, (one, name) in enumerate(zip(inner, names, strict=True)):
        if name is None:
            continue
        one.path = f"process.{which}.{name}"
        below = names[index + 1] if index + 1 < len(names) else None
        found.append(_step(one, name, below))
    return tuple(found)


def _name(block: Block, known: dict[str, Word]) -> Word | None:
    scalar = block.scalar("step", required=True)
    if scalar is None:
        return None
    name = block.loading.name(scalar)
    block.loading.declare(known, name)
    return name


def _step(block: Block, name: Word, below: Word | None) -> Step:
    deadline = block.scalar("deadline")
    return Step(
        id=name,
        title=block.needed_text("title"),
        role=block.string("role", required=True),
        kind=block.word("kind", KINDS, "user"),
        flows=_flows(block, below),
        deadline=None if deadline is None else block.loading.duration(deadline),
        status=block.text("status"),
        because=block.cite("because"),
        span=name.span,
        begins=block.flag("begins"),
        reached=_reached(block),
    )


def _reached(block: Block) -> tuple[str, ...]:
    value = block.value("reached")
    if value is None:
        return ()
    nodes = value.items if isinstance(value, Sequence) else (value,)
    scalars = (block.loading.scalar(node) for node in nodes)
    found = (block.loading.one_of(one, REACHED, "") for one in scalars if one is not None)
    return tuple(one for one in found if one)


def _flows(block: Block, below: Word | None) -> tuple[Flow, ...]:
    value = block.value("next")
    if value is None:
        return (Flow(below, None),) if below is not None else ()
    nodes = value.items if isinstance(value, Sequence) else (value,)
    found = (_flow(block, node, number) for number, node in enumerate(nodes, start=1))
    return tuple(one for one in found if one is not None)


def _flow(block: Block, node: Node, number: int) -> Flow | None:
    if isinstance(node, Scalar):
        return Flow(Word(node.text.strip(), node.span), None)
    inner = open_block(block.loading, node, FLOW_KEYS, f"{block.path}.next.{number}")
    if inner is None:
        return None
    to = inner.string("to", required=True)
    when: Text | None = inner.text("when")
    return Flow(to, when) if to else None
