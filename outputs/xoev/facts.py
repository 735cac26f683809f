"""Lists of codes that schemas name without their version or their codes."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class CodeList:
    """A published list of codes in one version."""

    uri: str
    version: str
    codes: tuple[str, ...] | None = None  # None: too many to be listed here


_DESTATIS = "urn:de:bund:destatis:bevoelkerungsstatistik:schluessel"

DIRECTORY = CodeList("urn:xoev-de:kosit:codeliste:verzeichnisdienst", "3")
CHANNEL = CodeList(
    "urn:de:xoev:codeliste:erreichbarkeit", "3", tuple(f"{one:02d}" for one in range(1, 10))
)
SEX = CodeList("urn:xoev-de:xinneres:codeliste:geschlecht", "1", ("d", "m", "w", "x"))
STATE = CodeList(f"{_DESTATIS}:staat", "2024-08-01")
TERRITORY = CodeList(f"{_DESTATIS}:staatsgebiete", "2024-08-01")
NATIONALITY = CodeList(f"{_DESTATIS}:staatsangehoerigkeit", "2024-08-01")
REASON = CodeList(
    "urn:xoev-de:xauslaender:codeliste:ozg.antragsgrund",
    "4",
    tuple(f"{one:02d}" for one in range(1, 8)),
)
EYES = CodeList("urn:de:xauslaender:codelist:azr:artderaugenfarbe", "1")
