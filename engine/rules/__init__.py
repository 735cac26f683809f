"""The rule language: FEEL as a typed, strict subset, compiled to Python.

text → `parse` → tree → `check` → checked tree → `emit` → Python expression.
"""

from engine.rules.cells import check_cell
from engine.rules.check import check
from engine.rules.compile import compile_cell, compile_expression
from engine.rules.durations import Days, Months, parse_duration
from engine.rules.emit import Compared, emit, emit_cell, emit_not_false, emit_test
from engine.rules.faults import Locate
from engine.rules.functions import FUNCTIONS, Function
from engine.rules.parse import parse, parse_cell
from engine.rules.print import print_tree
from engine.rules.runtime import RuleBudgetExceeded
from engine.rules.scope import Scope, Typed
from engine.rules.tree import Tree
from engine.rules.types import (
    DATE,
    DAYS,
    MONTHS,
    NULL,
    NUMBER,
    PARTIAL_DATE,
    TEXT,
    UNKNOWN,
    YES_NO,
    Choice,
    Given,
    ListOf,
    Record,
    Type,
)

__all__ = [
    "DATE",
    "DAYS",
    "FUNCTIONS",
    "MONTHS",
    "NULL",
    "NUMBER",
    "PARTIAL_DATE",
    "TEXT",
    "UNKNOWN",
    "YES_NO",
    "Choice",
    "Compared",
    "Days",
    "Function",
    "Given",
    "ListOf",
    "Locate",
    "Months",
    "Record",
    "RuleBudgetExceeded",
    "Scope",
    "Tree",
    "Type",
    "Typed",
    "check",
    "check_cell",
    "compile_cell",
    "compile_expression",
    "emit",
    "emit_cell",
    "emit_not_false",
    "emit_test",
    "parse",
    "parse_cell",
    "parse_duration",
    "print_tree",
]
