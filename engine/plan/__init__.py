"""A checked procedure, compiled: one generated Python function does the work of every request."""

from engine.check.checked import Checked
from engine.plan.evaluation import Details, DocumentNeed, Evaluation
from engine.plan.plan import Plan
from engine.plan.quick_check import QuickCheckResult, Reason

__all__ = [
    "Details",
    "DocumentNeed",
    "Evaluation",
    "Plan",
    "QuickCheckResult",
    "Reason",
    "compile_plan",
]


def compile_plan(checked: Checked) -> Plan:
    """The last step from text to something that runs."""
    return Plan(checked)
