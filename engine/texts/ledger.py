"""What is known about each translation: its state, and whether anybody touched it since.

A comment in the catalogue keeps it: `# vordruck: machine 3f2a9c1d`. The figure is made of German
and translation together, so a text that somebody edits is no longer the machine's, and one that
was approved is so no longer. A text whose German changed is fuzzy, as gettext has it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from hashlib import sha256
from io import StringIO

from babel.messages.catalog import Message
from babel.messages.pofile import PoFileError, read_po

_MARK = "vordruck: "


@dataclass(frozen=True, slots=True)
class Wanted:
    """One text that every language needs."""

    context: str  # of a definition: its place; of the product: ""
    id: str  # of a definition: the German text; of the product: its key
    german: str
    is_counted: bool = False  # has a form for each kind of number


class State(StrEnum):
    """How far a translation is, from worst to best."""

    MISSING = "missing"
    STALE = "stale"  # the German text has changed since
    MACHINE = "machine"  # nobody who speaks the language has looked at it
    HUMAN = "human"
    APPROVED = "approved"

    @property
    def rank(self) -> int:
        """0 for the worst."""
        return list(State).index(self)


@dataclass(frozen=True, slots=True)
class Entry:
    """One text of a catalogue."""

    forms: tuple[str, ...]  # one, or one per plural form; () where there is none
    state: State
    german: str  # what it was translated from, where the id does not say it

    def is_at_least(self, least: State) -> bool:
        """Whether it is as good as asked for."""
        return self.state.rank >= least.rank


Ledger = Mapping[tuple[str, str], Entry]


def read_ledger(text: str) -> Ledger:
    """(context, id) -> entry; raises ValueError if the text is no catalogue."""
    try:
        messages = read_po(StringIO(text), abort_invalid=True)
    except PoFileError as error:
        raise ValueError(str(error)) from error
    return {
        (message.context or "", first(message.id)): entry_of(message)
        for message in messages
        if message.id
    }


def states(wanted: Sequence[Wanted], ledger: Ledger) -> Mapping[State, list[Wanted]]:
    """Every wanted text under its state."""
    found: dict[State, list[Wanted]] = {state: [] for state in State}
    for one in wanted:
        found[state_of(one, ledger)].append(one)
    return found


def state_of(one: Wanted, ledger: Ledger) -> State:
    """How far the translation of a text is."""
    entry = ledger.get((one.context, one.id))
    if entry is None or not all(entry.forms or ("",)):
        return State.MISSING
    # Texts of the product have keys: only the comment tells that their German changed.
    is_other = bool(entry.german) and not is_same(entry.german, one.german)
    return State.STALE if is_other else entry.state


def entry_of(message: Message) -> Entry:
    """What a message of a catalogue says about itself."""
    forms = forms_of(message)
    source = " ".join(message.auto_comments)
    if not all(forms or ("",)):
        return Entry((), State.MISSING, source)
    if message.fuzzy:
        return Entry(forms, State.STALE, source)
    return Entry(forms, _marked(message, source, forms), source)


def _marked(message: Message, source: str, forms: tuple[str, ...]) -> State:
    german = source or first(message.id)
    for comment in message.user_comments:
        state, _, figure = comment.removeprefix(_MARK).partition(" ")
        is_mark = comment.startswith(_MARK) and state in (State.MACHINE, State.APPROVED)
        if is_mark and figure == _figure(german, forms):
            return State(state)
    return State.HUMAN


def mark(state: State, german: str, forms: Sequence[str]) -> list[str]:
    """The comment that says so; a human's text needs none."""
    if state not in (State.MACHINE, State.APPROVED):
        return []
    return [f"{_MARK}{state} {_figure(german, forms)}"]


def without_mark(comments: Sequence[str]) -> list[str]:
    """Comments of people; also without what Babel takes for one: `#| msgid …`."""
    return [one for one in comments if not one.startswith((_MARK, "|"))]


def _figure(german: str, forms: Sequence[str]) -> str:
    return sha256("\0".join((_letters(german), *forms)).encode()).hexdigest()[:8]


def is_same(german: str, other: str) -> bool:
    """Whether two texts have the same letters: programs break comments into lines as they like."""
    return _letters(german) == _letters(other)


def _letters(text: str) -> str:
    return "".join(text.split())


def on_one_line(german: str) -> str:
    """As a comment of a catalogue can hold it."""
    return " ".join(german.split())


def forms_of(message: Message) -> tuple[str, ...]:
    """The translation, or one for each plural form; empty texts where there is none."""
    strings = message.string or ""
    return (strings,) if isinstance(strings, str) else tuple(strings)


def first(one: "str | tuple[str, ...] | list[str]") -> str:
    """The id of a message, whether it is counted or not."""
    return one if isinstance(one, str) else one[0]
