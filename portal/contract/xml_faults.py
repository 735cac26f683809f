"""Messages with one fault each, made of a right one."""

import re
from collections.abc import Callable, Iterable, Iterator
from copy import deepcopy
from dataclasses import dataclass

from lxml import etree

from outputs.xml_writing import serialise

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_HEADER = ("nachrichtenkopf.g2g", "anschrift.leser", "anschrift.autor")
_LONG = 200  # characters: base64 of a document
Changes = Callable[[etree._Element], Iterator[etree._Element]]


@dataclass(frozen=True, slots=True)
class Fault:
    """A way to be wrong: what a receiver has to say to it, and messages that may show it."""

    name: str
    code: str
    german: str
    english: str
    contents: Callable[[bytes], Iterable[bytes]]


def _trees(changes: Changes) -> Callable[[bytes], Iterator[bytes]]:
    def contents(content: bytes) -> Iterator[bytes]:
        for changed in changes(etree.fromstring(content)):
            yield serialise(changed)

    return contents


def _leaves(root: etree._Element, fits: Callable[[str], bool]) -> Iterator[etree._Element]:
    """Every leaf outside of the header whose text fits, one at a time."""
    for part in root:
        if etree.QName(part).localname in _HEADER:
            continue
        for leaf in part.iter():
            if isinstance(leaf.tag, str) and len(leaf) == 0 and fits(leaf.text or ""):
                yield leaf


def _written(
    fits: Callable[[str], bool], write: Callable[[str], str], *, codes: bool = False
) -> Changes:
    """One leaf after the other gets another text."""

    def changes(root: etree._Element) -> Iterator[etree._Element]:
        number = sum(1 for _ in _leaves(root, fits))
        for wanted in range(number):
            copy = deepcopy(root)
            leaf = list(_leaves(copy, fits))[wanted]
            if (leaf.tag == "code") == codes:
                leaf.text = write(leaf.text or "")
                yield copy

    return changes


def _parts(root: etree._Element) -> list[etree._Element]:
    return [one for one in root if etree.QName(one).localname not in _HEADER]


def _without(root: etree._Element) -> Iterator[etree._Element]:
    for wanted in range(len(_parts(root))):
        copy = deepcopy(root)
        copy.remove(_parts(copy)[wanted])
        yield copy


def _twice(root: etree._Element) -> Iterator[etree._Element]:
    for wanted in range(len(_parts(root))):
        copy = deepcopy(root)
        part = _parts(copy)[wanted]
        part.addnext(deepcopy(part))
        yield copy


def _added(root: etree._Element) -> Iterator[etree._Element]:
    copy = deepcopy(root)
    etree.SubElement(copy, f"{{{etree.QName(copy).namespace}}}erfundenesElement").text = "x"
    yield copy


def _moved(root: etree._Element) -> Iterator[etree._Element]:
    copy = deepcopy(root)
    first, *_, last = _parts(copy)
    first.addprevious(last)
    yield copy


def _renamed(root: etree._Element) -> Iterator[etree._Element]:
    copy = deepcopy(root)
    copy.tag = f"{{{etree.QName(copy).namespace}}}andere.nachricht.9999"
    yield copy


def _other_space(content: bytes) -> Iterator[bytes]:
    space = (etree.QName(etree.fromstring(content)).namespace or "").encode()
    yield content.replace(b'"' + space + b'"', b'"' + space + b'-alt"')


def _with_type(content: bytes) -> Iterator[bytes]:
    start = content.index(b"?>") + 2 if content.startswith(b"<?xml") else 0
    name = etree.QName(etree.fromstring(content)).localname.encode()
    yield content[:start] + b"\n<!DOCTYPE " + name + b' [<!ENTITY a "a">]>' + content[start:]


def _is_word(text: str) -> bool:
    return text.isalpha() and len(text) < _LONG and text not in ("true", "false")


FAULTS: tuple[Fault, ...] = (
    Fault("empty", "empty", "leere Datei", "empty file", lambda _: (b"",)),
    Fault(
        "cut-off", "not-xml", "mitten in der Übertragung abgebrochen", "cut off on its way",
        lambda content: (content[: len(content) // 2],),
    ),
    Fault(
        "document-type", "document-type", "mit Dokumenttyp und Entität", "with type and entity",
        _with_type,
    ),
    Fault(
        "other-version", "another-namespace", "Namensraum einer anderen Version",
        "name space of another version", _other_space,
    ),
    Fault(
        "other-message", "another-message", "andere Nachricht", "another message", _trees(_renamed)
    ),
    Fault(
        "element-missing", "element-missing", "ein Pflichtelement fehlt",
        "a required element is missing", _trees(_without),
    ),
    Fault(
        "element-twice", "element-too-often", "ein Element steht zweimal da",
        "an element stands there twice", _trees(_twice),
    ),
    Fault(
        "element-unknown", "element-unknown", "ein Element, das es nicht gibt",
        "an element that does not exist", _trees(_added),
    ),
    Fault(
        "out-of-place", "element-out-of-place", "die Reihenfolge stimmt nicht",
        "the order is wrong", _trees(_moved),
    ),
    Fault(
        "code-unknown", "code-unknown", "Schlüssel, der nicht in der Codeliste steht",
        "a code that is not in its list", _trees(_written(bool, lambda _: "zz9", codes=True)),
    ),
    Fault(
        "no-such-day", "content-wrong", "ein Tag, den es nicht gibt", "a day that does not exist",
        _trees(_written(lambda text: bool(_DAY.fullmatch(text)), lambda _: "2026-02-30")),
    ),
    Fault(
        "letters", "content-wrong", "Zeichen außerhalb von DIN 91379",
        "characters outside of DIN 91379", _trees(_written(_is_word, lambda text: text + "漢字")),
    ),
    Fault(
        "yes-no", "content-wrong", "»ja« statt »true«", "»ja« instead of »true«",
        _trees(_written(lambda text: text in ("true", "false"), lambda _: "ja")),
    ),
    Fault(
        "document", "document-unreadable", "ein Dokument ist beschädigt", "a document is damaged",
        _trees(_written(lambda text: len(text) > _LONG, lambda text: "!" + text[9:])),
    ),
)  # fmt: skip
