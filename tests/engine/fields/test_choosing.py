from decimal import Decimal

import pytest

from engine.fields.complaint import Complaint
from engine.rules.types import Choice, ListOf
from tests.engine.fields.fields_made import code_list, field

COLOURS = code_list("farben", rot="Rot", gruen="Grün", blau="Blau")
STATES = code_list("staaten", _000="deutsch|DE", _163="Türkei|TR", _999="ungeklärt", _998="deutsch")


def test_a_choice_is_a_value_of_its_list() -> None:
    """Labels are no values: they change with the language."""
    one = field("choice", options=COLOURS)

    assert one.type.parse("gruen", one) == "gruen"
    assert one.type.parse("Grün", one) == Complaint("unknown-choice")
    assert one.type.parse(1, one) == Complaint("unknown-choice")
    assert one.type.show("gruen", one) == "Grün"


def test_r36_choices_stand_once_and_in_the_order_of_the_list() -> None:
    """R36: the order in which somebody ticks boxes is not part of the answer."""
    one = field("choices", options=COLOURS)

    assert one.type.parse(["blau", "rot", "blau"], one) == ("rot", "blau")
    assert one.type.parse("rot", one) == ("rot",)
    assert one.type.parse([], one) is None
    assert one.type.parse(["rot", "lila"], one) == Complaint("unknown-choice")
    assert one.type.show(("rot", "blau"), one) == "Rot, Blau"


@pytest.mark.parametrize(("raw", "key"), [("163", "163"), ("türkei", "163"), ("tr", "163"),
                                          ("de", "000")])  # fmt: skip
def test_states_are_known_by_key_name_and_code(raw: str, key: str) -> None:
    """People and other systems name states in three ways."""
    one = field("country", options=STATES)

    assert one.type.parse(raw, one) == key


def test_an_ambiguous_name_of_a_state_is_not_guessed() -> None:
    """Two keys with one label: only the key tells which."""
    one = field("country", options=STATES)

    assert one.type.parse("deutsch", one) == Complaint("unknown-country")


def test_only_so_many_states() -> None:
    """`max` bounds how many nationalities the message can carry."""
    one = field("countries", options=STATES, maximum=Decimal(1))

    assert one.type.parse(["163"], one) == ("163",)
    assert one.type.parse(["163", "000"], one) == Complaint("too-many-choices", {"max": "1"})


def test_rules_see_the_closed_list() -> None:
    """A misspelt value in a rule can be found because the type knows all values."""
    single = field("choice", options=COLOURS)
    several = field("choices", options=code_list(ja="Ja"), name="wahl")

    assert single.type.rule_type(single) == Choice("farben", frozenset({"rot", "gruen", "blau"}))
    assert several.type.rule_type(several) == ListOf(Choice("wahl", frozenset({"ja"})))


ADDRESS = {"strasse": "Erfundene Straße", "hausnummer": "1", "plz": "12345", "ort": "Musterstadt"}


def test_a_german_address_has_street_postcode_and_town() -> None:
    """What is missing is named at its own line of the address."""
    one = field("address", options=STATES)

    assert one.type.parse({**ADDRESS, "fremd": "x"}, one) == ADDRESS
    assert one.type.parse({**ADDRESS, "plz": ""}, one) == Complaint("missing", {}, "plz")
    assert one.type.parse({**ADDRESS, "plz": "1"}, one) == Complaint("not-a-postcode", {}, "plz")
    assert one.type.parse({"strasse": " "}, one) is None
    assert one.type.show(ADDRESS, one) == "Erfundene Straße 1, 12345 Musterstadt"


def test_abroad_a_town_is_enough() -> None:
    """Nobody knows the form of every address in the world."""
    one = field("address", options=STATES)

    assert one.type.parse({"ort": "Ankara", "staat": "Türkei"}, one) == {
        "ort": "Ankara", "staat": "163",
    }  # fmt: skip
    assert one.type.parse({"ort": "x", "staat": "Atlantis"}, one) == Complaint(
        "unknown-country", {}, "staat"
    )
