"""The filing: Akte, Vorgang, drawers, rights, periods, Aktenversendung."""

import pytest

from engine.model import Duration
from engine.model_dms import FORMS, DmsOutput
from tests.engine.load.procedures import loaded, mistakes, with_fields

FIELDS = with_fields("- {field: a, type: text, label: A, required: true}")
FILED = """\
outputs:
  dms:
    system: xdomea
    version: "3.1.0"
    aktenplan: "33.20"
    akte: {title: "{a}", found_by: [a, 'if a = "x" then a else submission.id']}
    vorgang: {title: V, metadata: {Status: eingegangen, Leer: ""}}
    document_types:
      - {type: antrag, title: 01 Antrag, documents: [summary], application_title: Antrag}
      - {type: rest, title: 02 Rest, documents: "*", restricted: true}
    roles: {amt: Amt, kasse: Kasse}
    rights:
      - right: lesen
        title: Lesen
        action: read
        on: [dokument, rest]
        restricted: true
        may: {amt: true, kasse: nur Geld}
    retention:
      - {retention: r1, title: R1, on: akte, period: P10Y, aussonderung: archivieren, source: S}
      - retention: r2
        title: R2
        on: [vorgang]
        period: setting.frist
        event: Tod
        aussonderung: bewerten
      - {retention: r3, title: R3, on: rest, period: unlimited, aussonderung: vernichten, source: S}
    handover:
      - handover: weg
        event: Wegzug
        form: xdomea_abgabe
        sends: akte
        not_while: [Klage]
        steps: [{by: amt, does: sendet}]
"""


def _dms(text: str = FILED) -> DmsOutput:
    found = loaded(FIELDS + text).outputs.dms
    assert found is not None
    return found


def test_rights_are_true_or_have_a_limit_in_words() -> None:
    """Who is not named may not."""
    [right] = _dms().rights
    assert (right.action, right.on, right.restricted) == ("read", ("dokument", "rest"), True)
    assert right.may == {"amt": "", "kasse": "nur Geld"}


def test_who_is_said_not_to_may_not() -> None:
    """`false` is no limit in words."""
    [right] = _dms(FILED.replace("kasse: nur Geld", "kasse: false")).rights
    assert right.may == {"amt": ""}


def test_a_period_is_written_set_or_endless() -> None:
    """Each with what it is counted from and what becomes of it."""
    first, second, third = _dms().retention
    assert (first.period, first.event) == (Duration(120), None)
    assert (second.period, second.event) == ("setting.frist", "Tod")
    assert (third.period, third.aussonderung) == (None, "vernichten")


def test_every_document_finds_its_drawer() -> None:
    """Named ones first, then "*"; data and message are never taken for an upload."""
    dms = _dms()
    kinds = {name: dms.type_of(name) for name in ("summary", "data", "message", "pass")}
    found = {name: kind.id if kind else None for name, kind in kinds.items()}
    assert found == {"summary": "antrag", "data": None, "message": None, "pass": "rest"}


def test_the_first_period_of_a_level_is_its_default() -> None:
    """Until somebody has decided."""
    dms = _dms()
    found = [dms.default_retention(level) for level in ("akte", "vorgang", "dokument")]
    assert [one and one.id for one in found] == ["r1", "r2", None]


def test_an_akte_is_found_by_rules() -> None:
    """Not by templates: a rule may choose between two names."""
    assert ["a", 'if a = "x" then a else submission.id'] == [
        getattr(one.parts[0], "text", "") for one in _dms().akte.found_by
    ]


def test_an_empty_metadatum_is_for_the_clerk() -> None:
    """Its name is kept."""
    assert list(_dms().vorgang.metadata) == ["Status", "Leer"]


def test_an_akte_travels_in_one_of_the_known_forms() -> None:
    """To whom, unless something stands against it, and who does what."""
    [handover] = _dms().handover
    assert handover.form in FORMS
    assert (handover.sends, handover.not_while) == (("akte",), ("Klage",))
    assert [(one.by, one.does) for one in handover.steps] == [("amt", "sendet")]


@pytest.mark.parametrize(
    ("right", "wrong", "code"),
    [
        ("action: read", "action: lesen", "unknown-word"),
        ("aussonderung: archivieren", "aussonderung: A", "unknown-word"),
        ("form: xdomea_abgabe", "form: post", "unknown-word"),
        ("period: P10Y", "period: 10 Jahre", "wrong-duration"),
        ("        restricted: true", "        restricted: ja", "wrong-flag"),
        ("retention: r2", "retention: r1", "duplicate-name"),
        ("akte: {title", "akte: {titel", "unknown-key"),
        (
            'vorgang: {title: V, metadata: {Status: eingegangen, Leer: ""}}',
            "vorgang: V",
            "wrong-shape",
        ),
        ("may: {amt: true, kasse: nur Geld}", "may: amt", "wrong-shape"),
        ("event: Wegzug\n        form: xdomea_abgabe", "event: Wegzug", "missing-key"),
        ("system: xdomea", "system: d3", "unknown-word"),
    ],
)
def test_what_is_wrong_is_said(right: str, wrong: str, code: str) -> None:
    """Shapes and words; names and rights are the checker's."""
    assert right in FILED
    assert code in {found for found, _ in mistakes(FIELDS + FILED.replace(right, wrong, 1))}


def test_archive_message_and_reminder_are_choices() -> None:
    """Left out, nothing is offered, 0605 is written, and the usual period counts."""
    usual = _dms()
    assert (usual.archive, usual.message, usual.handover[0].remind) == ("", "0605", None)
    chosen = _dms(
        FILED.replace("    system: xdomea\n", "    archive: Archiv\n    message: '0604'\n").replace(
            "        sends: akte\n", "        sends: akte\n        remind: P14D\n"
        )
    )
    assert (chosen.archive, chosen.message, chosen.system) == ("Archiv", "0604", "xdomea")
    assert chosen.handover[0].remind is not None
    assert chosen.handover[0].remind.days == 14
