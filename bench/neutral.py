"""A neutral benchmark form (fields, groups, conditions as plain data) as one of our definitions.

The neutral form is the one of the comparison with other form engines: `fields` of type text, int,
date, enum or bool with `show_if` and `required_if`, and `groups` of three fields.
"""

from collections.abc import Callable, Mapping
from typing import Any

Form = Mapping[str, Any]

HEAD = """\
procedure: vergleich
version: 2026.1.0
title: Vergleich
leika: ["99108012000000"]
legal_basis: ["ohne"]
authority: {{name: Amt, street: Weg 1, postcode: "12345", town: Ort, email: amt@amt.example,
  phone: "030 0", ags: "00000000", dvdv_key: "amt:0"}}
privacy: Keine.
sign_in: none
retention: {{drafts: P30D, submissions: P90D, uploads: P90D}}
recipients: {{amt: {{text: Das Amt, receives: [xoev, dms]}}}}
purposes:
  zweck:
    {{text: Zum Entscheiden, legal_basis: § 1, recipients: [amt], retention: drafts, by_hand: true}}
pages:
  - page: alles
    title: Alles
    purpose: zweck
    fields:
{items}
"""


def definition(form: Form) -> str:
    """The form as a definition's text."""
    lines: list[str] = []
    for field in form["fields"]:
        lines.append(_field(field, "", 6))
    for group in form["groups"]:
        lines.append(f"      - group: {group['id']}")
        lines.append(f"        label: Gruppe {group['id']}")
        lines.append(f"        repeat: {{min: 0, max: {group['max']}, item: Zeile}}")
        if "show_if" in group:
            lines.append(f"        show_if: {_quoted(condition(group['show_if'], ''))}")
        lines.append("        fields:")
        lines.extend(_field(field, f"{group['id']}_", 10) for field in group["fields"])
    return HEAD.format(items="\n".join(lines))


def answers(form: Form, given: Mapping[str, Any]) -> dict[str, object]:
    """The neutral answers under our ids: fields of a row carry their group's name."""
    groups = {group["id"] for group in form["groups"]}
    return {
        key: [{f"{key}_{name}": cell for name, cell in row.items()} for row in value]
        if key in groups
        else value
        for key, value in given.items()
    }


def neutral_path(path: str) -> str:
    """Our path of a field as the neutral form writes it: "g0[1].g0_b" is "g0[1].b"."""
    group, dot, field = path.partition(".")
    return f"{group}.{field.split('_', 1)[1]}" if dot else path


def condition(neutral: Mapping[str, Any], prefix: str) -> str:
    """A neutral condition in the rule language."""
    operator = neutral["op"]
    if operator in ("and", "or"):
        parts = (condition(part, prefix) for part in neutral["args"])
        return "(" + f" {operator} ".join(parts) + ")"
    name = prefix + neutral["field"]
    if operator == "in":
        listed = ", ".join(f'"{value}"' for value in neutral["values"])
        return f"{name} in ({listed})"
    sign = "=" if operator == "==" else operator
    return f"{name} {sign} {_literal(neutral['value'])}"


def _literal(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value)
    text = str(value)
    is_date = len(text) == 10 and text[4] == "-"
    return f'date("{text}")' if is_date else f'"{text}"'


def _quoted(rule: str) -> str:
    return "'" + rule.replace("'", "''") + "'"


def _field(field: Mapping[str, Any], prefix: str, indent: int) -> str:
    keys = [f"field: {prefix}{field['id']}", f"label: Feld {prefix}{field['id']}"]
    keys += _TYPES[field["type"]](field)
    if field["required"]:
        keys.append("required: true")
    for name in ("show_if", "required_if"):
        if name in field and not (name == "required_if" and field["required"]):
            keys.append(f"{name}: {_quoted(condition(field[name], prefix))}")
    pad = " " * indent
    return f"{pad}- " + f"\n{pad}  ".join(keys)


def _text(field: Mapping[str, Any]) -> list[str]:
    keys = ["type: text", f"min_length: {field['minLength']}", f"max_length: {field['maxLength']}"]
    if "pattern" in field:
        keys.append(f"pattern: {_quoted(field['pattern'].removeprefix('^').removesuffix('$'))}")
        keys.append("pattern_message: Bitte anders schreiben.")
    return keys


def _enum(field: Mapping[str, Any]) -> list[str]:
    options = ", ".join(f"{value}: Wert {value}" for value in field["options"])
    return ["type: choice", f"options: {{{options}}}"]


_TYPES: dict[str, Callable[[Mapping[str, Any]], list[str]]] = {
    "text": _text,
    "int": lambda field: ["type: integer", f"min: {field['min']}", f"max: {field['max']}"],
    "date": lambda field: ["type: date", f"min: {field['min']}", f"max: {field['max']}"],
    "enum": _enum,
    "bool": lambda field: ["type: yes_no"],
}
