"""The versions of xdomea that are written and read. Everything is built as 3.1.0 and rewritten.

3.0.0 is 3.1.0 in another namespace. 2.4.0 knows less: what it has no place for is left out (it
stands in our own extension as well), and its texts allow fewer characters.
"""

import unicodedata
from collections.abc import Callable, Mapping

from lxml import etree

from outputs.dms.xdomea_3_1_0 import NAMESPACE as NEWEST
from outputs.dms.xdomea_3_1_0 import PREFIX

_START = "urn:xoev-de:xdomea:schema:"
_OLDEST = "2.4.0"
NAMESPACES: Mapping[str, str] = {
    version: f"{_START}{version}" for version in ("3.1.0", "3.0.0", _OLDEST)
}
_PLAIN = str.maketrans({"–": "-", "—": "-", "„": '"', "“": '"', "”": '"', "’": "'", "‚": "'",
                        "…": "...", "\u00a0": " ", "\u202f": " ", "\u00ad": None})  # fmt: skip
# What String.Latin of 2.4.0 allows beyond Latin-1: letters, by their code points.
_LATIN = (
    (0x00AE, 0x0107), (0x010A, 0x011B), (0x011E, 0x0123), (0x0126, 0x0131), (0x0134, 0x015B),
    (0x015E, 0x016B), (0x016E, 0x017E), (0x018F, 0x018F), (0x01A0, 0x01A1), (0x01AF, 0x01B0),
    (0x01B7, 0x01B7), (0x01CD, 0x01D4), (0x01DE, 0x01DF), (0x01E4, 0x01F0), (0x01F4, 0x01F5),
    (0x01FA, 0x01FF), (0x0218, 0x021B), (0x021E, 0x021F), (0x022A, 0x022B), (0x022E, 0x0233),
    (0x0259, 0x0259), (0x0292, 0x0292), (0x1E02, 0x1E03), (0x1E0A, 0x1E0B), (0x1E10, 0x1E11),
    (0x1E1E, 0x1E21), (0x1E24, 0x1E27), (0x1E30, 0x1E31), (0x1E40, 0x1E41), (0x1E44, 0x1E45),
    (0x1E56, 0x1E57), (0x1E60, 0x1E63), (0x1E6A, 0x1E6B), (0x1E80, 0x1E85), (0x1E8C, 0x1E93),
    (0x1E9E, 0x1E9E), (0x1EA0, 0x1EA7), (0x1EAA, 0x1EAC), (0x1EAE, 0x1EC1), (0x1EC4, 0x1ED3),
    (0x1ED6, 0x1EDD), (0x1EE4, 0x1EF9), (0x20AC, 0x20AC),
)  # fmt: skip


def version_of(root: etree._Element) -> str | None:
    """The version a message is written in; None if it is none of ours."""
    namespace = etree.QName(root).namespace
    return next((one for one, known in NAMESPACES.items() if known == namespace), None)


def as_version(root: etree._Element, version: str) -> etree._Element:
    """A message built as 3.1.0, in another version."""
    made = _renamed(root, NEWEST, NAMESPACES[version])
    if version == _OLDEST:
        _make_older(made)
    return made


def as_newest(root: etree._Element) -> etree._Element:
    """A message of any version under the names of 3.1.0, so that one reader serves all."""
    version = version_of(root)
    return root if version is None else _renamed(root, NAMESPACES[version], NEWEST)


def _renamed(element: etree._Element, old: str, new: str) -> etree._Element:
    if old == new:
        return element
    made = etree.Element(_name(element, old, new), nsmap={PREFIX: new})
    made.text = element.text
    for name, value in element.attrib.items():
        made.set(name, value)
    made.extend(_renamed(one, old, new) for one in element if isinstance(one.tag, str))
    return made


def _name(element: etree._Element, old: str, new: str) -> str:
    name = etree.QName(element)
    return f"{{{new}}}{name.localname}" if name.namespace == old else str(element.tag)


def _make_older(root: etree._Element) -> None:
    for element in list(root.iter()):
        name = etree.QName(element).localname
        if name in _OLDER:
            _OLDER[name](element)
    _one_outcome(root)
    for element in root.iter():
        if element.text and not element.text.isascii():
            element.text = _latin(element.text)


