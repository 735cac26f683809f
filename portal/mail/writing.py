"""What a letter says: product texts in the reader's language, a link, nothing about anybody."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime

from engine.texts.languages import GERMAN
from portal.storage.letters import Letter, LetterKind
from portal.texts import Texts
from renderers.html.shown import show_date
from renderers.html.words import Words

# What the sentences of a kind name beside {link}, {operator}; the link is `path` below the portal.
PARAMS: Mapping[LetterKind, frozenset[str]] = {
    LetterKind.RESUME_CODE: frozenset({"path", "code", "until"}),
    LetterKind.DRAFT_EXPIRING: frozenset({"path", "until"}),
    LetterKind.NEWS: frozenset({"path"}),
}


@dataclass(frozen=True, slots=True)
class Sender:
    """Who writes, and where the portal is."""

    address: str
    operator: str
    portal: str  # https://antrag.example.de


def write(letter: Letter, sender: Sender, texts: Texts) -> EmailMessage:
    """The message: the same bytes at every attempt, so that a repetition is known as one."""
    # A language may have been given up since the letter was queued.
    words = texts.words(letter.language if letter.language in texts.languages else GERMAN)
    inserts = {
        name: _said(name, letter.params.get(name, ""), words)
        for name in PARAMS[letter.kind] - {"path"}
    }
    inserts["link"] = sender.portal.rstrip("/") + letter.params.get("path", "/")
    message = EmailMessage(policy=SMTP)
    message["From"] = sender.address
    message["To"] = letter.address
    message["Subject"] = words.t(f"letter.{letter.kind}.subject", **inserts)
    message["Date"] = format_datetime(letter.created_at)
    message["Message-ID"] = f"<{letter.id}@{sender.address.rpartition('@')[2]}>"
    message["Auto-Submitted"] = "auto-generated"  # out-of-office replies are of no use here
    message.set_content(_text(letter, sender, words, inserts), cte="base64")
    message["Content-Language"] = words.tag
    return message


def _said(name: str, value: str, words: Words) -> str:
    """A day as readers of the language write it; the rest as it is."""
    return show_date(date.fromisoformat(value), words) if name == "until" else value


def _text(letter: Letter, sender: Sender, words: Words, inserts: Mapping[str, str]) -> str:
    body = words.t(f"letter.{letter.kind}.text", **inserts)
    end = words.t("letter.end", operator=sender.operator)
    return f"{body}\n\n-- \n{end}\n"
