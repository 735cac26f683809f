"""A comparison in words and as data."""

import json
from collections.abc import Iterator, Mapping

from engine.answers.write import Json
from engine.diff.changes import Breaks, Change
from engine.diff.comparing import Comparison, Shown, Verdict, View
from engine.texts.catalogue import Catalogue, fill, product

_WIDEST = 120
_MOST_NAMES = 12


def texts(language: str) -> Catalogue:
    """The sentences."""
    return product("diff", language=language)


def as_text(comparison: Comparison, language: str = "de") -> str:
    """For people."""
    words = texts(language)
    old, new = comparison.old.procedure, comparison.new.procedure
    title = {"id": new.id, "old": old.version, "new": new.version}
    lines = [_said("head:title", words, title), ""]
    if not comparison.changes:
        lines.append(_said("head:no-changes", words))
    else:
        lines.append(_said("head:changes", words))
        lines += (f"  {line}" for one in comparison.changes for line in _change(one, words))
    broken = list(_breaks(comparison.changes, words))
    if broken:
        lines += ["", _said("head:breaks", words), *(f"  {line}" for line in broken)]
    lines += ["", _said("head:meaning", words)]
    lines += (f"  {line}" for view in comparison.views for line in _view(view, words))
    return "\n".join(lines) + "\n"


def as_lines(comparison: Comparison, language: str = "de") -> str:
    """One line for each change and each view."""
    words = texts(language)
    lines = [": ".join(line.strip() for line in _change(one, words)) for one in comparison.changes]
    lines += (next(iter(_view(one, words))) for one in comparison.views)
    return "".join(f"{line}\n" for line in lines)


def as_json(comparison: Comparison) -> dict[str, Json]:
    """For programs."""
    return {
        "procedure": comparison.new.procedure.id,
        "old": comparison.old.procedure.version,
        "new": comparison.new.procedure.version,
        "changes": [_change_object(one) for one in comparison.changes],
        "meaning": {one.view: _view_object(one) for one in comparison.views},
    }


def _change_object(change: Change) -> dict[str, Json]:
    return {
        "action": change.action,
        "area": change.area,
        "name": change.name,
        "aspect": change.aspect,
        "before": change.before,
        "after": change.after,
        "breaks": [str(one) for one in change.breaks],
    }


def _view_object(view: View) -> dict[str, Json]:
    return {
        "verdict": str(view.verdict),
        "differences": [
            {
                "subject": one.difference.subject,
                "before": one.difference.before,
                "after": one.difference.after,
                "example": one.pair.as_json(),
            }
            for one in view.shown
        ],
        "reasons": [{"code": code, "about": about} for code, about in view.reasons],
    }


def _said(key: str, words: Catalogue, values: Mapping[str, str] | None = None) -> str:
    return fill(words.get(key) or key, values or {})


def _change(change: Change, words: Catalogue) -> Iterator[str]:
    what = _said(f"area:{change.area}", words)
    if change.name:
        what += f" »{change.name}«"
    if change.aspect:
        what += f", {change.aspect}"
    values = {"what": what, "before": change.before}
    yield _said(f"action:{change.action}", words, values)
    if change.action in ("changed", "reordered"):
        yield f"    - {_short(change.before)}"
        yield f"    + {_short(change.after)}"
    elif change.action == "added" and change.after:
        yield f"    + {_short(change.after)}"


def _breaks(changes: tuple[Change, ...], words: Catalogue) -> Iterator[str]:
    for one in Breaks:
        names = list(dict.fromkeys(change.name for change in changes if one in change.breaks))
        if names:
            what = ", ".join(names[:_MOST_NAMES]) + (" …" if len(names) > _MOST_NAMES else "")
            yield _said(f"breaks:{one}", words, {"what": f"{len(names)} ({what})"})


def _view(view: View, words: Catalogue) -> Iterator[str]:
    name = _said(f"view:{view.view}", words)
    reason = "; ".join(_reason(one, words) for one in view.reasons)
    yield _said(f"verdict:{view.verdict}", words, {"view": name, "reason": reason})
    for one in view.shown:
        yield f"  {_shown(one, words)}"
    if view.verdict is Verdict.DIFFERS and reason:
        yield f"  {_said('shown:more', words, {'reason': reason})}"


def _shown(shown: Shown, words: Catalogue) -> str:
    difference = shown.difference
    example = json.dumps(shown.pair.as_json(), ensure_ascii=False)
    values = {
        "subject": difference.subject,
        "before": difference.before,
        "after": difference.after,
        "example": example,
    }
    return _said("shown:subject" if difference.subject else "shown:one", words, values)


def _reason(reason: tuple[str, str], words: Catalogue) -> str:
    code, what = reason
    return _said(f"reason:{code}", words, {"what": what})


def _short(text: str) -> str:
    one_line = " ".join(text.split())
    return one_line if len(one_line) <= _WIDEST else one_line[: _WIDEST - 1] + "…"
