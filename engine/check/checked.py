"""A procedure without errors, ready to be compiled."""

from collections.abc import Mapping
from dataclasses import dataclass

from engine.model import Expression, Procedure
from engine.rules.scope import Typed


@dataclass(frozen=True, slots=True, eq=False)
class Checked:
    """The procedure with its typed rules and the order in which values are found."""

    procedure: Procedure
    typed: Mapping[Expression, Typed]  # by identity of the expression
    order: tuple[str, ...]  # paths of fields, groups, computed values; dependencies first
    quick_check_order: tuple[str, ...]  # ids of questions and decisions; dependencies first
