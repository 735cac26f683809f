"""XML schemas of the operator's standards folder, found by what they declare."""

import threading
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from lxml import etree

from outputs.application import Problem
from outputs.xml_reading import UnsafeXml, read_xml, strict_parser

MOST_PROBLEMS = 50

_XS = "{http://www.w3.org/2001/XMLSchema}"


class SchemaError(Exception):
    """A schema that cannot be used; the message is for the operator."""


@dataclass(frozen=True)
class Schema:
    """A compiled schema: validates a tree and gives its complaints as data."""

    _compiled: etree.XMLSchema
    _lock: threading.Lock

    def problems(self, root: etree._Element) -> tuple[Problem, ...]:
        """What the schema does not accept, at most the first fifty; () if it is valid."""
        with self._lock:  # the error log belongs to the compiled schema
            if self._compiled.validate(root):
                return ()
            log = list(self._compiled.error_log)[:MOST_PROBLEMS]
        return tuple(Problem(entry.line, entry.message) for entry in log)


@dataclass(frozen=True, slots=True)
class _File:
    path: Path
    namespace: str
    elements: frozenset[str]


class Schemas:
    """Every schema below a folder. Files are known by namespace and elements, not by name."""

    def __init__(self, files: Iterable[_File]) -> None:
        self._files = tuple(files)
        self._made: dict[str, Schema] = {}

    @classmethod
    def from_folder(cls, folder: Path) -> Self:
        """Reads the folder once; files that are no usable schema are left out."""
        found = (_look_at(path) for path in sorted(folder.rglob("*.xsd")))
        return cls(file for file in found if file is not None)

    def declaring(self, namespace: str, root: str) -> Schema | None:
        """The schema that declares the element; None if the folder has none."""
        for file in self._files:
            if file.namespace == namespace and root in file.elements:
                key = str(file.path)
                if key not in self._made:
                    self._made[key] = self._compile(file.path.read_bytes(), file.path)
                return self._made[key]
        return None

    def own(self, name: str, text: bytes) -> Schema | None:
        """A schema of this product; None if the folder lacks something it builds on."""
        if name not in self._made:
            document = read_xml(text)
            imports = list(document.iterchildren(f"{_XS}import"))
            home = self._folder_with({one.get("namespace", "") for one in imports})
            if home is None:
                return None
            for one in imports:
                one.set("schemaLocation", home[one.get("namespace", "")].name)
            place = next(iter(home.values())).with_name(name)
            self._made[name] = self._compile(etree.tostring(document), place)
        return self._made[name]

    def _folder_with(self, namespaces: set[str]) -> dict[str, Path] | None:
        for folder in sorted({file.path.parent for file in self._files}):
            here = {file.namespace: file.path for file in self._files if file.path.parent == folder}
            if namespaces <= here.keys():
                return here
        return None

    def _compile(self, text: bytes, place: Path) -> Schema:
        parser = strict_parser()
        parser.resolvers.add(_Locations(self._files, place.parent))
        try:
            root = read_xml(text, parser=parser, base_url=str(place))
            return Schema(etree.XMLSchema(root.getroottree()), threading.Lock())
        except (UnsafeXml, etree.XMLSchemaParseError) as fault:
            raise SchemaError(f"{place.name}: {fault}") from fault


class _Locations(etree.Resolver):
    """Serves included and imported schemas from the folder alone, never from elsewhere."""

    def __init__(self, files: Iterable[_File], home: Path) -> None:
        super().__init__()
        self._paths = {str(file.path): file.path for file in files}
        by_name = sorted(self._paths.values(), key=lambda path: path.parent == home)
        self._by_name = {path.name: path for path in by_name}  # the same folder wins

    def resolve(self, system_url, public_id, context, /):  # type: ignore[no-untyped-def]
        url = str(system_url)
        path = self._paths.get(url) or self._by_name.get(url.rpartition("/")[2])
        if path is None:
            raise SchemaError(f"{url} is not in the standards folder")
        return self.resolve_string(path.read_bytes(), context, base_url=str(path))


def _look_at(path: Path) -> _File | None:
    try:
        root = read_xml(path.read_bytes())
    except (UnsafeXml, OSError):
        return None
    names = frozenset(one.get("name", "") for one in root.iterchildren(f"{_XS}element"))
    return _File(path, root.get("targetNamespace", ""), names)
