"""From an application to what is filed: titles filled in, documents in their drawers."""

import unicodedata
import uuid
from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from engine.model import Document, Duration, Expression, Group, Template
from engine.model_dms import (
    DATA,
    MESSAGE,
    SETTING,
    SUMMARY,
    AkteLink,
    DmsOutput,
    DocumentType,
    Retention,
)
from engine.rules.durations import Months
from outputs.application import Application, OutputFile, Upload
from outputs.dms.filing import (
    OPEN,
    RESTRICTED,
    FiledAkte,
    FiledDocument,
    FiledVorgang,
    Filing,
    Kept,
    Link,
    Permission,
    PlanUnit,
)
from outputs.names import extension, file_name

# Akten are found again from another application: their ids are not made of its reference number.
_AKTEN = uuid.UUID("b0c3d1f6-6f3c-5e0e-8a3e-2b7f7f0c9a51")
_PDF = "application/pdf"
_PRODUCED = {"pdf": SUMMARY, "json": DATA, "xoev": MESSAGE}


def build_filing(application: Application, produced: Sequence[OutputFile]) -> Filing:
    """The whole case; what was produced for it and what was handed in."""
    output = application.procedure.outputs.dms
    if output is None:
        raise ValueError(f"{application.procedure.id} declares no filing")
    return Filing(
        key=application.submission_id,
        authority=application.authority.name,
        unit=PlanUnit(output.aktenplan, output.aktenplan_title),
        akte=_akte(application, output),
        vorgang=_vorgang(application, output),
        documents=tuple(_documents(application, output, produced)),
        retention=tuple(_kept(application, output, one) for one in output.retention),
        permissions=tuple(permissions(output)),
        confidentiality=output.confidentiality or "",
    )


def _akte(application: Application, output: DmsOutput) -> FiledAkte:
    akte, env = output.akte, application.environment
    return FiledAkte(
        id=_akte_key(application, output, akte.found_by, env),
        title=application.plan.text(akte.title, env),
        type=akte.type,
        number="" if akte.aktenzeichen is None else application.plan.text(akte.aktenzeichen, env),
        metadata=tuple(_metadata(application, akte.metadata, env)),
        links=tuple(link for one in akte.links for link in _links(application, output, one)),
    )


def _akte_key(
    application: Application,
    output: DmsOutput,
    found_by: Sequence[Template],
    env: Mapping[str, object],
) -> str:
    """The same for the same person, however the name was spaced or capitalised."""
    if not found_by:
        return application.identifier("dms/akte")
    values = [_folded(application.plan.text(one, env)) for one in found_by]
    authority = application.authority.ags or application.authority.name
    return str(uuid.uuid5(_AKTEN, "\x1f".join((authority, output.aktenplan, *values))))


def _folded(text: str) -> str:
    return " ".join(unicodedata.normalize("NFC", text).casefold().split())


def _links(application: Application, output: DmsOutput, link: AkteLink) -> Iterator[Link]:
    env = application.environment
    rows = application.plan.value(link.each, env)
    for row in rows if isinstance(rows, list | tuple) else ():
        names = {**env, "item": row}
        key = _akte_key(application, output, link.found_by, names) if link.found_by else None
        yield Link(key, application.plan.text(link.title, names).strip(" ,"))


def _vorgang(application: Application, output: DmsOutput) -> FiledVorgang:
    vorgang, env = output.vorgang, application.environment
    number = vorgang.kennzeichen
    return FiledVorgang(
        id=application.identifier("dms/vorgang"),
        title=application.plan.text(vorgang.title, env),
        type=vorgang.type or application.procedure.title.german,
        number="" if number is None else application.plan.text(number, env),
        received=application.submitted_at.date(),
        metadata=tuple(
            {**_facts(application), **dict(_metadata(application, vorgang.metadata, env))}.items()
        ),
    )


def _facts(application: Application) -> dict[str, str]:
    """What is true of every Vorgang; the definition may say it in its own words."""
    procedure = application.procedure
    facts = {
        "Referenznummer": application.submission_id,
        "Eingang": application.submitted_at.isoformat(timespec="seconds"),
        "Verfahren": procedure.id,
        "Fassung": procedure.version,
        "LeiKa": ", ".join(procedure.leika),
        "Sprache": application.spoken or application.language,
        "SHA-256 der Angaben": application.data_hash,
    }
    return {name: value for name, value in facts.items() if value}


def _metadata(
    application: Application, declared: Mapping[str, Template], env: Mapping[str, object]
) -> Iterator[tuple[str, str]]:
    """Of a group the titles of its rows; an empty text is a field for the clerk."""
    groups = {
        item.id: item
        for page in application.procedure.pages
        for item in page.items
        if isinstance(item, Group)
    }
    for name, template in declared.items():
        parts = (
            part if isinstance(part, str) else _shown(application, part, groups, env)
            for part in template.parts
        )
        yield str(name), "".join(parts).strip(" ,")


def _shown(
    application: Application,
    part: Expression,
    groups: Mapping[str, Group],
    env: Mapping[str, object],
) -> str:
    group = groups.get(part.text)
    if group is None or group.item is None:
        return application.plan.text(Template((part,), part.span), env)
    rows = application.plan.value(part, env)
    title = group.item
    return ", ".join(
        application.plan.text(title, {**env, **row}).strip(" ,")
        for row in (rows if isinstance(rows, list | tuple) else ())
    )


