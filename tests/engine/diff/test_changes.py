"""What changed between two versions, in words."""

import pytest

from engine.diff.changes import Breaks, Change, changes
from tests.engine.diff.made import changed, plan_of

MUSTER = "musterprozess"
RENAMED = (
    ("{field: parkzone, type", "{field: zone, was: parkzone, type"),
    ("      parkzone: a", "      zone: a"),
)


def found(*replacements: tuple[str, str], name: str = MUSTER) -> list[Change]:
    """The changes of the definition with these words replaced; those of cases left out."""
    made = changes(plan_of(name).procedure, changed(name, *replacements).procedure)
    return [one for one in made if one.area != "case"]


def test_nothing_changed() -> None:
    """A version is the same as itself."""
    for name in (MUSTER, "einbuergerung", "verpflichtungserklaerung", "beschaeftigungserlaubnis"):
        assert () == changes(plan_of(name).procedure, plan_of(name).procedure)


def test_spelling_is_no_change() -> None:
    """Spaces and brackets in a rule mean nothing."""
    assert [] == found(("value: einzug_am <= stichtag", "value: (einzug_am  <=  stichtag)"))


@pytest.mark.parametrize(
    ("replacement", "change"),
    [
        (
            ("label: Dauer in Monaten", "label: Wie lange"),
            Change("changed", "field", "dauer_monate", "label", "Dauer in Monaten", "Wie lange",
                   (Breaks.TRANSLATIONS,)),
        ),
        (
            ("required: true, min: 1, max: 24", "required: true, min: 1, max: 12"),
            Change("changed", "field", "dauer_monate", "max", "24", "12", (Breaks.DRAFTS,)),
        ),
        (
            ("verbrenner: Benzin oder Diesel", "benzin: Benzin oder Diesel"),
            Change("removed", "option", "antrieb.verbrenner", "", "Benzin oder Diesel", "",
                   (Breaks.DRAFTS, Breaks.PAYLOAD)),
        ),
        (
            ('aktenplan: "32.40.01"', 'aktenplan: "32.40.02"'),
            Change("changed", "dms", "aktenplan", "", "32.40.01", "32.40.02", (Breaks.PAYLOAD,)),
        ),
        (
            ("period: P5Y", "period: P6Y"),
            Change("changed", "dms", "retention.ausweis", "period", "P5Y", "P6Y",
                   (Breaks.PAYLOAD,)),
        ),
        (
            ("may: {sachbearbeitung: eigene Fälle, leitung: true}", "may: {leitung: true}"),
            Change("changed", "dms", "rights.lesen", "may",
                   "sachbearbeitung: eigene Fälle, leitung: ", "leitung: ", (Breaks.PAYLOAD,)),
        ),
        (
            ("recipients: [buergerbuero, ordnungsamt]", "recipients: [buergerbuero]"),
            Change("changed", "purpose", "parken", "recipients",
                   "buergerbuero, ordnungsamt", "buergerbuero"),
        ),
        (
            ("bis ein Jahr nach", "bis zwei Jahre nach"),
            Change("changed", "retention", "akte", "text",
                   "In der Akte bis ein Jahr nach dem Ende des Ausweises",
                   "In der Akte bis zwei Jahre nach dem Ende des Ausweises",
                   (Breaks.TRANSLATIONS,)),
        ),
        (
            ("valid_if: gueltig_ab >= stichtag", "valid_if: gueltig_ab > stichtag"),
            Change("changed", "check", "ausweis.gueltig_ab_vergangen", "valid_if",
                   "gueltig_ab >= stichtag", "gueltig_ab > stichtag", (Breaks.DRAFTS,)),
        ),
        (
            ('"gemietet", "eigen"', '"gemietet"'),
            Change("changed", "rule", "ergebnis.E02", "when",
                   'stellplatz: "gemietet", "eigen"', 'stellplatz: "gemietet"'),
        ),
    ],
)  # fmt: skip
def test_one_change(replacement: tuple[str, str], change: Change) -> None:
    """Named as the author names it, with what was and what is, and what does not go on."""
    assert change in found(replacement)


def test_a_value_of_law_with_its_day_and_source() -> None:
    """Both are part of the value."""
    (one,) = found(
        ("frist_p9: {value: P3Y,", "frist_p9: {value: P4Y, valid_from: 2027-01-01,"),
        name="einbuergerung",
    )

    assert ("setting", "frist_p9") == (one.area, one.name)
    assert ("P3Y [§ 9 Abs. 1 StAG]", "P4Y (ab 2027-01-01) [§ 9 Abs. 1 StAG]") == (
        one.before,
        one.after,
    )


def test_a_renamed_field_is_one_change() -> None:
    """What belongs to it, and the rules that name it, did not change."""
    assert [
        Change("renamed", "field", "zone", "", "parkzone", "zone",
               (Breaks.PAYLOAD, Breaks.TRANSLATIONS))
    ] == found(*RENAMED)  # fmt: skip


def test_a_new_field_with_duty_breaks_drafts() -> None:
    """A complete application would lack it."""
    (one,) = found(
        (
            "      - {field: dauer_monate,",
            "      - {field: farbe, type: text, label: Farbe, required: true}\n"
            "      - {field: dauer_monate,",
        )
    )

    assert ("added", "field", "farbe") == (one.action, one.area, one.name)
    assert (Breaks.DRAFTS, Breaks.PAYLOAD, Breaks.TRANSLATIONS) == one.breaks


def test_the_order_of_rules_counts() -> None:
    """With `first`, the first one that hits decides."""
    text = (
        '        - rule: E01\n          when: {hauptwohnung: "false"}\n',
        '        - rule: E02\n          when: {stellplatz: \'"gemietet", "eigen"\'}\n',
    )
    made = found(
        (text[0], text[0].replace("E01", "EXX")),
        (text[1], text[1].replace("E02", "E01")),
        ("rule: EXX", "rule: E02"),
    )

    assert ("reordered", "rules", "ergebnis") in {(c.action, c.area, c.name) for c in made}
