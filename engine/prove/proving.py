"""From claims to proofs: what happened already, what is known, and then the solver."""

from collections import deque
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from engine.answers.write import Json
from engine.cases import answers_of
from engine.message.shape import MessageShape
from engine.plan.plan import Plan
from engine.prove.claims.assertions import assertion_claims
from engine.prove.claims.claim import Claim
from engine.prove.claims.conditions import condition_claims
from engine.prove.claims.hidden import hidden_claims
from engine.prove.claims.message import message_claims
from engine.prove.claims.reach import reach_claims
from engine.prove.claims.tables import table_claims
from engine.prove.known import VERSION, Known
from engine.prove.law import is_day
from engine.prove.proof import Example, Proof, Result
from engine.prove.ranges import as_rule, region
from engine.prove.search import Ended, Found, Search, shortened
from engine.prove.solving import Said, Solver, cone, question_digest
from engine.prove.terms import Bool, both, no
from engine.prove.world import Run, World, form_world, quick_check_world

MOST_GAPS = 12
_LATELY = 8  # runs

Tell = Callable[[int, int], None]  # how many claims are done, of how many


def prove(
    plan: Plan,
    *,
    today: date,
    shape: MessageShape | None = None,
    known: Known | None = None,
    tell: Tell = lambda done, of: None,
) -> tuple[Proof, ...]:
    """Every claim about a procedure with what became of it, in the order of the claims.

    `shape` is that of its message; without one nothing is claimed of it.
    """
    known = known or Known()
    solver = Solver()
    worlds = [form_world(plan, today, shape=shape), quick_check_world(plan, today)]
    provers = [Prover(one, solver, known) for one in worlds if one is not None]
    claims = [(prover, claim) for prover in provers for claim in prover.claims()]
    found: list[Proof] = []
    for number, (prover, claim) in enumerate(claims):
        tell(number, len(claims))
        found += prover.proved(claim)
    tell(len(claims), len(claims))
    return tuple(found)


