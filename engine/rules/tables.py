"""Decision tables: rules with cells, what follows, and how several hits are put together."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from engine.rules.compile import compile_lines, from_environment
from engine.rules.emit import emit, emit_cell, emit_test
from engine.rules.scope import Typed
from engine.rules.table_text import HitPolicy, RuleCode, table_lines, test_of

Environment = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class TableRule:
    """A row: a cell per column (None: any), a condition over all names, and what follows."""

    cells: tuple[Typed | None, ...]
    condition: Typed | None
    outputs: tuple[Typed, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A checked table. One output without a name gives a bare value, else a record of names."""

    hit_policy: HitPolicy
    inputs: tuple[Typed, ...]
    rules: tuple[TableRule, ...]
    output_names: tuple[str, ...] = ("",)
    default: tuple[Typed | None, ...] = ()


@dataclass(frozen=True, slots=True)
class TableResult:
    """The value of a table and the numbers of the rules that hit, from 0."""

    value: object
    hits: tuple[int, ...]


def by_priority(table: Table, priorities: Sequence[Sequence[object]], policy: str) -> Table:
    """P as F and O as R, with the rules sorted: the same meaning, and readable everywhere.

    `priorities` lists the values of each output from the most important to the least.
    """

    def rank(rule: TableRule) -> tuple[int, ...]:
        found = []
        for output, values in zip(rule.outputs, priorities, strict=True):
            constant = output.findings.known[output.tree].constant
            found.append(values.index(constant) if constant in values else len(values))
        return tuple(found)

    order = HitPolicy.FIRST if policy == "P" else HitPolicy.RULE_ORDER
    return replace(table, hit_policy=order, rules=tuple(sorted(table.rules, key=rank)))


def compile_table(table: Table) -> Callable[[Environment], TableResult]:
    """The table as a function of the names it reads."""
    lines = [f"c{number} = {emit(one, from_environment)}" for number, one in _numbered(table)]
    rules = [
        RuleCode(_test(rule), _result(table, rule.outputs), f"H.append({number})")
        for number, rule in enumerate(table.rules)
    ]
    has_default = any(one is not None for one in table.default)
    default = f"({_result(table, table.default)})" if has_default else None
    lines += ["H = []", *table_lines("d", "t", table.hit_policy, rules, default), "return d, H"]
    run = compile_lines("env", lines)

    def decided(env: Environment) -> TableResult:
        value, hits = run(env)
        return TableResult(value, tuple(hits))

    return decided


def _numbered(table: Table) -> Iterable[tuple[int, Typed]]:
    """The columns that a cell looks at."""
    for number, column in enumerate(table.inputs):
        if any(rule.cells[number] is not None for rule in table.rules):
            yield number, column


def _test(rule: TableRule) -> str:
    tests = [
        emit_cell(cell, f"c{number}", from_environment)
        for number, cell in enumerate(rule.cells)
        if cell is not None
    ]
    if rule.condition is not None:
        tests.append(emit_test(rule.condition, from_environment))
    return test_of(tests)


def _result(table: Table, outputs: Sequence[Typed | None]) -> str:
    made = [emit(one, from_environment) if one is not None else "None" for one in outputs]
    if len(made) == 1 and not table.output_names[0]:
        return made[0]
    pairs = zip(table.output_names, made, strict=True)
    return f"{{{', '.join(f'{name!r}: {code}' for name, code in pairs)}}}"
