"""A catalogue brought up to date: what is there stays, what changed is marked, the new waits.

Written as gettext's tools write it, so that translators keep the programs they know.
"""

from collections.abc import Mapping, Sequence
from io import BytesIO, StringIO

from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po, write_po

from engine.texts.ledger import (
    State,
    Wanted,
    entry_of,
    first,
    forms_of,
    is_same,
    mark,
    on_one_line,
    read_ledger,
    without_mark,
)

_NOT_OURS = frozenset({"python-format", "python-brace-format"})
_NO_PLACES: Mapping[str, str] = {}


def template(wanted: Sequence[Wanted]) -> str:
    """A catalogue without translations, to begin a language with."""
    return merged("", wanted, "")


def merged(
    text: str, wanted: Sequence[Wanted], language: str, places: Mapping[str, str] = _NO_PLACES
) -> str:
    """The catalogue with exactly the wanted texts; what nobody wants any more is kept as obsolete.

    `places` are parts of places that were renamed (".present." -> ".former.").
    """
    old = _Old(text)
    new = Catalog(locale=language or None)
    for one in wanted:
        new[_id(one)] = _message(one, old, new.num_plurals, places)
    for message in old.unused():
        new.obsolete[first(message.id), message.context or ""] = message
    return _header(old.head, new, language) + _body(new)


def marked(text: str, language: str, state: State) -> str:
    """The catalogue with every present translation in a state; what is stale stays so."""
    ledger = read_ledger(text)
    catalog = read_po(StringIO(text), abort_invalid=True)
    for message in catalog:
        key = message.context or "", first(message.id)
        entry = ledger.get(key)
        if message.id and entry is not None and entry.is_at_least(State.MACHINE):
            german = entry.german or first(message.id)
            message.user_comments = [
                *mark(state, german, entry.forms),
                *without_mark(message.user_comments),
            ]
    return _header(_head(text), catalog, language) + _body(catalog)


class _Old:
    """What there was, by its place and by its German."""

    def __init__(self, text: str) -> None:
        self.head = _head(text)
        catalog = read_po(StringIO(text), abort_invalid=True)
        self._by_key: dict[tuple[str, str], Message] = {}
        self._by_place: dict[str, Message] = {}
        self._by_german: dict[str, Message] = {}
        self._used: set[int] = set()
        for message in (*(one for one in catalog if one.id), *catalog.obsolete.values()):
            place, german = message.context or "", first(message.id)
            self._by_key.setdefault((place, german), message)
            if place:
                self._by_place.setdefault(place, message)
                self._by_german.setdefault(german, message)

    def find(self, one: Wanted, places: Mapping[str, str]) -> Message | None:
        """The message that was this text: same key, same place, former place, or same German."""
        found = self._by_key.get((one.context, one.id)) or self._by_place.get(one.context)
        if found is None and one.context:
            was = _former(one.context, places)
            found = self._by_place.get(was) or self._by_german.get(one.id)
        if found is not None:
            self._used.add(id(found))
        return found

    def unused(self) -> list[Message]:
        """What no text was made from, and somebody translated."""
        return [
            one for one in self._by_key.values() if id(one) not in self._used and any(forms_of(one))
        ]


def _former(context: str, places: Mapping[str, str]) -> str:
    for present, former in places.items():
        context = context.replace(present, former)
    return context


def _message(one: Wanted, old: _Old, forms: int, places: Mapping[str, str]) -> Message:
    found = old.find(one, places)
    strings: str | tuple[str, ...] = ("",) * forms if one.is_counted else ""
    german = [] if one.context else [on_one_line(one.german)]
    if found is None:
        return Message(_id(one), strings, auto_comments=german, context=one.context or None)
    entry = entry_of(found)
    is_as_before = first(found.id) == one.id and (
        not entry.german or is_same(entry.german, one.german)
    )
    comments = without_mark(found.user_comments)
    if is_as_before and entry.is_at_least(State.MACHINE):
        comments = [*mark(entry.state, "".join(german) or one.id, entry.forms), *comments]
    fits = bool(entry.forms) and (isinstance(found.string, tuple) == one.is_counted)
    message = Message(
        _id(one),
        found.string if fits else strings,
        flags={flag for flag in found.flags if flag not in {*_NOT_OURS, "fuzzy"}},
        auto_comments=german,
        user_comments=comments,
        context=one.context or None,
    )
    if fits and (not is_as_before or found.fuzzy):
        message.flags.add("fuzzy")
        message.previous_id = [first(found.id)] if first(found.id) != one.id else []
    return message


def _id(one: Wanted) -> str | tuple[str, str]:
    return (one.id, one.id) if one.is_counted else one.id


def _head(text: str) -> str:
    """The comments of people above everything."""
    lines = []
    for line in text.splitlines():
        if not line.startswith("#") or line.startswith("#,"):
            break
        lines.append(line)
    return "".join(f"{line}\n" for line in lines)


def _header(head: str, catalog: Catalog, language: str) -> str:
    """Without days and names: a catalogue that says the same is the same file."""
    lines = [
        f"Language: {language}",
        "MIME-Version: 1.0",
        "Content-Type: text/plain; charset=UTF-8",
    ]
    lines.append("Content-Transfer-Encoding: 8bit")
    if language and any(one.pluralizable for one in catalog):
        lines.append(f"Plural-Forms: {catalog.plural_forms}")
    return head + 'msgid ""\nmsgstr ""\n' + "".join(f'"{line}\\n"\n' for line in lines) + "\n"


def _body(catalog: Catalog) -> str:
    for message in catalog:
        message.flags -= _NOT_OURS
    written = BytesIO()
    write_po(written, catalog, width=0, omit_header=True, include_previous=True)
    return written.getvalue().decode("utf-8").rstrip("\n") + "\n"
