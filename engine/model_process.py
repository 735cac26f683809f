"""How a case is handled: roles, and the steps of the Ist and the Soll process."""

from dataclasses import dataclass

from engine.model_parts import Cite, Duration, Text
from engine.source import Span


@dataclass(frozen=True, slots=True, eq=False)
class Role:
    """Somebody or something that does steps: a lane of the picture."""

    id: str
    label: Text
    span: Span


@dataclass(frozen=True, slots=True, eq=False)
class Flow:
    """The way to another step; at a branch `when` says in words when it is taken."""

    to: str
    when: Text | None


@dataclass(frozen=True, slots=True, eq=False)
class Step:
    """One step; without `next` the following one of the list comes after it.

    Kinds are those of BPMN 2.0: user, manual, service, rule, send, receive are tasks; exclusive
    and parallel are gateways; timer and message are events that are waited for.
    """

    id: str
    title: Text
    role: str
    kind: str
    flows: tuple[Flow, ...]  # empty: the process ends here
    deadline: Duration | None
    status: Text | None  # what the applicant is told while the case is here (Soll only)
    because: Cite | None
    span: Span
    begins: bool = False  # something may begin here, too: a message that comes by itself
    reached: tuple[str, ...] = ()  # what happens to a case, seen from the portal, when it gets here


@dataclass(frozen=True, slots=True, eq=False)
class Process:
    """Both processes of a procedure; each begins at its first step and at those with `begins`."""

    roles: tuple[Role, ...]
    ist: tuple[Step, ...]
    soll: tuple[Step, ...]
    span: Span
