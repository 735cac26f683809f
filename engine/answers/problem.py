"""What is wrong with an answer, for applicants: a place in the form, a code, values to insert."""

from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import field as default
from typing import TYPE_CHECKING

from engine.fields.complaint import Complaint
from engine.model_parts import Cite, Text

if TYPE_CHECKING:
    from engine.model import Field

__all__ = ["Complaint", "Insert", "Problem"]


@dataclass(frozen=True, slots=True)
class Insert:
    """A value that an author's sentence names, to be shown in the reader's language."""

    name: str  # as written: `stundenlohn`, `setting.grenze`
    field: "Field | None"  # shown like its answers
    is_money: bool = False
    value: object = None


@dataclass(frozen=True, slots=True)
class Problem:
    """`message` is the author's sentence (checks, patterns); without it the code has one.

    `field` is a path: `plz`, `kinder[0].vornamen`, `anschrift.plz`.
    """

    field: str
    code: str
    message: Text | None = None
    values: Mapping[str, str] = default(default_factory=dict)
    because: Cite | None = None
    inserts: tuple[Insert, ...] = ()  # for the `{name}` places of `message`
