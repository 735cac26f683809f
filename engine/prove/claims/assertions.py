"""Claims the author makes: never false, whatever complete and valid answers are given."""

from collections.abc import Iterator, Mapping
from functools import partial

from engine.model_parts import Assertion
from engine.prove.claims.claim import Claim
from engine.prove.encode import encode_truth
from engine.prove.world import Run, World


def assertion_claims(world: World) -> Iterator[Claim]:
    """Those about this world."""
    about = "form" if world.about_form else "quick_check"
    names = world.form.top.find if world.decisions is None else world.decisions.lookup
    for one in world.plan.procedure.assertions:
        if one.about == about:
            truth = encode_truth(world.plan.checked.typed[one.that], names)
            yield Claim(
                "assertion-holds",
                one.id,
                one.span,
                is_wanted=False,
                is_valid=True,
                formula=truth.is_false,
                happens=partial(_is_broken, one),
                values={"name": one.id, "message": one.message or one.that.text},
            )


def _is_broken(one: Assertion, run: Run) -> bool:
    return run.plan.value(one.that, names_of(run)) is False


def names_of(run: Run) -> Mapping[str, object]:
    """Answers, and decisions if it is about the Quick Check."""
    if run.example.about_form:
        return run.environment
    return {**run.environment, **run.result.decisions}
