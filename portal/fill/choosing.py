"""The page on which an applicant chooses between two answers to the same question."""

from collections.abc import Mapping
from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import Response

from engine.answers import Problem
from engine.fields.complaint import Complaint
from engine.kinds import Kind
from engine.model import Field, Page
from portal.fill.case import Case
from portal.fill.clash import ASIDE, CHOICE, Clashed, marks, value_at
from portal.fill.taking import ASKED, Raw, joined, take
from portal.web.pages import page, switch_language, words_of
from portal.web.posted import Posted
from renderers.html.problems import Entry
from renderers.html.shown import show
from renderers.html.words import Said, Words

_OURS = frozenset({"_token", "_language", ASIDE, "_settled"})
_SETTLED = "_settled"  # the page was shown and sent: what is not chosen now is missing


@dataclass(frozen=True, slots=True)
class Choice:
    """One question with both answers."""

    id: str
    name: str
    label: Said
    stored: Said
    typed: Said
    chosen: str
    fault: str


def draw_choice(
    request: Request, case: Case, one: Page, clashed: Clashed, posted: Posted
) -> Response:
    """Both answers to each question that two windows answered differently."""
    if posted.get("_language"):
        switch_language(request, posted.get("_language"))
    words = words_of(request, case.procedure)
    typed = take(one.items, clashed.raw, posted, set(posted.all(ASKED)))
    is_late = posted.has(_SETTLED) and not posted.get("_language")
    choices = [
        _choice(case, path, number, clashed.raw, typed, words, is_late=is_late)
        for number, path in enumerate(clashed.paths, 1)
    ]
    kept = [pair for pair in posted.pairs if pair[0] not in _OURS]
    title = words.t("clash.title")
    values = {
        "title": title,
        "choices": choices,
        "errors": [Entry(f"{each.id}-1", str(each.label), Said(each.fault)) for each in choices]
        if is_late
        else [],
        "kept": [
            *((name, value) for name, value in kept if not _is_open(name, clashed)),
            (ASIDE, f"{posted.get(ASIDE)} {marks(clashed.raw, clashed.paths)}".strip()),
            (_SETTLED, "1"),
        ],
        "action": f"{case.address}/{one.id}",
    }
    return page(
        request,
        "clash.html",
        title,
        values,
        procedure=case.procedure,
        status=422 if is_late else 409,
        has_token=True,
        keeps_answers=True,
        has_errors=is_late,
    )


def _is_open(name: str, clashed: Clashed) -> bool:
    return name.startswith(CHOICE) and name.removeprefix(CHOICE) in clashed.paths


def _choice(
    case: Case, path: str, number: int, raw: Raw, typed: Raw, words: Words, *, is_late: bool
) -> Choice:
    field = _fields(case)[_plain(path)]
    return Choice(
        id=f"choice-{number}",
        name=CHOICE + path,
        label=words.text(field.label),
        stored=_said(value_at(raw, path), field, words),
        typed=_said(value_at(typed, path), field, words),
        chosen="",
        fault=words.t("clash.choose") if is_late else "",
    )


def _fields(case: Case) -> Mapping[str, Field]:
    return dict(case.procedure.fields())


def _plain(path: str) -> str:
    parts = path.split("[")
    return parts[0] + "".join("[" + part[part.index("]") :] for part in parts[1:])


def _said(value: object, field: Field, words: Words) -> Said:
    """The answer as the summary would show it; as it was typed if it cannot be read."""
    if value is None:
        return Said(words.t("clash.nothing"))
    raw = value
    if field.type.kind in {Kind.DATE, Kind.PARTIAL_DATE} and isinstance(value, Mapping):
        raw = joined(value)
    read = field.type.parse(raw, field)
    if read is None or isinstance(read, Complaint | Problem):
        plain = value.values() if isinstance(value, Mapping) else [value]
        return Said(" ".join(str(part) for part in plain))
    return show(read, field, words)
