"""Definition, rules, checks and answers of a procedure: thinking without I/O.

This is the front door; the rest of the engine may change without notice.
"""

from engine.check import Checked, check
from engine.diagnostics import Diagnostic, has_errors, in_order
from engine.fixes import apply_fixes
from engine.load import SharedLists, load, read_lists
from engine.message.shape import NO_SHAPES, MessageShape, Shapes
from engine.nodes import source_from_bytes
from engine.plan import (
    Details,
    DocumentNeed,
    Evaluation,
    Plan,
    QuickCheckResult,
    Reason,
    compile_plan,
)
from engine.source import Source

__all__ = [
    "Checked",
    "Details",
    "Diagnostic",
    "DocumentNeed",
    "Evaluation",
    "MessageShape",
    "Plan",
    "QuickCheckResult",
    "Reason",
    "Shapes",
    "SharedLists",
    "Source",
    "apply_fixes",
    "check",
    "compile_plan",
    "diagnose",
    "load",
    "prepare",
    "read_lists",
    "source_from_bytes",
]


def diagnose(
    source: Source, shared: SharedLists, shapes: Shapes = NO_SHAPES
) -> tuple[Diagnostic, ...]:
    """Everything that can be said about a definition, in one run."""
    return _checked(source, shared, shapes)[1]


def prepare(
    source: Source, shared: SharedLists, shapes: Shapes = NO_SHAPES
) -> tuple[Plan | None, tuple[Diagnostic, ...]]:
    """From text to something that runs; None if anything is wrong."""
    checked, found = _checked(source, shared, shapes)
    return (None if checked is None else compile_plan(checked)), found


def _checked(
    source: Source, shared: SharedLists, shapes: Shapes
) -> tuple[Checked | None, tuple[Diagnostic, ...]]:
    """A definition with mistakes of shape is checked all the same: one run tells all."""
    procedure, found = load(source, shared)
    if procedure is None:
        return None, found
    checked, more = check(procedure, shapes)
    everything = in_order((*found, *more))
    return (None if has_errors(everything) else checked), everything
