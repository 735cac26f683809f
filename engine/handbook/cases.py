"""Chapter 10: assertions and cases, with what must come out."""

from collections.abc import Iterator

from engine.handbook.rights import or_none
from engine.handbook.structure import (
    CODE,
    STRONG,
    Block,
    Cell,
    Line,
    Run,
    Section,
    Table,
    cell,
    line,
    numbered,
)
from engine.handbook.telling import Telling
from engine.model import Case
from engine.model_parts import Assertion


def cases(one: Telling) -> Section:
    """What is proved of every application, and what is tried on single ones."""
    t = one.t
    parts: tuple[tuple[str, str, tuple[Block, ...]], ...] = (
        (t("cases.assertions"), "zusicherungen", (_assertions(one),)),
        (t("cases.cases"), "faelle", (_cases(one),)),
    )
    return Section("10", t("chapter.cases"), "pruefung", (), numbered("10", parts))


def _assertions(one: Telling) -> Block:
    heads = tuple(one.t(f"assertion.{name}") for name in ("id", "that", "because"))
    rows = tuple(_assertion(one, assertion) for assertion in one.procedure.assertions)
    return or_none(one, Table(one.t("cases.assertions"), heads, (22, 58, 20), rows))


def _assertion(one: Telling, assertion: Assertion) -> tuple[Cell, ...]:
    names = one.questions if assertion.about == "quick_check" else one.names
    said = (line(assertion.message), *one.rule(one.t("assertion.rule"), assertion.that, names))
    return cell(assertion.id, CODE), said, cell(one.law(assertion.because))


def _cases(one: Telling) -> Block:
    heads = tuple(one.t(f"case.{name}") for name in ("id", "title", "on", "expect"))
    found = [case for case in one.procedure.cases if case.expect]
    rows = tuple(_case(one, case) for case in found)
    anchors = tuple(f"fall-{case.id}" for case in found)
    return or_none(one, Table(one.t("cases.cases"), heads, (14, 34, 13, 39), rows, anchors))


def _case(one: Telling, case: Case) -> tuple[Cell, ...]:
    expected = tuple(_expected(one, case))
    return cell(case.id, CODE), cell(case.title), cell(one.date(case.on)), expected


def _expected(one: Telling, case: Case) -> Iterator[Line]:
    """One line per expectation, names as the definition has them."""
    for key, value in case.expect.items():
        said = _value(one, value)
        yield Line((Run(f"{one.t(f'expect.{key}')}: ", STRONG), Run(said, CODE)))


def _value(one: Telling, value: object) -> str:
    match value:
        case None:
            return one.t("expect.nothing")
        case bool():
            return one.yes(value)
        case list() | tuple():
            return ", ".join(_value(one, each) for each in value) or one.t("expect.nothing")
        case dict():
            return ", ".join(f"{name} = {_value(one, each)}" for name, each in value.items())
        case _:
            return str(value)
