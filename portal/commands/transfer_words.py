"""Why a file cannot travel, in sentences."""

from collections.abc import Mapping

SENTENCES: Mapping[str, tuple[str, str]] = {
    "unknown-office": (
        "Diese Stelle steht nicht in VORDRUCK_OFFICES.",
        "This office is not in VORDRUCK_OFFICES.",
    ),
    "unknown-case": (
        "Diesen Fall gibt es nicht mehr.",
        "This case is no longer here.",
    ),
    "no-filing": (
        "Zu diesem Fall wurde nichts für die Akte gebaut, also kann nichts versendet werden.",
        "Nothing of this case was built for a file, so nothing can be sent.",
    ),
    "file-damaged": (
        "Das gespeicherte Paket lässt sich nicht lesen. Bitte sehen Sie in das DMS.",
        "The stored package cannot be read. Look into the DMS.",
    ),
    "under-way": (
        "Diese Akte ist schon unterwegs zu dieser Stelle. »vordruck transfer status« zeigt sie.",
        "This file is on its way to that office already. See `vordruck transfer status`.",
    ),
    "moved-on": (
        "Nichts geändert: Die Aktenversendung stand inzwischen anders.",
        "Nothing was changed: the transfer stood otherwise by now.",
    ),
    "not-now": (
        "In diesem Stand geht das nicht. »vordruck transfer status« zeigt, wo die Akte ist.",
        "This is not possible in its present state. See `vordruck transfer status`.",
    ),
    "no-key": (
        "Dieser Stelle fehlt in VORDRUCK_OFFICES der Schlüssel im DVDV (key).",
        "This office has no key of the DVDV in VORDRUCK_OFFICES.",
    ),
    "no-azr-number": (
        "XAusländer verlangt die AZR-Nummer der Person: --azr, zwölf Ziffern.",
        "XAusländer wants the person's number in the AZR: --azr, twelve digits.",
    ),
    "no-residence": (
        "Die andere Stelle sieht nach, ob die Person dort wohnt: --postcode und --town nennen"
        " die neue Anschrift (--street, --house-number).",
        "The other office looks whether the person lives there: give --postcode and --town.",
    ),
    "no-person": (
        "In diesem Fall steht keine Person so, wie XAusländer sie verlangt. Senden Sie mit xdomea.",
        "This case does not name a person as XAusländer wants it. Send it with xdomea.",
    ),
    "nothing-to-send": (
        "In diesem Fall gibt es kein Dokument, das die andere Stelle lesen kann.",
        "This case has no document that the other office can read.",
    ),
    "no-reminder": (
        "Dafür kennt der Standard keine Erinnerung. Bitte schreiben Sie der Stelle.",
        "The standard knows no reminder for this. Write to the office.",
    ),
    "not-asked": (
        "Nach dieser Akte hat niemand mit einer Nachricht gefragt.",
        "Nobody has asked for this file with a message.",
    ),
    "no-archive": (
        "Weder die Definition noch --to nennt ein Archiv.",
        "Neither the definition nor --to names an archive.",
    ),
    "invalid": (
        "Das Schema nimmt diese Nachricht nicht an; sie wurde nicht gesendet.",
        "The schema refuses this message; it was not sent.",
    ),
    "other": (
        "Das ging nicht; das Log nennt den Grund.",
        "This did not work; the log says why.",
    ),
}
