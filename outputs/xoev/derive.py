"""The shapes of messages read from XSD files, as the text that outputs/xoev/shapes describes.

XML Schema 1.0. What a shape cannot say (a choice inside a sequence, wildcards, unions, attributes)
is told loosely: each branch of an inner choice may be there or not, a union is text. The schema
itself judges every message that is written.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from lxml import etree

from outputs.xoev.installed import UnfitSchemaError

XS = "{http://www.w3.org/2001/XMLSchema}"
CODE = "{http://xoev.de/schemata/code/1_0}Code"
DIN = "{urn:xoev-de:kosit:xoev:datentyp:din-91379_2022-08}datatype"
_BASES = {
    "boolean": "yes_no",
    "date": "date",
    "dateTime": "time",
    "gYear": "year",
    "gYearMonth": "year_month",
    "decimal": "decimal",
    "double": "decimal",
    "float": "decimal",
    "base64Binary": "bytes",
    "hexBinary": "bytes",
}
_INTEGERS = ("integer", "int", "long", "short", "byte")
_FROM_ZERO = ("nonNegativeInteger", "unsignedInt", "unsignedLong", "unsignedShort", "unsignedByte")
_FROM_ONE = ("positiveInteger",)
_BASES |= dict.fromkeys((*_INTEGERS, *_FROM_ZERO, *_FROM_ONE), "integer")
_LEAST = {**dict.fromkeys(_FROM_ZERO, "0"), **dict.fromkeys(_FROM_ONE, "1")}
_GROUPS = (f"{XS}sequence", f"{XS}choice", f"{XS}all")
_DEEPEST = 40


@dataclass(frozen=True, slots=True)
class _Child:
    """An element where it stands."""

    node: etree._Element
    least: int
    most: str  # "*" for any number


class Declarations:
    """What some XSD files declare, by expanded name."""

    def __init__(self, roots: Iterable[etree._Element]) -> None:
        self.types: dict[str, etree._Element] = {}
        self.elements: dict[str, etree._Element] = {}
        self._groups: dict[str, etree._Element] = {}
        places = {
            "complexType": self.types,
            "simpleType": self.types,
            "element": self.elements,
            "group": self._groups,
        }
        for root in roots:
            space = root.get("targetNamespace", "")
            for node in root.iterchildren(*(f"{XS}{one}" for one in places)):
                kept = places[etree.QName(node).localname]
                kept[f"{{{space}}}{node.get('name')}"] = node

    def messages(self) -> dict[str, list[str]]:
        """Namespace to the elements that can stand at the top and hold others."""
        found: dict[str, list[str]] = {}
        for expanded, element in self.elements.items():
            space, _, name = expanded[1:].rpartition("}")
            if element.get("abstract") != "true" and self.content(element) is not None:
                found.setdefault(space, []).append(name)
        return found

    def content(self, element: etree._Element) -> etree._Element | None:
        """The complex type of an element; None if it holds text."""
        kind = element.find(f"{XS}complexType")
        if kind is None:
            kind = self.types.get(_expanded(element, element.get("type", "")))
        return kind if kind is not None and kind.tag == f"{XS}complexType" else None

    def inherited(self, kind: etree._Element) -> etree._Element | None:
        """The type that a complex type extends."""
        extension = kind.find(f"{XS}complexContent/{XS}extension")
        if extension is None:
            return None
        return self.types.get(_expanded(extension, extension.get("base", "")))

    def children(self, kind: etree._Element, deep: int = 0) -> Iterator[_Child]:
        """The elements of a complex type, those it inherits first."""
        if deep > _DEEPEST:
            raise UnfitSchemaError(f"{kind.get('name')}: types extend one another in a circle")
        parent = self.inherited(kind)
        if parent is not None:
            yield from self.children(parent, deep + 1)
        for one in ("", f"{XS}complexContent/{XS}extension", f"{XS}complexContent/{XS}restriction"):
            home = kind.find(one) if one else kind
            for group in home.iterchildren(*_GROUPS, f"{XS}group") if home is not None else ():
                yield from self._in_group(group, 1, "1", is_top=True)

    def _in_group(
        self, group: etree._Element, least: int, most: str, *, is_top: bool = False, deep: int = 0
    ) -> Iterator[_Child]:
        if deep > _DEEPEST:
            raise UnfitSchemaError("groups refer to one another in a circle")
        if group.tag == f"{XS}group":
            named = self._groups.get(_expanded(group, group.get("ref", "")))
            inner = None if named is None else next(named.iterchildren(*_GROUPS), None)
            if inner is not None:
                least, most = _joined(group, least, most)
                yield from self._in_group(inner, least, most, is_top=is_top, deep=deep + 1)
            return
        least, most = _joined(group, least, most)
        if group.tag == f"{XS}choice" and not is_top:
            least = 0
        for node in group.iterchildren(tag=etree.Element):
            if node.tag == f"{XS}element":
                yield _Child(node, *_joined(node, least, most))
            elif node.tag in (*_GROUPS, f"{XS}group"):
                yield from self._in_group(node, least, most, deep=deep + 1)


class Shaper:
    """Writes the lines of a shape file: the messages, then every type that they reach."""

    def __init__(self, declarations: Declarations, namespace: str) -> None:
        self._known = declarations
        self._namespaces = [namespace]
        self._found: dict[str, str] = {}
        self._names: dict[str, str] = {}  # expanded name of a type -> how it is called here

    def blocks(self, messages: Iterable[str]) -> list[str]:
        """One block per message and type."""
        heads = []
        for message in messages:
            element = self._known.elements.get(f"{{{self._namespaces[0]}}}{message}")
            kind = None if element is None else self._known.content(element)
            if kind is None:
                raise UnfitSchemaError(f"no element {message} with others inside")
            self._parts("message", message, kind)
            heads.append(self._found.pop(f"message {message}"))
        spaces = [f"namespace {number} {one}" for number, one in enumerate(self._namespaces)][1:]
        return [*spaces, *heads, *sorted(self._found.values())]

    def _parts(self, word: str, name: str, kind: etree._Element) -> None:
        key = f"message {name}" if word else name
        if key in self._found:
            return
        self._found[key] = ""  # known before its children are: a type may hold itself
        lines = [f"{word or _word(kind)} {name}"]
        for child in self._known.children(kind):
            lines.append(self._line(child, name))
        self._found[key] = "\n".join(lines)

    def _line(self, child: _Child, parent: str) -> str:
        node = child.node
        if node.get("ref") is not None:
            expanded = _expanded(node, node.get("ref", ""))
            declared = self._known.elements.get(expanded)
            if declared is None:
                raise UnfitSchemaError(f"{parent}: the element {node.get('ref')} is missing")
            space, name, node = expanded[1:].rpartition("}")[0], declared.get("name"), declared
        else:
            space, name = _space(node), node.get("name")
        often = (
            "" if (child.least, child.most) == (1, "1") else f" {child.least}..{child.most}"
        ) + (f" ={node.get('fixed')}" if node.get("fixed") else "")
        return f"  {name} {self._type(node, parent)}{often}{self._mark(space)}"

    def _mark(self, space: str) -> str:
        if not space:
            return " ~"
        if space not in self._namespaces:
            self._namespaces.append(space)
        number = self._namespaces.index(space)
        return f" @{number}" if number else ""

    def _type(self, node: etree._Element, parent: str) -> str:
        """The name of an element's type, which is described by the way."""
        inline = node.find(f"{XS}complexType")
        if inline is not None and inline.find(f"{XS}simpleContent") is None:
            name = f"{parent}/{node.get('name')}"
            self._parts("", name, inline)
            return name
        simple = node.find(f"{XS}simpleType")
        simple = inline if simple is None else simple
        if simple is not None:
            name = f"{parent}/{node.get('name')}"
            self._found[name] = self._content(name, simple)
            return name
        expanded = _expanded(node, node.get("type", f"{_prefix(node)}string"))
        declared = self._known.types.get(expanded)
        name = self._name(expanded)
        if name in self._found:
            return name
        if declared is None or _is_text(declared):
            self._found[name] = self._content(name, declared, expanded)
        elif self._is_code(declared):
            self._found[name] = _codes(name, declared)
        else:
            self._parts("", name, declared)
        return name

    def _name(self, expanded: str) -> str:
        """The local name of a type; with a number if another namespace has one of this name."""
        if expanded not in self._names:
            local, taken = expanded.rpartition("}")[2], set(self._names.values())
            numbered = [local, *(f"{local}.{number}" for number in range(2, len(taken) + 3))]
            self._names[expanded] = next(one for one in numbered if one not in taken)
        return self._names[expanded]

    def _content(self, name: str, node: etree._Element | None, expanded: str = "") -> str:
        facets: dict[str, str] = {}
        while node is not None and not expanded.startswith(DIN):
            step = _derivation(node)
            if step is None:
                expanded = f"{XS}string"  # a union, a list
                break
            for facet in step.iterchildren(tag=etree.Element):
                if facet.get("value") is not None:
                    facets.setdefault(etree.QName(facet).localname, facet.get("value", ""))
            expanded = _expanded(step, step.get("base", ""))
            node = None if expanded.startswith(DIN) else self._known.types.get(expanded)
        base = _base(expanded, facets)
        return f"content {name} {base}{_facets(facets, is_text=base.startswith('text'))}"

    def _is_code(self, kind: etree._Element) -> bool:
        return any(
            _expanded(base, base.get("base", "")) == CODE for base in kind.iter(f"{XS}restriction")
        )


