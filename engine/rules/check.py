"""Tree → checked tree: names found, types agreed, traps named; all mistakes in one run."""

from engine.diagnostics import Diagnostic, has_errors
from engine.rules.checking import Checking, Rules, word
from engine.rules.checks.calls import check_argument, check_call
from engine.rules.checks.logic import (
    check_between,
    check_both,
    check_choose,
    check_comparison,
    check_either,
    check_membership,
    in_list,
)
from engine.rules.checks.loops import check_filter, check_loop, check_quantified
from engine.rules.checks.names import check_input, check_name, check_path
from engine.rules.checks.values import (
    check_arithmetic,
    check_interval,
    check_listing,
    check_literal,
    check_negation,
)
from engine.rules.faults import Locate
from engine.rules.scope import Known, Scope, Typed
from engine.rules.tree import (
    Argument,
    Arithmetic,
    Between,
    Both,
    Call,
    Choose,
    Comparison,
    Either,
    Filter,
    Flag,
    Input,
    Interval,
    Listing,
    Loop,
    Membership,
    Name,
    Negation,
    Null,
    Number,
    Path,
    Quantified,
    Text,
    Tree,
)
from engine.rules.types import ANY, UNKNOWN, YES_NO, Choice, Type, alike, plain

RULES: Rules = {
    Number: check_literal,
    Text: check_literal,
    Flag: check_literal,
    Null: check_literal,
    Name: check_name,
    Path: check_path,
    Input: check_input,
    Listing: check_listing,
    Interval: check_interval,
    Negation: check_negation,
    Arithmetic: check_arithmetic,
    Both: check_both,
    Either: check_either,
    Comparison: check_comparison,
    Between: check_between,
    Membership: check_membership,
    Choose: check_choose,
    Quantified: check_quantified,
    Loop: check_loop,
    Filter: check_filter,
    Call: check_call,
    Argument: check_argument,
}


def check(
    tree: Tree, scope: Scope, expected: Type | None, locate: Locate
) -> tuple[Typed | None, list[Diagnostic]]:
    """The checked rule, or None if it has an error; warnings come with either.

    `expected` is what the place needs: `YES_NO` for conditions, a `Choice` for results that must
    be one of its values, None for anything.
    """
    c = Checking(locate, RULES, is_foreign=scope.is_foreign)
    found = c.of(tree, scope)
    if expected is not None and plain(found.type) != UNKNOWN:
        _fit(c, tree, found, expected)
    if has_errors(c.diagnostics) or plain(found.type) == UNKNOWN:
        return None, c.diagnostics
    return finished(c, tree, found), c.diagnostics


def finished(c: Checking, tree: Tree, found: Known) -> Typed:
    """The result of a check without errors."""
    return Typed(
        tree,
        plain(found.type),
        found.may_be_null,
        frozenset(c.reads),
        c.findings(),
        c.is_foreign,
    )


def _fit(c: Checking, tree: Tree, found: Known, expected: Type) -> None:
    kind, wanted = plain(found.type), plain(expected)
    if wanted == YES_NO and kind != YES_NO:
        c.report("condition-not-yes-no", tree, {"found": word(kind)})
    elif not alike(kind, wanted) and wanted != ANY:
        c.report("wrong-result-type", tree, {"wanted": word(wanted), "found": word(kind)})
    elif isinstance(wanted, Choice):
        _results_in_list(c, tree, wanted)


def _results_in_list(c: Checking, tree: Tree, choice: Choice) -> None:
    """Every text that can come out must be a value of the list."""
    if isinstance(tree, Choose):
        _results_in_list(c, tree.then, choice)
        _results_in_list(c, tree.otherwise, choice)
    elif isinstance(tree, Text):
        in_list(c, choice, tree, c.known[tree])
