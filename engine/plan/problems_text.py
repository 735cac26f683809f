"""Generated code, second half: what is missing, too few, too many, or against a check.

if v1 is None:
    P.append(K7)    # a problem made beforehand: nothing is built while all is well
"""

from collections.abc import Iterator
from dataclasses import replace
from itertools import groupby

from engine.answers.problem import Insert, Problem
from engine.kinds import Kind
from engine.model import (
    Check,
    Computed,
    Expression,
    Field,
    Group,
    Info,
    Item,
    Page,
    with_paths,
)
from engine.plan.places import ALWAYS, NEVER, Place, groups_around, is_quiet, rules_of
from engine.plan.reading_text import unanswered
from engine.plan.rule_text import RuleText
from engine.plan.source_text import SourceText, both
from engine.plan.values_text import ValuesText, page_key

_KIND_WORDS = {
    Kind.CHOICE: "choice",
    Kind.CHOICES: "choice",
    Kind.YES_NO: "choice",
    Kind.DECLARATION: "declaration",
}


class ProblemsText:
    """Writes the problems of a form, in the order of the form."""

    def __init__(
        self, text: SourceText, rules: RuleText, values: ValuesText, pages: tuple[Page, ...]
    ) -> None:
        self._text = text
        self._rules = rules
        self._values = values
        self._pages = pages
        self._every_item = tuple(item for page in pages for item in page.items)
        every = (item for _, item in with_paths(self._every_item))
        self._money = {item.id for item in every if isinstance(item, Computed) and item.is_money}
        self._read = rules.reads(rules_of(pages))

    def write(self) -> None:
        """Every page's problems and warnings."""
        place = self._values.place
        for page in self._pages:
            flag = place.flags[page_key(page)]
            with self._text.only_if(flag):
                self._items(page.items, place, flag)
                self._checks(page.checks, place, flag, ())

    def _items(self, items: tuple[Item, ...], place: Place, known: str) -> None:
        """`known` is tested already."""
        for are_quiet, together in groupby(items, is_quiet):
            with self._text.only_if(self._values.gap if are_quiet else ALWAYS):
                for item in together:
                    if isinstance(item, Field):
                        self._field(item, place, known)
                    elif isinstance(item, Group):
                        self._group(item, place, known)

    def _field(self, one: Field, place: Place, known: str) -> None:
        flag = place.flags[one.id]
        need = self._need(one, place)
        if flag == NEVER or (need == NEVER and not one.checks):
            return
        with self._text.only_if(ALWAYS if flag == known else flag):
            if need == NEVER:
                self._checks(one.checks, place, flag, ())
                return
            missing = f"{place.names.variable(one.id)} {unanswered(one)}"
            with self._text.block(f"if {both(missing, need)}"):
                self._add("P", _missing(one), place, one.id, ())
            if one.checks:
                with self._text.block("else"):
                    self._checks(one.checks, place, flag, ())

    def _need(self, one: Field, place: Place) -> str:
        if one.required_if is None:
            return ALWAYS if one.required else NEVER
        return f"({self._rules.is_true(one.required_if, place.names)})"

    def _group(self, group: Group, place: Place, known: str) -> None:
        flag = place.flags[group.id]
        with self._text.only_if(ALWAYS if flag == known else flag):
            self._count(group, place)
            are_quiet = all(is_quiet(one) for one in group.items)
            with self._text.only_if(self._values.gap if are_quiet else ALWAYS):
                self._rows(group, place)
            self._checks(group.checks, place, flag, (group,))

    def _rows(self, group: Group, place: Place) -> None:
        number, row = self._text.name("i"), self._text.name("r")
        inner = place.inner(group, number)
        with self._text.block(f"for {number}, {row} in enumerate({place.names[group.id]})"):
            inner.load(self._text, group.items, row, self._read)
            for item in group.items:
                if not isinstance(item, Info):
                    inner.flags[item.id] = self._flag_in_row(item, inner)
            self._items(group.items, inner, ALWAYS)

    def _flag_in_row(self, item: Field | Computed | Group, inner: Place) -> str:
        """Found out again: keeping it would cost something in every row without a fault."""
        if isinstance(item, Field) and item.internal:
            return NEVER
        if isinstance(item, Computed) or item.show_if is None:
            return ALWAYS
        name = self._text.name("s")
        self._text.line(f"{name} = {self._rules.is_true(item.show_if, inner.names)}")
        return name

    def _count(self, group: Group, place: Place) -> None:
        rows = place.names[group.id]
        most = Problem("", "too-many-rows", None, {"max": str(group.maximum)})
        least = Problem("", "too-few-rows", None, {"min": str(max(group.minimum, 1))})
        if group.minimum > 0:
            with self._text.block(f"if len({rows}) < {group.minimum}"):
                self._add("P", least, place, group.id, ())
        elif group.required_if is not None:
            test = self._rules.is_true(group.required_if, place.names)
            with self._text.block(f"if not {rows} and ({test})"):
                self._add("P", least, place, group.id, ())
        with self._text.block(f"if len({rows}) > {group.maximum}"):
            self._add("P", most, place, group.id, ())

    def _checks(
        self, checks: tuple[Check, ...], place: Place, known: str, below: tuple[Item, ...]
    ) -> None:
        for check in checks:
            self._check(check, place, known, below)

    def _check(self, check: Check, place: Place, known: str, below: tuple[Item, ...]) -> None:
        """An error or warning at those of its fields that are shown; at none: not asked."""
        flags = [self._flag_of(name, place, below) for name in check.fields]
        if all(flag == NEVER for flag in flags):
            return
        shown = ALWAYS if {ALWAYS, known} & {*flags} else " or ".join(dict.fromkeys(flags))
        code, target = ("warning", "W") if check.is_warning else ("check", "P")
        inserts = self._inserts(check)
        problem = Problem("", code, check.message, {"check": check.id}, check.because, inserts)
        values = self._filled(check, place)
        test = (
            self._rules.is_true(check.condition, place.names)
            if check.is_warning
            else f"not ({self._rules.not_false(check.condition, place.names)})"
        )
        with self._text.only_if(shown), self._text.block(f"if {test}"):
            for name, flag in zip(check.fields, flags, strict=True):
                if flag != NEVER:
                    with self._text.only_if(ALWAYS if flag == known else flag):
                        self._add(target, problem, place, name, below, values)

    def _inserts(self, check: Check) -> tuple[Insert, ...]:
        return tuple(
            Insert(rule.text, self._rules.field_named(rule), rule.text in self._money)
            for rule in _places(check)
        )

    def _filled(self, check: Check, place: Place) -> str:
        """Python for the values that the message names; "" if it names none."""
        values = [self._rules.value(rule, place.names) for rule in _places(check)]
        return f"({', '.join(values)},)" if values else ""

    def _flag_of(self, name: str, place: Place, below: tuple[Item, ...]) -> str:
        owner = place.owner_of(name)
        if owner is not None:
            return owner.flags[name]
        group = self._around(name, below)[0]
        outermost = place.owner_of(group.id)
        return outermost.flags[group.id] if outermost else NEVER

    def _around(self, name: str, below: tuple[Item, ...]) -> tuple[Group, ...]:
        """The groups around a field of the rows: of this group if it has it, else of any."""
        found = groups_around(below, name) or groups_around(self._every_item, name)
        assert found is not None, name  # noqa: S101 - the checker has seen to it
        return found

    def _add(
        self,
        target: str,
        problem: Problem,
        place: Place,
        name: str,
        below: tuple[Item, ...],
        values: str = "",
    ) -> None:
        """One problem at a field of this place, of one around it, or in the rows below it."""
        owner = place.owner_of(name)
        if owner is None:
            self._spread(target, problem, place, name, below, values)
        elif not owner.numbers:
            here = self._made(replace(problem, field=owner.path + name), values)
            self._text.line(f"{target}.append({here})")
        else:
            made = self._made(problem, values)
            self._text.line(f"{target}.append(at({made}, {owner.path_of(name)}))")

    def _made(self, problem: Problem, values: str) -> str:
        """Python for the problem, with what its sentence names put in."""
        made = self._text.constant(problem)
        return f"filled({made}, {values})" if values else made

    def _spread(
        self,
        target: str,
        problem: Problem,
        place: Place,
        name: str,
        below: tuple[Item, ...],
        values: str,
    ) -> None:
        first, *inside = [group.id for group in self._around(name, below)]
        owner = place.owner_of(first)
        assert owner is not None  # noqa: S101 - `_flag_of` has found it
        made = self._made(problem, values)
        rows, path = owner.names[first], owner.path_of(first)
        self._text.line(f"spread({target}, {made}, {rows}, {path}, {(*inside, name)!r})")


def _places(check: Check) -> Iterator[Expression]:
    parts = check.filled.parts if check.filled is not None else ()
    return (part for part in parts if isinstance(part, Expression))


def _missing(one: Field) -> Problem:
    word = _KIND_WORDS.get(one.type.kind)
    return Problem("", "missing", None, {"kind": word} if word else {})
