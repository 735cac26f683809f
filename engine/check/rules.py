"""Every rule of the form has the type its place needs."""

from engine.check.asked import trees
from engine.check.directory import Directory, Placed
from engine.check.scopes import Scopes, field_type
from engine.check.typing import Typing, type_of
from engine.model import Computed, Field, Group, Info, Page, Procedure
from engine.rules.types import NUMBER, Given, Type, plain


def check_form_rules(
    procedure: Procedure,
    names: Directory,
    order: tuple[str, ...],
    scopes: Scopes,
    typing: Typing,
) -> None:
    """Computed values in their order, since their types build on each other; then all others."""
    placed = {one.path: one for one in names.placed if not isinstance(one.item, Info)}
    for path in order:
        one = placed[path]
        if isinstance(one.item, Computed):
            expected = NUMBER if one.item.is_money else None
            typed = typing.rule(one.item.value, scopes.at(one), expected)
            scopes.learn(path, _readable(one, type_of(typed)), typed)
    for one in names.placed:
        _item(one, scopes, typing)
    for page in procedure.pages:
        _page(page, names, scopes, typing)


def _readable(one: Placed, kind: Type) -> Type:
    """On a page that may be hidden a computed value may be missing, whatever it is made of."""
    is_always_there = one.page.show_if is None and not one.groups
    return kind if is_always_there or not isinstance(kind, Given) else plain(kind)


def _item(one: Placed, scopes: Scopes, typing: Typing) -> None:
    scope = scopes.at(one)
    item = one.item
    if isinstance(item, Field | Group):
        typing.condition(item.show_if, scope)
        shown = scope.where(*trees(item.show_if))
        typing.condition(item.required_if, shown)
        for check in item.checks:
            typing.check(check, shown)
    if isinstance(item, Field) and item.prefill is not None:
        typing.rule(item.prefill, scope, field_type(item))
    if isinstance(item, Info):
        typing.condition(item.show_if, scope)
    if isinstance(item, Group):
        typing.template(item.item, scopes.row((*one.groups, item)))


def _page(page: Page, names: Directory, scopes: Scopes, typing: Typing) -> None:
    typing.condition(page.show_if, scopes.form)
    scope = scopes.form.where(*trees(page.show_if))
    for check in page.checks:
        # A check is asked if one of its fields is shown; if it has only one, that one is.
        only = names.form.get(check.fields[0]) if len(check.fields) == 1 else None
        shown = only.show_if if isinstance(only, Field | Group) else None
        typing.check(check, scope.where(*trees(shown)))