def _word(kind: etree._Element) -> str:
    """A choice only if nothing else stands in the type."""
    top = [
        etree.QName(one).localname
        for one in kind.iter(*_GROUPS, f"{XS}group")
        if next(one.iterancestors(f"{XS}complexType")) is kind
    ]
    return "choice" if top == ["choice"] else "sequence"


def _joined(node: etree._Element, least: int, most: str) -> tuple[int, str]:
    own_least, own_most = int(node.get("minOccurs", "1")), node.get("maxOccurs", "1")
    if "unbounded" in (own_most, most) or most == "*":
        return least * own_least, "0" if own_most == "0" else "*"
    return least * own_least, str(int(most) * int(own_most))


def _is_text(kind: etree._Element) -> bool:
    return kind.tag == f"{XS}simpleType" or kind.find(f"{XS}simpleContent") is not None


def _derivation(node: etree._Element) -> etree._Element | None:
    for one in (
        f"{XS}restriction",
        f"{XS}simpleContent/{XS}extension",
        f"{XS}simpleContent/{XS}restriction",
    ):
        found = node.find(one)
        if found is not None and found.get("base"):
            return found
    return None


def _base(expanded: str, facets: dict[str, str]) -> str:
    if expanded.startswith(DIN):
        return f"text {expanded.removeprefix(DIN)}"
    word = expanded.rpartition("}")[2]
    if word in _LEAST:
        facets.setdefault("minInclusive", _LEAST[word])
    return _BASES.get(word, "text")


