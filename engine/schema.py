"""A JSON Schema of the definition language: editors complete and check while an author types.

It knows shapes and words only; names, types and rules are for `vordruck check`.
"""

from collections.abc import Iterable, Mapping
from typing import TypeAlias

from engine.check.names import AUTOCOMPLETE
from engine.fields import FIELD_TYPES
from engine.load.assertions import ABOUT, ASSERTION_KEYS
from engine.load.cases import CASE_KEYS, EXPECT_KEYS, LIST_KEYS
from engine.load.checks import CHECK_KEYS
from engine.load.dms import (
    AKTE_KEYS,
    DMS_KEYS,
    DOKUMENT_KEYS,
    HANDOVER_KEYS,
    HANDOVER_STEP_KEYS,
    LINK_KEYS,
    RETENTION_KEYS,
    RIGHT_KEYS,
    SYSTEMS,
    TYPE_KEYS,
    VORGANG_KEYS,
)
from engine.load.documents import DOCUMENT_KEYS, FORMATS
from engine.load.field_keys import FIELD_KEYS, QUESTION_KEYS
from engine.load.heading import (
    AUTHORITY_KEYS,
    BECAUSE,
    GATES,
    HEAD_KEYS,
    RETENTION,
    SERVICE_KEYS,
    SIGN_IN,
)
from engine.load.invitations import INVITATION_KEYS
from engine.load.outputs import OUTPUT_KEYS, XOEV_KEYS
from engine.load.pages import COMPUTED_KEYS, GROUP_KEYS, INFO_KEYS, PAGE_KEYS, REPEAT_KEYS
from engine.load.process import FLOW_KEYS, KINDS, PROCESS_KEYS, REACHED, STEP_KEYS
from engine.load.purposes import CLASS_KEYS, PURPOSE_KEYS, RECIPIENT_KEYS
from engine.load.quick_check import (
    DECISION_KEYS,
    HIT_POLICIES,
    OUTCOME_KEYS,
    QUICK_CHECK_KEYS,
    RULE_KEYS,
)
from engine.load.settings import VALUE_KEYS
from engine.model_dms import (
    ACTIONS,
    AUSSONDERUNG,
    CONFIDENTIALITY,
    FILINGS,
    FORMS,
    VERSIONS,
)
from engine.model_purposes import DESTINATIONS
from engine.pictures import PICTURES
from engine.texts.languages import TRANSLATED

Schema: TypeAlias = dict[str, object]

# What stands at a key unless something else is said: a text, which YAML may take for more.
TEXT: Schema = {"type": ["string", "number", "boolean"]}
FLAG: Schema = {"type": "boolean"}
COUNT: Schema = {"type": "integer", "minimum": 0}
MAPPING: Schema = {"type": "object"}
MAYBE: Schema = {"type": ["string", "null"]}
TEXTS: Schema = {"anyOf": [{"type": "array", "items": TEXT}, TEXT]}


