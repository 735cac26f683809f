"""Cells of decision tables: tests of the value of a column."""

from engine.diagnostics import Diagnostic, has_errors
from engine.rules.check import RULES, finished
from engine.rules.checking import FOR_EVER, Checking, word
from engine.rules.checks.logic import accepted
from engine.rules.faults import Locate
from engine.rules.print import print_tree, quoted
from engine.rules.scope import NO_GAPS, Known, Scope, Typed
from engine.rules.tree import (
    COLUMN,
    Cell,
    Flag,
    Input,
    Interval,
    Name,
    Node,
    Null,
    Path,
    Test,
    Tree,
    walk,
)
from engine.rules.types import (
    UNKNOWN,
    YES_NO,
    Choice,
    Given,
    Type,
    plain,
)

_LISTED = 12  # so many values can still be read in a cell


def check_cell(
    tree: Tree, input_type: Type, scope: Scope, locate: Locate
) -> tuple[Typed | None, list[Diagnostic]]:
    """The checked cell, or None if it has an error."""
    c = Checking(locate, RULES, is_foreign=scope.is_foreign)
    is_given = isinstance(input_type, Given)
    column = c.input = Known(plain(input_type), not is_given, NO_GAPS if is_given else FOR_EVER)
    cell = tree if isinstance(tree, Cell) else Cell(tree.start, tree.end, (tree,), False)
    for test in cell.tests:
        _check_test(c, test, column, scope)
    if not has_errors(c.diagnostics):
        _unanswered(c, cell, column)
    if has_errors(c.diagnostics):
        return None, c.diagnostics
    found = Known(YES_NO, True, FOR_EVER)
    c.known[cell] = found
    c.known[COLUMN] = column
    return finished(c, cell, found), c.diagnostics


def asks_input(test: Node) -> bool:
    """Whether a test is a condition of its own, written with `?`."""
    return any(isinstance(one, Input) for one in walk(test))


def _check_test(c: Checking, test: Node, column: Known, scope: Scope) -> None:
    kind = plain(column.type)
    if asks_input(test):
        written = any(isinstance(one, Input) and one.end > one.start for one in walk(test))
        if written and column.may_be_null and not c.is_foreign:
            c.report("input-may-be-null", test)
            return
        if plain(c.condition(test, scope).type) == UNKNOWN and not has_errors(c.diagnostics):
            c.report("condition-not-yes-no", test, {"found": word(kind)})
        return
    if isinstance(test, Name | Path) and kind == YES_NO and not c.is_foreign:
        c.report("bare-name-in-yes-no-cell", test, {"name": print_tree(test)})
        return
    place = Input(test.start, test.start)
    c.known[place] = column
    accepted(c, test, (place, column), scope)
    found = c.known.get(test)
    if found is None or isinstance(test, Test | Interval) or plain(found.type) != YES_NO:
        return
    if isinstance(test, Name | Path | Flag) and kind in (YES_NO, UNKNOWN):
        return
    # A condition that does not look at the column: FEEL is not of one mind about its meaning.
    c.diagnostics = [one for one in c.diagnostics if one.code != "compare-different-types"]
    c.report("condition-in-cell", test)


def _unanswered(c: Checking, cell: Cell, column: Known) -> None:
    """A cell that fires while the question is unanswered."""
    if not column.may_be_null:
        return
    kind = plain(column.type)
    named = [test for test in cell.tests if not isinstance(test, Interval | Test | Null)]
    if cell.negated and len(named) == len(cell.tests) and named:
        c.warn("unanswered-in-cell", cell, {}, fix=_others(c, kind, cell))
    for test in cell.tests:
        if isinstance(test, Test) and test.operator == "!=" and not isinstance(test.operand, Null):
            c.warn("unanswered-in-cell", test, {})


def _others(c: Checking, kind: Type, cell: Cell) -> str | None:
    """The values of the list that are left: says the same, and only of an answer."""
    if not isinstance(kind, Choice) or len(kind.values) > _LISTED:
        return None
    dropped = {c.known[test].constant for test in cell.tests}
    left = sorted(kind.values - dropped)
    return ", ".join(quoted(value) for value in left) if left else None