class Prover:
    """The claims about one world."""

    def __init__(self, world: World, solver: Solver, known: Known) -> None:
        self.world = world
        self._known = known
        self._search = Search(world, solver)
        self._solver = solver
        self._ground = ""  # digest of what makes answers valid
        self._lately: deque[Run] = deque(maxlen=_LATELY)
        self._open: tuple[Search, dict[str, Claim]] | None = None  # with open switches
        world.runs += list(_runs(world, known))

    def claims(self) -> Iterator[Claim]:
        """All claims about this world."""
        return claims_of(self.world)

    def proved(self, claim: Claim) -> Iterator[Proof]:
        """What became of a claim, and of those that belong to it."""
        if claim.stronger is not None:
            stronger = list(self.proved(claim.stronger))
            weaker = list(self.proved(replace(claim, stronger=None)))
            yield from weaker
            yield from stronger if weaker[0].result is Result.PROVED else ()
            return
        found = self._happened(claim) or self._asked(claim)
        if found.run is not None:
            self._known.keep_example(found.run.example)
        if claim.details and found.ended is not Ended.NONE:
            told = [proof for one in claim.details for proof in self.proved(one)]
            yield from (one for one in told if one.result is not Result.PROVED)
        elif found.ended is Ended.OPEN:
            yield _proof(claim, Result.NOT_PROVED, found)
        elif (found.ended is Ended.FOUND) is claim.is_wanted:
            yield _proof(claim, Result.PROVED, found)
        elif claim.is_wanted and (switched := self._switched(claim)).ended is not Ended.NONE:
            is_found = switched.ended is Ended.FOUND
            yield _proof(claim, Result.PROVED if is_found else Result.NOT_PROVED, switched)
        elif found.run is None and not self._is_asked(claim):
            return
        elif claim.decision:
            yield from self._gaps(claim, found)
        else:
            yield self._refuted(claim, found)

    def _happened(self, claim: Claim) -> Found | None:
        """In a case of the definition, or in what was found before."""
        if claim.is_wanted:  # any run will do, and mostly it is one that did just now
            for run in self._lately:
                if _counts(claim, run):
                    return Found(Ended.FOUND, run)
        for run in self.world.runs:
            if _counts(claim, run):
                self._lately.appendleft(run)
                return Found(Ended.FOUND, run)
        return None

    def _asked(self, claim: Claim) -> Found:
        key = self._key(claim)
        kept = self._known.reply(key)
        if kept is not None:
            reason, values = kept
            return Found(Ended.OPEN if reason else Ended.NONE, None, reason, values)
        session = self._search.session(is_valid=claim.is_valid)
        found = self._search.find(claim.formula, lambda run: _counts(claim, run), session)
        if found.run is not None:
            self.world.runs.append(found.run)
        else:
            self._known.keep(key, found.reason, found.values)
        return found

    def _is_asked(self, claim: Claim) -> bool:
        if claim.premise is True:
            return True
        return self._search.is_possible(claim.premise, is_valid=claim.is_valid) is not Said.NO

    def _key(self, claim: Claim) -> str:
        if claim.is_valid and not self._ground:
            self._ground = question_digest(self.world.form.valid)
        ground = self._ground if claim.is_valid else ""
        return f"{VERSION} {claim.code} {question_digest(claim.formula)} {ground}"

    def _switched(self, claim: Claim) -> Found:
        """Whether yes/no settings of the authority make it possible, and which ones."""
        if self._open is None:
            make = form_world if self.world.about_form else quick_check_world
            world = make(self.world.plan, self.world.today, are_open=True)
            assert world is not None  # noqa: S101 - this one is of the same plan
            claims = {one.key: one for claim in claims_of(world) for one in claim.all()}
            self._open = Search(world, self._solver), claims
        search, claims = self._open
        same = claims.get(claim.key)
        if same is None or same.formula is False or any(one.reason for one in cone(same.formula)):
            return Found(Ended.NONE)
        reason = self._reply_of(search, same)
        names = (str(one.value) for one in cone(same.formula))
        switches = ", ".join(name for name in names if name.startswith("setting."))
        if reason != "switched-off" or not switches:
            return Found(Ended.OPEN if reason == "time" else Ended.NONE, None, reason)
        return Found(Ended.FOUND, None, reason, {"what": switches})

    def _reply_of(self, search: Search, claim: Claim) -> str:
        """Asked once, as there is no run that could be kept."""
        ground = question_digest(search.world.form.valid) if claim.is_valid else ""
        key = f"{VERSION} switched {question_digest(claim.formula)} {ground}"
        kept = self._known.reply(key)
        if kept is not None:
            return kept[0]
        said = search.is_possible(claim.formula, is_valid=claim.is_valid)
        reason = {Said.YES: "switched-off", Said.NO: "", Said.UNDECIDED: "time"}[said]
        self._known.keep(key, reason, {})
        return reason

    def _gaps(self, claim: Claim, found: Found) -> Iterator[Proof]:
        """Every region of answers in which it happens; what was found first, if there is none.

        On the day given, if it happens then: ranges of two days that are compared are no boxes.
        """
        session = self._search.session(is_valid=claim.is_valid)
        day: Bool = is_day(self.world.day, self.world.today)
        if session.ask(claim.formula, day).said is not Said.YES:
            day = True
        beyond: list[Bool] = [day]
        for _ in range(MOST_GAPS):
            formula = both(claim.formula, *beyond)
            gap = self._search.find(formula, lambda run: _counts(claim, run), session)
            if gap.run is None:
                break
            box = region(self.world, claim.formula, day, gap.assignment, session)
            beyond.append(no(both(*(one.condition for one in box))))
            proof = self._refuted(claim, gap)
            yield replace(proof, values={**proof.values, "region": as_rule(box)})
        if len(beyond) == 1:
            yield self._refuted(claim, found)

    def _refuted(self, claim: Claim, found: Found) -> Proof:
        if found.run is None:
            return _proof(claim, Result.REFUTED, self._explained(claim))
        run = shortened(found.run, lambda one: _counts(claim, one))
        return _proof(claim, Result.REFUTED, Found(found.ended, run))

    def _explained(self, claim: Claim) -> Found:
        """Why something can never happen: what is in its way, or what it says itself."""
        is_valid = claim.is_valid and claim.explain_on_valid
        session = self._search.session(is_valid=is_valid)
        parts = {**claim.other_parts, **claim.own_parts}
        if not parts or session.ask(claim.aim, *parts.values()).said is not Said.NO:
            return Found(Ended.NONE)
        needed = session.core({**parts, "": claim.aim})
        others = [one for one in needed if one in claim.other_parts]
        names = others or [one for one in needed if one]
        if not names:
            return Found(Ended.NONE)
        return Found(Ended.NONE, None, "because-of", {"what": "; ".join(names)})


def claims_of(world: World) -> Iterator[Claim]:
    """All claims about a form or a Quick Check."""
    yield from reach_claims(world)
    yield from condition_claims(world)
    yield from assertion_claims(world)
    if world.about_form:
        yield from hidden_claims(world)
        yield from message_claims(world)
    else:
        yield from table_claims(world)


def _counts(claim: Claim, run: Run) -> bool:
    return (not claim.is_valid or run.is_valid) and claim.happens(run)


def _proof(claim: Claim, result: Result, found: Found) -> Proof:
    example = None
    if found.run is not None and result is Result.REFUTED:
        example = replace(found.run.example, outcome=_outcome(found.run))
    values = {**claim.values, **found.values}
    return Proof(claim.code, claim.subject, claim.span, result, values, example, found.reason)


def _outcome(run: Run) -> Mapping[str, Json]:
    """What a case would have to expect if all were well."""
    if run.example.about_form:
        return {"problems": [one.field for one in run.state.problems]}
    outcome = run.result.outcome
    return {"outcome": outcome.id if outcome else None}


def _runs(world: World, known: Known) -> Iterator[Run]:
    """The cases of the definition, and examples of earlier runs."""
    for case in world.plan.procedure.cases:
        answers: Any = answers_of(world.plan, case)[world.about_form]
        if answers:
            yield Run(world.plan, Example(case.on, world.about_form, answers))
    for example in known.examples:
        if example.about_form is world.about_form:
            yield Run(world.plan, example)
