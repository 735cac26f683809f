"""Facts about the types of XInneres 26.11 and the XÖV-Basisnachricht 1.1 that messages share.

Their children are in no namespace (`elementFormDefault="unqualified"`).
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class CodeList:
    """A published list of codes in one version."""

    uri: str
    version: str


def _names(text: str) -> frozenset[str]:
    return frozenset(text.split())


MESSAGE = _names("nachrichtenkopf.g2g anschrift.leser anschrift.autor")
NAME = _names("name nichtVorhanden")
PARTIAL_DATE = _names("jahr jahrMonat jahrMonatTag")
PARTIAL_DATE_OR_UNKNOWN = _names("teilbekanntesDatum unbekannt")
REACH = _names("kanal kennung zusatz")
POSTAL = _names("gebaeude postfach")
ADDRESS = _names(
    "hausnummer hausnummerBuchstabeZusatzziffer postleitzahl stockwerkswohnungsnummer strasse"
    " teilnummerDerHausnummer wohnort wohnortFruehererGemeindename wohnungsinhaber zusatzangaben"
)
BUILDING = ADDRESS | {"hausnummern.bis"}
FOREIGN_ADDRESS = _names("staat anschriftzone")

HEADER: dict[str, frozenset[str]] = {
    "nachrichtenkopf.g2g": _names("identifikation.nachricht leser autor"),
    "identifikation.nachricht": _names("nachrichtenUUID nachrichtentyp erstellungszeitpunkt"),
    "leser": _names("verzeichnisdienst kennung name erreichbarkeit"),
    "autor": _names("verzeichnisdienst kennung name erreichbarkeit"),
    "erreichbarkeit": REACH,
    "anschrift.leser": POSTAL,
    "anschrift.autor": POSTAL,
    "gebaeude": BUILDING,
    "postfach": _names("postfach wohnort postleitzahl"),
    "hausnummern.bis": _names(
        "hausnummer.bis hausnummerbuchstabezusatzziffer.bis teilnummerderhausnummer.bis"
    ),
}

DIRECTORY = CodeList("urn:xoev-de:kosit:codeliste:verzeichnisdienst", "3")
CHANNEL = CodeList("urn:de:xoev:codeliste:erreichbarkeit", "3")
SEX = CodeList("urn:xoev-de:xinneres:codeliste:geschlecht", "1")
STATE = CodeList("urn:de:bund:destatis:bevoelkerungsstatistik:schluessel:staat", "2024-08-01")
TERRITORY = CodeList(
    "urn:de:bund:destatis:bevoelkerungsstatistik:schluessel:staatsgebiete", "2024-08-01"
)
NATIONALITY = CodeList(
    "urn:de:bund:destatis:bevoelkerungsstatistik:schluessel:staatsangehoerigkeit", "2024-08-01"
)
