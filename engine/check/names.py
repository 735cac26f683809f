"""Names that point to other parts of the form exist, and say what they may say there."""

from engine.check.directory import Directory, Placed, checks_of, row_names, unknown
from engine.diagnostics import Findings, Note, Severity
from engine.model import Field, Group, Procedure
from engine.model_parts import place_of
from engine.pictures import PICTURES

# The names of HTML's autofill fields that fit forms of authorities (WCAG 1.3.5).
AUTOCOMPLETE = (
    "name", "honorific-prefix", "given-name", "additional-name", "family-name",
    "honorific-suffix", "nickname", "organization-title", "organization", "street-address",
    "address-line1", "address-line2", "address-line3", "address-level1", "address-level2",
    "address-level3", "address-level4", "country", "country-name", "postal-code", "bday",
    "bday-day", "bday-month", "bday-year", "sex", "language", "tel", "tel-national", "email",
    "url", "off", "on",
)  # fmt: skip


def check_names(procedure: Procedure, names: Directory, findings: Findings) -> None:
    """Where checks are shown, renames, autofill names, questions for the clerk."""
    _shown_at(procedure, names, findings)
    _renames(names, findings)
    for one in names.placed:
        if isinstance(one.item, Field):
            check_field(one.item, findings)
    for question in names.questions.values():
        check_field(question, findings)
    _empty_groups(names, findings)


def check_field(field: Field, findings: Findings) -> None:
    """What a field says about itself, wherever it stands."""
    token = field.autocomplete
    if token is not None and token not in AUTOCOMPLETE:
        unknown(findings, "unknown-autocomplete", token, AUTOCOMPLETE)
    if field.picture is not None and field.picture not in PICTURES:
        unknown(findings, "unknown-picture", field.picture, PICTURES)
    if field.internal and (field.required or field.required_if is not None):
        findings.add("required-but-internal", field.span, {"name": field.id})


def _shown_at(procedure: Procedure, names: Directory, findings: Findings) -> None:
    for check, groups in checks_of(procedure):
        inner = _inside(check.fields, names)
        known = {**names.form, **row_names(groups), **inner}
        for word in check.fields:
            if word not in known:
                unknown(findings, "unknown-field", word, known)


def _inside(fields: tuple[str, ...], names: Directory) -> dict[str, object]:
    """A check of a whole group is shown at a field of its rows."""
    return {one.item.id: one.item for one in names.placed if one.groups and one.item.id in fields}


def _renames(names: Directory, findings: Findings) -> None:
    """A former name must not be the name of something else, nor of two things."""
    seen: dict[tuple[str, str], Placed] = {}
    for one in names.placed:
        was = one.item.was if isinstance(one.item, Field | Group) else None
        if was is None:
            continue
        scope = one.path.rpartition(".")[0]
        span = place_of(was, one.item.span)
        taken = _same_scope(names, scope, was)
        first = seen.setdefault((scope, was), one)
        other = taken if taken is not None else (first if first is not one else None)
        if other is not None:
            note = Note("rename-collides:other", other.item.span, {"name": was})
            findings.add("rename-collides", span, {"name": was}, related=(note,))


def _same_scope(names: Directory, scope: str, name: str) -> Placed | None:
    wanted = f"{scope}.{name}" if scope else name
    return next((one for one in names.placed if one.path == wanted), None)


def _empty_groups(names: Directory, findings: Findings) -> None:
    for one in names.placed:
        if isinstance(one.item, Group) and one.item.maximum == 0:
            values = {"name": one.item.id}
            findings.add("group-without-rows", one.item.span, values, severity=Severity.WARNING)
