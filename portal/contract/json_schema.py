"""The JSON of a procedure as a JSON Schema: for those who write their reader by machine.

It knows the form of every answer, not the rules between them: what is required depends on other
answers, and that is what the samples and the simulator are for.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from engine.kinds import Kind
from engine.model import Field, Group, Item, Procedure
from engine.values import ADDRESS_PARTS
from outputs.fit_connect.write import OWN_DATA
from outputs.json.write import FORMAT

_DIALECT = "https://json-schema.org/draft/2020-12/schema"
_TEXT: Mapping[str, Any] = {"type": "string"}
_DAY = r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$"
_PARTIAL = r"^([0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?)$"
_NUMBER = r"^-?[0-9]+(\.[0-9]+)?$"
_SHA256 = r"^[0-9a-f]{64}$"


def schema(procedure: Procedure) -> dict[str, Any]:
    """Of the whole file."""
    items = [one for page in procedure.pages for one in page.items]
    return {
        "$schema": _DIALECT,
        "$id": f"{OWN_DATA}{procedure.id}:{procedure.version}",
        "title": procedure.title.german,
        **_object(
            {
                "format": {"const": FORMAT},
                "procedure": _object(
                    {
                        "id": {"const": procedure.id},
                        "version": {"const": procedure.version},
                        "digest": _TEXT,
                        "leika": {"type": "array", "items": _TEXT},
                        "title": _TEXT,
                    }
                ),
                "authority": _object({"name": _TEXT, "ags": _TEXT}),
                "submission": _object(
                    {
                        "id": _TEXT,
                        "submitted_at": {"type": "string", "format": "date-time"},
                        "decided_on": {"type": "string", "pattern": _DAY},
                        "language": _TEXT,
                    }
                ),
                "answers": _object(_answers(items), required=False),
                "sha256": {"type": "string", "pattern": _SHA256},
                "files": {"type": "array", "items": _file()},
            }
        ),
    }


def _file() -> dict[str, Any]:
    return _object(
        {
            "document": _TEXT,
            "row": {"type": ["string", "null"]},
            "name": _TEXT,
            "media_type": _TEXT,
            "bytes": {"type": "string", "pattern": "^[0-9]+$"},
            "sha256": {"type": "string", "pattern": _SHA256},
        }
    )


def _object(properties: Mapping[str, Any], *, required: bool = True) -> dict[str, Any]:
    return {
        "type": "object",
        "properties": dict(properties),
        "additionalProperties": False,
        **({"required": list(properties)} if required else {}),
    }


def _answers(items: Sequence[Item]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for item in items:
        if isinstance(item, Group):
            row = _object(_answers(item.items), required=False)
            found[item.id] = {"type": "array", "maxItems": item.maximum, "items": row}
        elif isinstance(item, Field) and not item.internal:
            found[item.id] = {"title": item.label.german, **_of_kind(item)}
    return found


def _of_kind(field: Field) -> dict[str, Any]:
    keys = [one.value for one in field.options.options] if field.options else []
    match field.type.kind:
        case Kind.YES_NO | Kind.DECLARATION:
            return {"type": "boolean"}
        case Kind.NUMBER:
            return {"type": "string", "pattern": _NUMBER}
        case Kind.DATE:
            return {"type": "string", "pattern": _DAY}
        case Kind.PARTIAL_DATE:
            return {"type": "string", "pattern": _PARTIAL}
        case Kind.CHOICE:
            return {"type": "string", "enum": keys}
        case Kind.CHOICES:
            return {"type": "array", "items": {"type": "string", "enum": keys}}
        case Kind.ADDRESS:
            return _object(dict.fromkeys(ADDRESS_PARTS, _TEXT), required=False)
    most = {} if field.max_length is None else {"maxLength": field.max_length}
    return {"type": "string", **most}
