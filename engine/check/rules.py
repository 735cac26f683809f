"""Every rule of the form has the type its place needs."""

from engine.check.directory import Directory, Placed, checks_of
from engine.check.scopes import Scopes
from engine.check.typing import Typing, type_of
from engine.model import Computed, Field, Group, Info, Page, Procedure
from engine.rules.types import Given, Type, plain


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
            typed = typing.rule(one.item.value, scopes.row(one.groups))
            scopes.learn(path, _readable(one, type_of(typed)))
    for one in names.placed:
        _item(one, scopes, typing)
    for page in procedure.pages:
        _page(page, scopes, typing)
    for check, groups in checks_of(procedure):
        typing.check(check, scopes.row(groups))


def _readable(one: Placed, kind: Type) -> Type:
    """On a page that may be hidden a computed value may be missing, whatever it is made of."""
    is_always_there = one.page.show_if is None and not one.groups
    return kind if is_always_there or not isinstance(kind, Given) else plain(kind)


def _item(one: Placed, scopes: Scopes, typing: Typing) -> None:
    scope = scopes.row(one.groups)
    item = one.item
    if isinstance(item, Field | Group):
        typing.condition(item.show_if, scope)
        typing.condition(item.required_if, scope)
    elif isinstance(item, Info):
        typing.condition(item.show_if, scope)
    if isinstance(item, Group):
        typing.template(item.item, scopes.row((*one.groups, item)))


def _page(page: Page, scopes: Scopes, typing: Typing) -> None:
    typing.condition(page.show_if, scopes.form)
