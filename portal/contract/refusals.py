"""Why a receiver takes something or does not, in words: the codes of judge and simulator."""

from dataclasses import dataclass

# code -> German, English; {} is the place or name.
SENTENCES: dict[str, tuple[str, str]] = {
    "empty": ("Die Datei ist leer.", "The file is empty."),
    "too-large": ("Die Datei ist zu groß.", "The file is too large."),
    "not-xml": (
        "Das ist kein vollständiges XML. Wurde die Übertragung unterbrochen?",
        "This is not complete XML. Was the transmission cut off?",
    ),
    "document-type": (
        "Die Nachricht bringt einen Dokumenttyp (DTD) mit. Das ist nicht erlaubt.",
        "The message brings a document type (DTD). This is not allowed.",
    ),
    "another-namespace": (
        "Die Nachricht gehört zu einem anderen Standard oder einer anderen Version: {}.",
        "The message belongs to another standard or another version: {}.",
    ),
    "another-message": (
        "Das ist eine andere Nachricht: {}.",
        "This is another message: {}.",
    ),
    "element-missing": ("Es fehlt: {}.", "Missing: {}."),
    "element-too-often": ("Das steht zu oft da: {}.", "This stands there too often: {}."),
    "element-unknown": ("Das gehört nicht hierher: {}.", "This does not belong here: {}."),
    "element-out-of-place": (
        "Das steht an der falschen Stelle: {}.",
        "This stands in the wrong place: {}.",
    ),
    "code-unknown": (
        "Dieser Schlüssel steht nicht in der Codeliste: {}.",
        "This code is not in its list: {}.",
    ),
    "content-wrong": (
        "Der Inhalt passt nicht zum Datentyp: {}.",
        "The content does not fit its data type: {}.",
    ),
    "schema-violation": ("Das Schema nimmt das nicht an: {}.", "The schema does not accept: {}."),
    "document-unreadable": (
        "Ein Dokument in der Nachricht ist beschädigt: {}.",
        "A document in the message is damaged: {}.",
    ),
    "not-json": (
        "Das ist kein vollständiges JSON. Wurde die Übertragung unterbrochen?",
        "This is not complete JSON. Was the transmission cut off?",
    ),
    "another-format": ("Das Format ist ein anderes: {}.", "The format is another one: {}."),
    "another-procedure": (
        "Das ist ein Antrag zu einem anderen Verfahren: {}.",
        "This is an application of another procedure: {}.",
    ),
    "another-version": (
        "Das Verfahren hat hier eine andere Version: {}.",
        "The procedure has another version here: {}.",
    ),
    "answer-missing": ("Diese Angabe fehlt: {}.", "This answer is missing: {}."),
    "answer-wrong": (
        "Diese Angabe ist nicht zulässig: {}.",
        "This answer is not allowed: {}.",
    ),
    "answer-unknown": (
        "Diese Angabe gibt es im Verfahren nicht: {}.",
        "The procedure has no such answer: {}.",
    ),
    "checksum-wrong": (
        "Die Prüfsumme passt nicht zum Inhalt. Der Inhalt wurde verändert.",
        "The checksum does not fit the content. The content was changed.",
    ),
    "not-a-package": (
        "Das ist kein vollständiges Paket (ZIP).",
        "This is not a complete package (ZIP).",
    ),
    "package-damaged": (
        "Im Paket fehlt etwas oder es wurde verändert: {}.",
        "Something in the package is missing or was changed: {}.",
    ),
    "another-under-this-name": (
        "Unter diesem Namen kam schon etwas anderes an.",
        "Something else has already arrived under this name.",
    ),
    "file-unknown": (
        "So eine Datei sendet das Verfahren nicht: {}.",
        "The procedure does not send such a file: {}.",
    ),
}
_MOST_CHARACTERS = 200


@dataclass(frozen=True, slots=True)
class Refusal:
    """One reason."""

    code: str
    what: str = ""

    def said(self, language: str) -> str:
        """As a sentence."""
        sentence = SENTENCES[self.code][language == "en"]
        return sentence.replace("{}", self.what[:_MOST_CHARACTERS])

    def as_json(self) -> dict[str, str]:
        """For programs and for people."""
        return {"code": self.code, "de": self.said("de"), "en": self.said("en")}
