"""Chapter 3: values of the law, purposes, recipients, retention, and what is still open."""

from datetime import timedelta

from engine.handbook.front import open_points
from engine.handbook.structure import (
    CODE,
    STRONG,
    Block,
    Cell,
    Paragraphs,
    Section,
    Table,
    cell,
    line,
    numbered,
)
from engine.handbook.telling import Telling
from engine.model import Setting
from engine.model_purposes import Purpose
from engine.unconfirmed import MARK


def basis(one: Telling) -> Section:
    """What everything else in the book rests on."""
    t = one.t
    parts: tuple[tuple[str, str, tuple[Block, ...]], ...] = (
        (t("basis.settings"), "werte", (_settings(one),)),
        (t("basis.purposes"), "zwecke", (_purposes(one),)),
        (t("basis.recipients"), "empfaenger", (_recipients(one),)),
        (t("basis.retention"), "aufbewahrung", (_retention(one),)),
        (t("basis.open"), "offen", (_open(one),)),
    )
    return Section("3", t("chapter.basis"), "grundlagen", (), numbered("3", parts))


def or_none(one: Telling, table: Table) -> Block:
    """The table, or a word that there is nothing."""
    return table if table.rows else Paragraphs((line(one.t("none")),))


def _settings(one: Telling) -> Block:
    t = one.t
    heads = tuple(t(f"setting.{name}") for name in ("id", "value", "from", "source"))
    rows = [row for setting in one.procedure.settings for row in _setting(one, setting)]
    anchors = tuple(
        f"wert-{setting.id}" if number == 0 else ""
        for setting in one.procedure.settings
        for number, _ in enumerate(setting.values)
    )
    return or_none(one, Table(t("basis.settings"), heads, (26, 30, 14, 30), tuple(rows), anchors))


def _setting(one: Telling, setting: Setting) -> list[tuple[Cell, ...]]:
    """One row per value that the law has or will have; the one in force is strong."""
    held = setting.on(one.day)
    rows: list[tuple[Cell, ...]] = []
    for dated in setting.values:
        style = STRONG if len(setting.values) > 1 and dated.value == held else ""
        begins = one.date(dated.valid_from) if dated.valid_from else one.t("setting.always")
        source_style = STRONG if MARK in dated.source else ""
        rows.append(
            (
                cell(setting.id, CODE),
                cell(one.setting(dated.value), style),
                cell(begins),
                cell(one.law(dated.source), source_style),
            )
        )
    return rows


def _purposes(one: Telling) -> Block:
    t = one.t
    heads = tuple(t(f"purpose.{name}") for name in ("id", "text", "legal_basis", "who", "kept"))
    rows = tuple(_purpose(one, purpose) for purpose in one.procedure.purposes)
    anchors = tuple(f"zweck-{purpose.id}" for purpose in one.procedure.purposes)
    return or_none(one, Table(t("basis.purposes"), heads, (19, 28, 22, 17, 14), rows, anchors))


def _purpose(one: Telling, purpose: Purpose) -> tuple[Cell, ...]:
    text = [*cell(one.author(purpose.text))]
    if purpose.by_hand:
        text += cell(one.t("purpose.by_hand"), "quiet")
    basis = [*cell(one.law(purpose.legal_basis))]
    if purpose.source:
        basis += cell(one.law(purpose.source), "quiet")
    who = tuple(line(name, CODE) for name in purpose.recipients)
    return cell(purpose.id, CODE), tuple(text), tuple(basis), who, cell(purpose.retention, CODE)


def _recipients(one: Telling) -> Block:
    t = one.t
    heads = tuple(t(f"recipient.{name}") for name in ("id", "text", "receives"))
    rows = tuple(
        (
            cell(who.id, CODE),
            cell(one.author(who.text)),
            cell(", ".join(t(f"way.{way}") for way in who.receives) or t("recipient.by_hand")),
        )
        for who in one.procedure.recipients
    )
    anchors = tuple(f"empfaenger-{who.id}" for who in one.procedure.recipients)
    return or_none(one, Table(t("basis.recipients"), heads, (18, 50, 32), rows, anchors))


def _kept_in_portal(one: Telling, name: str, period: timedelta) -> Cell:
    said = cell(one.t("kept.portal", what=one.t(f"kept.{name}"), period=one.period(period)))
    because = one.procedure.drafts_because if name == "drafts" else None
    return said if because is None else (*said, *cell(one.author(because), "quiet"))


def _retention(one: Telling) -> Block:
    t = one.t
    heads = tuple(t(f"kept.{name}") for name in ("id", "text", "source"))
    rows = [
        (
            cell(name, CODE),
            _kept_in_portal(one, name, period),
            cell(t("kept.definition")),
        )
        for name, period in one.procedure.retention.items()
    ]
    rows += [
        (cell(kept.id, CODE), cell(one.author(kept.text)), cell(one.law(kept.source or "")))
        for kept in one.procedure.retention_classes
    ]
    return or_none(one, Table(t("basis.retention"), heads, (18, 50, 32), tuple(rows)))


def _open(one: Telling) -> Block:
    t = one.t
    heads = tuple(t(f"open.{name}") for name in ("where", "id", "source", "checked"))
    rows = tuple(
        (cell(where), cell(name, CODE), cell(one.law(source)), ())
        for where, name, source in open_points(one)
    )
    return or_none(one, Table(t("basis.open"), heads, (18, 32, 32, 18), rows))
