"""Claims about what pages ask: everything can be shown, and whoever sees it can get through."""

from collections.abc import Iterator
from functools import partial

from engine.check.directory import placed_items
from engine.model import Computed, Document, Field, Info, Item, Page
from engine.prove.claims.claim import Claim
from engine.prove.claims.places import has_shown
from engine.prove.form import Form, Room, Trouble
from engine.prove.terms import Bool, both, either, no
from engine.prove.world import Run, World
from engine.source import Span


def reach_claims(world: World) -> Iterator[Claim]:
    """Pages, fields, groups, texts, documents; the form as a whole first."""
    way = _way(world.form)
    yield _whole(world, way)
    if world.about_form:
        for page in world.form.pages:
            yield _page(page, world.form, way)
        for one in placed_items(world.plan.procedure):
            yield from _item(one.item, one.path, world, way)
        for document in world.plan.procedure.documents:
            yield _document(document, world, way)
    else:
        for page in world.form.pages:
            for item in page.items:
                yield from _item(item, item.id, world, way)


def _way(form: Form) -> dict[str, Bool]:
    """What keeps from submitting, named in the words of the definition."""
    found: dict[str, Bool] = {}
    for trouble in form.troubles:
        name = _name(trouble)
        found[name] = both(found.get(name, True), no(trouble.happens))
    return found


def _name(trouble: Trouble) -> str:
    if trouble.check is not None:
        return f"{trouble.path}: valid_if: {trouble.check.condition.text}"
    return f"{trouble.path}: {'required' if trouble.code == 'missing' else 'min'}"


def _whole(world: World, way: dict[str, Bool]) -> Claim:
    procedure = world.plan.procedure
    quick_check = procedure.quick_check
    span = procedure.span if world.about_form or quick_check is None else quick_check.span
    return Claim(
        "form-can-be-submitted" if world.about_form else "questions-can-be-answered",
        procedure.id,
        span,
        is_wanted=True,
        is_valid=True,
        formula=True,
        happens=lambda run: True,
        own_parts=way,
        explain_on_valid=False,
    )


def _claims(
    kind: str,
    name: str,
    span: Span,
    formula: Bool,
    happens: partial[bool],
    way: dict[str, Bool],
) -> Claim:
    values = {"kind": f"kind:{kind}", "name": name}
    through = Claim(
        "can-be-submitted",
        name,
        span,
        is_wanted=True,
        is_valid=True,
        formula=formula,
        happens=happens,
        values=values,
        aim=formula,
        own_parts=way,
        explain_on_valid=False,
    )
    return Claim(
        "can-be-shown",
        name,
        span,
        is_wanted=True,
        is_valid=False,
        formula=formula,
        happens=happens,
        values=values,
        stronger=through,
    )


def _page(page: Page, form: Form, way: dict[str, Bool]) -> Claim:
    shown = [flag for item in page.items for flag in _flags(form, item, item.id)]
    formula = both(form.page_shown[page.id], either(*shown))
    return _claims("page", page.id, page.span, formula, partial(_on_page, page.id), way)


def _on_page(page: str, run: Run) -> bool:
    return page in run.state.pages


def _flags(form: Form, item: Item, path: str) -> list[Bool]:
    if isinstance(item, Computed) or (isinstance(item, Field) and item.internal):
        return []
    return form.shown.get(path, [])


def _item(item: Item, path: str, world: World, way: dict[str, Bool]) -> Iterator[Claim]:
    flags = _flags(world.form, item, path)
    if not flags or _is_always(flags):
        return
    kind = "info" if isinstance(item, Info) else "field" if isinstance(item, Field) else "group"
    yield _claims(kind, path, item.span, either(*flags), partial(has_shown, path), way)


def _is_always(flags: list[Bool]) -> bool:
    """Shown on every way through: the claim about the whole form says it already."""
    return True in flags


# --- Documents ----------------------------------------------------------------------------------


def rooms_of(document: Document, form: Form) -> list[Room]:
    """Where its conditions are asked: once, or in each row of its group."""
    if document.each is None or document.each not in form.rows:
        return [form.top]
    return list(form.rows[document.each].rooms)


def _document(document: Document, world: World, way: dict[str, Bool]) -> Claim:
    form = world.form
    wanted: list[Bool] = []
    for room in rooms_of(document, form):
        conditions = [one for one in (document.required_if, document.optional_if) if one]
        tests = [form.truth(one, room).is_true for one in conditions]
        wanted.append(both(room.there, either(*tests) if tests else True))
    return _claims(
        "document",
        document.id,
        document.span,
        either(*wanted),
        partial(_asked_for, document.id),
        way,
    )


def _asked_for(document: str, run: Run) -> bool:
    return any(one.document == document for one in run.state.documents)