def _facets(facets: dict[str, str], *, is_text: bool) -> str:
    """`1..35` a length, `0-9` a range, `.2` decimals, `/…/` a pattern of texts.

    Patterns of dates and years say no more than their types; limits that are no whole numbers are
    left to the schema.
    """
    text = ""
    if "length" in facets:
        facets = {**facets, "minLength": facets["length"], "maxLength": facets["length"]}
    if {"minLength", "maxLength"} & facets.keys():
        text += f" {facets.get('minLength', '0')}..{facets.get('maxLength', '')}"
    limits = [facets.get(one, "") for one in ("minInclusive", "maxInclusive")]
    if any(limits) and all(re.fullmatch(r"\d*", one) for one in limits):
        text += f" {limits[0]}-{limits[1]}"
    if "fractionDigits" in facets:
        text += f" .{facets['fractionDigits']}"
    if "pattern" in facets and is_text:
        pattern = facets["pattern"].translate({9: "\\t", 10: "\\n", 13: "\\r"})
        text += f" /{pattern}/"
    return text


def _codes(name: str, kind: etree._Element) -> str:
    fixed = {one.get("name"): one.get("fixed") for one in kind.iter(f"{XS}attribute")}
    codes = [one.get("value", "") for one in kind.iter(f"{XS}enumeration")]
    if any(re.search(r"\s", one) for one in codes):
        codes = []  # left to the schema
    uri, version = (_word_or_dash(fixed.get(one)) for one in ("listURI", "listVersionID"))
    line = f"codes {name} {uri} {version}"
    return line + (f"\n  {' '.join(codes)}" if codes else "")


def _word_or_dash(text: str | None) -> str:
    """What stands in one word; anything else is left to the schema."""
    text = (text or "").strip()
    return text if text and not re.search(r"\s", text) else "-"


def _space(element: etree._Element) -> str:
    """The namespace of a local element: its schema's, or none."""
    root = element.getroottree().getroot()
    is_qualified = element.get("form", root.get("elementFormDefault")) == "qualified"
    return root.get("targetNamespace", "") if is_qualified else ""


def _prefix(node: etree._Element) -> str:
    """How the file calls XML Schema's own types."""
    found = next((one for one, uri in node.nsmap.items() if f"{{{uri}}}" == XS), None)
    return f"{found}:" if found else ""


def _expanded(node: etree._Element, name: str) -> str:
    prefix, _, local = name.rpartition(":")
    return f"{{{node.nsmap.get(prefix or None, '')}}}{local}"
