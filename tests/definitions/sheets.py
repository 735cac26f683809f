"""The fact sheets of the procedures, and how their rows are compared with a definition."""

import json
import re
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any, TypeAlias

from engine.answers import read_answers
from engine.model import Document, Field, Group, Item, Procedure, QuickCheck
from engine.plan import QuickCheckResult
from tests.definitions.delivered import plan_of

Sheet: TypeAlias = dict[str, Any]

# The sheet's word for a type -> ours, where they differ.
TYPES = {
    "enum": "choice",
    "multi_enum": "choices",
    "bool": "yes_no",
    "textarea": "multiline",
    "decimal": "number",
    "country_list": "countries",
    "plz": "postcode",
}


def read_sheet(shared: Path, name: str) -> Sheet:
    """The fact sheet of a procedure, as its machine-readable copy."""
    found: Sheet = json.loads((shared / "domain" / f"{name}.json").read_text("utf-8"))
    return found


def rows(procedure: Procedure) -> Mapping[str, Field | Group]:
    """Fields and groups by the ids of the sheet: `gaeste[]`, `gaeste[].vornamen`."""
    return {path: item for page in procedure.pages for path, item in _rows(page.items, "")}


def page_of_row(procedure: Procedure) -> Mapping[str, str]:
    """The page on which each row stands."""
    return {path: page.id for page in procedure.pages for path, _ in _rows(page.items, "")}


def _rows(items: tuple[Item, ...], prefix: str) -> Iterator[tuple[str, Field | Group]]:
    for item in items:
        if isinstance(item, Group):
            yield f"{prefix}{item.id}[]", item
            yield from _rows(item.items, f"{prefix}{item.id}[].")
        elif isinstance(item, Field):
            yield prefix + item.id, item


def fields_of(procedure: Procedure) -> Mapping[str, Field]:
    """The rows that are questions."""
    return {path: item for path, item in rows(procedure).items() if isinstance(item, Field)}


def quick_check_of(procedure: Procedure) -> QuickCheck:
    """The Quick Check, which the procedure must have."""
    assert procedure.quick_check is not None
    return procedure.quick_check


def rule_ids(procedure: Procedure) -> set[str]:
    """The ids of all rules in all tables of the Quick Check."""
    decisions = quick_check_of(procedure).decisions
    return {rule.id for decision in decisions for rule in decision.rules}


def differences(sheet: Sheet, procedure: Procedure) -> list[str]:
    """Questions of the sheet with another type or another need of an answer here."""
    ours = fields_of(procedure)
    found: list[str] = []
    for row in sheet["fields"]:
        if row["type"] == "group":
            continue
        field = ours[row["id"]]
        wanted = TYPES.get(row["type"], row["type"])
        if field.type.name != wanted:
            found.append(f"{row['id']}: {wanted} is {field.type.name}")
        if (field.required or field.required_if is not None) is not (row["req"] != "O"):
            found.append(f"{row['id']}: {row['req']}")
    return found


def missing_choices(sheet: Sheet, procedure: Procedure) -> list[str]:
    """Values in the sheet's options that cannot be chosen here."""
    ours = fields_of(procedure)
    missing: list[str] = []
    for row in sheet["fields"]:
        if row["type"] not in ("enum", "multi_enum"):
            continue
        said = re.split(r"[;(]", row["validation"])[0]
        values = {one.strip() for one in said.split(",")}
        if len(values) < 2:  # "-", or a code list described in words
            continue
        options = ours[row["id"]].options
        missing += [f"{row['id']}: {one}" for one in values - (options.values if options else {""})]
    return missing


def document_as_in_sheet(document: Document) -> dict[str, str]:
    """What the sheet says about a document, said about ours."""
    return {
        "id": document.id,
        "formats": ",".join(document.formats),
        "files": f"{document.min_files}-{document.max_files}",
        "original": "ja" if document.original else "nein",
    }


def asked(name: str, raw: Mapping[str, Any], today: date) -> QuickCheckResult:
    """The Quick Check with answers as in an answer file, the clerk's among them."""
    plan = plan_of(name)
    reading = read_answers(quick_check_of(plan.procedure).questions, raw, internal=True)
    assert reading.problems == ()
    assert reading.dropped == ()
    return plan.quick_check(reading.answers, today)
