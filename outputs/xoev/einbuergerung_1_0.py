"""The naturalisation message 1.0 (schemas/einbuergerung-1.0.xsd): unqualified elements, codes.

Facts read from the XSD (tests/outputs/xoev/test_standards.py reads them anew and compares).
"""

from outputs.xoev import facts
from outputs.xoev.facts import CodeList

UNQUALIFIED: dict[str, frozenset[str]] = {
    **facts.HEADER,
    "einbuergerung.antrag.0001": facts.MESSAGE,
    **dict.fromkeys(("familienname", "geburtsname", "name", "partnerName", "vorname"), facts.NAME),
    **dict.fromkeys(
        (
            "adoptionsdatum",
            "anwerbungAm",
            "bis",
            "datum",
            "deutschSeit",
            "ersteEinreise",
            "inDeutschlandSeit",
            "seit",
            "teilbekanntesDatum",
            "verlustdatum",
            "von",
        ),
        facts.PARTIAL_DATE,
    ),
    "tagDerGeburt": facts.PARTIAL_DATE_OR_UNKNOWN,
    "kommunikation": facts.REACH,
    "anschrift": facts.ADDRESS,
    "inland": facts.ADDRESS,
}

_OWN = {
    "abschluss": "abschluss",
    "altersvorsorge": "altersvorsorge",
    "antrag/art": "antragsart",
    "vertretung/art": "vertretungsart",
    "fruehererName/art": "namensart",
    "ausweis/art": "ausweisart",
    "titel/art": "aufenthaltstitel",
    "sprachnachweis/art": "sprachnachweis",
    "bildung/art": "bildungsart",
    "staatsbuergerlicheKenntnisse/art": "kenntnisnachweis",
    "einkunft/art": "einkunftsart",
    "leistung/art": "leistungsart",
    "aufenthaltstitel": "aufenthaltstitel",
    "aufloesung": "eheaufloesung",
    "ausgang": "asylausgang",
    "ausnahme": "ausnahmelebensunterhalt",
    "bestrebungen": "bestrebungen",
    "einreiseart": "einreiseart",
    "entscheidungAnerkannt": "anerkennung",
    "ergebnis": "antragsergebnis",
    "erwerbsgrund": "erwerbsgrund",
    "erwerbsstatus": "erwerbsstatus",
    "festgestellt": "janeinunbekannt",
    "fiktion": "fiktion",
    "format": "dokumentformat",
    "freizuegigkeitsgrund": "freizuegigkeitsgrund",
    "grund": "auslandsgrund",
    "kindschaft": "kindschaft",
    "krankenversicherung": "krankenversicherung",
    "menschenverachtend": "janeinunbekannt",
    "nachweis": "staatsangehoerigkeitsnachweis",
    "namenswunsch": "namenswunsch",
    "niveau": "sprachniveau",
    "person": "haushaltsperson",
    "pruefungsstelle": "pruefungsstelle",
    "rechtmaessigInDeutschlandBeiGeburt": "janeinunbekannt",
    "rechtsgrundlageWunsch": "rechtsgrundlage",
    "rolle": "vertreterrolle",
    "sorgerecht": "sorgerecht",
    "status": "besondererstatus",
    "strafart": "strafart",
    "titel": "aufenthaltstitel",
    "verlustgrund": "verlustgrund",
    "warDeutsch": "frueheredeutschestaatsangehoerigkeit",
    "weitererNachweis": "identitaetsnachweis",
    "wiedereinreisefrist": "wiedereinreisefrist",
    "wohnform": "wohnform",
    "zahlungsart": "zahlungsart",
    "zustimmung": "zustimmung",
}

CODE_LISTS: dict[str, CodeList] = {
    **{
        place: CodeList(f"urn:vordruck:einbuergerung:codeliste:{name}", "1.0")
        for place, name in _OWN.items()
    },
    "familienstand": CodeList("urn:de:dsmeld:schluesseltabelle:familienstand", "2"),
    "geburtsstaat": facts.TERRITORY,
    "staat": facts.TERRITORY,
    "staatsangehoerigkeit/staat": facts.NATIONALITY,
    "fruehereStaatsangehoerigkeit/staat": facts.NATIONALITY,
    "ausweis/staat": facts.NATIONALITY,
    "partnerStaatsangehoerigkeit": facts.NATIONALITY,
    "staatsangehoerigkeit": facts.NATIONALITY,
    "geschlecht": facts.SEX,
    "kanal": facts.CHANNEL,
    "verzeichnisdienst": facts.DIRECTORY,
}
