"""The table of standards a message can follow.

A new version is a file of shapes (outputs/xoev/shapes) and an entry here.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache, cached_property

from engine.message.shape import Codes, Element, Kind, MessageShape, Parts, Shapes, shape_for
from engine.model import Procedure
from outputs.xoev import facts
from outputs.xoev.facts import CodeList
from outputs.xoev.shapes import parse_shapes, read_shapes

_HEAD = "nachrichtenkopf.g2g"
_HEADER = frozenset({_HEAD, "anschrift.leser", "anschrift.autor"})


@dataclass(frozen=True, eq=False)
class Standard:
    """What has to be known to write a message when its schema is not at hand."""

    id: str  # as definitions call it
    version: str
    name: str  # as the root element calls it
    namespace: str
    prefix: str
    messages: Mapping[str, str]  # root element -> code of the message type
    open_lists: tuple[CodeList, ...]  # lists whose version the schema leaves to the sender
    formats: Mapping[str, str]  # file formats a document may have -> code
    schema: str | None = None  # file in outputs/xoev/schemas if it is our own
    shapes: str | None = None  # of an installed standard: the text of its shapes
    states_product: bool = True  # the root says which standard and product wrote it

    @cached_property
    def kinds(self) -> Mapping[str, Kind]:
        """Messages and types by name."""
        known = {one.uri: one for one in self.open_lists}
        return {
            name: _completed(kind, known.get(kind.uri)) if isinstance(kind, Codes) else kind
            for name, kind in self._read().items()
        }

    def _read(self) -> Mapping[str, Kind]:
        if self.shapes is not None:
            return parse_shapes(self.shapes)
        return read_shapes(f"{self.id}-{self.version}")

    def has_header(self, message: str) -> bool:
        """Whether it begins with the header of XÖV-Basisnachricht, which the product writes."""
        parts = self.kinds[message]
        has_types = isinstance(self.kinds.get("Code.Nachrichtentyp"), Codes)
        return has_types and isinstance(parts, Parts) and parts.get(_HEAD) is not None

    def shape(self, message: str) -> MessageShape:
        """A message without its header, which a mapping does not fill."""
        whole = self.kinds[message]
        assert isinstance(whole, Parts)  # noqa: S101 - made by read_shapes
        header = _HEADER if self.has_header(message) else ()
        elements = tuple(one for one in whole.elements if one.name not in header)
        return MessageShape(
            self.id, self.version, message, Parts(message, elements), types=self.kinds
        )

    @property
    def message_types(self) -> CodeList:
        """The list of message types."""
        found = self.kinds["Code.Nachrichtentyp"]
        assert isinstance(found, Codes)  # noqa: S101 - made by read_shapes
        return CodeList(found.uri, found.version or "", found.codes)

    def tag(self, parent: str, name: str) -> str:
        """The expanded name of a child element."""
        space = self._elsewhere.get((parent, name), self.namespace)
        return f"{{{space}}}{name}" if space else name

    def code_list(self, parent: str, name: str) -> CodeList | None:
        """The list the codes of an element come from, as far as the standard says."""
        return self._lists.get((parent, name)) or self.list_of(name)

    def list_of(self, name: str) -> CodeList | None:
        """The one list of all elements of this name; None if there are several."""
        found = {one.uri: one for (_, element), one in self._lists.items() if element == name}
        return next(iter(found.values())) if len(found) == 1 else None

    @cached_property
    def _elsewhere(self) -> Mapping[tuple[str, str], str]:
        """Elements in no namespace ("") or in that of another schema."""
        return {
            (parent, one.name): one.namespace or ""
            for parent, one in self.places
            if one.namespace or not one.is_qualified
        }

    @cached_property
    def _lists(self) -> Mapping[tuple[str, str], CodeList]:
        coded = ((parent, one, self.kinds[one.type]) for parent, one in self.places)
        return {
            (parent, one.name): CodeList(kind.uri, kind.version or "", kind.codes)
            for parent, one, kind in coded
            if isinstance(kind, Codes)
        }

    @cached_property
    def places(self) -> tuple[tuple[str, Element], ...]:
        """Every element below every name of a parent."""
        return tuple(dict.fromkeys(self._walk()))

    def _walk(self) -> Iterator[tuple[str, Element]]:
        waiting = [(message, message) for message in self.messages]
        seen = set(waiting)
        while waiting:
            parent, kind_name = waiting.pop()
            kind = self.kinds[kind_name]
            for one in kind.elements if isinstance(kind, Parts) else ():
                yield parent, one
                if (one.name, one.type) not in seen:
                    seen.add((one.name, one.type))
                    waiting.append((one.name, one.type))


def _completed(kind: Codes, known: CodeList | None) -> Codes:
    """The version in use, and the codes of a list that the schema only names."""
    is_open = kind.version is None
    if known is None:
        return replace(kind, is_open=is_open)
    codes = kind.codes or known.codes
    return replace(kind, version=kind.version or known.version, codes=codes, is_open=is_open)


_SHARED_LISTS = (facts.DIRECTORY, facts.CHANNEL, facts.SEX, facts.NATIONALITY)

XAUSLAENDER_2611 = Standard(
    id="xauslaender",
    version="26.11",
    name="XAusländer",
    namespace="http://www.osci.de/xauslaender2611",
    prefix="xauslaender",
    messages={
        name: name.rpartition(".")[2]
        for name in (
            "OZG.Antrag.130101",
            "OZG.RueckkanalAntwort.130103",
            "OZG.Ruecknahme.130111",
            "OZG.Verpflichtungserklaerung.130201",
            "OZG.Freizuegigkeit.130301",
        )
    },
    open_lists=(*_SHARED_LISTS, facts.STATE, facts.TERRITORY, facts.REASON, facts.EYES),
    formats={"pdf": "1", "jpg": "2"},
)
EINBUERGERUNG_1_0 = Standard(
    id="vordruck-einbuergerung",
    version="1.0",
    name="Vordruck-Einbürgerung",
    namespace="urn:vordruck:einbuergerung:1.0",
    prefix="ebg",
    messages={"einbuergerung.antrag.0001": "0001"},
    open_lists=_SHARED_LISTS,
    formats={"pdf": "pdf", "jpg": "jpg", "png": "png"},
    schema="einbuergerung-1.0.xsd",
)
STANDARDS: tuple[Standard, ...] = (XAUSLAENDER_2611, EINBUERGERUNG_1_0)


_installed: tuple[Standard, ...] = ()


def use_installed(standards: tuple[Standard, ...]) -> None:
    """What the operator installed beside them; said once, before any definition is read."""
    global _installed
    if [(one.id, one.version, one.shapes) for one in standards] != [
        (one.id, one.version, one.shapes) for one in _installed
    ]:
        _installed = standards


def known_standards() -> tuple[Standard, ...]:
    """The product's own and the installed ones."""
    return (*STANDARDS, *_installed)


def find_standard(name: str, version: str) -> Standard | None:
    """The standard a definition names; None if it is not in the table."""
    for standard in known_standards():
        if (standard.id, standard.version) == (name, version):
            return standard
    return None


def shape_of(procedure: Procedure) -> MessageShape | None:
    """The shape of the message that a procedure declares; None if it has none."""
    output = procedure.outputs.xoev
    if output is None:
        return None
    return shape_for(all_shapes(), output.standard, output.version, output.message)


def all_shapes() -> Shapes:
    """Every message a definition may be mapped to, for the engine."""
    return _shapes(known_standards())


@cache
def _shapes(standards: tuple[Standard, ...]) -> Shapes:
    return {
        (one.id, one.version): {message: one.shape(message) for message in one.messages}
        for one in standards
    }
