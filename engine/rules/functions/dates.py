"""Functions over dates and durations, and the German legal periods."""

from engine.rules.functions.signature import (
    Function,
    Nulls,
    Signature,
    function,
    needs,
)
from engine.rules.types import ANY, DATE, DAYS, MONTHS, NUMBER, PARTIAL_DATE, TEXT, YES_NO

_ALSO = Nulls.ALSO_OTHERWISE
_DURATION = needs("dauer", MONTHS, DAYS)

DATES: tuple[Function, ...] = (
    function(
        "date",
        Signature((needs("from", TEXT, DATE),), DATE, "date_from", _ALSO),
        Signature(
            (needs("year", NUMBER), needs("month", NUMBER), needs("day", NUMBER)),
            DATE,
            "date_of",
            _ALSO,
        ),
        de='Ein Datum: date("2026-12-31") oder date(2026, 12, 31)',
        en='A date: date("2026-12-31") or date(2026, 12, 31)',
    ),
    function(
        "duration",
        # Only with a literal: which of the two kinds it is decides what it may meet.
        Signature((needs("from", TEXT),), MONTHS, "duration", _ALSO),
        de='Eine Dauer: duration("P5Y"), duration("P3M"), duration("P30D")',
        en='A duration: duration("P5Y"), duration("P3M"), duration("P30D")',
    ),
    function(
        "years and months duration",
        Signature((needs("from", DATE), needs("to", DATE)), MONTHS, "months_between"),
        de="Volle Monate von einem Datum zum anderen",
        en="Whole months from one date to the other",
    ),
    function(
        "day of week",
        Signature((needs("date", DATE),), TEXT, "day_of_week"),
        de='Englischer Name des Wochentags, z. B. "Monday"',
        en='English name of the day of the week, e.g. "Monday"',
    ),
    function(
        "month of year",
        Signature((needs("date", DATE),), TEXT, "month_of_year"),
        de='Englischer Name des Monats, z. B. "January"',
        en='English name of the month, e.g. "January"',
    ),
)

PERIODS: tuple[Function, ...] = (
    function(
        "volle frist",
        Signature(
            (needs("start", DATE), _DURATION, needs("stichtag", DATE)),
            YES_NO,
            "full_period",
            _ALSO,
        ),
        de="Ob die Frist am Stichtag voll ist; der erste Tag zählt mit (§ 187 Abs. 2 BGB)",
        en="Whether the period is complete on the day; the first day counts (§ 187(2) BGB)",
        is_ours=True,
    ),
    function(
        "frist nach ereignis",
        Signature(
            (needs("ereignis", DATE), _DURATION, needs("stichtag", DATE)),
            YES_NO,
            "period_after_event",
            _ALSO,
        ),
        de="Ob die Frist am Stichtag um ist; der Ereignistag zählt nicht (§ 187 Abs. 1 BGB)",
        en="Whether the period is over on the day; the event's day does not count (§ 187(1) BGB)",
        is_ours=True,
    ),
    function(
        "frist ende",
        Signature((needs("start", DATE), _DURATION), DATE, "first_day_complete", _ALSO),
        de="Der erste Stichtag, an dem die volle Frist erreicht ist",
        en="The first day on which the full period is reached",
        is_ours=True,
    ),
    function(
        "alter am",
        Signature((needs("geburt", DATE, PARTIAL_DATE), needs("stichtag", DATE)), NUMBER, "age_on"),
        de="Volle Lebensjahre am Stichtag; bei unbekanntem Tag zählt der späteste mögliche",
        en="Full years of age on the day; of an unknown day the latest possible one counts",
        is_ours=True,
    ),
    function(
        "angegeben",
        Signature((needs("x", ANY),), YES_NO, "is_given", Nulls.NEVER),
        de="Ob etwas beantwortet ist",
        en="Whether something is answered",
        is_ours=True,
    ),
    function(
        "fruehestens",
        Signature((needs("datum", PARTIAL_DATE),), DATE, "earliest"),
        de="Der früheste Tag, den ein teilweise bekanntes Datum meinen kann",
        en="The earliest day that a partly known date can mean",
        is_ours=True,
    ),
    function(
        "spaetestens",
        Signature((needs("datum", PARTIAL_DATE),), DATE, "latest"),
        de="Der späteste Tag, den ein teilweise bekanntes Datum meinen kann",
        en="The latest day that a partly known date can mean",
        is_ours=True,
    ),
)
