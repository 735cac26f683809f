"""Sections b and d of the Einbürgerung's fact sheet as plain Python: fee, documents, warnings.

Written from the sheet, without a look at the definition. Answers are spelt as in the sheet.
"""

import itertools
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from tests.definitions.quick_check_by_hand import EXCLUDED, age, latest_birth

Answers = Mapping[str, Any]
SCHOOL = ("schulabschluss_de", "vier_klassen_versetzt", "ausbildung_de", "studium_de")
SCHOOL_TEST = ("schulabschluss_de", "ausbildung_de", "studium_einschlaegig")
RECRUITED = ("gastarbeiter", "vertragsarbeitnehmer_ddr", "ehegatte_gastarbeiter")
TRAVEL_PAPERS = (
    "reiseausweis_fluechtling", "reiseausweis_staatenlose", "reiseausweis_auslaender",
    "ausweisersatz",
)  # fmt: skip


def has_passport(a: Answers, today: date) -> bool:
    """A passport or an EU identity card that has not expired."""
    return any(
        one["art"] in ("reisepass", "personalausweis_eu")
        and ("gueltig_bis" not in one or date.fromisoformat(one["gueltig_bis"]) >= today)
        for one in a["ausweise"]
    )


def documents(a: Answers, today: date) -> dict[str, bool]:
    """Section d: what is asked for, and whether it must be there; settings as delivered."""
    years = age(latest_birth(a["geburtsdatum"]), today)
    rules = {
        **_of_identity(a, today, years),
        **_of_family(a, today),
        **_of_knowledge(a),
        **_of_income(a, years),
    }
    return {name: must for name, (asked, must) in rules.items() if asked}


def _of_identity(a: Answers, today: date, years: int) -> dict[str, tuple[bool, bool]]:
    kinds = {one["art"] for one in a["ausweise"]}
    without = not has_passport(a, today)
    title = a["aufenthaltstitel_art"]
    return {
        "d01": (bool(kinds & {"reisepass", "personalausweis_eu"}), True),
        "d02": (bool(kinds & set(TRAVEL_PAPERS)), True),
        "d03": (title not in ("freizuegigkeit_eu_ewr", "keiner"), True),
        "d04": (title == "freizuegigkeit_eu_ewr", False),
        "d05": (years >= 14, True),
        "d06": (True, True),
        "d07": (without, False),
        "d08": (without, False),
        "d09": (a["besonderer_status"] != "keiner", True),
        "d40": (a["vertretung_art"] in ("vormund", "betreuer", "bevollmaechtigt"), True),
        "d41": (bool(a.get("fruehere_namen")), False),
    }


def _of_family(a: Answers, today: date) -> dict[str, tuple[bool, bool]]:
    is_married = a["familienstand"] in ("verheiratet", "lebenspartnerschaft")
    ended = {one["aufloesung"] for one in a.get("fruehere_ehen", ())}
    return {
        "d10": (is_married, True),
        "d11": (is_married and "000" in a.get("partner_staatsangehoerigkeiten", ()), True),
        "d15": (bool(ended & {"scheidung", "aufhebung"}), True),
        "d16": ("tod" in ended, True),
        "d19": (_days_abroad(a, today)[1], True),
    }


def _days_abroad(a: Answers, today: date) -> tuple[int, bool]:
    """Days within the required period, and whether proofs are wanted."""
    is_spouse = "000" in a.get("partner_staatsangehoerigkeiten", ())
    begin, limit = _years_back(today, 3 if is_spouse else 5), 548 if is_spouse else 913
    total, is_long = 0, False
    for one in a.get("auslandsaufenthalte", ()):
        left, back = (date.fromisoformat(one[name]) for name in ("von", "bis"))
        total += max(0, (back - max(left, begin)).days)
        is_long = is_long or (back - left).days > 183
    return total, is_long or total > limit


