"""Sections b to d of the fact sheet once more, as plain Python: pre-check, documents, warnings.

Written from the sheet, without a look at the definition. Answers are spelt as in the sheet;
questions that are not asked are absent.
"""

import calendar
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from decimal import ROUND_FLOOR, Decimal
from typing import Any

Answers = Mapping[str, Any]
DISTRICT = ("12345", "12346", "12347")
# § 850c ZPO from 01.07.2026: free amounts, and what is taken in full above the last one.
FREE, FIRST, MORE, CAP = (Decimal(one) for one in ("1587.40", "597.42", "332.83", "4866.30"))
SHORT_NEED, LONG_NEED = (Decimal("281.50"), Decimal("140.75")), (Decimal(992), Decimal(496))


def attachable(net: Decimal, dependants: int) -> Decimal:
    """What of a net income may be attached (c.4)."""
    rounded = (net / 10).to_integral_value(ROUND_FLOOR) * 10
    free = FREE if dependants == 0 else FREE + FIRST + MORE * (dependants - 1)
    share = 70 if dependants == 0 else 70 - 20 - 10 * (dependants - 1)
    under = max(Decimal(0), min(rounded, CAP) - free)
    return under * share / 100 + max(Decimal(0), rounded - CAP)


def need(a: Answers) -> Decimal:
    """What the guests need in a month (c.4)."""
    adult, minor = LONG_NEED if a.get("ve_dauer") == "lang_ueber_90_tage" else SHORT_NEED
    return int(a["ve_gaeste"]) * adult + int(a["ve_gaeste_minderjaehrig"]) * minor


def decide(a: Answers, today: date) -> str:
    """P01 to P14, the first that fits (c.2)."""
    if a["ve_gast_gruppe"] == "ja":
        return "V1_nicht_noetig"
    is_short = a["ve_dauer"] == "kurz_bis_90_tage"
    if (a["ve_visum"] == "nein" and is_short) or a["ve_mittel"] == "ja":
        return "V1_nicht_noetig"
    if a["ve_bezirk"] not in DISTRICT:
        return "V2_andere_behoerde"
    if a.get("ve_alter") == "nein" or a.get("ve_sgb") == "ja":
        return "V3_nicht_moeglich"
    if a.get("ve_status") == "fiktion_visum_gestattung_duldung":
        return "V3_nicht_moeglich"
    return "V4_pruefung" if looks_closer(a, today, is_short=is_short) else by_income(a)


def looks_closer(a: Answers, today: date, *, is_short: bool) -> bool:
    """P08 to P11."""
    if a.get("ve_status") == "befristet":
        # The pre-check asks for no dates: 90 days, or a year, from today.
        until = today + timedelta(days=90) if is_short else _a_year_on(today)
        if date.fromisoformat(a["ve_titel_bis"]) < until:
            return True
    is_special = a.get("ve_zweck") == "ja" or a.get("ve_probezeit") == "ja"
    return is_special or a["ve_art"] == "juristische_person"


def by_income(a: Answers) -> str:
    """P12 to P14."""
    found = attachable(Decimal(str(a["ve_netto"])), int(a["ve_unterhalt"]))
    if a.get("ve_netto_zweite") is not None:
        second = Decimal(str(a["ve_netto_zweite"]))
        found += attachable(second, int(a["ve_unterhalt_zweite"]))
    if found >= need(a):
        return "V5_wahrscheinlich_ausreichend"
    if a.get("ve_sicherheit") == "ja":
        return "V4_pruefung"
    return "V6_wahrscheinlich_nicht_ausreichend"


def _a_year_on(day: date) -> date:
    last = calendar.monthrange(day.year + 1, day.month)[1]
    return day.replace(year=day.year + 1, day=min(day.day, last))


def documents(a: Answers) -> dict[str, bool]:
    """Section d: the documents asked for, and whether each must be there."""
    income: Sequence[str] = a.get("einkommensart", ())
    is_long = a["aufenthaltsdauer_art"] == "lang_ueber_90_tage"
    secured = a.get("sicherheit_art") not in (None, "keine")
    rules: dict[str, tuple[bool, bool]] = {  # condition, required (files from 1)
        "v01": (a["art_verpflichtender"] == "natuerliche_person", True),
        "v02": (a.get("aufenthaltstitel") is not None, True),
        "v03": (True, False),
        "v04": ("lohn" in income, True),
        "v05": ("lohn" in income and is_long, False),
        "v06": ("selbstaendig" in income, True),
        "v07": ("selbstaendig" in income, False),
        "v08": ("rente" in income, True),
        "v09": ("alg1" in income or "elterngeld" in income, True),
        "v10": ("miete" in income or "kapital" in income, True),
        "v11": (is_long, True),
        "v12": (Decimal(str(a.get("unterhalt_betrag") or 0)) > 0, True),
        "v13": (Decimal(str(a.get("kredite_monat") or 0)) > 0, False),
        "v14": (a.get("p2_verhaeltnis") == "ehegatte", True),
        "v15": (a.get("zweite_person_ja") == "ja", True),
        "v16": (a["art_verpflichtender"] == "juristische_person", True),
        "v17": (secured, True),
        "v18": (a["zweck"] in ("studium", "sprachkurs"), False),
        "v19": (a["krankenversicherung_gast"] == "vorhanden", False),
        "v21": (a["zweck"] == "landesaufnahme_p23_1", False),
    }
    return {name: must for name, (asked, must) in rules.items() if asked}


def warnings(a: Answers, today: date) -> set[str]:
    """The warnings of the fields and of the cross-field checks (section b)."""
    found: set[str] = set()
    arrival = date.fromisoformat(a["einreise_geplant"])
    if arrival > _months_on(today, 6):
        found.add("einreise_geplant")
    nets = [Decimal(str(a[f"netto_{number}"])) for number in (1, 2, 3) if f"netto_{number}" in a]
    if len(nets) == 3 and max(nets) > min(nets) * Decimal("1.5"):
        found.add("netto_1")
    end = a.get("befristet_bis")
    if end and date.fromisoformat(end) < _end_of_stay(a, arrival):
        found.add("befristet_bis")
    for name in ("probezeit", "pfaendung_insolvenz"):
        if a.get(name) == "ja":
            found.add(name)
    amount = a.get("sicherheit_betrag")
    if amount is not None and Decimal(str(amount)) < 3000 * len(a["gaeste"]):
        found.add("sicherheit_betrag")
    return found


def _end_of_stay(a: Answers, arrival: date) -> date:
    if "ausreise_geplant" in a:
        return date.fromisoformat(a["ausreise_geplant"])
    return _months_on(arrival, int(a["dauer_monate"])) - timedelta(days=1)


def _months_on(day: date, months: int) -> date:
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))
