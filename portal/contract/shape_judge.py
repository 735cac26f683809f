"""Holds a message against what its standard says, without a schema: the shapes are our own words
for it, so that a vendor can test where the published schema is not at hand.
"""

import base64
import binascii
import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, time

import re2
from lxml import etree

from engine.fields.din91379 import first_fault
from engine.message.shape import Codes, Content, Element, Kind, Parts
from outputs.xoev.standards import Standard
from portal.contract.refusals import Refusal

_STARTS = (b"%PDF", b"\xff\xd8\xff", b"\x89PNG")
_TEXT, _BYTES = "text", "bytes"
_NUMBER = re.compile(r"[+-]?[0-9]+(\.[0-9]+)?")
_YEAR, _MONTH = re.compile(r"[0-9]{4}"), re.compile(r"[0-9]{4}-(0[1-9]|1[0-2])")


def judged(standard: Standard, root: etree._Element) -> Iterator[Refusal]:
    """Everything below the root that does not fit, the header left out."""
    message = etree.QName(root).localname
    yield from _Walk(standard).element(message, root, message)


class _Walk:
    def __init__(self, standard: Standard) -> None:
        self._standard = standard
        self._kinds: Mapping[str, Kind] = standard.kinds

    def element(self, kind_name: str, node: etree._Element, path: str) -> Iterator[Refusal]:
        """An element of a known kind."""
        kind = self._kinds[kind_name]
        if isinstance(kind, Parts):
            yield from self._parts(kind, node, path)
        elif isinstance(kind, Codes):
            yield from _code(kind, node, path)
        elif not _fits(kind, node.text or ""):
            is_document = kind.base == _BYTES
            yield Refusal("document-unreadable" if is_document else "content-wrong", path)

    def _parts(self, kind: Parts, node: etree._Element, path: str) -> Iterator[Refusal]:
        children = [one for one in node if isinstance(one.tag, str)]
        found: dict[str, list[etree._Element]] = {}
        for child in children:
            element = kind.get(etree.QName(child).localname)
            if element is None or child.tag != self._tag(kind, node, element):
                yield Refusal("element-unknown", f"{path}/{etree.QName(child).localname}")
            else:
                found.setdefault(element.name, []).append(child)
        yield from _counts(kind, found, path)
        if not kind.is_choice:
            yield from _order(kind, children, path)
        for name, nodes in found.items():
            element = kind.get(name)
            if element is not None and not _is_header(element):
                for one in nodes:
                    yield from self._content(element, one, f"{path}/{name}")

    def _content(self, element: Element, node: etree._Element, path: str) -> Iterator[Refusal]:
        if element.fixed is not None and (node.text or "").strip() != element.fixed:
            yield Refusal("content-wrong", path)
        yield from self.element(element.type, node, path)

    def _tag(self, kind: Parts, node: etree._Element, element: Element) -> str:
        if element.namespace:
            return f"{{{element.namespace}}}{element.name}"
        space = self._standard.namespace if element.is_qualified else ""
        return f"{{{space}}}{element.name}" if space else element.name


def _is_header(element: Element) -> bool:
    return element.name in ("nachrichtenkopf.g2g", "anschrift.leser", "anschrift.autor")


def _counts(
    kind: Parts, found: Mapping[str, Sequence[etree._Element]], path: str
) -> Iterator[Refusal]:
    if kind.is_choice:
        if not found:
            names = " | ".join(one.name for one in kind.elements)
            yield Refusal("element-missing", f"{path}/({names})")
        for name in list(found)[1:]:
            yield Refusal("element-too-often", f"{path}/{name}")
    for one in kind.elements:
        number = len(found.get(one.name, ()))
        if number < one.least and not kind.is_choice:
            yield Refusal("element-missing", f"{path}/{one.name}")
        if one.most is not None and number > one.most:
            yield Refusal("element-too-often", f"{path}/{one.name}")


def _order(kind: Parts, children: Sequence[etree._Element], path: str) -> Iterator[Refusal]:
    places = {one.name: number for number, one in enumerate(kind.elements)}
    furthest = -1
    for child in children:
        name = etree.QName(child).localname
        place = places.get(name, furthest)
        if place < furthest:
            yield Refusal("element-out-of-place", f"{path}/{name}")
        furthest = max(furthest, place)


def _code(kind: Codes, node: etree._Element, path: str) -> Iterator[Refusal]:
    code = node.findtext("code")
    if code is None:
        yield Refusal("element-missing", f"{path}/code")
    elif kind.codes is not None and not kind.is_open and code not in kind.codes:
        yield Refusal("code-unknown", f"{path}: {code}")


def _fits(kind: Content, text: str) -> bool:
    if kind.base == _TEXT:
        return _text_fits(kind, text)
    if kind.base == _BYTES:
        return _document_fits(text)
    return _is(kind.base, text.strip())


def _text_fits(kind: Content, text: str) -> bool:
    if len(text) < kind.min_length or (kind.max_length and len(text) > kind.max_length):
        return False
    if kind.pattern is not None and not re2.fullmatch(kind.pattern, text):
        return False
    return kind.datatype is None or first_fault(text, kind.datatype) is None


def _document_fits(text: str) -> bool:
    try:
        content = base64.b64decode("".join(text.split()), validate=True)
    except (binascii.Error, ValueError):
        return False
    return content.startswith(_STARTS)


def _is(base: str, text: str) -> bool:
    try:
        match base:
            case "yes_no":
                return text in ("true", "false", "0", "1")
            case "date":
                return bool(date.fromisoformat(text))
            case "time":
                return time.fromisoformat(text) is not None
            case "year":
                return bool(_YEAR.fullmatch(text))
            case "year_month":
                return bool(_MONTH.fullmatch(text))
            case "integer" | "decimal":
                return bool(_NUMBER.fullmatch(text))
    except ValueError:
        return False
    return True
