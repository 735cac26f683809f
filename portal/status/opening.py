"""Messages of a case, opened: what is stored of them, and what they say."""

from dataclasses import dataclass

from outputs.xoev.reading import read_returned
from outputs.xoev.returned import Kind, Question, Returned
from portal.storage import messages
from portal.storage.messages import Message
from portal.storage.store import Store
from portal.web.refusal import not_found


@dataclass(frozen=True, slots=True)
class Opened:
    """A message with its content."""

    kept: Message
    returned: Returned

    @property
    def kind(self) -> Kind:
        """What kind of message."""
        return self.returned.kind

    @property
    def wants_answer(self) -> bool:
        """Whether the authority waits for one."""
        return self.kind in (Kind.QUESTION, Kind.REFUSAL)

    @property
    def question(self) -> Question | None:
        """The question, if it is one."""
        content = self.returned.content
        return content if isinstance(content, Question) else None


def open_all(store: Store, submission_id: str) -> list[Opened]:
    """All messages of a case, newest first."""
    return [open_one(store, one) for one in messages.of_case(store, submission_id)]


def open_one(store: Store, kept: Message) -> Opened:
    """It was held against the schema when it came; now it is only read."""
    return Opened(kept, read_returned(messages.content(store, kept.id), None))


def opened_of(store: Store, submission_id: str, message_id: str) -> Opened:
    """A message of this case; unknown ones and those of other cases answer alike."""
    kept = messages.find(store, submission_id, message_id)
    if kept is None:
        raise not_found()
    return open_one(store, kept)
