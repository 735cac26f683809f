"""What a field type has to say about itself; knows no HTML, no XML, no database."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from engine.kinds import Kind
from engine.rules.types import Type
from engine.values import Value

if TYPE_CHECKING:
    from engine.fields.complaint import Complaint
    from engine.model import Field


@dataclass(frozen=True, slots=True, eq=False)
class FieldType:
    """One entry of the table in `engine/fields/__init__.py`.

    parse: raw answer (str, number, bool, list, mapping; never None or "") -> value or complaint.
    show:  value -> German text for PDF and check-your-answers (renderers may localise).
    """

    name: str
    kind: Kind
    parse: "Callable[[object, Field], Value | Complaint]"
    show: "Callable[[Value, Field], str]"
    rule_type: "Callable[[Field], Type]"
    keys: frozenset[str] = frozenset()  # keys an author may write beyond the common ones
    autocomplete: str | None = None
    input_mode: str | None = None  # HTML inputmode: numeric, decimal, email, tel
    max_length: int = 4000
    datatype: str | None = None  # DIN 91379 datatype: A B C D
    decimals: int | None = field(default=None)
