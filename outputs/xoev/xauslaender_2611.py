"""XAusländer 26.11, OZG chapter: messages, unqualified elements, code lists.

Facts read from the XSD (tests/outputs/xoev/test_standards.py reads them anew and compares).
"""

from outputs.xoev import facts
from outputs.xoev.facts import CodeList

MESSAGES: dict[str, str] = {
    name: name.rpartition(".")[2]
    for name in (
        "OZG.Antrag.130101",
        "OZG.RueckkanalAntwort.130103",
        "OZG.Ruecknahme.130111",
        "OZG.Verpflichtungserklaerung.130201",
        "OZG.Freizuegigkeit.130301",
    )
}

UNQUALIFIED: dict[str, frozenset[str]] = {
    **facts.HEADER,
    **dict.fromkeys(MESSAGES, facts.MESSAGE),
    **dict.fromkeys(("familienname", "geburtsname", "vorname"), facts.NAME),
    **dict.fromkeys(
        ("bis", "von", "familienstandOderGetrenntlebendSeit", "teilbekanntesDatum"),
        facts.PARTIAL_DATE,
    ),
    "tagDerGeburt": facts.PARTIAL_DATE_OR_UNKNOWN,
    "kommunikation": facts.REACH,
    "anschrift": facts.BUILDING,
    "ort": facts.BUILDING,
    "abweichendeAnschrift": facts.ADDRESS | facts.POSTAL,
    "anschriftBetriebsstaette": facts.POSTAL,
    **dict.fromkeys(("anschriftAusland", "auslandsanschrift"), facts.FOREIGN_ADDRESS),
    "anschriftzone": frozenset({"zeile.anschrift"}),
    "zeile.anschrift": frozenset({"zeilennummer", "inhalt"}),
}


def _ozg(name: str, version: str = "1") -> CodeList:
    return CodeList(f"urn:xoev-de:xauslaender:codeliste:ozg.{name}", version)


CODE_LISTS: dict[str, CodeList] = {
    "artDesAufenthaltstitels": _ozg("aufenthaltstitelart"),
    "artDesAuslaendischenIdentifikationsdokuments": _ozg("auslaendischeidentifikationart"),
    "artDesIdentifikationsdokuments": _ozg("deutschesidentifikationsdokument"),
    "ausbildungszweck": _ozg("ausbildungszweck"),
    "augenfarbe": CodeList("urn:de:xauslaender:codelist:azr:artderaugenfarbe", "1"),
    "beziehungZumGast": _ozg("beziehunggast"),
    "beziehungZumGastgeber": _ozg("beziehunggastgeber"),
    "cVisum": _ozg("cvisumvisumfrei"),
    "dVisum": _ozg("dvisumaufenthaltstitel"),
    "dokumententyp": CodeList("urn:de:xauslaender:codelist:dokumentformat", "2"),
    "familiaereBeziehung": _ozg("familiaerebeziehungreferenzperson"),
    "familienstand": CodeList("urn:de:xauslaender:codelist:familienstand", "2"),
    "geschlecht": facts.SEX,
    "grundDerMeldung": _ozg("meldungsgrund"),
    "grundDesAntrags": _ozg("antragsgrund", "4"),
    "grundDesAufenthalts": _ozg("aufenthaltsgrund", "2"),
    "kanal": facts.CHANNEL,
    "staat": facts.STATE,
    "staatsangehoerigkeit": facts.NATIONALITY,
    "staatsgebiet": facts.TERRITORY,
    "vertretungsart": CodeList("urn:de:xauslaender:codelist:vertretungsart", "3"),
    "verzeichnisdienst": facts.DIRECTORY,
}
