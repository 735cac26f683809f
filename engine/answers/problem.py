"""What is wrong with an answer, for applicants: a place in the form, a code, values to insert."""

from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import field as default

from engine.fields.complaint import Complaint
from engine.model_parts import Cite, Text

__all__ = ["Complaint", "Problem"]


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
