"""The person of a case, from the application (130101) that was sent to the Fachverfahren."""

import re

from lxml import etree

from outputs.aktenversendung.messages import Name, Person
from outputs.aktenversendung.writing import NAMESPACE
from outputs.xml_reading import UnsafeXml, read_xml

APPLICATION = "OZG.Antrag.130101"
_NS = {"x": NAMESPACE}
# Day of the first entry in the AZR, and a number: YYMMDD and six digits.
_AZR = re.compile(r"[0-9]{2}(0[0-9]|1[0-2])([0-2][0-9]|3[01])[0-9]{6}")


def is_azr_number(text: str) -> bool:
    """Whether it can be a number of the AZR."""
    return _AZR.fullmatch(text) is not None


def person_of(application: bytes, azr_number: str) -> Person | None:
    """Who applied; None if the message is no 130101 or says too little."""
    try:
        root = read_xml(application)
    except UnsafeXml:
        return None
    here = root.find("x:angabenZurPerson", _NS)
    if etree.QName(root).localname != APPLICATION or here is None:
        return None
    states = here.findall("x:staatsangehoerigkeit/x:staatsangehoerigkeit", _NS)
    person = Person(
        nationalities=tuple((one.findtext("code") or "").strip() for one in states)[:4],
        sex=_text(here, "x:geschlecht/x:geschlecht/code"),
        birthplace=_text(here, "x:geburt/x:geburtsort/x:ort"),
        birthday=_birthday(here),
        # What the applicant entered are the names of the passport; who has no other name at birth
        # was not asked for one.
        names=(
            Name(
                "passport",
                _text(here, "x:vorname/name"),
                _text(here, "x:familienname/name"),
                _text(here, "x:geburtsname/name"),
            ),
        ),
        azr_number=azr_number,
    )
    return person if person.nationalities else None


def is_same(one: Person, other: Person) -> bool:
    """Whether two messages can only mean the same person: AZR number, or names and birthday."""
    if one.azr_number and one.azr_number == other.azr_number:
        return True
    if not one.birthday or one.birthday != other.birthday:
        return False
    return bool(_names(one) & _names(other))


def _names(person: Person) -> set[tuple[str, str]]:
    return {(one.given.casefold(), one.family.casefold()) for one in person.names}


def _birthday(here: etree._Element) -> str:
    born = "x:geburt/x:tagDerGeburt/teilbekanntesDatum/"
    known = (_text(here, f"{born}{tag}") for tag in ("jahrMonatTag", "jahrMonat", "jahr"))
    return next(filter(None, known), "")


def _text(of: etree._Element, path: str) -> str:
    return (of.findtext(path, "", _NS) or "").strip()
