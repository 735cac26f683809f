"""From a checked procedure to the source of its plan; one place turns that source into code."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import CodeType
from typing import Any

from engine.check.checked import Checked
from engine.model import Document, Field, Item, Page, Procedure, QuickCheck
from engine.model_parts import Text
from engine.plan.decisions_text import DecisionsText
from engine.plan.details_text import DetailsText
from engine.plan.evaluation import DocumentNeed
from engine.plan.names import Names
from engine.plan.places import Place, order_of, procedure_names, rules_of, with_values
from engine.plan.problems_text import ProblemsText
from engine.plan.reading_text import MOST_TOGETHER, ReadingText
from engine.plan.rule_text import RuleText
from engine.plan.runtime import WHOLE, IsoDays, at, filled, read, read_row, read_rows, spread
from engine.plan.source_text import SourceText
from engine.plan.values_text import ValuesText
from engine.rules import runtime

_MAY_CALL = {
    "DocumentNeed": DocumentNeed,
    "TypeError": TypeError,
    "at": at,
    "filled": filled,
    "enumerate": enumerate,
    "int": int,
    "days": IsoDays(),
    "dict": dict,
    "len": len,
    "list": list,
    "read": read,
    "read_row": read_row,
    "read_rows": read_rows,
    "rt": runtime,
    "spread": spread,
    "str": str,
    "tuple": tuple,
    "whole": WHOLE,
    "zip": zip,
}


@dataclass(frozen=True, slots=True)
class Code:
    """The generated functions, and their source for reading."""

    source: str
    functions: Mapping[str, Callable[..., Any]]


def generate(checked: Checked) -> Code:
    """Form, details, and the same for the Quick Check."""
    procedure = checked.procedure
    text = SourceText()
    rules = RuleText(checked.typed, text, all_fields(procedure))
    names = procedure_names(procedure.settings)
    order = order_of(checked.order)
    _form(text, rules, names, procedure.pages, order, "evaluate", is_raw=False)
    _form(text, rules, names, procedure.pages, order, "check", is_raw=True)
    _details(text, rules, names, procedure.pages, procedure.documents, "details")
    quick_check = procedure.quick_check
    if quick_check is not None:
        page = question_page(quick_check)
        order = order_of(checked.quick_check_order)
        _form(text, rules, names, (page,), order, "questions", is_raw=False)
        _form(text, rules, names, (page,), order, "check_questions", is_raw=True)
        _details(text, rules, names, (page,), (), "question_details")
        _decide(text, rules, names, quick_check, order)
    return _compile(text)


def all_fields(procedure: Procedure) -> Mapping[str, Field]:
    """Fields by id, as templates name them; in rows of two groups the first one stands."""
    found: dict[str, Field] = {}
    for path, field in procedure.fields():
        found.setdefault(path.rpartition(".")[2], field)
    return found


def question_page(quick_check: QuickCheck) -> Page:
    """The questions as one page, so that they are evaluated like any other."""
    nowhere = Text("quick_check", "", quick_check.span)
    items: tuple[Item, ...] = quick_check.questions
    return Page("quick_check", nowhere, None, None, items, (), quick_check.span)


def _form(
    text: SourceText,
    rules: RuleText,
    names: Names,
    pages: tuple[Page, ...],
    order: Mapping[str, int],
    function: str,
    *,
    is_raw: bool,
) -> None:
    reading = ReadingText(text, rules.reads(rules_of(pages))) if is_raw else None
    # What is named in every second line is better a local name.
    more = ", U, I, str=str, int=int, days=days" if is_raw else ""
    with text.block(f"def {function}(A, today, S, P, W{more})"):
        place = Place(names=Names(names))
        values = ValuesText(text, rules, order, place, reading)
        values.write(pages)
        ProblemsText(text, rules, values, pages).write()
        items = with_values(tuple(item for page in pages for item in page.items))
        # A tuple: a dictionary of so many names costs a fifth of all, and not everybody needs it.
        text.line(f"return {handed_over([place.names.variable(one.id) for one in items])}")


def handed_over(variables: list[str]) -> str:
    """Python for a tuple of tuples: so many values in one would be gathered one by one."""
    some = range(0, len(variables), MOST_TOGETHER)
    parts = (", ".join(variables[first : first + MOST_TOGETHER]) for first in some)
    return f"({''.join(f'({part},), ' for part in parts)})"


def _details(
    text: SourceText,
    rules: RuleText,
    names: Names,
    pages: tuple[Page, ...],
    documents: tuple[Document, ...],
    function: str,
) -> None:
    with text.block(f"def {function}(V, today, S)"):
        for name in ("visible", "required", "infos", "pages", "documents"):
            text.line(f"{name} = []")
        DetailsText(text, rules, Names(names)).write(pages, documents)


def _decide(
    text: SourceText,
    rules: RuleText,
    names: Names,
    quick_check: QuickCheck,
    order: Mapping[str, int],
) -> None:
    with text.block("def decide(V, today, S, H)"):
        known = Names(names)
        for question in quick_check.questions:
            known[question.id] = text.name("v")
            text.line(f"{known[question.id]} = V[{question.id!r}]")
        decisions = DecisionsText(text, rules, known)
        for decision in sorted(quick_check.decisions, key=lambda one: order[one.id]):
            decisions.write(decision)
        pairs = ", ".join(f"{one.id!r}: {known[one.id]}" for one in quick_check.decisions)
        text.line(f"return {{{pairs}}}")


def _compile(text: SourceText) -> Code:
    """Only source that was generated above comes here; it sees the names below and no others."""
    source = str(text)
    code: CodeType = compile(source, "<plan>", "exec")
    space: dict[str, Any] = {"__builtins__": {}, **_MAY_CALL, **text.constants}
    exec(code, space)  # noqa: S102
    made = {name: one for name, one in space.items() if callable(one) and name not in _MAY_CALL}
    return Code(source, {name: made[name] for name in made if name not in text.constants})
