"""What is proved of the mappings of the real procedures; the solver is an extra."""

import pytest

pytest.importorskip("z3", reason="proofs need the extra `prove`")

from engine import prepare, read_lists
from engine.plan import Plan
from engine.prove.claims.message import message_claims
from engine.prove.known import Known
from engine.prove.proof import Proof, Result
from engine.prove.proving import Prover
from engine.prove.solving import Solver
from engine.prove.world import form_world
from engine.source import Source
from outputs.xoev.standards import all_shapes, shape_of
from tests.outputs.plans import TODAY, real_plan
from tests.outputs.standards_folder import ROOT

WITH_MESSAGE = ("beschaeftigungserlaubnis", "verpflichtungserklaerung", "einbuergerung")


def _proofs(plan: Plan, only: str = "") -> list[Proof]:
    """Of all required elements, or of those whose path begins so."""
    world = form_world(plan, TODAY, shape=shape_of(plan.procedure))
    prover = Prover(world, Solver(), Known())
    claims = [one for one in message_claims(world) if one.subject.startswith(only)]
    return [proof for claim in claims for proof in prover.proved(claim)]


@pytest.mark.parametrize("name", WITH_MESSAGE)
def test_no_application_leaves_a_required_element_empty(name: str) -> None:
    """Proved for all answers, not tried with some; nothing stays open."""
    found = _proofs(real_plan(name))
    assert [] == [one.subject for one in found if one.result is not Result.PROVED]
    assert len(found) > 20


BROKEN = [
    (
        "verpflichtungserklaerung",
        'valid_if: count(gaeste[item.rolle = "hauptperson"]) = 1',
        'valid_if: count(gaeste[item.rolle = "hauptperson"]) <= 1',
        "gast/geschlecht",
    ),
    (
        "verpflichtungserklaerung",
        "nameOrganisation: org_name\n",
        "nameOrganisation: org_register\n",
        "gastgeber/institutionell/nameOrganisation",
    ),
    (
        "beschaeftigungserlaubnis",
        '- {unbekannt: "true"}\n',
        '- {$when: bemerkungen = "unbekannt", unbekannt: "true"}\n',
        "angabenZurPerson/geburt/geburtsort",
    ),
]


@pytest.mark.parametrize(("name", "right", "wrong", "path"), BROKEN, ids=lambda one: str(one)[:24])
def test_a_mapping_that_can_lack_something_is_refuted(
    name: str, right: str, wrong: str, path: str
) -> None:
    """With answers that the plan accepts, and for which the message was built without it."""
    plan = _broken(name, right, wrong)
    [found] = [one for one in _proofs(plan, path) if one.subject == path]
    assert found.result is Result.REFUTED
    assert found.example is not None
    assert plan.check(found.example.answers, found.example.on, internal=True).problems == ()


def _broken(name: str, right: str, wrong: str) -> Plan:
    text = (ROOT / f"definitions/{name}.yaml").read_text("utf-8")
    assert right in text
    files = sorted((ROOT / "definitions/shared").glob("*.yaml"))
    lists, _ = read_lists(Source(file.name, file.read_text("utf-8")) for file in files)
    source = Source(f"{name}.yaml", text.replace(right, wrong, 1))
    plan, found = prepare(source, lists, all_shapes())
    assert plan is not None, [(one.code, str(one.span)) for one in found]
    return plan