def _kept(application: Application, output: DmsOutput, rule: Retention) -> Kept:
    period, source = period_of(rule, application)
    return Kept(
        title=rule.title,
        on=_places(output, rule.on),
        period="" if period is None else _written(period),
        event=rule.event or "",
        aussonderung=rule.aussonderung,
        source=source,
        note=rule.note or "",
    )


def _places(output: DmsOutput, words: Sequence[str]) -> tuple[str, ...]:
    titles = {one.id: one.title for one in output.document_types}
    return tuple(str(titles.get(one, one)) for one in words)


def _written(period: Duration) -> str:
    return str(Months(period.months)) if period.months else f"P{period.days}D"


def period_of(rule: Retention, application: Application) -> tuple[Duration | None, str]:
    """The period in force on the day of decision, and where it comes from."""
    if not isinstance(rule.period, str):
        return rule.period, rule.source
    name, day = rule.period.removeprefix(SETTING), application.today
    for setting in application.procedure.settings:
        if setting.id == name:
            held = [one for one in setting.values if (one.valid_from or date.min) <= day]
            dated = (held or setting.values[:1])[-1]
            if isinstance(dated.value, Duration):
                return dated.value, dated.source
    raise ValueError(f"{rule.period} is no period")  # the checker has refused that


def permissions(output: DmsOutput) -> Iterator[Permission]:
    """The Berechtigungskonzept, roles and document types by their titles."""
    roles = {role.id: role.title for role in output.roles}
    for right in output.rights:
        yield Permission(
            title=right.title,
            action=right.action,
            on=_places(output, right.on),
            restricted=right.restricted,
            may=tuple((roles.get(role, role), limit) for role, limit in right.may.items()),
        )


def _readers(
    output: DmsOutput, drawer: DocumentType | None, *, restricted: bool
) -> Iterator[tuple[str, str]]:
    """Roles that may read what lies in a drawer, with their limits; the first right counts."""
    places = {"dokument"} | ({drawer.id} if drawer is not None else set())
    roles, told = {role.id: role.title for role in output.roles}, set[str]()
    for right in output.rights:
        if right.action != "read" or not places & set(right.on):
            continue
        if restricted and not right.restricted:
            continue
        for role, limit in right.may.items():
            if role not in told:
                told.add(role)
                yield roles.get(role, role), limit


def _documents(
    application: Application, output: DmsOutput, produced: Sequence[OutputFile]
) -> Iterator[FiledDocument]:
    """The application first, then its data and messages, then the proofs in the form's order."""
    for number, file in enumerate(sorted(produced, key=lambda file: file.media_type != _PDF)):
        yield _produced(application, output, file, number)
    declared = {document.id: document for document in application.procedure.documents}
    order = {name: place for place, name in enumerate(declared)}
    uploads = sorted(application.uploads, key=lambda one: order.get(one.document, len(order)))
    for number, upload in enumerate(uploads):
        yield _uploaded(application, output, upload, declared.get(upload.document), number)


def _produced(
    application: Application, output: DmsOutput, file: OutputFile, number: int
) -> FiledDocument:
    is_pdf = file.media_type == _PDF
    drawer = output.type_of(_PRODUCED.get(file.output, SUMMARY)) or output.type_of(SUMMARY)
    own = None if drawer is None else drawer.application_title
    title = "Antrag" if own is None else application.plan.text(own, application.environment)
    return _document(
        application,
        output,
        path=f"dms/produced/{number}",
        title=title if is_pdf else f"{title} ({extension(file.media_type).upper()})",
        drawer=drawer,
        name=file.name,
        file=file,
        restricted=False,
        is_application=is_pdf,
    )


def _uploaded(
    application: Application,
    output: DmsOutput,
    upload: Upload,
    declared: Document | None,
    number: int,
) -> FiledDocument:
    return _document(
        application,
        output,
        path=f"dms/{_delivery(application)}/{number}",
        title=application.document_title(upload.document, upload.row),
        drawer=output.type_of(upload.document),
        name=file_name(upload.name, upload.media_type),
        file=upload,
        restricted=declared is not None and declared.confidential,
        is_application=False,
    )


def _delivery(application: Application) -> str:
    """Later documents have ids of their own, so that they never meet the earlier ones."""
    later = application.supplement
    return "upload" if later is None else f"supplement/{later.id}"


def _document(
    application: Application,
    output: DmsOutput,
    *,
    path: str,
    title: str,
    drawer: DocumentType | None,
    name: str,
    file: OutputFile | Upload,
    restricted: bool,
    is_application: bool,
) -> FiledDocument:
    kind = "Nachweis" if drawer is None else drawer.title
    restricted = restricted or (drawer is not None and drawer.restricted)
    about = {"title": title, "name": name, "format": extension(file.media_type), "type": kind}
    env = {**application.environment, "document": about}
    return FiledDocument(
        id=application.identifier(path),
        title=title,
        type=kind,
        name=name,
        media_type=file.media_type,
        content=file.content,
        access=RESTRICTED if restricted else OPEN,
        readers=tuple(_readers(output, drawer, restricted=restricted)),
        received=application.handed_in_at.date(),
        metadata=tuple(_metadata(application, output.metadata, env)),
        is_application=is_application,
    )
