"""Why a raw answer cannot be taken, as data; sentences are made from it at the edge."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Complaint:
    """`values` holds what the sentence may insert; `part` names the line of an address."""

    code: str
    values: Mapping[str, str] = field(default_factory=dict)
    part: str = ""
