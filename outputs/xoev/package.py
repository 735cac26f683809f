"""An XSD set that an operator brings along: from a ZIP file to a standard, or why not."""

import hashlib
import io
import json
import re
import zipfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath

from lxml import etree

from outputs.xml_reading import UnsafeXml, read_xml
from outputs.xoev.derive import XS, Declarations, Shaper
from outputs.xoev.installed import LISTS, UnfitSchemaError
from outputs.xoev.standards import STANDARDS, Standard

MOST_FILES = 2_000
MOST_BYTES = 60_000_000  # unpacked
_ID = re.compile(r"[a-z][a-z0-9-]{1,40}")
_VERSION = re.compile(r"[0-9A-Za-z][0-9A-Za-z._-]{0,20}")
_FORMATS = {"pdf": "pdf", "jpg": "jpg", "png": "png"}


@dataclass(frozen=True, slots=True)
class Wanted:
    """How a set is to be called; an empty namespace: the one that no other file builds on."""

    id: str
    version: str
    namespace: str = ""


@dataclass(frozen=True, slots=True)
class Package:
    """An XSD set that has been read and fits."""

    standard: Standard
    sha256: str
    files: Mapping[str, bytes]

    @property
    def folder(self) -> str:
        """Its folder below `installed`."""
        return f"{self.standard.id}-{self.standard.version}"


def read_package(content: bytes, wanted: Wanted) -> Package:
    """An XSD set from a ZIP file; `UnfitSchemaError` says why it cannot be used."""
    _check_names(wanted)
    files = _unpacked(content)
    roots = {name: _parsed(name, text) for name, text in files.items()}
    declared = Declarations(roots.values())
    messages = declared.messages()
    namespace = wanted.namespace or _main_namespace(roots, messages)
    if namespace not in messages:
        raise UnfitSchemaError(
            f"no message in namespace {namespace}; there are: {', '.join(sorted(messages))}"
        )
    names = messages[namespace]
    shapes = "\n".join(Shaper(declared, namespace).blocks(names)) + "\n"
    name = _stated_name(declared, namespace, names[0])
    standard = Standard(
        id=wanted.id,
        version=wanted.version,
        name=name or wanted.id,
        namespace=namespace,
        prefix=_prefix(roots.values(), namespace),
        messages={one: one.rpartition(".")[2] for one in names},
        open_lists=LISTS,
        formats=_FORMATS,
        shapes=shapes,
        states_product=name is not None,
    )
    return Package(standard, hashlib.sha256(content).hexdigest(), files)


def described(package: Package) -> str:
    """`standard.json`."""
    standard = package.standard
    facts_of_it = {
        "id": standard.id,
        "version": standard.version,
        "name": standard.name,
        "namespace": standard.namespace,
        "prefix": standard.prefix,
        "states_product": standard.states_product,
        "formats": dict(standard.formats),
        "sha256": package.sha256,
        "messages": list(standard.messages),
        "files": {name: hashlib.sha256(text).hexdigest() for name, text in package.files.items()},
    }
    return json.dumps(facts_of_it, indent=2, ensure_ascii=False) + "\n"


def _check_names(wanted: Wanted) -> None:
    if not _ID.fullmatch(wanted.id) or not _VERSION.fullmatch(wanted.version):
        raise UnfitSchemaError("an id is written like xeinbuergerung, a version like 1.0")
    if any((one.id, one.version) == (wanted.id, wanted.version) for one in STANDARDS):
        raise UnfitSchemaError(f"{wanted.id} {wanted.version} belongs to the product")


def _unpacked(content: bytes) -> dict[str, bytes]:
    """The XSD files of the ZIP by their names in it; nothing else is taken out."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            listed = [one for one in archive.infolist() if one.filename.lower().endswith(".xsd")]
            if len(listed) > MOST_FILES or sum(one.file_size for one in listed) > MOST_BYTES:
                raise UnfitSchemaError(f"more than {MOST_FILES} files or {MOST_BYTES} bytes")
            files = {_safe(one.filename): archive.read(one) for one in listed}
    except (zipfile.BadZipFile, RuntimeError, NotImplementedError, EOFError) as fault:
        raise UnfitSchemaError("this is no ZIP file, or it is damaged or encrypted") from fault
    if not files:
        raise UnfitSchemaError("there is no XSD file in it")
    return files


def _safe(name: str) -> str:
    path = PurePosixPath(name.replace("\\", "/"))
    if path.is_absolute() or ".." in path.parts or ":" in name:
        raise UnfitSchemaError(f"a file wants to lie elsewhere: {name[:80]}")
    return str(path)


def _parsed(name: str, text: bytes) -> etree._Element:
    try:
        root = read_xml(text)
    except UnsafeXml as fault:
        raise UnfitSchemaError(f"{name}: {fault}") from fault
    if root.tag != f"{XS}schema":
        raise UnfitSchemaError(f"{name} is no XML Schema")
    return root


def _main_namespace(roots: Mapping[str, etree._Element], messages: Mapping[str, list[str]]) -> str:
    built_on = {
        one.get("namespace", "") for root in roots.values() for one in root.iter(f"{XS}import")
    }
    if not messages:
        raise UnfitSchemaError("there is no message in it: no element that holds others")
    free = sorted(set(messages) - built_on)
    if len(free) != 1:
        known = ", ".join(free or sorted(messages))
        raise UnfitSchemaError(f"several namespaces have messages, choose one of: {known}")
    return free[0]


def _stated_name(declared: Declarations, namespace: str, message: str) -> str | None:
    """What the root's attribute `standard` has to say, if the messages have one."""
    kind = declared.content(declared.elements[f"{{{namespace}}}{message}"])
    while kind is not None:
        for one in kind.iter(f"{XS}attribute"):
            if one.get("name") == "standard":
                return str(one.get("fixed") or one.get("default") or "")
        kind = declared.inherited(kind)
    return None


def _prefix(roots: Iterable[etree._Element], namespace: str) -> str:
    for root in roots:
        for prefix, uri in root.nsmap.items():
            if uri == namespace and prefix:
                return str(prefix)
    return "m"
