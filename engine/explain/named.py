"""What the rules of a Quick Check name: values of lists, numbers, days, per question."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from engine.check.checked import Checked
from engine.model import Expression, QuickCheck, Setting
from engine.rules.scope import Typed


@dataclass(frozen=True, slots=True)
class Named:
    """Constants of the rules that read a question, settings included."""

    texts: tuple[str, ...]
    numbers: tuple[Decimal, ...]
    days: tuple[date, ...]


NOTHING = Named((), (), ())


def named_by_question(checked: Checked) -> Mapping[str, Named]:
    """For each question what is named beside it anywhere, in the order of the rules."""
    check = checked.procedure.quick_check
    if check is None:
        return {}
    settings = {one.id: one for one in checked.procedure.settings}
    found: dict[str, dict[object, None]] = {}
    for typed, column in _rules(check, checked.typed):
        values = dict.fromkeys(_constants(typed, settings))
        names = {column} if column else set()
        for name in (*sorted(name.partition(".")[0] for name in typed.reads), *names):
            found.setdefault(name, {}).update(values)
    return {name: _sorted(values) for name, values in found.items()}


def reads_of_rules(check: QuickCheck, checked: Checked) -> Mapping[tuple[str, str], frozenset[str]]:
    """(decision, rule) -> names in its cells and its condition."""
    found: dict[tuple[str, str], frozenset[str]] = {}
    for decision in check.decisions:
        for rule in decision.rules:
            reads = {str(name) for name in rule.cells}
            if rule.condition is not None:
                reads |= checked.typed[rule.condition].reads
            found[decision.id, rule.id] = frozenset(reads)
    return found


def every_text(named: Mapping[str, Named]) -> frozenset[str]:
    """All texts that any rule tells apart: an option that is not among them is like the others."""
    return frozenset(text for one in named.values() for text in one.texts)


def _sorted(values: Mapping[object, None]) -> Named:
    return Named(
        tuple(one for one in values if isinstance(one, str)),
        tuple(sorted(one for one in values if isinstance(one, Decimal))),
        tuple(sorted(one for one in values if isinstance(one, date))),
    )


def _rules(
    check: QuickCheck, typed: Mapping[Expression, Typed]
) -> Iterator[tuple[Typed, str | None]]:
    """Every rule, a cell with its column."""
    for question in check.questions:
        conditions = (question.show_if, question.required_if)
        yield from ((typed[one], None) for one in conditions if one is not None)
        yield from ((typed[one.condition], None) for one in question.checks)
    for decision in check.decisions:
        for value in (decision.value, decision.otherwise):
            if value is not None:
                yield typed[value], None
        for rule in decision.rules:
            yield from ((typed[cell], str(name)) for name, cell in rule.cells.items())
            yield typed[rule.then], None
            if rule.condition is not None:
                yield typed[rule.condition], None


def _constants(typed: Typed, settings: Mapping[str, Setting]) -> Iterator[object]:
    for known in typed.findings.known.values():
        if known.is_constant:
            yield from _single(known.constant)
    for name in sorted(typed.reads):
        setting = settings.get(name.removeprefix("setting."))
        if setting is not None and name.startswith("setting."):
            for dated in setting.values:
                yield from _single(dated.value)


def _single(value: object) -> Iterator[object]:
    if isinstance(value, tuple):
        yield from value
    elif isinstance(value, (str, Decimal, date)):
        yield value
