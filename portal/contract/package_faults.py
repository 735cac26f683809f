"""Packages for the DMS with one fault each, made of a right one."""

from outputs.dms.package import pack, unpack
from portal.contract.xml_faults import Fault

_MESSAGE = ".xml"


def _lacking_message(content: bytes) -> tuple[bytes]:
    files = unpack(content) or {}
    return (pack((name, held) for name, held in files.items() if not name.endswith(_MESSAGE)),)


def _lacking_document(content: bytes) -> tuple[bytes]:
    files = unpack(content) or {}
    gone = next(name for name in files if not name.endswith(_MESSAGE))
    return (pack((name, held) for name, held in files.items() if name != gone),)


def _changed_document(content: bytes) -> tuple[bytes]:
    files = unpack(content) or {}
    changed = next(name for name in files if not name.endswith(_MESSAGE))
    return (pack({**files, changed: files[changed] + b"\n"}.items()),)


FAULTS: tuple[Fault, ...] = (
    Fault(
        "package-cut-off", "not-a-package", "mitten in der Übertragung abgebrochen",
        "cut off on its way", lambda content: (content[: len(content) // 2],),
    ),
    Fault(
        "package-without-message", "package-damaged", "ohne die Nachricht", "without the message",
        _lacking_message,
    ),
    Fault(
        "package-without-document", "package-damaged", "ein Dokument fehlt",
        "a document is missing", _lacking_document,
    ),
    Fault(
        "package-changed", "package-damaged", "ein Dokument wurde verändert",
        "a document was changed", _changed_document,
    ),
)  # fmt: skip
