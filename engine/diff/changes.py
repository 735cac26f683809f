"""What changed between two versions, part by part, and what does not go on as before."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from engine.diff.parts import Key, Part, parts
from engine.diff.renames import Renames, renames
from engine.model import Check, Field, Group, Procedure


class Breaks(StrEnum):
    """What does not go on as before."""

    DRAFTS = "drafts"  # answers given so far may be missing, wrong or too few
    PAYLOAD = "payload"  # who receives applications sees other names, values or elements
    TRANSLATIONS = "translations"  # a sentence is new, or stands under another name


@dataclass(frozen=True, slots=True)
class Change:
    """One change; `name` is the new one, of something removed the old one."""

    action: str  # added removed renamed moved changed reordered
    area: str
    name: str
    aspect: str = ""  # key of the definition language
    before: str = ""
    after: str = ""
    breaks: tuple[Breaks, ...] = ()


_ANSWERS = frozenset({"field", "group"})
# Aspects of a question by which answers are measured.
_MEASURES = frozenset(
    {"type", "options", "required", "required_if", "min", "max", "min_length",
     "max_length", "pattern", "decimals", "datatype", "version"}
)  # fmt: skip
_SENT = frozenset({"xoev", "element", "dms"})
_SENT_ASPECTS = frozenset({"type", "decimals", "internal"})
_SILENT = frozenset({"case"})  # never breaks anything


def changes(before: Procedure, after: Procedure) -> tuple[Change, ...]:
    """All of them, in the order of the new version; what is gone stands at the end."""
    old, new = parts(before), parts(after)
    return tuple(_Comparison(old, new, renames(old, new)).changes())


class _Comparison:
    def __init__(self, old: Mapping[Key, Part], new: Mapping[Key, Part], names: Renames) -> None:
        self._old = old
        self._new = new
        self._names = names

    def changes(self) -> Iterator[Change]:
        met: set[Key] = set()
        for key, part in self._new.items():
            was = self._names.old(key)
            before = self._old.get(was)
            if before is None:
                yield Change("added", *key, after=_shown(part), breaks=_by_adding(part))
                continue
            met.add(was)
            yield from self._compared(before, part)
        for key, part in self._old.items():
            if key not in met:
                yield Change("removed", *key, before=_shown(part), breaks=_by_removing(part))
        yield from self._reordered()

    def _compared(self, before: Part, after: Part) -> Iterator[Change]:
        key = after.key
        if _last(before.key.name) != _last(key.name) and after.was is not None:
            renamed = (Breaks.PAYLOAD, Breaks.TRANSLATIONS)
            yield Change("renamed", *key, before=before.key.name, after=key.name, breaks=renamed)
        has_page = key.area in ("field", "group", "computed", "info")
        if has_page and self._names.old(_parent_key(after)) != _parent_key(before):
            moved = (Breaks.TRANSLATIONS,)
            yield Change("moved", *key, "", before.parent, after.parent, moved)
        for aspect in dict.fromkeys((*before.properties, *after.properties)):
            yield from self._property(aspect, before, after)

    def _property(self, aspect: str, before: Part, after: Part) -> Iterator[Change]:
        one, other = before.properties.get(aspect), after.properties.get(aspect)
        new_text = other.same_as if other else ""
        if other and not other.is_sentence:
            new_text = self._names.old_text(new_text)
        if (one.same_as if one else "") == new_text:
            return
        is_sentence = bool((one and one.is_sentence) or (other and other.is_sentence))
        yield Change(
            "changed",
            *after.key,
            aspect,
            one.shown if one else "",
            other.shown if other else "",
            tuple(_by_changing(after, aspect, is_sentence)),
        )

    def _reordered(self) -> Iterator[Change]:
        """The order of rules decides with some hit policies; that of questions is what is seen."""
        old_order, new_order = _families(self._old), _families(self._new)
        for parent, keys in new_order.items():
            before = list(old_order.get(parent, ()))
            after = [self._names.old(one) for one in keys]
            kept = set(before) & set(after)
            first = [one.name for one in before if one in kept]
            second = [one.name for one in after if one in kept]
            if first != second:
                area, _, name = parent.partition(" ")
                yield Change("reordered", area, name, "", ", ".join(first), ", ".join(second))


def _families(found: Mapping[Key, Part]) -> dict[str, list[Key]]:
    families: dict[str, list[Key]] = {}
    for key, part in found.items():
        if part.parent and key.area != "case":
            families.setdefault(part.parent, []).append(key)
    return families


def _parent_key(part: Part) -> Key:
    area, _, name = part.parent.partition(" ")
    return Key(area, name)


def _last(path: str) -> str:
    return path.rpartition(".")[2]


def _shown(part: Part) -> str:
    """What tells most about a part."""
    for name in ("label", "title", "value", "valid_if", "warn_if", "then", "text", ""):
        if name in part.properties:
            return part.properties[name].shown
    return ""


def _has_sentences(part: Part) -> bool:
    return any(one.is_sentence for one in part.properties.values())


def _by_adding(part: Part) -> tuple[Breaks, ...]:
    found = []
    if _must_be_met(part):
        found.append(Breaks.DRAFTS)
    if part.key.area in _SENT | _ANSWERS | {"computed", "option"}:
        found.append(Breaks.PAYLOAD)
    if _has_sentences(part):
        found.append(Breaks.TRANSLATIONS)
    return tuple(found)


def _must_be_met(part: Part) -> bool:
    """Whether an application that was complete may lack something now."""
    match part.part:
        case Field(required=required, required_if=required_if):
            return part.key.area == "field" and (required or required_if is not None)
        case Group(minimum=minimum, required_if=required_if):
            return minimum > 0 or required_if is not None
        case Check(is_warning=is_warning):
            return not is_warning
        case _:
            return False


def _by_removing(part: Part) -> tuple[Breaks, ...]:
    found = []
    if part.key.area in _ANSWERS | {"option"}:
        found.append(Breaks.DRAFTS)
    if part.key.area in _SENT | _ANSWERS | {"computed", "option"}:
        found.append(Breaks.PAYLOAD)
    return tuple(found)


def _by_changing(part: Part, aspect: str, is_sentence: bool) -> Iterator[Breaks]:
    area = part.key.area
    if area in _SILENT:
        return
    is_check = isinstance(part.part, Check) and not part.part.is_warning
    if (area in _ANSWERS and aspect in _MEASURES) or (is_check and aspect == "valid_if"):
        yield Breaks.DRAFTS
    if area in _SENT or (area in _ANSWERS and aspect in _SENT_ASPECTS):
        yield Breaks.PAYLOAD
    if is_sentence:
        yield Breaks.TRANSLATIONS
