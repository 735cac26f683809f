"""Assertions are rules over all names of the form, or of the Quick Check."""

from engine.check.scopes import Scopes
from engine.check.typing import Typing
from engine.model import Procedure


def check_assertions(procedure: Procedure, scopes: Scopes, typing: Typing) -> None:
    """Like an error check an assertion fails only on false."""
    for one in procedure.assertions:
        if one.about == "form":
            typing.not_false(one.that, scopes.form)
        elif procedure.quick_check is not None:
            typing.not_false(one.that, scopes.quick_check)
        else:
            typing.findings.add("assertion-without-quick-check", one.span, {"name": one.id})
