"""Section c of the fact sheet once more, as plain Python: what the tables have to agree with.

Written from the sheet's order of evaluation, without a look at the definition: routing, exclusion,
counselling, child, time, proof, result. Answers are spelt as in the sheet.
"""

import calendar
from datetime import date, timedelta
from typing import Any

EXCLUDED = {
    "104c", "16a", "16b", "16d", "16e", "16f", "17", "18f", "19", "19b", "19e", "20", "20a", "22",
    "23a", "24", "25_3", "25_4", "25_4a", "25_4b", "25_5",
}  # fmt: skip
FINES, SLIGHT_EXCESS = 90, 21


def add_years(start: date, years: int) -> date:
    """The first day on which the full period is reached."""
    if (start.month, start.day) == (2, 29) and not calendar.isleap(start.year + years):
        return date(start.year + years, 3, 1)
    return start.replace(year=start.year + years)


def age(born: date, today: date) -> int:
    """Full years; a year is complete at the start of the birthday."""
    years = today.year - born.year
    return years if add_years(born, years) <= today else years - 1


def latest_birth(text: str) -> date:
    """The last day a partly known date of birth can be."""
    year, month, day = (int(one) for one in (text + "-00-00").split("-")[:3])
    month = month or 12
    return date(year, month, day or calendar.monthrange(year, month)[1])


def routing(a: dict[str, Any], years: int, start: date, today: date) -> str | None:
    """R01 to R06, the first that fits."""
    if a["qc_deutsch_moeglich"] in ("elternteil", "weiss_nicht"):
        return "O8_bereits_deutsch_pruefen"
    if a["qc_deutsch_moeglich"] in ("ich_frueher", "verfolgung_ns"):
        return "O9_anderer_weg"
    if a.get("qc_eltern_titel_bei_geburt") == "ja":
        return "O8_bereits_deutsch_pruefen"
    if a["qc_wohnsitz"] == "nein":
        return "O9_anderer_weg"
    born_stateless = a.get("qc_staatenlos_geburt") == "ja" and a["qc_geboren_de"] == "ja"
    lawful = add_years(start, 5) <= today and a["qc_titel"] not in ("duldung", "keiner")
    if born_stateless and years < 21 and lawful and a["qc_sperrfrist"] == "nein":
        return "O9_anderer_weg"
    return None


def is_excluded(a: dict[str, Any], penalties: int) -> bool:
    """R10 to R18."""
    return (
        a["qc_sperrfrist"] == "ja"
        or a.get("qc_bekenntnis") == "nein"
        or a.get("qc_bestrebungen") == "ja"
        or a.get("qc_mehrehe") == "ja"
        or a.get("qc_menschenverachtend") == "ja"
        or a.get("qc_freiheit_nicht_erlassen") == "ja"
        or penalties > FINES + SLIGHT_EXCESS
        or a["qc_titel"] in ("duldung", "gestattung", "keiner")
        or (a["qc_titel"] == "ae" and a["qc_titel_para"] in EXCLUDED)
        or (a["qc_leistungen"] == "ja" and a["qc_lu_ausnahme"] == "keine")
    )


def needs_counselling(a: dict[str, Any], years: int, penalties: int) -> bool:
    """R19 to R27."""
    return (
        (a["qc_wer"] == "selbst_ab_16") != (years >= 16)
        or a.get("qc_bestrebungen") == "frueher_abgewandt"
        or a.get("qc_ermittlung") == "ja"
        or FINES < penalties <= FINES + SLIGHT_EXCESS
        or "ungeklaert" in a["qc_staatsangehoerigkeit"]
        or a["qc_pass"] != "nationalpass_gueltig"  # noqa: S105 - a passport, no password
        or a["qc_titel"] in ("fiktion_81_3", "fiktion_81_4", "visum")
        or a["qc_leistungen"] == "weiss_nicht"
        or "haerte_4a" in (a["qc_sprache"], a["qc_test"])
    )


def child(a: dict[str, Any], years: int, born: date, start: date, today: date) -> str:
    """R28 to R31, when nothing else needs counselling."""
    half_of_life = (today - start) * 2 >= today - born
    long_enough = half_of_life if years < 6 else add_years(start, 3) <= today
    together = a["qc_elternteil_antrag"] == "ja_antrag" and a["qc_kind_lebt_bei"] == "ja"
    return "O5_miteinbuergerung_kind" if long_enough and together else "O7_beratung"


def decide(a: dict[str, Any], today: date) -> tuple[str, date | None]:
    """Outcome and earliest date."""
    born, start = latest_birth(a["qc_geburtsdatum"]), date.fromisoformat(a["qc_rechtmaessig_seit"])
    years = age(born, today)
    penalties = a.get("qc_tagessaetze", 0) + a.get("qc_freiheit_tage", 0)
    other_way = routing(a, years, start, today)
    if other_way:
        return other_way, None
    if is_excluded(a, penalties):
        return "O6_nicht_moeglich", None
    counselling = needs_counselling(a, years, penalties)
    if a["qc_wer"] == "kind_unter_16":
        outcome = "O7_beratung" if counselling else child(a, years, born, start, today)
        return outcome, None
    return adult(a, start, counselling, today)


def adult(
    a: dict[str, Any], start: date, counselling: bool, today: date
) -> tuple[str, date | None]:
    """R32 to R41."""
    if a["qc_unterbrechung"] == "ja_ohne_frist":
        start = date.fromisoformat(a["qc_rueckkehr"])
    if a["qc_ehe_deutsch"] == "beendet_unter_1_jahr_mit_deutschem_kind":
        return "O7_beratung", None
    best, as_spouse = add_years(start, 5), False
    if a["qc_ehe_deutsch"] == "ja":
        married = date.fromisoformat(a["qc_ehe_seit"])
        spouse = max(add_years(start, 3), add_years(married, 2))
        best, as_spouse = min(best, spouse), spouse < best
    too_long_abroad = a["qc_ausland_tage"] > (548 if as_spouse else 913)
    if best > today:
        return "O2_spaeter", best
    if counselling or too_long_abroad:
        return "O7_beratung", None
    if a["qc_leistungen"] == "ja" and a["qc_lu_ausnahme"] == "haerte":
        return "O4_ermessen_8", None
    if a["qc_sprache"] == "unter_b1" or a["qc_test"] == "noch_nicht":
        return "O2_spaeter", None
    return ("O3_ehegatte_9" if as_spouse else "O1_anspruch_10"), None


def days_from(today: date, days: int) -> str:
    """A day so many days before, as in an answer file."""
    return (today - timedelta(days=days)).isoformat()
