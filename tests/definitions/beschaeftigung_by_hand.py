"""Section c.2 of the fact sheet once more, as plain Python: what the tables have to agree with.

Written from the sheet's blocks N, G and D. Answers are spelt as in the sheet; questions that are
not asked are absent.
"""

import calendar
from collections.abc import Mapping
from datetime import date

SAFE = {
    "Albanien",
    "Bosnien und Herzegowina",
    "Georgien",
    "Ghana",
    "Kosovo",
    "Moldau",
    "Montenegro",
    "Nordmazedonien",
    "Senegal",
    "Serbien",
}
SAFE_EU = {"Bangladesch", "Indien", "Kolumbien", "Kosovo", "Marokko", "Tunesien", "Ägypten"}
CANDIDATES = {"Türkei"}  # the others are in Anlage II
LATER = (SAFE_EU | CANDIDATES) - {"Kosovo"}
FREE_INTERNSHIPS = {
    "pflichtpraktikum",
    "orientierung_bis_3_monate",
    "begleitend_bis_3_monate",
    "einstiegsqualifizierung",
}
Answers = Mapping[str, str | int | float | None]
Decided = tuple[str, date | None]


def add_months(start: date, months: int) -> date:
    """The day so many months on, clipped to the end of its month."""
    year, month = divmod(start.year * 12 + start.month - 1 + months, 12)
    return date(year, month + 1, min(start.day, calendar.monthrange(year, month + 1)[1]))


def day(answers: Answers, name: str) -> date | None:
    """A date among the answers."""
    found = answers.get(name)
    return date.fromisoformat(found) if isinstance(found, str) else None


def decide(a: Answers, today: date) -> Decided:
    """Outcome and, for later, the first possible day."""
    outcome = block_n(a)
    if outcome:
        return outcome, None
    return block_d(a, today) if a["status_art"] == "duldung" else block_g(a, today)


def block_n(a: Answers) -> str | None:
    """N01 to N11."""
    status, entry, work = a["status_art"], a.get("eintrag_erwerb"), a["stellen_art"]
    if status == "eu_ewr_ch":
        return "B1_nicht_noetig"
    if status == "aufenthaltstitel" and entry == "erwerbstaetigkeit_erlaubt":
        return "B1_nicht_noetig"
    if entry == "beschaeftigung_erlaubt":
        return "B6_beratung" if work == "selbstaendig" else "B1_nicht_noetig"
    if status == "aufenthaltstitel":
        return title(a)
    if status in ("visum_c", "grenzuebertrittsbescheinigung", "keines"):
        return "B5_nicht_moeglich"
    if status == "fiktionsbescheinigung" or work == "selbstaendig":
        return "B6_beratung"
    return None


def title(a: Answers) -> str:
    """N05 to N08."""
    if a["titel_paragraf"] == "18g":
        return "B2_nur_mitteilen"
    if a["titel_paragraf"] == "16b" and number(a, "tage", 366) <= 140:
        return "B1_nicht_noetig"
    if number(a, "aufenthalt_monate", 0) >= 36 or number(a, "beschaeftigt_monate", 0) >= 24:
        return "B3_antrag_ohne_ba"
    return "B4_antrag_mit_ba"


def number(a: Answers, name: str, otherwise: float) -> float:
    """A number among the answers."""
    found = a.get(name)
    return float(found) if isinstance(found, int | float) else otherwise


def without_agency(a: Answers, today: date) -> bool:
    """§ 32(2) BeschV."""
    since = day(a, "durchgehend_seit")
    return (
        a["stellen_art"] in ("berufsausbildung", "einstiegsqualifizierung", "freiwilligendienst")
        or a.get("praktikum_art") in FREE_INTERNSHIPS
        or a.get("ag_verwandt_haushalt") == "ja"
        or (since is not None and add_months(since, 48) <= today)
    )


def after_waiting(a: Answers, today: date, end: date | None) -> Decided:
    """B7 with the day, or the application with or without the agency."""
    if end is not None and end > today:
        return "B7_spaeter", end
    return ("B3_antrag_ohne_ba" if without_agency(a, today) else "B4_antrag_mit_ba"), None


def block_g(a: Answers, today: date) -> Decided:
    """G01 to G06."""
    centre = a["unterbringung"] == "aufnahmeeinrichtung_pflicht"
    registered = day(a, "asylantrag_registriert")
    asked = day(a, "asylantrag_datum") or registered
    if a["asyl_stand"] == "beschleunigtes_verfahren_art42":
        return "B5_nicht_moeglich", None
    if a.get("mitwirkung_verletzt") == "ja":
        return "B6_beratung", None
    if a["staat"] in SAFE and asked is not None and asked > date(2015, 8, 31):
        return ("B6_beratung" if centre else "B5_nicht_moeglich"), None
    if not centre:
        since = day(a, "durchgehend_seit")
        assert since is not None
        return after_waiting(a, today, add_months(since, 3))
    elsewhere = a["asyl_stand"] in ("ueberstellung_anderer_staat", "schutz_in_anderem_staat")
    assert registered is not None
    return after_waiting(a, today, add_months(registered, 6 if elsewhere else 3))


def banned_state(a: Answers) -> bool:
    """D03: § 60a(6) no. 3 and § 104(18) AufenthG."""
    asked, tolerated = day(a, "asylantrag_datum"), day(a, "duldung_seit")
    state, ended = a["staat"], a.get("asyl_ausgang")
    assert tolerated is not None
    if state not in SAFE | SAFE_EU | CANDIDATES:
        return False
    if state in ("Georgien", "Moldau") and (asked or tolerated) <= date(2023, 8, 30):
        return False
    if state in LATER and (
        tolerated <= date(2025, 5, 6) or a["vorherige_erlaubnis"] == "ja_am_11_06_2026"
    ):
        return False
    if a.get("uma_ruecknahme") == "ja" or ended == "ruecknahme_nach_rechtsauskunft":
        return False
    return asked is None or asked > date(2015, 8, 31)


def block_d(a: Answers, today: date) -> Decided:
    """D01 to D09."""
    kind, centre = a["duldung_art"], a["unterbringung"] == "aufnahmeeinrichtung_pflicht"
    if kind == "p60b_ungeklaerte_identitaet":
        return "B5_nicht_moeglich", None
    if "ja" in (a.get("einreise_wegen_leistungen"), a.get("selbst_zu_vertreten")):
        return "B5_nicht_moeglich", None
    if banned_state(a):
        return "B5_nicht_moeglich", None
    if a.get("ausreise_massnahmen") == "ja" and kind != "p60c_ausbildung":
        return "B6_beratung", None
    if kind == "p60c_ausbildung":
        return "B3_antrag_ohne_ba", None
    if centre and a["vorherige_erlaubnis"] == "ja_im_asylverfahren":
        return after_waiting(a, today, None)
    if centre:
        passport = a["pass_vorhanden"]
        short = passport == "ja" or a["stellen_art"] == "berufsausbildung"
        tolerated = day(a, "duldung_seit")
        assert tolerated is not None
        return after_waiting(a, today, add_months(tolerated, 3 if short else 6))
    since = day(a, "durchgehend_seit")
    assert since is not None
    return after_waiting(a, today, None if without_agency(a, today) else add_months(since, 3))