def _head(element: etree._Element) -> None:
    """A receipt is not asked for where the standard has none; receiving systems must be named."""
    sending = _tag(element, "SendendesSystem")
    message = element.getparent()
    is_of_fv = message is not None and etree.QName(message).localname.startswith("FVDaten")
    asked = _tag(element, "Empfangsbestaetigung")
    if not is_of_fv and asked is not None and _tag(element, "Importbestaetigung") is not None:
        element.remove(asked)
    if is_of_fv and sending is not None and _tag(element, "EmpfangendesSystem") is None:
        note = _tag(element, "Hinweis")
        (sending if note is None else note).addnext(_like(element, "EmpfangendesSystem"))


def _list_version(element: etree._Element) -> None:
    element.set("listVersionID", "1.0")


def _leading(element: etree._Element) -> None:
    element.tag = f"{{{NAMESPACES[_OLDEST]}}}Federfuehrung"


def _duration(element: etree._Element) -> None:
    years = _tag(element, "AnzahlJahre")
    if years is None:
        _drop(element)
    else:
        element.text = years.text
        element.remove(years)


def _disposal(element: etree._Element) -> None:
    """The code stands in the element itself, not in one of the same name inside."""
    inside = _tag(element, "Aussonderungsart")
    if inside is None:
        return
    for name, value in inside.attrib.items():
        element.set(name, value)
    element.remove(inside)
    element.extend(list(inside))


def _drop(element: etree._Element) -> None:
    parent = element.getparent()
    if parent is not None:
        parent.remove(element)


def _one_outcome(root: etree._Element) -> None:
    """Import receipts speak of all objects at once: well only if all of them are."""
    made: etree._Element | None = None
    for name in ("AbgegebenesObjekt", "AusgesondertesSGO"):
        for element in root.findall(f"{{{NAMESPACES[_OLDEST]}}}{name}"):
            if made is None:
                made = _like(element, "ErfolgOderMisserfolg")
                root.append(made)
            _merge(made, element)
            root.remove(element)


def _merge(made: etree._Element, element: etree._Element) -> None:
    done, well = _tag(element, "Erfolgreich"), _tag(made, "Erfolgreich")
    if done is not None and well is None:
        made.insert(0, _like(element, "Erfolgreich", done.text))
    elif done is not None and well is not None and done.text in ("0", "false"):
        well.text = "0"
    fault = _tag(element, "Fehlermeldung")
    if fault is not None and _tag(made, "Fehlermeldung") is None:
        made.insert(1, _like(element, "Fehlermeldung", fault.text))
    place, kept = _tag(element, "IDSGO"), _tag(element, "Archivkennung")
    if place is not None and kept is not None:
        told = _like(element, "Rueckgabeparameter")
        told.append(_like(element, "ID", place.text))
        told.append(_like(element, "Archivkennung", kept.text))
        made.append(told)


def _like(element: etree._Element, name: str, text: str | None = None) -> etree._Element:
    made = etree.Element(f"{{{NAMESPACES[_OLDEST]}}}{name}", nsmap=element.nsmap)
    made.text = text
    return made


def _tag(element: etree._Element, name: str) -> etree._Element | None:
    return element.find(f"{{{NAMESPACES[_OLDEST]}}}{name}")


def _latin(text: str) -> str:
    return "".join(map(_allowed, unicodedata.normalize("NFC", text.translate(_PLAIN))))


def _allowed(character: str) -> str:
    code = ord(character)
    if code < 0x7F or 0xA1 <= code <= 0xAC or any(low <= code <= high for low, high in _LATIN):
        return character
    bare = unicodedata.normalize("NFKD", character).encode("ascii", "ignore").decode()
    return bare or "?"


_OLDER: Mapping[str, Callable[[etree._Element], None]] = {
    "Kopf": _head,
    "Nachrichtentyp": _list_version,
    "Datentyp": _list_version,
    "AllgemeineRueckmeldung": _list_version,
    "Aktenfuehrung": _leading,
    "Aufbewahrungsdauer": _duration,
    "Aussonderungsart": _disposal,
    "DateinameOriginal": _drop,
}
