"""Chapter 8: how the case is filed, who may do what, how long it is kept, where it travels."""

from collections.abc import Iterator, Mapping

from engine.handbook.rights import or_none
from engine.handbook.structure import (
    CODE,
    QUIET,
    STRONG,
    Block,
    Cell,
    Line,
    Paragraphs,
    Run,
    Section,
    Table,
    cell,
    line,
    named,
    numbered,
)
from engine.handbook.telling import Telling
from engine.model_dms import FORMS, SETTING, DmsOutput, DocumentType, Handover, Retention, Right
from engine.model_parts import Duration, Template


def filing(one: Telling) -> Section:
    """Everything an Aktenordnung says; its terms stay German."""
    t, dms = one.t, one.procedure.outputs.dms
    if dms is None:
        blocks = (Paragraphs(cell(t("none"))),)
        return Section("8", t("chapter.filing"), "ablage", blocks)
    parts: tuple[tuple[str, str, tuple[Block, ...]], ...] = (
        (t("filing.file"), "akte", (_file(one, dms),)),
        (t("filing.types"), "dokumenttypen", (_types(one, dms),)),
        (t("filing.rights"), "berechtigungen", (_rights(one, dms),)),
        (t("filing.retention"), "aussonderung", (_retention(one, dms),)),
        (t("filing.handover"), "abgabe", (_handover(one, dms),)),
    )
    return Section("8", t("chapter.filing"), "ablage", (), numbered("8", parts))


def _file(one: Telling, dms: DmsOutput) -> Block:
    t = one.t
    rows: list[tuple[str, Cell]] = [
        (t("filing.system"), cell(f"{dms.system} {dms.version}")),
        (t("filing.aktenplan"), tuple(_plan(one, dms))),
        (t("filing.akte"), tuple(_akte(one, dms))),
        (t("filing.vorgang"), tuple(_vorgang(one, dms))),
        (t("filing.dokument"), tuple(_metadata(one, dms.metadata))),
        (t("filing.confidentiality"), cell(dms.confidentiality or "", CODE)),
    ]
    found = tuple((cell(name, STRONG), value) for name, value in rows if value)
    return Table(t("filing.file"), (), (26, 74), found)


def _plan(one: Telling, dms: DmsOutput) -> Iterator[Line]:
    yield Line((Run(dms.aktenplan, CODE), Run(f" {dms.aktenplan_title}")))
    yield line(one.law(dms.aktenplan_source), QUIET)


def _akte(one: Telling, dms: DmsOutput) -> Iterator[Line]:
    t, akte = one.t, dms.akte
    yield _code(t("filing.title"), one.template(akte.title))
    yield named(t("filing.type"), akte.type)
    if akte.aktenzeichen is not None:
        yield _code(t("filing.aktenzeichen"), one.template(akte.aktenzeichen))
    if akte.found_by:
        yield _code(t("filing.found_by"), _templates(one, akte.found_by))
    yield from _metadata(one, akte.metadata)
    for link in akte.links:
        yield _code(t("filing.link"), one.template(link.title))
        yield one.feel(link.each)


def _vorgang(one: Telling, dms: DmsOutput) -> Iterator[Line]:
    t, vorgang = one.t, dms.vorgang
    yield _code(t("filing.title"), one.template(vorgang.title))
    yield named(t("filing.type"), vorgang.type)
    if vorgang.kennzeichen is not None:
        yield _code(t("filing.kennzeichen"), one.template(vorgang.kennzeichen))
    yield from _metadata(one, vorgang.metadata)


def _metadata(one: Telling, metadata: Mapping[str, Template]) -> Iterator[Line]:
    for name, template in metadata.items():
        text = one.template(template)
        yield _code(name, text) if text else named(name, one.t("filing.by_hand"))


def _templates(one: Telling, templates: tuple[Template, ...]) -> str:
    return ", ".join(one.template(template) for template in templates)


def _code(name: str, text: str) -> Line:
    return Line((Run(f"{name}: ", STRONG), Run(text, CODE)))


