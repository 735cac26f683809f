"""Sections b and d of the Beschäftigungserlaubnis's fact sheet as plain Python.

Written from the sheet, without a look at the definition. Answers are spelt as in the sheet.
"""

from collections.abc import Mapping
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from tests.definitions.beschaeftigung_by_hand import FREE_INTERNSHIPS, add_months
from tests.definitions.quick_check_by_hand import age, latest_birth

Answers = Mapping[str, Any]
CONTRACT = ("beschaeftigung", "minijob", "leiharbeit")


def documents(a: Answers, today: date) -> dict[str, bool]:
    """Section d: what is asked for, and whether it must be there."""
    work, status = a["stellen_art"], a["status_art"]
    is_skilled = a["anforderung"] != "helfer"
    tolerated = a.get("duldung_art") if status == "duldung" else None
    speaks_for = a.get("ag_vollmacht") == "ja" or a["antragsteller_rolle"] == "beratungsstelle"
    rules = {
        "b01": (True, True),
        "b02": (a["pass_vorhanden"] in ("ja",), False),
        "b03": (a["pass_vorhanden"] not in ("ja",) and status == "duldung", False),
        "b04": (True, False),
        "b05": (work in CONTRACT, True),
        "b06": (is_skilled, False),
        "b07": (work == "berufsausbildung", True),
        "b08": (work == "praktikum", True),
        "b09": (is_skilled, False),
        "b10": (a["reglementiert"] in ("ja_liegt_vor", "ja_beantragt"), True),
        "b11": (a["tarif"] != "nein", False),
        "b12": (a["antrag_anlass"] == "wechsel_arbeitgeber", False),
        "b13": (
            a["antrag_anlass"] == "verlaengerung" or tolerated == "p60d_beschaeftigung",
            True,
        ),
        "b14": (work == "freiwilligendienst", True),
        "b15": (age(latest_birth(a["geburtsdatum"]), today) < 18, True),
        "b16": (speaks_for, True),
        "b17": (a["ueberlassung"] == "ja", True),
        "b18": (tolerated == "p60d_beschaeftigung", False),
    }
    return {name: must for name, (asked, must) in rules.items() if asked}


def warnings(a: Answers, today: date) -> set[str]:
    """The warnings of the fields and of the cross-field checks (section b)."""
    start = date.fromisoformat(a["beginn_geplant"])
    years = age(latest_birth(a["geburtsdatum"]), today)
    told = {
        "dokument_gueltig_bis": date.fromisoformat(a["dokument_gueltig_bis"]) < today,
        "geburtsdatum": years < 18,
        "beginn_geplant": start < today + timedelta(days=21) and not without_agency(a, today),
        "entgelt_brutto": pays_too_little(a, start) or is_no_minijob(a, start),
        "urlaub_tage": Decimal(a["urlaub_tage"]) < 4 * Decimal(a["arbeitstage"]),
        "kammer_eintragung": a.get("kammer_eintragung") == "nein",
    }
    return {name for name, is_told in told.items() if is_told}


def without_agency(a: Answers, today: date) -> bool:
    """§ 32(2) BeschV (c.3)."""
    return (
        a["stellen_art"] in ("berufsausbildung", "einstiegsqualifizierung", "freiwilligendienst")
        or a.get("praktikum_art") in FREE_INTERNSHIPS
        or a.get("ag_verwandt") in ("ehegatte", "verwandt_1_grad")
        or add_months(date.fromisoformat(a["durchgehend_seit"]), 48) <= today
    )


def _rounded(amount: Decimal) -> Decimal:
    return amount.quantize(Decimal("0.01"), ROUND_HALF_UP)


def pays_too_little(a: Answers, start: date) -> bool:
    """Hourly pay under the minimum wage of the start date; not where § 22 MiLoG makes none."""
    work = a["stellen_art"]
    if work not in CONTRACT and not (work == "praktikum" and a["praktikum_art"] == "sonstiges"):
        return False
    amount, hours = Decimal(a["entgelt_brutto"]), Decimal(a["wochenstunden"]) * Decimal("4.333")
    months = {"stunde": None, "monat": 1, "jahr": 12}[a["entgelt_art"]]
    hourly = amount if months is None else _rounded(amount / (hours * months))
    return hourly < (Decimal("14.60") if start >= date(2027, 1, 1) else Decimal("13.90"))


def is_no_minijob(a: Answers, start: date) -> bool:
    """Over the limit of the start date."""
    if "minijob" not in (a["stellen_art"], a["sv_pflicht"]):
        return False
    amount, hours = Decimal(a["entgelt_brutto"]), Decimal(a["wochenstunden"]) * Decimal("4.333")
    by_month = {
        "stunde": _rounded(amount * hours),
        "monat": amount,
        "jahr": _rounded(amount / 12),
    }[a["entgelt_art"]]
    return by_month > (633 if start >= date(2027, 1, 1) else 603)
