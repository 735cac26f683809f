"""What a field says arrives in the model, and what it may not say is reported."""

from datetime import date
from decimal import Decimal

import pytest

from engine.model import CodeList
from engine.model_parts import Word
from engine.source import Position
from tests.engine.load.procedures import first_field, first_group, mistakes, with_fields


def test_a_field_keeps_what_its_author_wrote() -> None:
    """Texts with their path for translators, rules with their place."""
    field = first_field(
        "- field: plz",
        "  type: postcode",
        "  label: Postleitzahl",
        "  hint: Fünf Ziffern",
        "  example: 01067",
        "  show_if: alter > 3",
        "  required: true",
        "- {field: alter, type: integer, label: Alter}",
    )

    assert ("plz", "postcode", "Postleitzahl") == (field.id, field.type.name, field.label.german)
    assert "page.seite.field.plz.label" == field.label.path
    assert "01067" == field.example
    assert field.required
    assert field.show_if is not None
    assert "alter > 3" == field.show_if.text
    assert Position(14, 18) == field.show_if.at(0, 5).start


def test_numbers_and_dates_have_bounds_of_their_kind() -> None:
    """The type says what `min` and `max` mean."""
    number = first_field("- {field: a, type: money, label: A, min: 0.5, max: 10}")
    day = first_field("- {field: a, type: date, label: A, min: 2000-01-01}")

    assert (Decimal("0.5"), Decimal(10)) == (number.minimum, number.maximum)
    assert date(2000, 1, 1) == day.minimum


def test_options_at_the_field_are_a_list_without_a_name() -> None:
    """Value and label, in the order written."""
    field = first_field("- {field: a, type: choice, label: A, options: {z: Zett, a: Ah}}")

    assert isinstance(field.options, CodeList)
    assert [("z", "Zett"), ("a", "Ah")] == [
        (one.value, one.label.german) for one in field.options.options
    ]
    assert "page.seite.field.a.option.z" == field.options.options[0].label.path


def test_a_country_offers_the_shared_list_of_states() -> None:
    """No author has to name it."""
    field = first_field("- {field: a, type: country, label: A}")

    assert field.options is not None
    assert "staaten" == field.options.id


def test_the_short_form_makes_one_error_and_one_warning() -> None:
    """Both are shown at the field itself."""
    field = first_field(
        "- field: a",
        "  type: integer",
        "  label: A",
        "  valid_if: a > 1",
        "  message: Zu klein.",
        "  warn_if: a > 9",
        "  warning: Recht viel.",
    )

    assert [(False, "Zu klein.", ("a",)), (True, "Recht viel.", ("a",))] == [
        (check.is_warning, check.message.german, check.fields) for check in field.checks
    ]


def test_a_group_has_rows_with_a_title() -> None:
    """Names inside are of the row."""
    group = first_group(
        "- group: kinder",
        "  label: Kinder",
        '  repeat: {min: 1, max: 3, item: "Kind {name}"}',
        "  fields:",
        "    - {field: name, type: name, label: Name}",
    )

    assert (1, 3) == (group.minimum, group.maximum)
    assert group.item is not None
    assert ["Kind ", "name"] == [
        part if isinstance(part, str) else part.text for part in group.item.parts
    ]
    assert "page.seite.group.kinder.field.name.label" == group.items[0].label.path  # type: ignore[union-attr]


def test_the_same_name_may_stand_in_two_groups() -> None:
    """Rows of different groups ask the same questions."""
    rows = ("  repeat: {max: 2}", "  fields: [{field: name, type: name, label: Name}]")
    text = with_fields("- group: a", "  label: A", *rows, "- group: b", "  label: B", *rows)

    assert [] == mistakes(text)


def test_names_are_words_that_know_their_place() -> None:
    """So that a check made later can point at them."""
    field = first_field("- {field: neu, type: text, label: Neu, was: alt}")

    assert isinstance(field.was, Word)
    assert Position(9, 51) == field.was.span.start


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("- {field: a, type: choise, label: A}", ("unknown-field-type", "choise")),
        ("- {field: a, type: text}", ("missing-key", "label")),
        ("- {field: a, label: A}", ("missing-key", "type")),
        ("- {field: a, type: text, label: A, options: x}", ("key-not-for-type", "options")),
        ("- {field: a, type: choice, label: A}", ("missing-key", "options")),
        ("- {field: a, type: declaration, label: A}", ("missing-key", "version")),
        ("- {field: a, type: text, label: A, datatype: E}", ("unknown-word", "E")),
        ("- {field: a, type: number, label: A, decimals: 12}", ("wrong-whole-number", "12")),
        ("- {field: a, type: date, label: A, max: 31.12.2026}", ("wrong-date", "31.12.2026")),
        ("- {field: a, type: text, label: [A]}", ("wrong-shape", "")),
        ("- {feld: a, type: text, label: A}", ("item-without-kind", "")),
        ("- text", ("wrong-shape", "")),
    ],
)
def test_one_mistake_makes_one_complaint(line: str, expected: tuple[str, str]) -> None:
    """What is broken becomes unknown and is silent from then on."""
    assert [expected] == mistakes(with_fields(line))


def test_a_rule_about_a_field_of_unknown_type_says_nothing() -> None:
    """The type is the mistake, not what follows from it."""
    from tests.diagnostics.fragments import diagnose

    text = with_fields(
        "- {field: a, type: integr, label: A}",
        "- {field: b, type: text, label: B, show_if: a + 1 > 2}",
    )

    assert ["unknown-field-type"] == [one.code for one in diagnose(text)]