def _types(one: Telling, dms: DmsOutput) -> Block:
    heads = tuple(one.t(f"type.{name}") for name in ("title", "documents"))
    rows = tuple(_type(one, drawer) for drawer in dms.document_types)
    return or_none(one, Table(one.t("filing.types"), heads, (40, 60), rows))


def _type(one: Telling, drawer: DocumentType) -> tuple[Cell, ...]:
    t = one.t
    titles = {document.id: one.author(document.title) for document in one.procedure.documents}
    titles |= {name: t(f"type.{name}") for name in ("summary", "data", "message")}
    titles["*"] = t("type.others")
    held = [line(titles.get(name, name)) for name in drawer.documents]
    if drawer.application_title is not None:
        held.append(_code(t("type.application"), one.template(drawer.application_title)))
    if drawer.restricted:
        held.append(line(t("type.restricted"), STRONG))
    return (line(drawer.title, STRONG), line(drawer.id, CODE)), tuple(held) or cell(t("type.empty"))


def _rights(one: Telling, dms: DmsOutput) -> Block:
    heads = tuple(one.t(f"right.{name}") for name in ("title", "who", "because"))
    titles = {role.id: role.title for role in dms.roles}
    rows = tuple(_right(one, right, titles) for right in dms.rights)
    return or_none(one, Table(one.t("filing.rights"), heads, (40, 40, 20), rows))


def _right(one: Telling, right: Right, titles: Mapping[str, str]) -> tuple[Cell, ...]:
    t = one.t
    what = [line(right.title, STRONG), line(right.id, CODE)]
    what.append(line(f"{t(f'action.{right.action}')}: {', '.join(right.on)}", QUIET))
    if right.restricted:
        what.append(line(t("right.restricted")))
    who = [
        line(f"{titles.get(role, role)}" + (f" ({limit})" if limit else ""))
        for role, limit in right.may.items()
    ]
    return tuple(what), tuple(who), cell(one.law(right.because))


def _retention(one: Telling, dms: DmsOutput) -> Block:
    heads = tuple(one.t(f"retention.{name}") for name in ("title", "period", "then", "source"))
    rows = tuple(_kept(one, rule) for rule in dms.retention)
    return or_none(one, Table(one.t("filing.retention"), heads, (28, 32, 14, 26), rows))


def _kept(one: Telling, rule: Retention) -> tuple[Cell, ...]:
    t = one.t
    what = (line(rule.title, STRONG), line(rule.id, CODE), line(", ".join(rule.on), QUIET))
    since = t("retention.since", event=rule.event or t("retention.zda"))
    period = [line(f"{_period(one, rule.period)} {since}")]
    if rule.note:
        period.append(line(rule.note, QUIET))
    return what, tuple(period), cell(rule.aussonderung), cell(one.law(rule.source))


def _period(one: Telling, period: Duration | str | None) -> str:
    if period is None:
        return one.t("retention.for_good")
    if isinstance(period, Duration):
        return one.duration(period)
    found = {f"{SETTING}{setting.id}": setting for setting in one.procedure.settings}.get(period)
    held = found.on(one.day) if found is not None else None
    return period if held is None else f"{one.setting(held)} ({period})"


def _handover(one: Telling, dms: DmsOutput) -> Block:
    heads = tuple(one.t(f"handover.{name}") for name in ("event", "steps", "because"))
    titles = {role.id: role.title for role in dms.roles}
    rows = tuple(_travel(one, travel, titles) for travel in dms.handover)
    return or_none(one, Table(one.t("filing.handover"), heads, (36, 46, 18), rows))


def _travel(one: Telling, travel: Handover, titles: Mapping[str, str]) -> tuple[Cell, ...]:
    t = one.t
    what = [line(travel.event, STRONG), line(travel.id, CODE)]
    if travel.to:
        what.append(named(t("handover.to"), travel.to))
    what.append(named(t("handover.form"), FORMS[travel.form]))
    if travel.sends:
        what.append(named(t("handover.sends"), ", ".join(travel.sends)))
    if travel.not_while:
        what.append(named(t("handover.not_while"), "; ".join(travel.not_while)))
    steps = tuple(named(titles.get(step.by, step.by), step.does) for step in travel.steps)
    return tuple(what), steps, cell(one.law(travel.because))
