"""What the page shows of one document: what is asked for, what is there, what is wrong."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from markupsafe import Markup

from engine import DocumentNeed
from engine.model import Document
from portal.fill.case import Case
from portal.storage.promises import Promised
from portal.storage.records import UploadRecord
from portal.uploads.examine import MEGABYTE, accept
from portal.uploads.needs import document_of, files_for, follows, need_id
from portal.uploads.pictures import LONGEST_EDGE
from renderers.html.problems import Entry
from renderers.html.words import Said, Words

MISSING = "upload.missing"


@dataclass(frozen=True, slots=True)
class Fault:
    """Why a document is not complete or a file not taken; `reason` is the key of a text."""

    reason: str
    name: str = field(default="", repr=False)  # of the file, where several came at once


Faults = Mapping[str, Sequence[Fault]]  # by the document's place on the page


@dataclass(frozen=True, slots=True)
class NeedView:
    """One document that is asked for."""

    id: str
    document: str
    row: int | None
    title: Said
    item: str
    why: Markup | None
    required: bool
    notes: tuple[str, ...]
    rules: str
    accept: str
    takes_photos: bool
    most_bytes: int
    files: tuple[Mapping[str, str], ...]
    room: int  # for so many further files
    may_follow: bool  # required, not there yet, and no word about it
    follows: bool
    error: str

    @property
    def entry(self) -> Entry:
        """Its line in the summary of what is wrong."""
        place = f"{self.title}, {self.item}" if self.item else str(self.title)
        # Where no further file can be added, there is no input to jump to.
        return Entry(f"{self.id}-file" if self.room else self.id, place, Said(self.error))


def need_view(
    case: Case,
    need: DocumentNeed,
    files: Sequence[UploadRecord],
    words: Words,
    faults: Sequence[Fault],
    promised: Promised | None = None,
) -> NeedView:
    """The document as the page shows it."""
    document = document_of(case, need.document)
    held = files_for(files, need)
    lacking = max(document.min_files, 1) - len(held)
    is_open = need.required and document.later and lacking > 0 and promised is not None
    will_follow = is_open and follows(case, need, promised or frozenset())
    return NeedView(
        id=need_id(need),
        document=need.document,
        row=need.row,
        title=words.text(document.title),
        item=need.title,
        why=words.markdown(document.why) if document.why else None,
        required=need.required and document.min_files > 0,
        notes=_notes(document, words, may_follow=promised is not None),
        rules=_rules(document, words),
        accept=accept(document),
        takes_photos="jpg" in document.formats,
        most_bytes=document.max_megabytes * MEGABYTE,
        files=tuple(
            {"id": one.id, "name": one.name, "size": size_text(one.size, words)} for one in held
        ),
        room=max(0, document.max_files - len(held)),
        may_follow=is_open and not will_follow,
        follows=will_follow,
        error=" ".join(_told(document, one, lacking, words) for one in faults),
    )


def told(document: Document, reason: str, words: Words) -> str:
    """What is wrong with a file, in words."""
    formats = _formats(document)
    values = {"formats": formats, "megabytes": document.max_megabytes, "edge": LONGEST_EDGE}
    return words.t(reason, **values)


def _told(document: Document, fault: Fault, lacking: int, words: Words) -> str:
    if fault.reason == MISSING and document.later:
        return words.t("documents.promise_needed")
    if fault.reason == MISSING:
        return words.count(MISSING, lacking, formats=_formats(document))
    text = told(document, fault.reason, words)
    return f"»{fault.name}«: {text}" if fault.name else text


def _notes(document: Document, words: Words, *, may_follow: bool) -> tuple[str, ...]:
    notes = {
        "documents.original": document.original,
        "documents.translation": document.translation,
        "documents.later": document.later and may_follow,
        "documents.confidential": document.confidential,
    }
    return tuple(words.t(key) for key, holds in notes.items() if holds)


def _rules(document: Document, words: Words) -> str:
    """How many, which formats, how large: told before, not after a mistake."""
    least, most = max(document.min_files, 1), document.max_files
    key = "one" if most == 1 else "exactly" if least == most else "range" if least > 1 else "many"
    return words.t(
        f"documents.rules.{key}",
        least=least,
        number=most,
        formats=_formats(document),
        megabytes=document.max_megabytes,
    )


def _formats(document: Document) -> str:
    return ", ".join(one.upper() for one in document.formats)


def size_text(size: int, words: Words) -> str:
    """How large a file is, in words."""
    if size < 1_000_000:
        return words.t("size.kilobytes", number=max(1, round(size / 1000)))
    number = f"{size / 1_000_000:.1f}"
    return words.t("size.megabytes", number=number.replace(".", words.t("size.comma")))
