"""What rules may ask of the head: a value on another day, and the district."""

from datetime import date
from decimal import Decimal

import pytest

from engine import Plan, Source, prepare
from engine.load import SharedLists
from tests.engine.made import HEAD

SETTINGS = """\
settings:
  lohn:
    - {value: 12.41, valid_from: 2024-01-01, source: erfunden}
    - {value: 13.90, valid_from: 2026-01-01, source: erfunden}
    - {value: 14.60, valid_from: 2027-01-01, source: erfunden}
  frist: {value: P3M, source: erfunden}
  staaten: {value: ["121"], source: erfunden}
"""
PAGE = """\
pages:
  - page: eins
    title: Eins
    purpose: zweck
    fields:
      - {field: tag, type: date, label: Tag}
      - {field: plz, type: postcode, label: PLZ}
"""
DISTRICT = HEAD.replace("name: Stadt Beispiel,", 'name: Stadt Beispiel, district: ["12345"],')
TODAY = date(2026, 11, 23)


def _found(computed: str, head: str = HEAD) -> tuple[Plan | None, list[str]]:
    line = f"      - {{computed: wert, value: '{computed}'}}\n"
    plan, found = prepare(Source("beispiel.yaml", head + SETTINGS + PAGE + line), SharedLists())
    return plan, [one.code for one in found if one.code != "field-without-use"]


def _value(computed: str, raw: dict[str, object], head: str = HEAD) -> object:
    plan, found = _found(computed, head)
    assert plan is not None, found
    return plan.check(raw, TODAY).computed.get("wert")


@pytest.mark.parametrize(
    ("day", "value"),
    [
        ("2023-12-31", "12.41"),
        ("2025-12-31", "12.41"),
        ("2026-01-01", "13.90"),
        ("2026-12-31", "13.90"),
        ("2027-01-01", "14.60"),
        ("2030-06-01", "14.60"),
    ],
)
def test_a_setting_on_another_day_is_the_value_in_force_then(day: str, value: str) -> None:
    """The day before and on each change; before the first value it is the first."""
    assert _value("wert am(setting.lohn, tag)", {"tag": day}) == Decimal(value)


def test_without_a_day_there_is_no_value() -> None:
    """An unanswered day must not silently mean some day."""
    assert _value("wert am(setting.lohn, tag)", {}) is None


def test_every_sort_of_setting_has_a_value_on_a_day() -> None:
    """Periods and lists as well as numbers."""
    rule = "frist ende(tag, wert am(setting.frist, tag))"
    assert _value(rule, {"tag": "2026-08-31"}) == date(2026, 12, 1)
    rule = 'list contains(wert am(setting.staaten, tag), "121")'
    assert _value(rule, {"tag": "2026-08-31"}) is True


@pytest.mark.parametrize(
    "rule",
    [
        "wert am(13.90, tag)",
        "wert am(setting.lohn)",
        "wert am(setting.gibt_es_nicht, tag)",
        "1 + wert am(tag, tag)",
    ],
)
def test_a_value_is_asked_of_a_setting(rule: str) -> None:
    """One complaint, at the place, and nothing that follows from it."""
    assert _found(rule)[1] == ["value-on-needs-setting"]


def test_rules_read_the_district() -> None:
    """The postcodes stand once, in the head."""
    rule = "list contains(authority.district, plz)"
    assert _value(rule, {"plz": "12345"}, DISTRICT) is True
    assert _value(rule, {"plz": "54321"}, DISTRICT) is False


def test_without_a_district_rules_cannot_ask_for_it() -> None:
    """An authority that is responsible everywhere has no list: refused instead of always false."""
    assert _found("list contains(authority.district, plz)")[1] == ["unknown-name"]