def json_schema() -> Schema:
    """The schema of a definition."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Vordruck",
        **_object(
            HEAD_KEYS,
            ("procedure", "version", "title", "authority", "pages"),
            {
                "leika": TEXTS,
                "legal_basis": TEXTS,
                "authority": _object(AUTHORITY_KEYS, ("name",), {"district": TEXTS}),
                "service": _object(SERVICE_KEYS, (), {"next_steps": _list(TEXT)}),
                "languages": _object(TRANSLATED, (), dict.fromkeys(TRANSLATED, _one_of(GATES))),
                "sign_in": _one_of(SIGN_IN),
                "retention": _retention(),
                "recipients": _every(_recipient()),
                "purposes": _every(_purpose()),
                "settings": _every(_settings()),
                "lists": _every(MAPPING),
                "pages": _list(_ref("page")),
                "quick_check": _quick_check(),
                "documents": _list(_document()),
                "invitations": _list(_invitation()),
                "process": _process(),
                "outputs": _outputs(),
                "assertions": _list(
                    _object(ASSERTION_KEYS, ("assert", "that"), {"about": _one_of(ABOUT)})
                ),
                "cases": _list(_case()),
            },
        ),
        "$defs": {
            "page": _page(),
            "field": _field(FIELD_KEYS),
            "question": _field(QUESTION_KEYS),
            "group": _group(),
            "info": _object(INFO_KEYS, ("info", "text"), {"after_summary": FLAG}),
            "computed": _object(
                COMPUTED_KEYS, ("computed", "value"), {"type": _one_of(("money",))}
            ),
            "check": _object(CHECK_KEYS, ("check", "message"), {"fields": TEXTS}),
            "item": {"oneOf": [_ref(kind) for kind in ("field", "group", "info", "computed")]},
        },
    }


def _object(
    keys: Iterable[str], required: Iterable[str], properties: Mapping[str, Schema]
) -> Schema:
    return {
        "type": "object",
        "additionalProperties": False,
        "required": list(required),
        "properties": {key: properties.get(key, TEXT) for key in keys},
    }


def _list(items: Schema) -> Schema:
    return {"type": "array", "minItems": 1, "items": items}


def _every(value: Schema) -> Schema:
    return {"type": "object", "additionalProperties": value}


def _one_of(words: Iterable[str]) -> Schema:
    return {"enum": list(words)}


def _ref(name: str) -> Schema:
    return {"$ref": f"#/$defs/{name}"}


def _retention() -> Schema:
    periods: dict[str, Schema] = {key: {"type": "string"} for key in (*RETENTION, BECAUSE)}
    in_words = _object(CLASS_KEYS, ("text",), {})
    return {"type": "object", "properties": periods, "additionalProperties": in_words}


def _recipient() -> Schema:
    ways: Schema = {"type": "array", "items": _one_of(DESTINATIONS)}
    return {"anyOf": [TEXT, _object(RECIPIENT_KEYS, ("text",), {"receives": ways})]}


def _purpose() -> Schema:
    inside = {"recipients": TEXTS, "by_hand": FLAG}
    return _object(PURPOSE_KEYS, ("text", "legal_basis", "recipients", "retention"), inside)


def _settings() -> Schema:
    one = _object(VALUE_KEYS, ("value", "source"), {"value": {}})
    return {"anyOf": [one, _list(one)]}


def _page() -> Schema:
    inside = {"fields": _list(_ref("item")), "checks": _list(_ref("check"))}
    return _object(PAGE_KEYS, ("page", "title", "fields"), inside)


def _group() -> Schema:
    repeat = _object(REPEAT_KEYS, (), {"min": COUNT, "max": COUNT})
    inside = {
        "repeat": repeat,
        "fields": _list(_ref("item")),
        "checks": _list(_ref("check")),
    }
    return _object(GROUP_KEYS, ("group", "label", "repeat", "fields"), inside)


def _field(keys: tuple[str, ...]) -> Schema:
    inside: dict[str, Schema] = {
        "type": _one_of(FIELD_TYPES),
        "autocomplete": _one_of(AUTOCOMPLETE),
        "picture": _one_of(PICTURES),
        "options": {"type": ["string", "object"]},
        "checks": _list(_ref("check")),
        "datatype": _one_of("ABCD"),
        **dict.fromkeys(("required", "internal", "after_summary"), FLAG),
        "changeable": {"anyOf": [FLAG, _every(TEXTS)]},
        **dict.fromkeys(("min_length", "max_length", "decimals"), COUNT),
    }
    return _object(keys, ("field", "type", "label"), inside)


def _quick_check() -> Schema:
    rule = _object(RULE_KEYS, ("rule", "then"), {"when": _every(TEXT)})
    decision = _object(
        DECISION_KEYS,
        ("decision",),
        {"hit_policy": _one_of(HIT_POLICIES), "inputs": TEXTS, "rules": _list(rule)},
    )
    outcome = _object(OUTCOME_KEYS, ("outcome", "title"), {"may_apply": FLAG, "reached": FLAG})
    inside = {
        "questions": _list(_ref("question")),
        "decisions": _list(decision),
        "reasons": TEXTS,
        "fulfilled": TEXTS,
        "outcomes": _list(outcome),
    }
    required = ("title", "questions", "decisions", "result", "outcomes")
    return _object(QUICK_CHECK_KEYS, required, inside)


def _document() -> Schema:
    inside: dict[str, Schema] = {
        "formats": {"type": "array", "items": _one_of(FORMATS)},
        "megabytes": {"type": "integer", "minimum": 1},
        **dict.fromkeys(("original", "translation", "later", "confidential"), FLAG),
    }
    return _object(DOCUMENT_KEYS, ("document", "title"), inside)


def _invitation() -> Schema:
    lists = dict.fromkeys(("pages", "documents", "sees", "uses"), TEXTS)
    required = ("invitation", "title", "pages")
    return _object(INVITATION_KEYS, required, {**lists, "required": FLAG})


def _process() -> Schema:
    flow: Schema = {"anyOf": [TEXT, _object(FLOW_KEYS, ("to",), {})]}
    ways: Schema = {"anyOf": [TEXT, {"type": "array", "items": flow}]}
    event = _one_of(REACHED)
    events: Schema = {"anyOf": [event, {"type": "array", "items": event}]}
    keys: dict[str, Schema] = {"kind": _one_of(KINDS), "next": ways, "reached": events}
    step = _object(STEP_KEYS, ("step", "title", "role"), keys)
    inside = {"roles": _every(TEXT), "ist": _list(step), "soll": _list(step)}
    return _object(PROCESS_KEYS, ("roles",), inside)


def _outputs() -> Schema:
    xoev = _object(XOEV_KEYS, ("standard", "version", "message", "map"), {"map": MAPPING})
    return _object(OUTPUT_KEYS, (), {"xoev": xoev, "dms": _dms()})


def _dms() -> Schema:
    link = _object(LINK_KEYS, ("each", "title"), {"found_by": TEXTS})
    akte = {"found_by": TEXTS, "metadata": _every(TEXT), "links": _list(link)}
    drawer = {"documents": TEXTS, "restricted": FLAG}
    right = {
        "action": _one_of(ACTIONS), "on": TEXTS, "restricted": FLAG, "may": _every(TEXT),
    }  # fmt: skip
    step = _object(HANDOVER_STEP_KEYS, HANDOVER_STEP_KEYS, {})
    travels = {"form": _one_of(FORMS), "sends": TEXTS, "not_while": TEXTS, "steps": _list(step)}
    kept = {"on": TEXTS, "aussonderung": _one_of(AUSSONDERUNG)}
    needed = ("retention", "title", "on", "period", "aussonderung")
    inside = {
        "system": _one_of(SYSTEMS),
        "version": _one_of(VERSIONS),
        "message": _one_of(FILINGS),
        "akte": _object(AKTE_KEYS, ("title",), akte),
        "vorgang": _object(VORGANG_KEYS, ("title",), {"metadata": _every(TEXT)}),
        "dokument": _object(DOKUMENT_KEYS, (), {"metadata": _every(TEXT)}),
        "document_types": _list(_object(TYPE_KEYS, ("type", "title"), drawer)),
        "confidentiality": _one_of(CONFIDENTIALITY),
        "roles": _every(TEXT),
        "rights": _list(_object(RIGHT_KEYS, ("right", "title", "action", "on", "may"), right)),
        "retention": _list(_object(RETENTION_KEYS, needed, kept)),
        "handover": _list(_object(HANDOVER_KEYS, ("handover", "event", "form"), travels)),
    }
    return _object(DMS_KEYS, ("system", "version", "aktenplan", "akte", "vorgang"), inside)


def _case() -> Schema:
    inside: dict[str, Schema] = {
        **dict.fromkeys(LIST_KEYS, TEXTS),
        **dict.fromkeys(("decisions", "computed"), MAPPING),
        **dict.fromkeys(("outcome", "earliest"), MAYBE),
    }
    expect = _object(EXPECT_KEYS, (), inside)
    blocks = {"quick_check": MAPPING, "given": MAPPING, "expect": expect}
    return _object(CASE_KEYS, ("case",), blocks)
