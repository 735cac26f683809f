"""Sends what is queued: one letter after the other, again and again until the server has it."""

import secrets
import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from email.message import EmailMessage
from enum import StrEnum
from typing import Protocol

from portal.delivery.backoff import wait
from portal.mail.sending import NoMailboxError, NotSentError, server_of
from portal.mail.writing import Sender, write
from portal.settings import Settings
from portal.storage import letters
from portal.storage.letters import Letter
from portal.storage.store import Store
from portal.texts import Texts
from portal.web.logs import log, where

LEASE = timedelta(minutes=2)  # longer than a server may take
PATIENCE = timedelta(days=3)  # then the operator must look
POLL = timedelta(seconds=1)  # letters queued by another process ring no bell here
_AFTER_FAULT = 5.0
_SHORTEST = 0.05


class Fate(StrEnum):
    """How an attempt ended."""

    SENT = "sent"
    RETRY = "retry"
    REFUSED = "refused"
    PARKED = "parked"
    LOST = "lost"  # the lease ran out meanwhile


class Server(Protocol):
    """What takes a message."""

    def send(self, message: EmailMessage) -> None:
        """Take it, or raise NoMailboxError or NotSentError."""


@dataclass(frozen=True, slots=True)
class Postman:
    """Sends letters; any number may work side by side."""

    store: Store
    server: Server
    sender: Sender
    texts: Texts
    dice: Callable[[], float] = secrets.SystemRandom().random

    def send_next(self) -> Fate | None:
        """One attempt at the letter that is due longest; None if nothing is due."""
        letter = letters.claim(self.store, LEASE)
        if letter is None:
            return None
        fate = self._attempt(letter)
        tell = log().info if fate is Fate.SENT else log().warning
        tell("letter", kind=letter.kind, fate=fate.value, attempts=letter.attempts)
        return fate

    def _attempt(self, letter: Letter) -> Fate:
        try:
            self.server.send(write(letter, self.sender, self.texts))
        except NoMailboxError as fault:
            done = letters.refused(self.store, letter, str(fault))
            return Fate.REFUSED if done else Fate.LOST
        except NotSentError as fault:
            return self._again(letter, str(fault))
        except Exception as fault:  # whatever it is, the other letters must go on
            return self._again(letter, type(fault).__name__)
        return Fate.SENT if letters.sent(self.store, letter) else Fate.LOST

    def _again(self, letter: Letter, fault: str) -> Fate:
        now = self.store.now()
        if now - letter.created_at > PATIENCE:
            log().error("letters-need-a-person", kind=letter.kind, fault=fault)
            return Fate.PARKED if letters.park(self.store, letter, fault) else Fate.LOST
        due_at = now + wait(letter.attempts, self.dice())
        return Fate.RETRY if letters.retry(self.store, letter, due_at, fault) else Fate.LOST


def postman_of(settings: Settings, store: Store, texts: Texts) -> Postman | None:
    """The postman of the settings; None if the portal writes no letters."""
    server = server_of(settings)
    if server is None:
        return None
    sender = Sender(settings.mail_from, settings.operator, settings.public_url)
    return Postman(store, server, sender, texts)


class PostLoop:
    """Sends in the background until it is stopped; without a postman it does nothing."""

    def __init__(self, postman: Postman | None, poll: timedelta = POLL) -> None:
        self._postman = postman
        self._poll = poll.total_seconds()
        self._stopping = threading.Event()
        self._thread: threading.Thread | None = None

    def start(self) -> None:
        """Begin."""
        if self._postman is not None:
            self._thread = threading.Thread(
                target=self._run, args=(self._postman,), name="letters", daemon=True
            )
            self._thread.start()

    def stop(self, seconds: float = 10.0) -> None:
        """End after what is under way."""
        self._stopping.set()
        if self._postman is not None and self._thread is not None:
            self._postman.store.bell.ring()
            self._thread.join(seconds)

    def _run(self, postman: Postman) -> None:
        bell = postman.store.bell
        heard = bell.count
        while not self._stopping.is_set():
            try:
                pause = self._pause(postman) if postman.send_next() is None else 0.0
            except Exception as fault:  # the database is not there: wait and see
                log().error("letter-fault", kind=type(fault).__name__, where=where(fault))
                pause = _AFTER_FAULT
            if pause and not self._stopping.is_set():
                heard = bell.wait(heard, pause)

    def _pause(self, postman: Postman) -> float:
        due = letters.next_due(postman.store)
        if due is None:
            return self._poll
        until = (due - postman.store.now()).total_seconds()
        return min(max(until, _SHORTEST), self._poll)
