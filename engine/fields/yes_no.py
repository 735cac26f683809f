"""Yes or no, never preselected."""

from typing import TYPE_CHECKING

from engine.fields.complaint import Complaint
from engine.fields.field_type import FieldType
from engine.kinds import Kind
from engine.rules.types import YES_NO as RULE_YES_NO
from engine.values import Value

if TYPE_CHECKING:
    from engine.model import Field

_WORDS = {"ja": True, "true": True, "nein": False, "false": False}


def read_yes_no(raw: object) -> bool | None:
    """The answer, or None if it is neither yes nor no."""
    if isinstance(raw, bool):
        return raw
    return _WORDS.get(raw.strip().lower()) if isinstance(raw, str) else None


def _parse(raw: object, field: "Field") -> Value | Complaint:
    read = read_yes_no(raw)
    return Complaint("not-yes-or-no") if read is None else read


def _show(value: Value, field: "Field") -> str:
    return "Ja" if value is True else "Nein"


YES_NO = FieldType(
    name="yes_no",
    kind=Kind.YES_NO,
    parse=_parse,
    show=_show,
    rule_type=lambda field: RULE_YES_NO,
)
