"""The fixed German words of the documents, and how times and sizes are written."""

from datetime import datetime

APPLICATION = {
    "page": "Seite",
    "of": "von",
    "no_answer": "keine Angabe",
    "documents": "Unterlagen",
    "no_documents": "Für diesen Antrag waren keine Unterlagen nötig.",
    "document": "Unterlage",
    "status": "Stand",
    "files": "Dateien",
    "about": "Zu diesem Dokument",
}
RECEIPT = {
    "page": "Seite",
    "of": "von",
    "files": "Eingegangene Dateien",
    "file": "Datei",
    "checksum": "Prüfsumme (SHA-256)",
}
KICKER = "Online-Antrag"
RECEIPT_TITLE = "Eingangsbestätigung"
OPENING = (
    "wir haben Ihren Antrag empfangen. Diese Bestätigung ist kein Bescheid: "
    "Über den Antrag wird noch entschieden."
)
GREETING = "Guten Tag,"
CLOSING = (
    "Bewahren Sie diese Bestätigung auf und nennen Sie bei Rückfragen die Referenznummer. Mit der "
    "Prüfsumme lässt sich zeigen, dass eine Datei genau die ist, die wir empfangen haben."
)
ABOUT = (
    "Dieses Dokument wurde aus den Angaben des Online-Antrags erstellt. Es wurde elektronisch "
    "übermittelt und trägt deshalb keine Unterschrift. Die Angaben sind ihm als Datei {name} "
    "beigefügt.\nPrüfsumme der Angaben (SHA-256):\n{hash}\n"
    "Verfahren {procedure}, Fassung {version}."
)
ATTACHMENT = "Die Angaben dieses Antrags als Daten (JSON)"
HANDED_IN, TO_FOLLOW, NOT_HANDED_IN, MISSING = (
    "eingereicht",
    "wird nachgereicht",
    "nicht eingereicht (freiwillig)",
    "fehlt",
)
SHOW_ORIGINAL = "Original beim Termin vorzeigen"
DECLARED = "erklärt am {date}"
DECLARED_VERSION = "erklärt am {date}, Fassung {version} des Textes"


PRODUCED = {
    "json": "Ihre Angaben als Daten",
    "pdf": "Ihr Antrag",
    "xoev": "Nachricht an das Fachverfahren",
    "dms": "Paket für die elektronische Akte",
}


def moment(when: datetime) -> str:
    """24.11.2026, 10:15 Uhr."""
    return f"{when:%d.%m.%Y, %H:%M} Uhr"


def size(count: int) -> str:
    """Kilobytes, as file managers show them."""
    if count < 1000:
        return f"{count} Byte"
    if count < 1_000_000:
        return f"{count / 1000:.0f} kB"
    return f"{count / 1_000_000:.1f} MB".replace(".", ",")


def checksum(digest: str) -> str:
    """In groups: a checksum that a person compares, and that breaks into lines."""
    return " ".join(digest[at : at + 8] for at in range(0, len(digest), 8))
