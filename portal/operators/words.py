"""What the operators' pages say, in German and in English; they are no pages for applicants."""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta

from portal.clock import BERLIN

Say = Callable[[str], str]

TEXTS: Mapping[str, tuple[str, str]] = {
    "title": ("Zustellungen", "Deliveries"),
    "skip": ("Zum Inhalt springen", "Skip to content"),
    "alarms": ("Was jemand ansehen sollte", "What somebody should look at"),
    "no_alarms": ("Alles in Ordnung.", "Everything is in order."),
    "targets": ("Ziele", "Targets"),
    "target": ("Ziel", "Target"),
    "state": ("Zustand", "State"),
    "waiting": ("Wartet", "Waiting"),
    "stuck": ("Braucht jemanden", "Needs somebody"),
    "arrived": ("Angekommen", "Arrived"),
    "oldest": ("Älteste wartet seit", "Oldest waits for"),
    "answer": ("Letzte Antwort", "Last answer"),
    "actions": ("Was Sie tun können", "What you can do"),
    "pause": ("Anhalten", "Pause"),
    "resume": ("Weiter zustellen", "Resume"),
    "retry_all": ("Alles erneut senden", "Send all again"),
    "open_ones": ("Was noch nicht angekommen ist", "What has not arrived yet"),
    "nothing": ("Nichts.", "Nothing."),
    "only_some": (
        "Gezeigt werden die ältesten. Alle nennt: vordruck deliveries list",
        "The oldest are shown. All of them: vordruck deliveries list",
    ),
    "reference": ("Nummer", "Number"),
    "procedure": ("Verfahren", "Procedure"),
    "output": ("Inhalt", "Content"),
    "attempts": ("Versuche", "Attempts"),
    "since": ("Seit", "Since"),
    "next": ("Nächster Versuch", "Next attempt"),
    "delivery": ("Zustellung", "Delivery"),
    "place": ("Reihenfolge im Fall", "Order within the case"),
    "size": ("Größe", "Size"),
    "checksum": ("Prüfsumme (SHA-256)", "Checksum (SHA-256)"),
    "journal": ("Was bisher geschah", "What has happened"),
    "when": ("Wann", "When"),
    "step": ("Schritt", "Step"),
    "detail": ("Antwort", "Answer"),
    "retry": ("Jetzt erneut senden", "Send again now"),
    "release": ("Nicht mehr zustellen", "Do not deliver any more"),
    "release_sure": (
        "Ich verantworte, dass dieses Ziel die Sendung nicht bekommt.",
        "I answer for it that this target does not get it.",
    ),
    "back": ("Zur Übersicht", "To the overview"),
    "quarantine": ("Nachrichten ohne Fall oder unlesbar", "Messages without a case, or unreadable"),
    "done": ("Erledigt und protokolliert.", "Done, and put on record."),
    "not_done": (
        "Nichts geändert: Der Zustand war schon ein anderer.",
        "Nothing was changed: it stood otherwise already.",
    ),
    "not_found": ("Das gibt es hier nicht.", "There is nothing here."),
    "unavailable": (
        "Die Datenbank ist gerade nicht erreichbar. Versuchen Sie es in einer Minute wieder.",
        "The database is not available now. Try again in a minute.",
    ),
    "state.closed": ("in Ordnung", "in order"),
    "state.open": ("außer Betrieb", "out of order"),
    "state.paused": ("angehalten", "paused"),
    "state.pending": ("wartet", "waits"),
    "state.leased": ("wird zugestellt", "under way"),
    "state.sent_unknown": ("gesendet, Antwort offen", "sent, no answer yet"),
    "state.acknowledged": ("angekommen", "arrived"),
    "state.rejected": ("abgelehnt", "refused"),
    "state.parked": ("zurückgestellt", "parked"),
    "state.released": ("freigegeben", "released"),
    "alarm.database-not-writable": (
        "Die Datenbank nimmt nichts an.",
        "The database takes nothing.",
    ),
    "alarm.disk-nearly-full": ("Die Festplatte ist fast voll.", "The disk is nearly full."),
    "alarm.deliveries-late": (
        "Eine Zustellung wartet länger als fünf Minuten.",
        "A delivery has waited for more than five minutes.",
    ),
    "alarm.deliveries-parked": (
        "Zustellungen sind zurückgestellt, bis jemand entscheidet.",
        "Deliveries are parked until somebody decides.",
    ),
    "alarm.deliveries-rejected": (
        "Ein Ziel hat Zustellungen abgelehnt.",
        "A target has refused deliveries.",
    ),
    "alarm.targets-stopped": (
        "Ein Ziel ist außer Betrieb oder angehalten.",
        "A target is out of order or paused.",
    ),
    "alarm.messages-refused": (
        "Nachrichten von Behörden passen zu keinem Fall: vordruck inbox list",
        "Messages of authorities fit no case: vordruck inbox list",
    ),
    "alarm.letters-parked": (
        "E-Mails gehen nicht hinaus: Der Mailserver nimmt keine an.",
        "E-mails are stuck: the mail server takes none.",
    ),
}


def speaker(accept_language: str) -> tuple[str, Say]:
    """The language of the page and its words: English for who prefers it, else German."""
    first = accept_language.strip().lower()[:2]
    index = 1 if first == "en" else 0

    def say(key: str) -> str:
        pair = TEXTS.get(key)
        return key.rpartition(".")[2] if pair is None else pair[index]

    return ("de", "en")[index], say


def moment(at: datetime) -> str:
    """A time as both languages can read it, in German time."""
    return at.astimezone(BERLIN).strftime("%Y-%m-%d %H:%M:%S")


def age(since: timedelta) -> str:
    """How long, roughly."""
    minutes = max(int(since.total_seconds()), 0) // 60
    days, rest = divmod(minutes, 24 * 60)
    hours, minutes = divmod(rest, 60)
    parts = [f"{days} d"] if days else []
    return " ".join([*parts, f"{hours} h", f"{minutes} min"])