def _years_back(day: date, years: int) -> date:
    try:
        return day.replace(year=day.year - years)
    except ValueError:
        return day.replace(year=day.year - years, day=28)


def _of_knowledge(a: Answers) -> dict[str, tuple[bool, bool]]:
    language, test = a["sprachnachweis_art"], a["test_nachweis"]
    is_ill = "ausnahme_krankheit_alter" in (language, test)
    return {
        "d20": (language in ("zertifikat_b1_plus", "dtz_b1"), True),
        "d21": (test in ("einbuergerungstest", "leben_in_deutschland"), True),
        "d22": (language in SCHOOL or test in SCHOOL_TEST, True),
        "d23": (is_ill, True),
        "d24": (language == "haerte_10_4a", True),
    }


def _of_income(a: Answers, years: int) -> dict[str, tuple[bool, bool]]:
    work: Sequence[str] = a["erwerbsstatus"]
    exception = a.get("ausnahme_lebensunterhalt")
    return {
        "d25": ("angestellt" in work, True),
        "d26": ("angestellt" in work, True),
        "d27": (exception == "vollzeit_20_24", False),
        "d28": (a["leistungen_bezug"] == "ja", True),
        "d29": (exception in RECRUITED, True),
        "d30": ("selbstaendig" in work, True),
        "d31": ("rente" in work, True),
        "d32": ("studium" in work or "ausbildung" in work, True),
        "d33": (years >= 18 and "gesetzlich" in a["rentenversicherung"], True),
        "d34": (years >= 16, True),
        "d35": (a["wohnform"] in ("miete", "untermiete", "eigentum"), True),
        "d36": (a["unterhaltspflicht"] == "ja", True),
        "d37": (a["verurteilung"] == "ja", True),
        "d38": (a["ermittlungen"] == "ja", False),
        "d42": (bool(a.get("gebuehr_ermaessigung")), False),
    }


def warnings(a: Answers, today: date) -> set[str]:
    """The warnings of the fields and of the cross-field checks (section b)."""
    told = {
        "war_deutsch": a["war_deutsch"] != "nein",
        "titel_paragraf": a.get("titel_paragraf") in EXCLUDED,
        "titel_gueltig_bis": _ends_soon(a, today),
        "weitere_ehe_besteht": a["weitere_ehe_besteht"] == "ja",
        "sprach_niveau": a.get("sprach_niveau") in ("A1", "A2"),
        "ermittlungen": a["ermittlungen"] == "ja",
        "verurteilungen": sum(_penalty(one) for one in a.get("verurteilungen", ())) > 90,
        "aufenthaltszeiten": _times_are_odd(a),
        "auslandsaufenthalte": _too_long_abroad(a, today),
        "email": a["postfach_ja"] == "nein" and not a.get("email"),
    }
    return {name for name, is_told in told.items() if is_told}


def _ends_soon(a: Answers, today: date) -> bool:
    end = a.get("titel_gueltig_bis")
    return end is not None and date.fromisoformat(end) < today + timedelta(days=90)


def _penalty(one: Answers) -> int:
    return int(one.get("tagessaetze") or one.get("freiheitsstrafe_tage") or 0)


def _too_long_abroad(a: Answers, today: date) -> bool:
    is_spouse = "000" in a.get("partner_staatsangehoerigkeiten", ())
    return _days_abroad(a, today)[0] > (548 if is_spouse else 913)


def _times_are_odd(a: Answers) -> bool:
    """Overlap, gap, or no period that is still open."""
    never = date(2199, 12, 31)
    spans = sorted(
        (date.fromisoformat(one["von"]), date.fromisoformat(one.get("bis") or never.isoformat()))
        for one in a["aufenthaltszeiten"]
    )
    if all("bis" in one for one in a["aufenthaltszeiten"]):
        return True
    return any(
        start < before or start > before + timedelta(days=1)
        for (_, before), (start, _) in itertools.pairwise(spans)
    )
