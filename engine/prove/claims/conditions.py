"""Claims about conditions: each one can be met, and can fail to be met; else it says nothing."""

from collections.abc import Callable, Iterator, Mapping

from engine.check.directory import checks_of
from engine.model import Check, Document, Expression
from engine.prove.claims.claim import Claim
from engine.prove.claims.places import is_true, page_of, places
from engine.prove.claims.reach import rooms_of
from engine.prove.form import Condition, plain_path
from engine.prove.terms import Bool, both, either, no
from engine.prove.world import Run, World
from engine.source import Span

IsAsked = Callable[[Run, str, Mapping[str, object]], bool]


def condition_claims(world: World) -> Iterator[Claim]:
    """Every condition of the form, in the order in which it was found; rows of a group as one."""
    grouped: dict[Expression, list[Condition]] = {}
    for one in world.form.conditions:
        grouped.setdefault(one.expression, []).append(one)
    checks = _checks(world)
    for expression, several in grouped.items():
        if expression in checks:
            yield from _check(checks[expression], several)
        else:
            yield from _condition(expression, several, world)
    if world.about_form:
        for document in world.plan.procedure.documents:
            yield from _document(document, world)


def _checks(world: World) -> dict[Expression, Check]:
    quick_check = world.plan.procedure.quick_check
    if world.about_form:
        found = [check for check, _ in checks_of(world.plan.procedure)]
    else:
        questions = quick_check.questions if quick_check else ()
        found = [check for question in questions for check in question.checks]
    return {one.condition: one for one in found}


def _made(
    code: str,
    role: str,
    subject: str,
    span: Span,
    expression: Expression,
    premise: Bool,
    formula: Bool,
    happens: Callable[[Run], bool],
) -> Claim:
    values = {"role": role, "name": subject.removeprefix("page "), "rule": expression.text}
    return Claim(
        code,
        f"{subject}: {role}",
        expression.span,
        is_wanted=True,
        is_valid=False,
        formula=formula,
        happens=happens,
        values=values,
        premise=premise,
    )


# --- What is shown and required -----------------------------------------------------------------


def _condition(expression: Expression, several: list[Condition], world: World) -> Iterator[Claim]:
    """A condition that decides whether something is shown is never true where that never is."""
    one = several[0]
    asked = _asked(one, world)
    holds = either(*(both(each.asked, each.truth.is_true) for each in several))
    fails = either(*(both(each.asked, no(each.truth.is_true)) for each in several))

    def happens(wanted: bool) -> Callable[[Run], bool]:
        return lambda run: any(
            asked(run, path, names) and is_true(run, expression, names) is wanted
            for path, names in places(run, one.subject)
        )

    premise = either(*(each.asked for each in several))
    parts = (one.role, one.subject, one.span, expression, premise)
    if one.role != "show_if":
        yield _made("condition-can-hold", *parts, holds, happens(True))
    yield _made("condition-can-fail", *parts, fails, happens(False))


def _asked(one: Condition, world: World) -> IsAsked:
    """Whether the plan comes to the condition at all."""
    if one.subject.startswith("page "):
        return lambda run, path, names: True
    if one.role == "show_if":
        page = page_of(world, one.subject)
        show_if = None if page is None else page.show_if
        return lambda run, path, names: is_true(run, show_if, run.environment)
    last = one.subject.rpartition(".")[2]
    return lambda run, path, names: path + last in run.visible


# --- Checks -------------------------------------------------------------------------------------


def _check(check: Check, several: list[Condition]) -> Iterator[Claim]:
    """It can find something; a warning must also be able to stay away."""
    one = several[0]
    premise = either(*(each.asked for each in several))
    parts = (one.role, check.id, check.span, check.condition, premise)
    if check.is_warning:
        is_own = one.subject != check.id and one.subject.endswith(check.fields[0])
        finds = either(*(both(each.asked, each.truth.is_true) for each in several))
        passes = either(*(both(each.asked, no(each.truth.is_true)) for each in several))
        yield _made("check-can-fail", *parts, finds, lambda run: _found(check, run))
        yield _made(
            "check-can-pass", *parts, passes, lambda run: _passed(check, run, is_own=is_own)
        )
    else:
        finds = either(*(both(each.asked, each.truth.is_false) for each in several))
        yield _made("check-can-fail", *parts, finds, lambda run: _found(check, run))


def _found(check: Check, run: Run) -> bool:
    problems = run.state.warnings if check.is_warning else run.state.problems
    return any(one.values.get("check") == check.id for one in problems)


def _passed(check: Check, run: Run, *, is_own: bool) -> bool:
    """It was asked and found nothing; a field's own check waits for an answer."""
    shown = any(plain_path(path).rpartition(".")[2] in check.fields for path in run.visible)
    is_waiting = is_own and any(
        one.code == "missing" and plain_path(one.field).rpartition(".")[2] in check.fields
        for one in run.state.problems
    )
    return shown and not is_waiting and not _found(check, run)


# --- Documents ----------------------------------------------------------------------------------


def _document(document: Document, world: World) -> Iterator[Claim]:
    rooms = rooms_of(document, world.form)
    # What is optional is asked only where it is not required.
    required: list[Bool] = [False for _ in rooms]
    conditions = (("required_if", document.required_if), ("optional_if", document.optional_if))
    path = f"{document.each}[].{document.id}" if document.each else document.id
    for role, rule in conditions:
        if rule is None:
            continue
        truths = [world.form.truth(rule, room).is_true for room in rooms]
        around = [
            both(room.there, no(before)) for room, before in zip(rooms, required, strict=True)
        ]
        for code, wanted in (("condition-can-hold", True), ("condition-can-fail", False)):
            formula = either(
                *(
                    both(there, truth if wanted else no(truth))
                    for there, truth in zip(around, truths, strict=True)
                )
            )
            happens = _document_happens(document, rule, path, wanted, role == "optional_if")
            premise = either(*around)
            yield _made(code, role, document.id, document.span, rule, premise, formula, happens)
        required = truths


def _document_happens(
    document: Document, rule: Expression, path: str, wanted: bool, is_second: bool
) -> Callable[[Run], bool]:
    first = document.required_if if is_second else None

    def happens(run: Run) -> bool:
        return any(
            (first is None or not is_true(run, first, names))
            and is_true(run, rule, names) is wanted
            for _, names in places(run, path)
        )

    return happens
