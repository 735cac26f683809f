"""A page of the form as data: `templates/form.html` draws it, and nothing in there decides."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from markupsafe import Markup

from engine.model import Page, QuickCheck
from renderers.html.items import Asking, GroupView, ItemView, views
from renderers.html.problems import Entry, Target, entries
from renderers.html.purposes import PurposeView
from renderers.html.widgets import Widget
from renderers.html.words import Said


@dataclass(frozen=True, slots=True)
class Step:
    """A page in the list of all pages."""

    title: Said
    address: str
    state: str  # done, current, open


@dataclass(frozen=True, slots=True)
class FormPage:
    """Everything on a page of questions."""

    title: Said
    intro: Markup | None
    items: tuple[ItemView, ...]
    errors: tuple[Entry, ...]
    warnings: tuple[Entry, ...]
    asked: tuple[str, ...]  # the questions that are open on this page, hidden ones left out
    purpose: PurposeView | None = None


def form_page(page: Page, raw: Mapping[str, object], asking: Asking) -> FormPage:
    """A page of the form, filled with what was typed."""
    items = views(page.items, raw, asking, page.purpose)
    intro = asking.words.markdown(page.intro) if page.intro else None
    made = _page(asking.words.text(page.title), intro, items, asking)
    return replace(made, purpose=asking.purposes.get(page.purpose))


def question_page(check: QuickCheck, raw: Mapping[str, object], asking: Asking) -> FormPage:
    """The questions of the Quick Check."""
    items = views(check.questions, raw, asking)
    intro = asking.words.markdown(check.intro) if check.intro else None
    return _page(asking.words.text(check.title), intro, items, asking)


def _page(
    title: Said, intro: Markup | None, items: tuple[ItemView, ...], asking: Asking
) -> FormPage:
    targets = dict(_targets(items, ""))
    return FormPage(
        title=title,
        intro=intro,
        items=items,
        errors=entries(asking.problems, targets, asking.words),
        warnings=entries(asking.warnings, targets, asking.words),
        asked=tuple(widget.path for widget in _widgets(items) if not widget.hidden),
    )


def _widgets(items: Sequence[ItemView]) -> Iterator[Widget]:
    for item in items:
        if isinstance(item, Widget):
            yield item
        elif isinstance(item, GroupView):
            for row in item.rows:
                yield from _widgets(row.items)


def _targets(items: Sequence[ItemView], row: str) -> Iterator[tuple[str, Target]]:
    """Path of a problem -> where it is on the page."""
    for item in items:
        if isinstance(item, Widget):
            yield item.path, Target(item.focus, item.label, row)
            if item.look == "parts":
                for part in item.parts:
                    label = Said(f"{item.label}, {part.label}")
                    yield part.name, Target(part.id, label, row)
        elif isinstance(item, GroupView):
            yield item.path, Target(item.focus, item.label, row)
            for one in item.rows:
                yield one.path, Target(one.id, Said(one.title), row)
                yield from _targets(one.items, one.title)
